"""Closed reports that are open again for one unit, until a time."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, insert, select

from reporting.rounds.deadlines import Deadline
from storage.database.tables import metadata

reopening = metadata.tables["reopening"]

_OF_REPORT = (
    reopening.c.unit_id == bindparam("unit_id"),
    reopening.c.period == bindparam("period"),
    reopening.c.form == bindparam("form"),
)
_NEWEST = select(reopening.c.until_at).where(*_OF_REPORT).order_by(reopening.c.id.desc()).limit(1)
_OPENED_AT = (
    select(reopening.c.opened_at)
    .where(*_OF_REPORT, reopening.c.until_at > bindparam("now"))
    .order_by(reopening.c.id.desc())
    .limit(1)
)


def closes_at(connection: Connection, due: Deadline) -> datetime:
    """When the report really closes for this unit: as its form says, or later where it was opened again."""
    named = {"unit_id": due.unit_id, "period": due.period, "form": due.form}
    until: datetime | None = connection.execute(_NEWEST, named).scalar_one_or_none()
    return due.closes_at if until is None else max(due.closes_at, until)


def open_until(
    connection: Connection, form: str, unit_id: int, period: date, until: datetime, by: int, now: datetime
) -> None:
    """From now until then the unit may send and correct this report."""
    values = {
        "form": form,
        "unit_id": unit_id,
        "period": period,
        "until_at": until,
        "opened_by": by,
        "opened_at": now,
    }
    connection.execute(insert(reopening), values)


def opened_at(connection: Connection, form: str, unit_id: int, period: date, now: datetime) -> datetime | None:
    """When a report that is open again just now was opened again; None where it is not."""
    named = {"unit_id": unit_id, "period": period, "form": form, "now": now}
    at: datetime | None = connection.execute(_OPENED_AT, named).scalar_one_or_none()
    return at


def open_again(connection: Connection, unit_ids: Collection[int], now: datetime) -> list[tuple[str, int, date]]:
    """What is open again just now for these units: form, unit id and period, the newest period first."""
    statement = (
        select(reopening.c.form, reopening.c.unit_id, reopening.c.period)
        .where(reopening.c.until_at > now, reopening.c.unit_id.in_(unit_ids))
        .distinct()
        .order_by(reopening.c.period.desc(), reopening.c.unit_id)
    )
    return [(form, unit_id, period) for form, unit_id, period in connection.execute(statement)]
