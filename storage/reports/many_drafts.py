"""Drafts, many at a time: those of units, of a form, or of a person, and what becomes of them when one of these goes."""

from collections.abc import Collection
from datetime import date, datetime
from functools import partial

from sqlalchemy import Connection, bindparam, delete, literal_column, or_, select, update

from reporting.filling.drafts import Draft
from reporting.forms import Form
from reporting.tick_parts import Apart, TickPart, as_one
from storage.database.prepared import PreparedStatement, among
from storage.database.tables import metadata
from storage.reports.drafts import as_draft

draft, address = metadata.tables["draft"], metadata.tables["address"]

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


def since(connection: Connection, unit_ids: Collection[int], first_on: date) -> list[tuple[Draft, Form]]:
    """The drafts of these units for periods from `first_on` on, newest first."""
    rows = connection.execute(_SINCE, {"unit_ids": list(unit_ids), "first_on": first_on}).mappings().all()
    return [as_draft(connection, row) for row in rows]


def unsent(connection: Connection, before: datetime, *, apart: Apart = as_one) -> list[tuple[Draft, Form]]:
    """The corrections that are open and have not been touched since, the stillest first, kept for this transaction. `apart`: reads
    each.
    """
    rows = connection.execute(_UNSENT, {"before": before}).mappings().all()
    parts = (TickPart(form=row["form"], unit_id=row["unit_id"]) for row in rows)
    found = (apart(part, partial(as_draft, connection, row)) for part, row in zip(parts, rows, strict=True))
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
    return [as_draft(connection, row) for row in rows]


def remove(connection: Connection, draft_ids: Collection[int]) -> None:
    """These drafts are no more, and no chat is at one of them."""
    of_chat = address.c.draft_id.in_(draft_ids)
    connection.execute(update(address).where(of_chat).values(draft_id=None, draft_turn=None))
    connection.execute(delete(draft).where(draft.c.id.in_(draft_ids)))


def remove_versions(connection: Connection, form: str, version: str) -> None:
    """The drafts of a version that nobody fills in any more are no more."""
    of_version = (draft.c.form == form, draft.c.version == version)
    remove(connection, [number for (number,) in connection.execute(select(draft.c.id).where(*of_version))])


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
