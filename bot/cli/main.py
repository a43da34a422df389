"""The command line: `giaoban COMMAND`. A refusal is one line on stderr and status 1; each command imports only what it needs."""

import argparse
import gc
import os
import re
import select
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import date
from difflib import get_close_matches
from importlib import import_module
from typing import NoReturn

from bot.cli.examples import show_examples
from bot.cli.exporting import FORMATS
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
    _add(commands, "run", "bot.running.run:run", "the bot (polling; webhook when WEBHOOK_URL is set)")
    _add(commands, "migrate", "bot.cli.common:migrate", "bring the database up to date")
    _add_units(commands)
    _add_forms(commands)
    _add_invite(commands)
    _add_invitations(commands)
    _add_people(commands)
    _add_figures(commands)
    _add_targets(commands)
    _add_reports(commands)
    _add_portal(commands)
    _add_audit(commands)
    standing = _add(commands, "standing", "bot.cli.standing:standing", "who has reported and who has not")
    standing.add_argument("--date", type=_day, metavar="D", help="a day of the period; the current period if left out")
    standing.add_argument("--format", choices=("table", "json"), default="table")
    _add_calendar(commands)
    _add_channel(commands)
    _add_rounds(commands)
    _add_copies(commands)
    doctor = _add(
        commands, "doctor", "bot.cli.doctor:examine_all", "what is well and what is not, and what is to be done"
    )
    doctor.add_argument("--format", choices=("table", "json"), default="table")
    demo = _add(commands, "demo", "bot.cli.demo:demo", "the whole system on loopback, with made-up figures")
    demo.add_argument("--port", type=int, default=8081)
    demo.add_argument("--data", default="data/demo", metavar="FOLDER")
    show_examples(top)
    return top


def _add_channel(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("channel", help="the messengers by which people are spoken to")
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    switch = _add(actions, "switch", "bot.cli.channel:switch", "everybody is spoken to by this messenger first")
    switch.add_argument("channel", choices=("telegram", "zalo"), metavar="CHANNEL", help="telegram or zalo")
    switch.add_argument("--unit", metavar="CODE", help="this unit and all under it; every unit if left out")
    switch.add_argument(
        "--dry-run", action="store_true", help="only says whom it concerns and what it needs of the plan"
    )


def _add_copies(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    backup = _add(commands, "backup", "bot.cli.copies:backup", "write everything into one file")
    backup.add_argument("file", metavar="FILE")
    restore = _add(commands, "restore", "bot.cli.copies:restore", "fill an empty database from such a file")
    restore.add_argument("file", metavar="FILE")
    restore.add_argument(
        "--check", action="store_true", help="only try it, in a temporary database that is gone afterwards"
    )


def _add_units(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    units = commands.add_parser("units", help="the tree of units").add_subparsers(metavar="ACTION", required=True)
    for name, does, text in (
        ("import", "bring", "add or change units: code,name,kind,parent,aliases,since,until"),
        ("groups", "bring_groups", "groups of units that are no tier: group,name,kind,aliases,member,since,until"),
        ("merge", "merge", "mergers, splits and renames on a day: on,old,new,name,kind,parent,aliases,people"),
    ):
        bring = _add(units, name, f"bot.cli.units:{does}", text)
        bring.add_argument("file", metavar="FILE", help="a CSV file or a workbook (.xlsx)")
        bring.add_argument("--dry-run", action="store_true", help="print what would be otherwise, and change nothing")
    show = _add(units, "list", "bot.cli.units:show", "print the units")
    show.add_argument("--groups", action="store_true", help="print the groups and their members instead")


def _add_forms(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    forms = commands.add_parser("form", help="the forms").add_subparsers(metavar="ACTION", required=True)
    check = _add(forms, "check", "bot.cli.forms:check", "print what is wrong with a form, a line a problem")
    check.add_argument("file", metavar="FILE")
    check.add_argument("--strict", action="store_true", help="refuse what would only be warned of")
    publish = _add(forms, "publish", "bot.cli.forms:publish", "put a form in force")
    publish.add_argument("file", metavar="FILE")
    publish.add_argument(
        "--from", dest="since", type=_day, metavar="YYYY-MM-DD", help="from this day on; today if left out"
    )
    publish.add_argument("--dry-run", action="store_true", help="only print what it would change")
    _add(forms, "list", "bot.cli.forms:show_list", "the forms in force, planned and retired")
    show = _add(forms, "show", "bot.cli.forms:show", "a form's versions, and its questions")
    show.add_argument("form", metavar="KEY")
    export = _add(forms, "export", "bot.cli.forms:export", "write a form as an .xlsx that can be changed and published")
    export.add_argument("form", metavar="KEY")
    export.add_argument("-o", dest="output", metavar="FILE", help="into this file; KEY.xlsx if left out")
    retire = _add(forms, "retire", "bot.cli.forms:retire", "no report of a form is owed any more; its figures stay")
    retire.add_argument("form", metavar="KEY")
    retire.add_argument(
        "--from",
        dest="since",
        type=_day,
        required=True,
        metavar="YYYY-MM-DD",
        help="for periods that end on it or later",
    )


def _add_invite(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    from reporting.people import ROLES

    invite = _add(commands, "invite", "bot.cli.invitations:invite", "print a link that gives a duty")
    invite.add_argument("role", choices=ROLES, metavar="ROLE", help=", ".join(ROLES))
    invite.add_argument("unit", metavar="UNIT", help="the unit's code")
    invite.add_argument("--days", type=_count, default=7, metavar="N", help="good for so many days (7)")
    invite.add_argument("--uses", type=_count, default=1, metavar="N", help="good for so many people (1)")


def _add_invitations(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    from reporting.people import ROLES

    parser = commands.add_parser("invitations", help="the invitations that were made")
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    show = _add(actions, "list", "bot.cli.invitations:show_invitations", "who made which, for whom, used by how many")
    show.add_argument("--all", action="store_true", help="those too that are used up, expired or revoked")
    revoke = _add(actions, "revoke", "bot.cli.invitations:revoke", "nobody can join with it any more")
    revoke.add_argument("id", type=_count, metavar="ID", help="as `invitations list` has it")
    sheet = _add(actions, "sheet", "bot.cli.invitations:sheet", "a PDF to print, a QR code for each unit without one")
    sheet.add_argument("--role", choices=ROLES, default="reporter", metavar="ROLE", help="reporter if left out")
    sheet.add_argument("--unit", metavar="CODE", help="this unit and all under it; every unit if left out")
    sheet.add_argument("--everybody", action="store_true", help="also for units that have somebody in this role")
    sheet.add_argument("--days", type=_count, default=14, metavar="N", help="good for so many days (14)")
    sheet.add_argument("--uses", type=_count, default=1, metavar="N", help="each good for so many people (1)")
    sheet.add_argument("-o", dest="output", default="invitations.pdf", metavar="FILE.pdf", help="invitations.pdf")


def _add_people(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    from reporting.people import ROLES

    parser = commands.add_parser("people", help="who is charged with what, and what is kept of them")
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    show = _add(
        actions, "list", "bot.cli.people:show_people", "every duty: who, which, of what unit, since, last heard"
    )
    show.add_argument("--unit", metavar="CODE", help="this unit and all under it; every unit if left out")
    show.add_argument("--role", choices=ROLES, metavar="ROLE", help=", ".join(ROLES))
    silent = _add(actions, "silent", "bot.cli.people:show_silent", "units without a reporter, and who sends nothing")
    silent.add_argument("--days", type=_count, default=7, metavar="N", help="nothing for so many days (7)")
    silent.add_argument("--unit", metavar="CODE", help="this unit and all under it; every unit if left out")
    end = _add(actions, "end", "bot.cli.people:end", "a duty is over from today on")
    end.add_argument("person", metavar="PERSON", help="the number, or the name if nobody else has it")
    end.add_argument("role", choices=ROLES, metavar="ROLE", help=", ".join(ROLES))
    end.add_argument("unit", metavar="UNIT", help="the unit's code")
    over = _add(actions, "hand-over", "bot.cli.people:hand_over", "somebody else reports for a unit")
    over.add_argument("unit", metavar="UNIT", help="the unit's code")
    over.add_argument("person", metavar="PERSON", help="who reports from then on")
    over.add_argument("--from", dest="since", type=_day, metavar="D", help="today if left out")
    leave = _add(actions, "leave", "bot.cli.people:leave", "somebody is away, and his deputy reports")
    leave.add_argument("person", metavar="PERSON")
    leave.add_argument("since", type=_day, metavar="FROM")
    leave.add_argument("until", type=_day, metavar="TO")
    back = _add(actions, "back", "bot.cli.people:back", "his leave is over")
    back.add_argument("person", metavar="PERSON")
    held = _add(actions, "show", "bot.cli.person_data:show_person", "everything that is kept of one person")
    held.add_argument("person", metavar="PERSON", help="the number, or the name if nobody else has it")
    held.add_argument("-o", dest="output", metavar="FILE.json", help="all of it, row by row, into this file")
    erase = _add(actions, "erase", "bot.cli.person_data:erase", "name, chat and words go; figures and numbers stay")
    erase.add_argument("person", metavar="PERSON")
    erase.add_argument("--yes", action="store_true", help="do it; without this it is only said what would go")


def _add_rounds(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    rates = _add(commands, "rates", "bot.cli.rounds:show_rates", "how complete and how timely each unit reports")
    rates.add_argument("--from", dest="since", type=_day, metavar="D", help="30 days ago if left out")
    rates.add_argument("--to", dest="until", type=_day, metavar="D", help="today if left out")
    text = "which figures are left unknown or skipped, by unit and question"
    completeness = _add(commands, "completeness", "bot.cli.completeness:show", text)
    completeness.add_argument("--from", dest="since", type=_day, metavar="D", help="30 days ago if left out")
    completeness.add_argument("--to", dest="until", type=_day, metavar="D", help="today if left out")
    completeness.add_argument("--unit", metavar="CODE", help="this unit and all under it; every unit if left out")
    completeness.add_argument("--form", metavar="KEY", help="this form; every form if left out")
    completeness.add_argument("--format", choices=("table", "csv", "json"), default="table")
    completeness.add_argument("-o", dest="output", metavar="FILE", help="into this file; printed if left out")
    suspend = _add(
        commands, "suspend", "bot.cli.rounds:suspend", "days on which no report is owed; alone it lists them"
    )
    suspend.add_argument("since", type=_day, nargs="?", metavar="FROM")
    suspend.add_argument("until", type=_day, nargs="?", metavar="TO")
    suspend.add_argument("--unit", metavar="CODE", help="this unit and all under it; every unit if left out")
    suspend.add_argument("--form", metavar="KEY", help="this form; every form if left out")
    suspend.add_argument("--reason", metavar="TEXT")
    suspend.add_argument("--lift", type=_count, metavar="ID", help="the suspension with this id is no more")
    reminded = _add(commands, "reminded", "bot.cli.post:reminded", "who was reminded of what, when: the evidence")
    reminded.add_argument("--date", type=_day, metavar="D", help="a day of the period; the current period if left out")
    reminded.add_argument("--unit", metavar="CODE", help="this unit and all under it")
    reminded.add_argument("--format", choices=("table", "json"), default="table")
    unsaid = _add(commands, "unsaid", "bot.cli.post:show_unsaid", "messages that could not be said, or nobody knows of")
    unsaid.add_argument("--again", type=_count, metavar="ID", help="say this one again")


def _add_figures(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    figures = commands.add_parser("figures", help="the figures").add_subparsers(metavar="ACTION", required=True)
    bring = _add(figures, "import", "bot.cli.history:bring", "take in history: date,unit,indicator,value")
    bring.add_argument("file", metavar="FILE.csv")
    export = _add(figures, "export", "bot.cli.figures:export", "write figures: date,unit,indicator,value")
    export.add_argument("--from", dest="since", type=_day, metavar="D")
    export.add_argument("--to", dest="until", type=_day, metavar="D")
    export.add_argument("--unit", metavar="CODE", help="this unit and all under it")
    export.add_argument(
        "--units",
        choices=("then", "now"),
        default="then",
        help="figures as they were (then), or added up for what the units have become (now)",
    )
    export.add_argument("--format", choices=tuple(FORMATS), default=next(iter(FORMATS)))
    export.add_argument("-o", dest="output", metavar="FILE", help="into this file; printed if left out")


def _add_targets(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("targets", help="what indicators are to reach, or not to go beyond")
    targets = parser.add_subparsers(metavar="ACTION", required=True)
    text = "add or change targets: unit,indicator,bound,value,of,each,from,to,change,form"
    bring = _add(targets, "import", "bot.cli.targets:bring", text)
    bring.add_argument("file", metavar="FILE", help="a CSV file or a workbook (.xlsx)")
    bring.add_argument("--dry-run", action="store_true", help="print what would be otherwise, and change nothing")
    show = _add(targets, "list", "bot.cli.targets:show", "print the targets")
    show.add_argument("--all", action="store_true", help="those too that were replaced or given up")
    retire = _add(targets, "retire", "bot.cli.targets:retire", "a target holds no more")
    retire.add_argument("id", type=_count, metavar="ID", help="as `targets list` has it")


def _add_reports(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    reports = commands.add_parser("reports", help="the reports").add_subparsers(metavar="ACTION", required=True)
    export = _add(
        reports, "export", "bot.cli.reports:export", "write all that a form's reports say, repeats by themselves"
    )
    export.add_argument("form", metavar="FORM", help="the form's key")
    export.add_argument("--from", dest="since", type=_day, metavar="D")
    export.add_argument("--to", dest="until", type=_day, metavar="D")
    export.add_argument("--format", choices=("csv", "json", "xlsx"), default="csv")
    export.add_argument("-o", dest="output", metavar="FILE", help="into this file; printed if left out")


def _add_calendar(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    days = commands.add_parser("calendar", help="working days").add_subparsers(metavar="ACTION", required=True)
    show = _add(days, "list", "bot.cli.calendar:show", "the days of a year that are free, or worked instead, and why")
    show.add_argument("--year", type=_year, metavar="Y", help="this year if left out")
    for name, text in (("add", "a free day"), ("work", "a day that is worked, though it would be free")):
        say = _add(days, name, f"bot.cli.calendar:{name}", text)
        say.add_argument("day", type=_day, metavar="DATE", help="from tomorrow on")
        say.add_argument("name", metavar="NAME", help="what the day is called, or why")
    back = _add(days, "remove", "bot.cli.calendar:remove", "take back what was said of a day")
    back.add_argument("day", type=_day, metavar="DATE", help="from tomorrow on")
    _add_ranges(commands)
    _add_rules(commands)


def _add_ranges(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("ranges", help="between what a unit's figures usually lie")
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    _add(actions, "list", "bot.cli.ranges:show_set", "what the desk has set and still holds")
    show = _add(actions, "show", "bot.cli.ranges:show_unit", "what is usual for each figure of a unit, and by what")
    show.add_argument("unit", metavar="UNIT", help="the unit's code")
    show.add_argument("--form", metavar="KEY", help="this form; every form if left out")
    show.add_argument("--date", type=_day, metavar="D", help="a day of the period; the current period if left out")
    put = _add(actions, "set", "bot.cli.ranges:put", "say it instead of the unit's own history")
    back = _add(actions, "remove", "bot.cli.ranges:take_back", "again what the unit's own history says")
    for each in (put, back):
        each.add_argument("form", metavar="FORM", help="the form's key")
        each.add_argument("figure", metavar="FIGURE", help="the question's name")
        each.add_argument("unit", metavar="UNIT", help="the code of a unit; all under it that report")
    put.add_argument("--low", metavar="N")
    put.add_argument("--high", metavar="N")
    put.add_argument("--none", action="store_true", help="nothing is unusual there")
    put.add_argument("--until", type=_day, metavar="D", help="for periods up to this day; for good if left out")
    put.add_argument("--reason", metavar="TEXT")


def _add_rules(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("rules", help="validation rules across forms, units and periods")
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    bring = _add(actions, "import", "bot.cli.rules:bring", "the rules of a file are in use from now on")
    bring.add_argument("file", metavar="FILE", help="a CSV file or a workbook (.xlsx)")
    bring.add_argument("--dry-run", action="store_true", help="print what would be otherwise, and change nothing")
    check = _add(actions, "check", "bot.cli.rules:check", "print what is wrong with a file, by row and column")
    check.add_argument("file", metavar="FILE", help="a CSV file or a workbook (.xlsx)")
    _add(actions, "list", "bot.cli.rules:show", "every rule, and how much is open by it")
    found = _add(actions, "open", "bot.cli.rules:show_open", "the contradictions that are open")
    found.add_argument("--unit", metavar="CODE", help="this unit and all under it; every unit if left out")
    retire = _add(actions, "retire", "bot.cli.rules:retire", "a rule is run no more")
    retire.add_argument("key", metavar="KEY")


def _add_portal(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("portal", help="figures sent where they are due")
    portal = parser.add_subparsers(metavar="ACTION", required=True)
    check = _add(portal, "check", "bot.cli.portal:check", "print what is wrong with a mapping, a line a mistake")
    check.add_argument("file", metavar="FILE")
    preview = _add(portal, "preview", "bot.cli.portal:show_preview", "print what would be sent by a mapping")
    preview.add_argument("file", metavar="FILE")
    preview.add_argument("--date", type=_day, metavar="D", help="a day of the period; today if left out")
    send = _add(portal, "send", "bot.cli.portal:send", "put a mapping in use and send what is due by it")
    send.add_argument("file", metavar="FILE")
    send.add_argument("--from", dest="since", type=_day, metavar="D", help="the mapping's first day if left out")
    send.add_argument("--to", dest="until", type=_day, metavar="D", help="today if left out")
    send.add_argument("--again", action="store_true", help="what was taken already too")
    send.add_argument("-o", dest="output", metavar="FILE", help="into this file, where the mapping fills a template")
    _add(portal, "list", "bot.cli.portal:show_list", "the targets, and what waits or was refused")
    show = _add(portal, "show", "bot.cli.portal:show_one", "the taker's answer about every value")
    show.add_argument("id", type=_count, metavar="ID", help="as `portal list` and the bot's messages have it")


def _add_audit(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    audit = commands.add_parser("audit", help="who did what").add_subparsers(metavar="ACTION", required=True)
    show = _add(audit, "show", "bot.cli.audit:show", "print the newest lines, newest first")
    show.add_argument("--last", type=_count, default=50, metavar="N", help="so many at the most (50)")
    export = _add(audit, "export", "bot.cli.audit:export", "write lines as JSON, in their order, with their digests")
    export.add_argument("-o", dest="output", metavar="FILE", help="into this file; printed if left out")
    for each in (show, export):
        each.add_argument("--from", dest="since", type=_day, metavar="D")
        each.add_argument("--to", dest="until", type=_day, metavar="D")
        each.add_argument(
            "--what", metavar="WORD", help="what was done, as the lines have it: report, refused, invite …"
        )
        each.add_argument("--road", choices=("chat", "command", "page", "program"), help="by which way it came")
        each.add_argument("--person", type=_count, metavar="ID", help="who did it, or whom it was done to")
        each.add_argument("--unit", metavar="CODE", help="this unit and all under it")
        each.add_argument("--form", metavar="KEY")
    _add(audit, "verify", "bot.cli.audit:verify", "prove that no line was changed, removed or put in")


def _add(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, does: str, text: str
) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text)
    command.set_defaults(does=does)
    return command


def _day(text: str) -> date:
    """A day as it is typed. Refused where it is written as one but there is none such."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            from understanding.days import no_such_day

            raise no_such_day(text) from None
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write it as 2021-11-10") from None


def _year(text: str) -> int:
    if not re.fullmatch(r"[12]\d{3}", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no year; write it as 2021")
    return int(text)


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text) <= 100_000:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 to 100000")
    return int(text)


if __name__ == "__main__":
    raise SystemExit(main())
