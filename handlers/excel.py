"""A report as an Excel file: the template is fetched, filled in and sent back."""

from typing import Any

from aiogram import F, Router
from aiogram.filters import Filter
from aiogram.types import Message

from handlers.drafting import go_on, noted
from handlers.edits import change
from handlers.opening import open_draft
from handlers.turn import Turn, address_of
from reporting.filling.fast import together
from reporting.filling.line_words import taken
from reporting.filling.moves import Filling
from reporting.filling.tasks import Task, tasks
from reporting.filling.workbooks import content, read_cells, whose
from reporting.people import Address
from reporting.say import Drawn, Say
from reporting.units import Unit
from reporting.words import Words
from storage import drafts

router = Router(name="excel")
private = F.chat.type == "private"


def excel(filling: Filling, unit: Unit, to: Address, words: Words) -> Say:
    """The template, with the values of before."""
    name = f"bao-cao-{unit.code}-{filling.draft.period:%d-%m-%Y}.xlsx"
    return Say(to, words("excel_sent"), document=Drawn("filling", name, content(filling, unit, words)))


class Workbook(Filter):
    """Passes an .xlsx from somebody who reports, unless the open question wants a file; `is_read`: its cells have come."""

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, Any]:
        if message.document is None or message.forward_origin is not None:
            return False
        if not (message.document.file_name or "").lower().endswith(".xlsx"):
            return False
        to = address_of(message.chat)
        found = drafts.at(turn.connection, to)
        asked = found[1].by_name.get(found[0].at) if found else None
        if asked is not None and asked.type == "file":
            return False
        held = turn.duties(turn.person(to), "reporter", "deputy", "leader")
        return {"is_read": "cells" in (message.model_extra or {})} if held else False


@router.message(private, F.document, Workbook())
async def take(message: Message, turn: Turn, is_read: bool) -> list[Say]:
    """The file is fetched first; what is in it comes as one more message."""
    to = address_of(message.chat)
    if not is_read and message.document is not None:
        again = message.model_dump(mode="json", include={"message_id", "chat", "from_user", "document"}, by_alias=True)
        again["date"] = int(message.date.timestamp())
        kept = {name: each for name, each in again.items() if each is not None}
        return [Say(to, "", extra={"fetch": {"file_id": message.document.file_id, "message": kept}})]
    return _taken(turn, to, (message.model_extra or {}).get("cells"), message.message_id)


def _taken(turn: Turn, to: Address, raw: Any, message_id: int) -> list[Say]:
    person = turn.person(to)
    words = turn.words(person)
    cells = {place: (cell[0], cell[1]) for place, cell in raw.items()} if isinstance(raw, dict) else {}
    about = whose(cells)
    held = turn.duties(person, "reporter", "deputy", "leader")
    if person is None or about is None:
        return [Say(to, words("excel_not_ours"))]
    task = _task(tasks(turn.forms, held, turn.tree, turn.now, turn.zone), about)
    if task is None:
        return [Say(to, words("excel_not_open", date=about[2]))]
    standing = drafts.of_unit(turn.connection, task.form.key, task.unit.id, task.period)
    if standing is not None and standing[0].state == "sent":
        return change(turn, to, *standing, lambda filling, words: read_cells(filling, cells, words), message_id)
    opened = open_draft(turn, person, to, task)
    if isinstance(opened, Say):
        return [opened]
    lines = read_cells(opened, cells, words)
    said = taken(opened, lines, words) or words("lines_nothing")
    return go_on(turn, person, to, noted(together(opened, lines.answers), to, message_id, "*"), said)


def _task(found: list[Task], about: tuple[str, str, Any]) -> Task | None:
    return next((each for each in found if (each.form.key, each.unit.code, each.period) == about), None)
