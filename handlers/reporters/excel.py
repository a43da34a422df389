"""A report as an Excel file: the template is fetched, filled in and sent back."""

from collections.abc import Mapping, Sequence
from typing import Any

from handlers.reporters.draft_session import cannot_open, go_on, shown_again
from handlers.reporters.edits import change
from messages.reporters.batch_words import taken
from reporting.effects import Effect, FetchFile
from reporting.filling.fast import together
from reporting.filling.moves import Filling
from reporting.filling.tasks import Task
from reporting.filling.workbooks import LARGEST, content, read_cells, whose
from reporting.incoming import Message, SharedFile
from reporting.people import Address
from reporting.questions.question_types import type_of
from reporting.say import Drawn, Say
from reporting.translator import Html, Translator
from reporting.units import Unit
from services.context import Context
from services.draft_session import filler_at, filling_of
from services.open_report import open_draft, open_tasks
from storage.reports import drafts

NOT_FETCHED = {"too big": "excel_too_big", "gone": "excel_gone", "network": "excel_not_fetched"}
MEGABYTES = LARGEST // 1_000_000


def excel(filling: Filling, unit: Unit, to: Address, words: Translator) -> Say:
    """The template, with the values of before."""
    name = f"bao-cao-{unit.code}-{filling.draft.period:%d-%m-%Y}.xlsx"
    return Say(to, words("excel_sent"), document=Drawn(name, content(filling, unit, words)))


def _workbook(message: Message, context: Context) -> SharedFile | None:
    """An .xlsx from somebody who reports, unless the open question wants a file; None for any other message."""
    sent = message.shared
    if not isinstance(sent, SharedFile) or sent.kind != "document" or message.is_forwarded:
        return None
    if not sent.file.file_name.lower().endswith(".xlsx"):
        return None
    to = message.chat
    if awaits_file(context, to):
        return None
    held = context.duties(context.person(to), "reporter", "deputy", "leader")
    return sent if held else None


def awaits_file(context: Context, to: Address) -> bool:
    """Whether the open question takes a file, whatever is in it."""
    found = drafts.at(context.connection, to)
    asked = found[1].by_name.get(found[0].at) if found else None
    return asked is not None and type_of(asked).takes_any_file


def take(message: Message, context: Context) -> Sequence[Effect] | None:
    """The file is fetched first; what is in it, or that it did not come, comes as one more message."""
    sent, to = _workbook(message, context), message.chat
    if sent is None:
        return None
    why_not = "too big" if sent.file.size > LARGEST else sent.not_fetched
    if why_not:
        words = context.words(context.person(to))
        return _not_taken(context, to, words(NOT_FETCHED.get(why_not, "excel_not_fetched"), n=MEGABYTES))
    if not sent.is_read and sent.again is not None:
        return [FetchFile(to, sent.file.file_id, sent.again)]
    return _taken(context, to, sent.cells or {}, message.message_id)


def _not_taken(context: Context, to: Address, why: Html) -> list[Say]:
    """Why nothing of a file was taken, with the open question, which is as it was."""
    person, found = context.person(to), drafts.at(context.connection, to)
    if person is None or found is None or filler_at(context, to, *found) is None:
        return [Say(to, why)]
    return shown_again(context, person, to, filling_of(context, *found), why)


def _taken(context: Context, to: Address, cells: Mapping[str, tuple[str, str]], message_id: int) -> list[Say]:
    person = context.person(to)
    words = context.words(person)
    about = whose(cells)
    held = context.duties(person, "reporter", "deputy", "leader")
    if person is None or about is None:
        return _not_taken(context, to, words("excel_not_ours"))
    task = _task(open_tasks(context, held), about)
    if task is None:
        return _not_taken(context, to, words("excel_not_open", date=about[2]))
    standing = drafts.of_unit(context.connection, task.form.key, task.unit.id, task.period)
    if standing is not None and standing[0].state == "sent":
        return change(context, to, *standing, lambda filling: read_cells(filling, cells, words), message_id)
    opened = open_draft(context, person, to, task)
    if not isinstance(opened, Filling):
        return [cannot_open(context, opened, to, words)]
    lines = read_cells(opened, cells, words)
    said = taken(opened, lines, words) or words("lines_nothing")
    moved = together(opened, lines.answers)
    return go_on(context, person, to, moved.with_draft(moved.draft.heard_in(to, message_id, "*")), said)


def _task(found: list[Task], about: tuple[str, str, Any]) -> Task | None:
    return next((each for each in found if (each.form.key, each.unit.code, each.period) == about), None)
