"""What has been published: whether anything is new, when, and by which units."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, literal, select, text, true

from reporting.figures.areas import Among
from reporting.forms import Form
from storage.database.engines import EngineMemory
from storage.database.prepared import PreparedStatement
from storage.database.prepared import among as one_of
from storage.database.tables import metadata
from storage.figures.among_units import Scope, by_index, of_scope, scope_of

figure, audit, report = (metadata.tables[name] for name in ("figure", "audit", "report"))

_AUDITED = (
    select(audit.c.id, audit.c.at, audit.c.what, audit.c.unit_id, audit.c.period)
    .order_by(audit.c.id.desc())
    .limit(1)
    .subquery()
)
_NEWEST = (
    select(figure.c.period)
    .where(
        figure.c.form == bindparam("form"),
        figure.c.indicator == bindparam("name"),
        figure.c.period <= bindparam("until"),
    )
    .order_by(figure.c.period.desc())
    .limit(1)
)
_OLDEST = (
    select(figure.c.period)
    .where(figure.c.form == bindparam("form"), figure.c.indicator == bindparam("name"))
    .order_by(figure.c.period)
    .limit(1)
)
UNITS = select(func.max(audit.c.id)).where(text("audit.what = 'units'"))
"""Written out as in the partial index, or SQLite would have to plan the statement anew each time."""
_UNITS = PreparedStatement(UNITS)
_REPORTED = select(report.c.id.label("report_id"), report.c.sent_at).order_by(report.c.id.desc()).limit(1).subquery()
_ONE = select(literal(1)).subquery()
_STAMP = PreparedStatement(
    select(_AUDITED, _REPORTED).select_from(_ONE.outerjoin(_AUDITED, true()).outerjoin(_REPORTED, true()))
)


def stamp(connection: Connection) -> tuple[object, ...]:
    """Something that is another thing as soon as a report, a correction, an import or anything else has changed what is told."""
    return tuple(_STAMP.rows(connection)[0])


def published_at(connection: Connection, form: str) -> datetime | None:
    """When the newest public figure of a form, of its newest period, was accepted."""
    newest = select(func.max(report.c.period)).where(report.c.form == form).scalar_subquery()
    moment: datetime | None = connection.execute(
        select(func.max(report.c.sent_at)).where(
            report.c.form == form, report.c.period == newest, report.c.provisional.is_(False)
        )
    ).scalar_one()
    if moment is None:
        moment = connection.execute(select(func.max(figure.c.as_of)).where(figure.c.form == form)).scalar_one()
    return moment


def with_any(connection: Connection, form: Form, among: Among, period: date) -> set[int]:
    """The ids of the units that have a public figure for a period, the archive's included."""
    names = [question.name for question in form.indicators]
    statement = _with_any(scope_of(among))
    return {one for (one,) in statement.rows(connection, form=form.key, names=names, period=period, ids=among.ids)}


@lru_cache
def _with_any(scope: Scope) -> PreparedStatement:
    def build(dialect: str) -> Select[Any]:
        given = one_of(dialect, figure.c.indicator, "names")
        of_day = (figure.c.form == bindparam("form"), given, figure.c.period == bindparam("period"))
        return by_index(select(figure.c.unit_id).distinct().where(*of_day, of_scope(dialect, scope)), scope)

    return PreparedStatement(build)


def newest_period(connection: Connection, form: str, indicators: Sequence[str], until: date) -> date | None:
    """The newest period up to `until` for which any unit has a public figure of one of these indicators."""
    found = [connection.execute(_NEWEST, {"form": form, "name": name, "until": until}).scalar() for name in indicators]
    return max((period for period in found if period is not None), default=None)


def oldest_period(connection: Connection, form: str, indicators: Sequence[str]) -> date | None:
    """The first period for which any unit has a public figure of one of these indicators."""
    found = [connection.execute(_OLDEST, {"form": form, "name": name}).scalar() for name in indicators]
    return min((period for period in found if period is not None), default=None)


def units_stamp(connection: Connection) -> object:
    """Something that is another thing as soon as the list of units has changed; it is asked once in a transaction."""
    transaction = connection.get_transaction()
    read_in, stamp = EngineMemory.of(connection).units
    if transaction is None or read_in is not transaction:
        stamp = _UNITS.rows(connection)[0][0]
        note_units_stamp(connection, stamp)
    return stamp


def note_units_stamp(connection: Connection, stamp: object) -> None:
    """A statement of this transaction has read `UNITS` besides."""
    EngineMemory.of(connection).units = (connection.get_transaction(), stamp)
