"""The command line: `giaoban COMMAND`. A refusal is one line on stderr and status 1; each command imports only what it needs."""

import argparse
import gc
import os
import select
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from importlib import import_module
from typing import NoReturn

from bot.cli.arguments.parser import parser
from reporting.errors import Refusal

EXIT_REFUSED = 1
EXIT_STOPPED = 130
EXIT_ENDED = 143
ENDED_SO = ("bot.running.run:run", "bot.cli.demo:demo")
"""What is always ended by Ctrl-C. All else is one transaction, or is taken back, and a file is there whole or not at all."""
EXIT_UNREAD = 141
"""What a shell says of a program that wrote where nobody reads any more (128 and SIGPIPE)."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command; its exit status: 0, 1 for a refusal, 2 for usage, 141 where nobody reads what it prints (`| head`)."""
    try:
        try:
            return _does(arguments)
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        if _is_read():
            raise
        return EXIT_UNREAD


def _is_read() -> bool:
    """Whether anybody reads what is printed. If not, the rest goes nowhere, so that the interpreter's end is quiet too."""
    printed = select.poll()
    printed.register(sys.stdout.fileno(), 0)
    if not printed.poll(0):
        return True
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return False


def _does(arguments: Sequence[str] | None) -> int:
    does = ""
    try:
        chosen = parser().parse_args(arguments)
        does = chosen.does
        with nullcontext() if does in ENDED_SO else _ended_as_by_hand():
            return _found(does)(chosen) or 0
    except Refusal as refusal:
        from bot.cli.common import sentence

        sys.stderr.write(f"giaoban: {sentence(refusal)}\n")
        return EXIT_REFUSED
    except KeyboardInterrupt as stopped:
        if does not in ENDED_SO:
            from bot.cli.common import words

            sys.stderr.write(f"\ngiaoban: {words().plain('stopped_by_hand')}\n")
        return EXIT_ENDED if isinstance(stopped, _Ended) else EXIT_STOPPED


class _Ended(KeyboardInterrupt):
    """Somebody asked the process to end (SIGTERM): it does so as by Ctrl-C, and leaves nothing half done."""


@contextmanager
def _ended_as_by_hand() -> Iterator[None]:
    """Signals come to a process's main thread alone, and only there can it be said what becomes of them."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(*_: object) -> NoReturn:
        raise _Ended

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _found(does: str) -> "Callable[[argparse.Namespace], int | None]":
    """What the parser names as module:function. No garbage is looked for meanwhile: that takes a fifth of the time, and finds none.

    Nor is it ever looked for among what has been imported.
    """
    module, name = does.split(":")
    gc.disable()
    try:
        return getattr(import_module(module), name)  # type: ignore[no-any-return]
    finally:
        gc.freeze()
        gc.enable()


if __name__ == "__main__":
    raise SystemExit(main())
