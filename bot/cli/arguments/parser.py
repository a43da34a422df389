"""The parser of `giaoban`: every command with its options; what each does is imported when it is called."""

import argparse
import re
from difflib import get_close_matches
from typing import NoReturn

from bot.cli.arguments.audit import add_audit_commands
from bot.cli.arguments.backup import add_backup_commands
from bot.cli.arguments.checks import add_ranges_commands, add_rules_commands
from bot.cli.arguments.figures import add_figures_commands, add_reports_commands, add_targets_commands
from bot.cli.arguments.forms import add_forms_commands
from bot.cli.arguments.people import (
    add_channel_commands,
    add_invitations_commands,
    add_invite_commands,
    add_people_commands,
)
from bot.cli.arguments.portal import add_portal_commands
from bot.cli.arguments.rounds import add_calendar_commands, add_rounds_commands
from bot.cli.arguments.typed import add_command, typed_day
from bot.cli.arguments.units import add_units_commands
from bot.cli.examples import show_examples


class Parser(argparse.ArgumentParser):
    """Where a word is none of those that can stand there, the nearest of them is told instead of all."""

    def error(self, message: str) -> NoReturn:
        refused = _NONE_OF.search(message)
        if refused:
            typed, known = refused[1], [each.strip(" '\"") for each in refused[2].split(",")]
            near = get_close_matches(typed, known, 1)
            if near:
                message = f"{typed!r} is not known; did you mean {near[0]!r}? All of them: {self.prog} --help"
        super().error(message)


_NONE_OF = re.compile(r"invalid choice: '(.+?)' \(choose from (.+)\)")


def parser() -> argparse.ArgumentParser:
    """All commands and their options; `does` names the function as module:function."""
    top: argparse.ArgumentParser = Parser(prog="giaoban", description="Giao Ban, the daily-reporting bot.")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    add_command(commands, "run", "bot.running.run:run", "the bot (polling; webhook when WEBHOOK_URL is set)")
    add_command(commands, "migrate", "bot.cli.migrate:migrate", "bring the database up to date")
    add_units_commands(commands)
    add_forms_commands(commands)
    add_invite_commands(commands)
    add_invitations_commands(commands)
    add_people_commands(commands)
    add_figures_commands(commands)
    add_targets_commands(commands)
    add_reports_commands(commands)
    add_portal_commands(commands)
    add_audit_commands(commands)
    standing = add_command(commands, "standing", "bot.cli.standing:standing", "who has reported and who has not")
    standing.add_argument(
        "--date", type=typed_day, metavar="D", help="a day of the period; the current period if left out"
    )
    standing.add_argument("--format", choices=("table", "json"), default="table")
    add_calendar_commands(commands)
    add_ranges_commands(commands)
    add_rules_commands(commands)
    add_channel_commands(commands)
    add_rounds_commands(commands)
    add_backup_commands(commands)
    doctor = add_command(
        commands, "doctor", "bot.cli.doctor:examine_all", "what is well and what is not, and what is to be done"
    )
    doctor.add_argument("--format", choices=("table", "json"), default="table")
    demo = add_command(commands, "demo", "bot.cli.demo:demo", "the whole system on loopback, with made-up figures")
    demo.add_argument("--port", type=int, default=8081)
    demo.add_argument("--data", default="data/demo", metavar="FOLDER")
    show_examples(top)
    return top
