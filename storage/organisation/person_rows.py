"""Which rows of which tables are a person's, or tell of him: the one list, by which all of it is shown, and nothing is forgotten."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, exists, or_, select

from reporting.people import Duty, Role
from storage.database.tables import metadata

_tables = metadata.tables
address = _tables["address"]

BY_PERSON: Mapping[str, tuple[str, ...]] = {
    "person": ("id",),
    "address": ("person_id",),
    "address_code": ("person_id",),
    "duty": ("person_id",),
    "invitation": ("made_by",),
    "draft": ("holder_id", "practice"),
    "report": ("sent_by",),
    "said": ("person_id",),
    "digest": ("person_id",),
    "briefing": ("person_id",),
    "audit": ("who", "person_id"),
    "snooze": ("person_id",),
    "late_reason": ("person_id",),
    "suspension": ("set_by",),
    "asked_back": ("asked_by", "answered_by"),
    "review": ("done_by",),
    "reopening": ("opened_by",),
    "gathering": ("set_by",),
    "calendar_day": ("set_by",),
    "set_range": ("set_by",),
    "validation_rule": ("changed_by",),
    "form_candidate": ("person_id",),
    "proposal": ("person_id", "decided_by"),
    "notice": ("person_id",),
    "notice_receipt": ("person_id",),
    "own_hour": ("person_id",),
    "link": ("person_id",),
    "session": ("person_id",),
    "form_session": ("person_id",),
    "indicator_target": ("set_by", "ended_by"),
}
"""By table the columns that hold a person's id."""
BY_CHAT = (
    "outbox",
    "offer",
    "follow",
    "flag",
    "wrong_code",
    "code_turn",
    "pause",
    "unit_file",
    "form_candidate",
    "file_address",
    "typed_choice",
)
"""The tables with the columns `channel` and `address` of whoever is spoken to."""
OF_NOBODY = ("bulletin", "gathering")
"""The tables of chats that are no person's: the public channel, groups."""
BINARY_SHOWN = "…"


def rows_of_person(connection: Connection, person_id: int) -> dict[str, list[dict[str, Any]]]:
    """All of it, by table, oldest first, as JSON has it; tables without any are left out."""
    wanted = {name: _by_columns(_tables[name], columns, person_id) for name, columns in BY_PERSON.items()}
    wanted |= {name: _by_chat(_tables[name].c.channel, _tables[name].c.address, person_id) for name in BY_CHAT}
    inbox = _tables["inbox"]
    wanted["inbox"] = _by_chat(inbox.c.channel, inbox.c.chat, person_id)
    audit, words = _tables["audit"], _tables["audit_words"]
    lines = select(audit.c.id).where(_by_columns(audit, BY_PERSON["audit"], person_id))
    wanted["audit_words"] = words.c.line_id.in_(lines)
    found = {}
    for name, mine in wanted.items():
        table = _tables[name]
        rows = connection.execute(select(table).where(mine).order_by(*table.primary_key)).mappings().all()
        if rows:
            found[name] = [{column: _shown(value) for column, value in row.items()} for row in rows]
    return found


def duties_ever(connection: Connection, person_id: int) -> list[Duty]:
    """Everything that a person was ever charged with, oldest first."""
    duty = _tables["duty"]
    rows = connection.execute(select(duty).where(duty.c.person_id == person_id).order_by(duty.c.since, duty.c.id))
    return [Duty(row.person_id, row.unit_id, _role(row.role), row.since, row.until) for row in rows]


def _role(text: str) -> Role:
    return text  # type: ignore[return-value]  # only roles are written


def _by_columns(table: Table, columns: tuple[str, ...], person_id: int) -> ColumnElement[bool]:
    return or_(*(table.c[name] == person_id for name in columns))


def _by_chat(channel: Any, chat: Any, person_id: int) -> ColumnElement[bool]:
    return exists().where(address.c.person_id == person_id, address.c.channel == channel, address.c.address == chat)


_SHOWN: tuple[tuple[type, Callable[[Any], object]], ...] = (
    (datetime, datetime.isoformat),
    (date, date.isoformat),
    (bytes, lambda _: BINARY_SHOWN),
)


def _shown(value: Any) -> object:
    return next((shown(value) for kind, shown in _SHOWN if isinstance(value, kind)), value)
