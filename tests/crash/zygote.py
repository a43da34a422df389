"""The parent of the bots that are killed: it has imported everything once, and forks a bot for each line that it reads."""

import asyncio
import ctypes
import gc
import json
import logging
import os
import signal
import sys
from functools import partial
from typing import Any

from bot.running import program, run
from bot.settings import Settings
from bot.telegram import messenger
from bot.telegram.speaker import Speaker
from reporting.pace import Limits
from reporting.translator import LANGUAGES, translator
from tests.crash.traps import Trap, Watch, kill_this_process

logger = logging.getLogger(__name__)
UNHURRIED = Limits(rate=1000, chat_seconds=0, burst=1000, group=1000, group_seconds=1)
SOON_GONE = 1.0
"""Seconds until a process that ended is taken to be gone, on PostgreSQL, where there may be several."""
PR_SET_PDEATHSIG = 1


def main() -> None:
    """One bot at a time: says its process id when it begins, and how it ended."""
    for language in LANGUAGES:
        translator(language)
    gc.collect()
    gc.freeze()
    print("ready", flush=True)  # noqa: T201  # whoever started the zygote reads it
    for line in sys.stdin:
        bot = os.fork()
        if not bot:
            _live(json.loads(line))
        print(bot, flush=True)  # noqa: T201
        _, status = os.waitpid(bot, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201


def _live(order: dict[str, Any]) -> None:
    """The child: the program as `giaoban run` runs it, with a trap in it if one is ordered."""
    code = 1
    try:
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(log, 2)
        logging.basicConfig(
            level=logging.INFO,
            format="%(relativeCreated)d %(process)d %(threadName)s %(levelname)s %(name)s: %(message)s",
        )
        if order["steps"]:
            Watch(Trap.read(order["steps"], order["pause"]), kill_this_process).install()
        setattr(run, "Program", partial(program.Program, limits=UNHURRIED))  # noqa: B010
        setattr(messenger, "Speaker", partial(Speaker, gone_after=SOON_GONE))  # noqa: B010
        settings = Settings(**order["settings"], _env_file=None)
        asyncio.run(run.until_stopped(settings, order.get("stop_seconds", run.STOP_SECONDS)))
        code = 0
    except BaseException:
        logger.exception("The bot has ended")
        raise
    finally:
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
