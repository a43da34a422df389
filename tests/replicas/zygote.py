"""The parent of several bots: it has imported everything once, forks one for each order that it reads, and says how one ended."""

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
from bot.web import metrics
from bot.web.desk_page import site
from reporting.pace import Limits
from reporting.translator import LANGUAGES, translator

logger = logging.getLogger(__name__)
UNHURRIED = Limits(rate=1000, chat_seconds=0, burst=1000, group=1000, group_seconds=1)
PR_SET_PDEATHSIG = 1


def main() -> None:
    """Each line is an order to begin, answered by a process id, or the id of a process, answered by how it ended."""
    for language in LANGUAGES:
        translator(language)
    logger.debug("Imported: %s, %s", site, metrics)  # what the desk's page needs is there before it is asked for
    gc.collect()
    gc.freeze()
    print("ready", flush=True)  # noqa: T201  # whoever started the zygote reads it
    for line in sys.stdin:
        told = json.loads(line)
        if isinstance(told, dict):
            answer = os.fork()
            if not answer:
                _live(told)
        else:
            answer = os.waitstatus_to_exitcode(os.waitpid(told, 0)[1])
        print(answer, flush=True)  # noqa: T201


def _live(order: dict[str, Any]) -> None:
    """The child: the program as `giaoban run` runs it, but for the limits, which nobody here has."""
    code = 1
    try:
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(log, 2)
        logging.basicConfig(level=logging.INFO, format="%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s")
        setattr(run, "Program", partial(program.Program, limits=UNHURRIED))  # noqa: B010
        asyncio.run(run.until_stopped(Settings(**order["settings"], _env_file=None)))
        code = 0
    except BaseException:
        logger.exception("The bot has ended")
        raise
    finally:
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
