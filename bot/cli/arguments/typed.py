"""How a command is added to the parser, and the days, years and counts that are typed behind it."""

import argparse
import re
from datetime import date
from typing import TypeAlias

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def add_command(commands: Commands, name: str, does: str, text: str) -> argparse.ArgumentParser:
    """`does`: the function that does it, as module:function."""
    command: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text)
    command.set_defaults(does=does)
    return command


def typed_day(text: str) -> date:
    """A day as it is typed. Refused where it is written as one but there is none such."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            from understanding.days import no_such_day

            raise no_such_day(text) from None
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write it as 2021-11-10") from None


def typed_year(text: str) -> int:
    if not re.fullmatch(r"[12]\d{3}", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no year; write it as 2021")
    return int(text)


def typed_count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text) <= 100_000:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 to 100000")
    return int(text)
