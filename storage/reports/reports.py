"""Reports: accepted revision by revision, never changed."""

from collections.abc import Collection, Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Text, bindparam, cast, func, select, tuple_

from reporting.forms import Form
from reporting.reports import Report
from reporting.rounds.standings import Sent
from storage.database.audit import road_here
from storage.database.inserting import insert_into
from storage.database.prepared import PreparedStatement, among
from storage.database.tables import metadata
from storage.reports import answers

report = metadata.tables["report"]

BY_PERIOD = "INDEXED BY ix_report_period"
"""SQLite keeps no statistics: without the hint it reads all reports that the form ever had, as the key's index begins with it."""
FEW = 100
"""So many reports are asked for one by one; of more, all from the first of their periods on are looked through."""

_REVISIONS = (
    select(report)
    .where(
        report.c.form == bindparam("form"),
        report.c.unit_id == bindparam("unit_id"),
        report.c.period == bindparam("period"),
    )
    .order_by(report.c.revision.desc())
)
_NEWEST = PreparedStatement(_REVISIONS.limit(1))
IS_ACCEPTED = report.c.provisional.is_(False)
_NEWEST_ACCEPTED = PreparedStatement(_REVISIONS.where(IS_ACCEPTED).limit(1))
_COLUMNS = tuple(report.c.keys())


def add(connection: Connection, form: Form, new: Report) -> bool:
    """Keeps a revision, with the road by which it is sent; False if it is there already (somebody was faster, or it is repeated)."""
    road = road_here(connection)
    values = {
        "number": new.number,
        "form": new.form,
        "version": new.version,
        "unit_id": new.unit_id,
        "period": new.period,
        "revision": new.revision,
        "answers": answers.to_json(form, new.answers, road, road),
        "sent_by": new.sent_by,
        "sent_at": new.sent_at,
        "first_sent_at": new.first_sent_at,
        "replaces": new.replaces,
        "reason": new.reason,
        "provisional": new.provisional,
        "road": road,
    }
    statement = insert_into(connection, report).on_conflict_do_nothing().returning(report.c.id)
    return connection.execute(statement, values).first() is not None


def newest(connection: Connection, form: str, unit_id: int, period: date, *, accepted: bool = False) -> Report | None:
    """The newest revision of a unit's report for a period. `accepted`: of those that do not wait for approval."""
    newest = _NEWEST_ACCEPTED if accepted else _NEWEST
    row = newest.first(connection, form=form, unit_id=unit_id, period=period)
    return _report(connection, dict(zip(_COLUMNS, row, strict=True))) if row is not None else None


def newest_of(
    connection: Connection, form: str, of: Collection[tuple[int, date]], *, accepted: bool = False
) -> dict[tuple[int, date], Report]:
    """The newest revisions of the reports of these units (by id) and periods, in one statement."""
    if not of:
        return {}
    is_few, since = len(of) <= FEW, min(period for _, period in of)
    there = tuple_(report.c.unit_id, report.c.period).in_(of) if is_few else report.c.period >= since
    statement = select(report).where(report.c.form == form, there).order_by(report.c.revision)
    if not is_few:
        statement = statement.with_hint(report, BY_PERIOD, "sqlite")
    rows = connection.execute(statement.where(IS_ACCEPTED) if accepted else statement).mappings()
    found = {(row["unit_id"], row["period"]): row for row in rows}
    return {place: _report(connection, row) for place, row in found.items() if place in of}


def newest_between(connection: Connection, form: str, first_on: date, last_on: date) -> list[Report]:
    """The newest revision of each unit's report of the form for the periods from `first_on` to `last_on`."""
    newest = (
        select(report.c.unit_id, report.c.period, func.max(report.c.revision).label("revision"))
        .where(report.c.form == form, report.c.period.between(first_on, last_on))
        .group_by(report.c.unit_id, report.c.period)
        .with_hint(report, BY_PERIOD, "sqlite")
        .subquery()
    )
    is_newest = (
        (report.c.unit_id == newest.c.unit_id)
        & (report.c.period == newest.c.period)
        & (report.c.revision == newest.c.revision)
    )
    rows = connection.execute(select(report).join(newest, is_newest).where(report.c.form == form)).mappings()
    return [_report(connection, row) for row in rows.all()]


def count_from(connection: Connection, form: str, first_on: date) -> int:
    """How many reports have come for periods that end on this day or later, whatever their revisions."""
    firsts = (report.c.form == form, report.c.period >= first_on, report.c.revision == 1)
    counted = select(func.count()).select_from(report).where(*firsts).with_hint(report, BY_PERIOD, "sqlite")
    return int(connection.execute(counted).scalar_one())


def revisions(connection: Connection, form: str, unit_id: int, period: date) -> list[Report]:
    """All revisions, newest first."""
    values = {"form": form, "unit_id": unit_id, "period": period}
    return [_report(connection, row) for row in connection.execute(_REVISIONS, values).mappings().all()]


_PLACES = PreparedStatement(
    lambda dialect: (
        select(report.c.unit_id, report.c.period)
        .distinct()
        .where(
            report.c.form == bindparam("form"),
            among(dialect, report.c.unit_id, "ids"),
            report.c.period.between(bindparam("first_on"), bindparam("last_on")),
        )
    )
)


def reported(
    connection: Connection, form: str, unit_ids: Collection[int], first_on: date, last_on: date
) -> dict[int, set[date]]:
    """The periods for which each of these units has sent a report, accepted or not."""
    found: dict[int, set[date]] = {}
    for unit_id, period in _PLACES.rows(connection, form=form, ids=list(unit_ids), first_on=first_on, last_on=last_on):
        found.setdefault(unit_id, set()).add(period)
    return found


def periods_since_moment(connection: Connection, form: str, unit_id: int, since: datetime) -> list[date]:
    """The periods for which a unit has sent a report of the form, or corrected one, since then, in order."""
    here = (report.c.form == form, report.c.unit_id == unit_id, report.c.sent_at >= since)
    return list(connection.execute(select(report.c.period).where(*here).distinct().order_by(report.c.period)).scalars())


def has_any(connection: Connection, form: str) -> bool:
    """Whether any unit has ever sent a report of the form."""
    return connection.execute(select(report.c.id).where(report.c.form == form).limit(1)).first() is not None


def numbered(connection: Connection, number: str) -> list[Report]:
    """The reports whose receipt shows this number: one, but for forms whose keys have the same initials."""
    rows = connection.execute(select(report).where(report.c.number == number)).mappings().all()
    return [_report(connection, row) for row in rows]


def sent(connection: Connection, form: str, period: date, unit_ids: Collection[int] | None = None) -> dict[int, Sent]:
    """The stamps of what has come for a period, by unit id (`unit_ids` None: of all units)."""
    newest_of = (
        select(report.c.unit_id, func.max(report.c.revision).label("revision"))
        .where(report.c.form == form, report.c.period == period)
        .group_by(report.c.unit_id)
    )
    if unit_ids is not None:
        newest_of = newest_of.where(report.c.unit_id.in_(unit_ids))
    else:
        newest_of = newest_of.with_hint(report, BY_PERIOD, "sqlite")
    last = newest_of.subquery()
    statement = (
        select(report.c.unit_id, report.c.first_sent_at, report.c.sent_at, report.c.revision, report.c.number)
        .where(report.c.form == form, report.c.period == period)
        .join(last, (last.c.unit_id == report.c.unit_id) & (last.c.revision == report.c.revision))
    )
    return {row.unit_id: Sent(*row[1:]) for row in connection.execute(statement)}


def reasons(
    connection: Connection, form: str, period: date, unit_ids: Collection[int] | None = None
) -> dict[int, dict[str, str]]:
    """Why what was doubted is right, by unit id and question, by the newest reports of a period (`unit_ids` None: of all units)."""
    here = [report.c.form == form, report.c.period == period]
    if unit_ids is not None:
        here.append(report.c.unit_id.in_(unit_ids))
    newest = select(report.c.unit_id, func.max(report.c.revision).label("revision")).where(*here)
    if unit_ids is None:
        newest = newest.with_hint(report, BY_PERIOD, "sqlite")
    last = newest.group_by(report.c.unit_id).subquery()
    statement = (
        select(report.c.unit_id, report.c.answers)
        .where(*here, cast(report.c.answers, Text).like('%"reason"%'))
        .join(last, (last.c.unit_id == report.c.unit_id) & (last.c.revision == report.c.revision))
    )
    return {
        unit_id: {name: cell["reason"] for name, cell in cells.items() if "reason" in cell}
        for unit_id, cells in connection.execute(statement)
    }


def periods_since(connection: Connection, unit_id: int, first_on: date) -> list[date]:
    """The periods from `first_on` on for which the unit has sent any report, in order."""
    statement = select(report.c.period).where(report.c.unit_id == unit_id, report.c.period >= first_on).distinct()
    return list(connection.execute(statement.order_by(report.c.period)).scalars())


_FIELDS = tuple(each.name for each in fields(Report) if each.name != "answers")


def _report(connection: Connection, row: RowMapping | Mapping[str, Any]) -> Report:
    return answers.of_row(connection, row, Report, _FIELDS)[0]
