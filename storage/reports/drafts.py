"""Drafts: the half-filled reports, and which of them each chat is at."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, literal_column, select, update

from reporting.filling.drafts import Draft
from reporting.forms import Form
from reporting.people import Address
from storage.database.audit import road_here
from storage.database.inserting import insert_into
from storage.database.prepared import PreparedStatement
from storage.database.tables import metadata
from storage.reports import answers

draft, address = metadata.tables["draft"], metadata.tables["address"]

_BY_ID = PreparedStatement(select(draft).where(draft.c.id == bindparam("id")).with_for_update())
_OF_UNIT = PreparedStatement(
    select(draft)
    .where(
        draft.c.form == bindparam("form"),
        draft.c.unit_id == bindparam("unit_id"),
        draft.c.period == bindparam("period"),
        draft.c.practice == bindparam("practice"),
    )
    .with_for_update()
)
_AT = PreparedStatement(
    select(draft, address.c.draft_turn.label("shown"))
    .join(address, address.c.draft_id == draft.c.id)
    .where(address.c.channel == bindparam("channel"), address.c.address == bindparam("address"))
    .with_for_update(of=draft)
)


def draft_of(connection: Connection, draft_id: int) -> tuple[Draft, Form] | None:
    """A draft and its form, kept for this transaction."""
    return _read(connection, _BY_ID, id=draft_id)


def of_unit(
    connection: Connection, form: str, unit_id: int, period: date, practice: int = 0
) -> tuple[Draft, Form] | None:
    """The draft of a unit's report, and its form; `practice`: that of the person who practises."""
    return _read(connection, _OF_UNIT, form=form, unit_id=unit_id, period=period, practice=practice)


def at(connection: Connection, where: Address) -> tuple[Draft, Form] | None:
    """The draft that a chat is at, and its form."""
    return _read(connection, _AT, channel=where.channel, address=where.address)


def on_screen(connection: Connection, where: Address) -> tuple[Draft, Form, int | None] | None:
    """The draft that a chat is at, its form, and at which turn it was shown there if nothing else has been shown since."""
    row = _AT.first(connection, channel=where.channel, address=where.address)
    return (*read(connection, row[:-1]), row[-1]) if row is not None else None


def begin(connection: Connection, form: Form, unit_id: int, period: date, practice: int = 0) -> Draft:
    """A new, empty draft of this form; the one that stands already if there is one."""
    values = {"form": form.key, "version": form.version, "unit_id": unit_id, "period": period, "practice": practice}
    empty = {"answers": {}, "state": "asking", "at": "", "turn": 0, "correcting": "", "pending": "", "heard": {}}
    values["road"] = road_here(connection)
    add = insert_into(connection, draft).on_conflict_do_nothing().returning(draft)
    row = connection.execute(add, values | empty).mappings().first()
    if row is not None:
        return as_draft(connection, row)[0]
    found = of_unit(connection, form.key, unit_id, period, practice)
    if found is None:
        raise LookupError(f"no draft of {form.key} for unit {unit_id}")
    return found[0]


_SHOW = (
    update(address)
    .where(address.c.channel == bindparam("chan"), address.c.address == bindparam("addr"))
    .values(draft_turn=bindparam("at_turn"), asked=literal_column("''"))
)
_SHOWN = PreparedStatement(_SHOW)
_SAVE_STATEMENT: Any = (
    update(draft)
    .where(draft.c.id == bindparam("draft_id"))
    .values(
        {
            name: bindparam(f"new_{name}")
            for name in (
                "version",
                "answers",
                "state",
                "at",
                "turn",
                "correcting",
                "pending",
                "heard",
                "holder_id",
                "touched_at",
            )
        }
    )
    .returning(
        literal_column(
            "(select max((select outbox.id from outbox"
            " where outbox.channel = address.channel and outbox.address = address.address"
            " and outbox.state in ('new', 'sending') and outbox.state || '' = 'new' and outbox.rank > 0 limit 1))"
            " from address where address.person_id = draft.holder_id)"
        )
    )
)
"""It says as well whether anything but a reply waits for the holder: to ask by itself would cost each answer a statement. Each of his
chats is looked up by itself, as in a join PostgreSQL may read all that waits.
"""
_SAVE = PreparedStatement(_SAVE_STATEMENT)
_SAVE_AND_SHOW = PreparedStatement(_SAVE_STATEMENT.add_cte(_SHOW.cte("shown")))


def save(
    connection: Connection, form: Form, new: Draft, holder_id: int, now: datetime, shown_at: Address | None = None
) -> tuple[Draft, bool]:
    """Keeps a draft as it is now, touched by `holder_id`: the draft as it is kept, and whether anything but a reply waits for him.

    `shown_at`: the chat that is shown it as it is now (`shown`); on PostgreSQL that is one statement with the other.
    """
    new = new.changed(version=form.version, holder_id=holder_id, touched_at=now)
    values = {
        "draft_id": new.id,
        "new_version": new.version,
        "new_answers": answers.to_json(form, new.answers, new.road, road_here(connection)),
        "new_state": new.state,
        "new_at": new.at,
        "new_turn": new.turn,
        "new_correcting": new.correcting,
        "new_pending": new.pending,
        "new_heard": dict(new.heard),
        "new_holder_id": holder_id,
        "new_touched_at": now,
    }
    if shown_at is None:
        return new, _SAVE.rows(connection, **values)[0][0] is not None
    shows = {"chan": shown_at.channel, "addr": shown_at.address, "at_turn": new.turn}
    if connection.dialect.name == "postgresql":
        return new, _SAVE_AND_SHOW.rows(connection, **values, **shows)[0][0] is not None
    _SHOWN.run(connection, **shows)
    return new, _SAVE.rows(connection, **values)[0][0] is not None


_GO_TO = (
    update(address)
    .where(address.c.channel == bindparam("chan"), address.c.address == bindparam("addr"))
    .values(draft_id=bindparam("at_draft"), draft_turn=bindparam("at_turn"), asked="")
)


def go_to(connection: Connection, where: Address, draft_id: int | None, turn: int | None = None) -> None:
    """From now on the chat is at this draft, which it is shown as it is at this turn; None: at none."""
    named = {"chan": where.channel, "addr": where.address, "at_draft": draft_id, "at_turn": turn}
    connection.execute(_GO_TO, named)


_LEAVE = update(address).where(address.c.draft_id == bindparam("left_draft")).values(draft_id=None, draft_turn=None)


def leave(connection: Connection, draft_id: int) -> None:
    """From now on no chat is at this draft."""
    connection.execute(_LEAVE, {"left_draft": draft_id})


def shown(connection: Connection, where: Address, turn: int | None) -> None:
    """The chat has been shown its draft as it is at this turn; None: something else, so that no plain answer is for the draft."""
    _SHOWN.run(connection, chan=where.channel, addr=where.address, at_turn=turn)


_TOUCH = (
    update(draft)
    .where(draft.c.id == bindparam("touched_draft"))
    .values(holder_id=bindparam("by"), touched_at=bindparam("at_moment"))
)


def touch(connection: Connection, draft_id: int, holder_id: int, now: datetime) -> None:
    """Somebody looks at a draft, which stays as it is."""
    connection.execute(_TOUCH, {"touched_draft": draft_id, "by": holder_id, "at_moment": now})


def _read(connection: Connection, statement: PreparedStatement, **values: Any) -> tuple[Draft, Form] | None:
    row = statement.first(connection, **values)
    return read(connection, row) if row is not None else None


_COLUMNS = tuple(draft.c.keys())


def read(connection: Connection, row: Sequence[Any]) -> tuple[Draft, Form]:
    """A draft and its form, from the columns of its table."""
    return as_draft(connection, dict(zip(_COLUMNS, row, strict=False)))


_FIELDS = tuple(each.name for each in fields(Draft) if each.name != "answers")


def as_draft(connection: Connection, row: RowMapping | Mapping[str, Any]) -> tuple[Draft, Form]:
    """A draft and its form, from a row of its table by name."""
    return answers.of_row(connection, row, Draft, _FIELDS)
