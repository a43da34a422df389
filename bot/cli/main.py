"""The command line: `giaoban COMMAND`. A refusal is one line on stderr and status 1; each command imports only what it needs."""

import argparse
import gc
import os
import select
import signal
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from bot.cli.arguments.parser import parser
from bot.cli.stopping import Stopping
from bot.cli.terminal import harmless_terminals
from reporting.errors import Refusal

EXIT_REFUSED = 1
EXIT_STOPPED = 130
EXIT_ENDED = 143
ENDED_SO = ("bot.running.run:run", "bot.cli.demo:demo")
"""What is always ended by Ctrl-C. All else is one transaction, or is taken back, and a file is there whole or not at all."""
TAKEN_BACK = ("bot.cli.history:bring",)
"""What takes back by itself what it has done when it is stopped, which takes its time: a second Ctrl-C leaves that to the bot."""
EXIT_UNREAD = 141
"""What a shell says of a program that wrote where nobody reads any more (128 and SIGPIPE)."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command; its exit status: 0, 1 for a refusal, 2 for usage, 141 where nobody reads what it prints (`| head`)."""
    try:
        try:
            with harmless_terminals():
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
    with Stopping() as stopping:
        try:
            chosen = parser().parse_args(arguments)
            does = chosen.does
            if does in ENDED_SO:
                stopping.leave()
            return _found(does)(chosen) or 0
        except Refusal as refusal:
            from bot.cli.common import sentence

            sys.stderr.write(f"giaoban: {sentence(refusal)}\n")
            return EXIT_REFUSED
        except KeyboardInterrupt:
            is_at_once = stopping.over()
            if does not in ENDED_SO:
                from bot.cli.common import words

                key = "stopped_at_once" if is_at_once and does in TAKEN_BACK else "stopped_by_hand"
                sys.stderr.write(f"\ngiaoban: {words().plain(key)}\n")
            return EXIT_ENDED if stopping.by == signal.SIGTERM else EXIT_STOPPED


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
