"""A report as an Excel file: the template is fetched, filled in and sent back."""

from typing import Any

from aiogram import F, Router
from aiogram.filters import Filter
from aiogram.types import Message

from handlers.common.addresses import address_of
from handlers.reporters.draft_session import charged, filling_of, go_on, noted, shown_again
from handlers.reporters.edits import change
from handlers.reporters.open_report import open_draft
from messages.reporters.batch_words import taken
from reporting.filling.fast import together
from reporting.filling.moves import Filling
from reporting.filling.tasks import Task, tasks
from reporting.filling.workbooks import LARGEST, content, read_cells, whose
from reporting.people import Address
from reporting.say import Drawn, Say
from reporting.translator import Html, Translator
from reporting.units import Unit
from services.context import Context
from storage.reports import drafts

router = Router(name="excel")
private = F.chat.type == "private"
NOT_FETCHED = {"too big": "excel_too_big", "gone": "excel_gone", "network": "excel_not_fetched"}
MEGABYTES = LARGEST // 1_000_000


def excel(filling: Filling, unit: Unit, to: Address, words: Translator) -> Say:
    """The template, with the values of before."""
    name = f"bao-cao-{unit.code}-{filling.draft.period:%d-%m-%Y}.xlsx"
    return Say(to, words("excel_sent"), document=Drawn("filling", name, content(filling, unit, words)))


class Workbook(Filter):
    """Passes an .xlsx from somebody who reports, unless the open question wants a file.

    `is_read`: its cells have come. `why_not`: why it could not be fetched («network», «gone», «too big»).
    """

    async def __call__(self, message: Message, context: Context) -> bool | dict[str, Any]:
        if message.document is None or message.forward_origin is not None:
            return False
        if not (message.document.file_name or "").lower().endswith(".xlsx"):
            return False
        to = address_of(message.chat)
        found = drafts.at(context.connection, to)
        asked = found[1].by_name.get(found[0].at) if found else None
        if asked is not None and asked.type == "file":
            return False
        held = context.duties(context.person(to), "reporter", "deputy", "leader")
        more = message.model_extra or {}
        return {"is_read": "cells" in more, "why_not": more.get("not_fetched", "")} if held else False


@router.message(private, F.document, Workbook())
async def take(message: Message, context: Context, is_read: bool, why_not: str) -> list[Say]:
    """The file is fetched first; what is in it, or that it did not come, comes as one more message."""
    to = address_of(message.chat)
    if message.document is not None and (message.document.file_size or 0) > LARGEST:
        why_not = "too big"
    if why_not:
        return _not_taken(
            context, to, context.words(context.person(to))(NOT_FETCHED.get(why_not, "excel_not_fetched"), n=MEGABYTES)
        )
    if not is_read and message.document is not None:
        again = message.model_dump(mode="json", include={"message_id", "chat", "from_user", "document"}, by_alias=True)
        again["date"] = int(message.date.timestamp())
        kept = {name: each for name, each in again.items() if each is not None}
        return [Say(to, "", extra={"fetch": {"file_id": message.document.file_id, "message": kept}})]
    return _taken(context, to, (message.model_extra or {}).get("cells"), message.message_id)


def _not_taken(context: Context, to: Address, why: Html) -> list[Say]:
    """Why nothing of a file was taken, with the open question, which is as it was."""
    person, found = context.person(to), drafts.at(context.connection, to)
    if person is None or found is None or charged(context, to, *found) is None:
        return [Say(to, why)]
    return shown_again(context, person, to, filling_of(context, *found), why)


def _taken(context: Context, to: Address, raw: Any, message_id: int) -> list[Say]:
    person = context.person(to)
    words = context.words(person)
    cells = {place: (cell[0], cell[1]) for place, cell in raw.items()} if isinstance(raw, dict) else {}
    about = whose(cells)
    held = context.duties(person, "reporter", "deputy", "leader")
    if person is None or about is None:
        return _not_taken(context, to, words("excel_not_ours"))
    task = _task(tasks(context.forms, held, context.tree, context.now, context.zone), about)
    if task is None:
        return _not_taken(context, to, words("excel_not_open", date=about[2]))
    standing = drafts.of_unit(context.connection, task.form.key, task.unit.id, task.period)
    if standing is not None and standing[0].state == "sent":
        return change(context, to, *standing, lambda filling, words: read_cells(filling, cells, words), message_id)
    opened = open_draft(context, person, to, task)
    if isinstance(opened, Say):
        return [opened]
    lines = read_cells(opened, cells, words)
    said = taken(opened, lines, words) or words("lines_nothing")
    return go_on(context, person, to, noted(together(opened, lines.answers), to, message_id, "*"), said)


def _task(found: list[Task], about: tuple[str, str, Any]) -> Task | None:
    return next((each for each in found if (each.form.key, each.unit.code, each.period) == about), None)
