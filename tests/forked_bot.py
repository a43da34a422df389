"""A bot that is forked from a process which has imported everything once: both sides of it."""

import asyncio
import ctypes
import gc
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from typing import Any, NoReturn

from bot.running import program, run
from bot.settings import Settings
from bot.zalo.settings import ZaloSettings
from reporting.pace import UNHURRIED
from reporting.translator import LANGUAGES, translator
from tests.environment import ROOT

logger = logging.getLogger(__name__)
PR_SET_PDEATHSIG = 1
FORMAT = "%(relativeCreated)d %(process)d %(threadName)s %(levelname)s %(name)s: %(message)s"


def begin_zygote(module: str) -> "subprocess.Popen[str]":
    """Begins the parent; it says «ready» when it can fork."""
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=environment,
    )


def say_ready() -> None:
    """In the parent, when it has imported everything: what is there by now is shared by all that it forks."""
    for language in LANGUAGES:
        translator(language)
    gc.collect()
    gc.freeze()
    print("ready", flush=True)  # noqa: T201  # whoever started the zygote reads it


def be_the_bot(order: dict[str, Any], arrange: Callable[[], None] = lambda: None) -> NoReturn:
    """In the child: the program as `giaoban run` runs it, but for the limits, which nobody here has, and for what is arranged.

    `order`: its `settings`, the `log` that it writes, and `stop_seconds`, if it has others to end in.
    """
    code = 1
    try:
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(log, 2)
        logging.basicConfig(level=logging.INFO, format=FORMAT)
        setattr(run, "Program", partial(program.Program, limits=UNHURRIED))  # noqa: B010
        arrange()
        zalo = ZaloSettings(**order["settings"], _env_file=None)
        settings = Settings(**order["settings"], _env_file=None).with_own(zalo)
        asyncio.run(run.until_stopped(settings, order.get("stop_seconds", run.STOP_SECONDS)))
        code = 0
    except BaseException:
        logger.exception("The bot has ended")
        raise
    finally:
        sys.stderr.flush()
        os._exit(code)
