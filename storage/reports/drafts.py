"""Drafts: the half-filled reports, and which of them each chat is at."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, delete, literal_column, or_, select, update

from reporting.filling.drafts import Draft
from reporting.forms import Form
from reporting.people import Address
from reporting.tick_parts import Apart, TickPart, as_one
from storage.database.audit import road_here
from storage.database.inserting import insert_into
from storage.database.prepared import PreparedStatement, among
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

_SINCE = (
    select(draft)
    .where(
        draft.c.form.in_(select(metadata.tables["form"].c["key"])),  # the key's index begins with the form
        draft.c.unit_id.in_(bindparam("unit_ids", expanding=True)),
        draft.c.period >= bindparam("first_on"),
    )
    .order_by(draft.c.period.desc(), draft.c.id.desc())
)


_UNSENT = (
    select(draft)
    .where(draft.c.correcting != literal_column("''"), draft.c.practice == 0, draft.c.touched_at <= bindparam("before"))
    .order_by(draft.c.touched_at)
    .with_for_update()
)


def draft_of(connection: Connection, draft_id: int) -> tuple[Draft, Form] | None:
    """A draft and its form, kept for this transaction."""
    return _read(connection, _BY_ID, id=draft_id)


def of_unit(
    connection: Connection, form: str, unit_id: int, period: date, practice: int = 0
) -> tuple[Draft, Form] | None:
    """The draft of a unit's report, and its form; `practice`: that of the person who practises."""
    return _read(connection, _OF_UNIT, form=form, unit_id=unit_id, period=period, practice=practice)


def since(connection: Connection, unit_ids: Collection[int], first_on: date) -> list[tuple[Draft, Form]]:
    """The drafts of these units for periods from `first_on` on, newest first."""
    rows = connection.execute(_SINCE, {"unit_ids": list(unit_ids), "first_on": first_on}).mappings().all()
    return [_draft(connection, row) for row in rows]


def unsent(connection: Connection, before: datetime, *, apart: Apart = as_one) -> list[tuple[Draft, Form]]:
    """The corrections that are open and have not been touched since, the stillest first, kept for this transaction. `apart`: reads
    each.
    """
    rows = connection.execute(_UNSENT, {"before": before}).mappings().all()
    parts = (TickPart(form=row["form"], unit_id=row["unit_id"]) for row in rows)
    found = (apart(part, partial(_draft, connection, row)) for part, row in zip(parts, rows, strict=True))
    return [each for each in found if each is not None]


def nearly_sent(
    connection: Connection, form: str, period: date, unit_ids: Collection[int]
) -> dict[tuple[str, int, date], str]:
    """The state, by report (form, unit, period), of drafts of these units for a period that are in review or wait for a reason."""
    found = _NEARLY_SENT.rows(connection, form=form, period=period, ids=list(unit_ids))
    return {(form, unit_id, period): state for unit_id, state in found}


_NEARLY_SENT = PreparedStatement(
    lambda dialect: select(draft.c.unit_id, draft.c.state).where(
        draft.c.form == bindparam("form"),
        among(dialect, draft.c.unit_id, "ids"),
        draft.c.period == bindparam("period"),
        draft.c.practice == 0,
        or_(draft.c.state == "review", draft.c.state == "awaiting a reason"),
    )
)


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
        return _draft(connection, row)[0]
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


_LEAVE = update(address).where(address.c.draft_id == bindparam("left_draft")).values(draft_id=None)


def leave(connection: Connection, draft_id: int) -> None:
    """From now on no chat is at this draft."""
    connection.execute(_LEAVE, {"left_draft": draft_id})


def begun(connection: Connection, form: str, first_on: date, before_on: date | None) -> list[tuple[Draft, Form]]:
    """The drafts of a form's first reports, and those to practise with, for periods from `first_on` up to and without `before_on`.

    Corrections are not among them, nor what has been sent. Kept for this transaction.
    """
    wanted = select(draft).where(
        draft.c.form == form, draft.c.period >= first_on, draft.c.state != "sent", draft.c.correcting == ""
    )
    if before_on is not None:
        wanted = wanted.where(draft.c.period < before_on)
    rows = connection.execute(wanted.order_by(draft.c.id).with_for_update()).mappings().all()
    return [_draft(connection, row) for row in rows]


def remove(connection: Connection, draft_ids: Collection[int]) -> None:
    """These drafts are no more, and no chat is at one of them."""
    of_chat = address.c.draft_id.in_(draft_ids)
    connection.execute(update(address).where(of_chat).values(draft_id=None, draft_turn=None))
    connection.execute(delete(draft).where(draft.c.id.in_(draft_ids)))


def remove_versions(connection: Connection, form: str, version: str) -> None:
    """The drafts of a version that nobody fills in any more are no more."""
    of_version = (draft.c.form == form, draft.c.version == version)
    remove(connection, [number for (number,) in connection.execute(select(draft.c.id).where(*of_version))])


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


def let_go(connection: Connection, holder_id: int, unit_id: int) -> int:
    """The person is at no draft of the unit any more: what he had entered stays, for whoever goes on with it; how many are open."""
    mine = (draft.c.holder_id == holder_id, draft.c.unit_id == unit_id, draft.c.practice == 0)
    held = connection.execute(select(draft.c.id, draft.c.state).where(*mine)).all()
    theirs = select(draft.c.id).where(draft.c.unit_id == unit_id)
    connection.execute(
        update(address)
        .where(address.c.person_id == holder_id, address.c.draft_id.in_(theirs))
        .values(draft_id=None, draft_turn=None)
    )
    connection.execute(update(draft).where(*mine).values(holder_id=None))
    return sum(row.state != "sent" for row in held)


def _read(connection: Connection, statement: PreparedStatement, **values: Any) -> tuple[Draft, Form] | None:
    row = statement.first(connection, **values)
    return read(connection, row) if row is not None else None


_COLUMNS = tuple(draft.c.keys())


def read(connection: Connection, row: Sequence[Any]) -> tuple[Draft, Form]:
    """A draft and its form, from the columns of its table."""
    return _draft(connection, dict(zip(_COLUMNS, row, strict=False)))


_FIELDS = tuple(each.name for each in fields(Draft) if each.name != "answers")


def _draft(connection: Connection, row: RowMapping | Mapping[str, Any]) -> tuple[Draft, Form]:
    return answers.of_row(connection, row, Draft, _FIELDS)
