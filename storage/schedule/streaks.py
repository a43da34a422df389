"""For how many periods in a row units have had nothing: their newest reports and archived periods, found by one statement."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, ScalarSelect, and_, func, select

from reporting.forms import Form
from reporting.rounds.standings import Standing
from reporting.rounds.streaks import streaks_of
from reporting.units import UnitTree
from storage.database.tables import metadata
from storage.figures.among_units import BY_UNIT_AND_DAY
from storage.figures.archived import IMPORTED
from storage.reports import forms
from storage.schedule import suspensions

report, figure, unit = (metadata.tables[name] for name in ("report", "figure", "unit"))
AT_ONCE = 5000


def streaks(
    connection: Connection, form: Form, period: date, standings: Sequence[Standing], tree: UnitTree, now: datetime
) -> dict[int, int]:
    """By unit id for how many periods in a row, up to this one of which these are the standings, nothing has come that was owed.

    Units of which something has come for it, or that owe nothing, are left out; so are those that are at most late with the first.
    """
    silent = [each.deadline.unit_id for each in standings if each.is_open]
    first = forms.first_day(connection, form.key)
    if not silent or first is None:
        return {}
    last = _last_come(connection, form, silent, period, first)
    suspended = suspensions.touching(connection, min(first, period), period)
    return streaks_of(form, period, standings, tree, last, first, suspended, now)


def _last_come(
    connection: Connection, form: Form, unit_ids: Collection[int], before: date, not_before: date
) -> dict[int, date]:
    """The last period before `before` for which each unit's report has come, or all of it that is demanded is in the archive."""
    reported = _newest_report(form.key, before, not_before)
    imported = _newest_archived(form, before, not_before, reported)
    ids, found = list(unit_ids), dict[int, date]()
    for start in range(0, len(ids), AT_ONCE):
        some = unit.c.id.in_(ids[start : start + AT_ONCE])
        for unit_id, *days in connection.execute(select(unit.c.id, reported, imported).where(some)):
            come = [day for day in days if day is not None]
            if come:
                found[unit_id] = max(come)
    return found


def _newest_report(form: str, before: date, not_before: date) -> ScalarSelect[Any]:
    return (
        select(report.c.period)
        .where(report.c.form == form, report.c.unit_id == unit.c.id)
        .where(report.c.period < before, report.c.period >= not_before)
        .order_by(report.c.period.desc())
        .limit(1)
        .correlate(unit)
        .scalar_subquery()
    )


def _newest_archived(form: Form, before: date, not_before: date, reported: ScalarSelect[Any]) -> ScalarSelect[Any]:
    """The newest day after the last report, before which nothing matters, that the archive has whole."""
    other, names = figure.alias(), form.always_given
    statement = (
        select(figure.c.period)
        .where(figure.c.form == form.key, figure.c.unit_id == unit.c.id, figure.c.source == IMPORTED)
        .where(figure.c.period < before, figure.c.period >= func.coalesce(reported, not_before))
        .with_hint(figure, BY_UNIT_AND_DAY, "sqlite")  # else the days of all units
    )
    if names:
        of_same = and_(
            *(other.c[name] == figure.c[name] for name in ("form", "unit_id", "period")),
            other.c.source == IMPORTED,
            other.c.indicator.in_(names),
        )
        whole = select(func.count()).select_from(other).where(of_same).correlate(figure).scalar_subquery()
        statement = statement.where(figure.c.indicator == names[0], whole == len(names))
    return statement.order_by(figure.c.period.desc()).limit(1).correlate(unit).scalar_subquery()
