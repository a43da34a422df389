"""Of whom something has come for a day: a report that counts, or figures of the archive, whatever is known in them."""

from collections.abc import Collection, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import CompoundSelect, Connection, bindparam, select, true, union

from reporting.figures.areas import Among, Areas
from reporting.figures.known import Cells, Wanted
from reporting.figures.sums import Sum
from reporting.forms import Form
from storage.database.prepared import PreparedStatement
from storage.database.prepared import among as one_of
from storage.database.tables import metadata
from storage.figures.among_units import BY_UNIT_AND_DAY, Scope, of_scope, scope_of
from storage.figures.published import with_any
from storage.reports import reports

figure, report = metadata.tables["figure"], metadata.tables["report"]

Sums = Mapping[tuple[int, str], Mapping[date, Sum]]


def _of_units(dialect: str) -> CompoundSelect[Any]:
    return union(
        *(
            select(table.c.unit_id, table.c.period)
            .where(one_of(dialect, table.c.unit_id, "ids"), table.c.form == bindparam("form"))
            .where(table.c.period >= bindparam("first_on"), table.c.period <= bindparam("last_on"))
            .where(reports.IS_ACCEPTED if table is report else true())
            .with_hint(figure, BY_UNIT_AND_DAY if table is figure else "", "sqlite")
            for table in (figure, report)
        )
    )


_RECEIVED = PreparedStatement(_of_units)


@lru_cache
def _sent(scope: Scope) -> PreparedStatement:
    sent = select(report.c.unit_id).where(report.c.period == bindparam("period"), report.c.form == bindparam("form"))
    return PreparedStatement(
        lambda dialect: sent.where(reports.IS_ACCEPTED, of_scope(dialect, scope, report.c.unit_id))
    )


def received(
    connection: Connection,
    wanted: Wanted,
    areas: Areas,
    cells: Cells,
    sums: Sums,
    own: Collection[int],
    few: int,
) -> tuple[frozenset[tuple[int, date]], bool]:
    """Unit ids and periods of which something has come: of units' `own` figures for all periods, and of those in totals or
    beside each other that lack a figure, for the days that are told of. False where they are more than `few`: then it is
    read for the last period alone, and only where nobody in a total has a figure of it.
    """
    form, first, last = wanted.form, wanted.periods[0], wanted.periods[-1]
    have = {(one, day) for (one, _), of in cells.items() if one in own for day in of if first <= day <= last}
    silent = [one for one in own if any((one, day) not in have for day in wanted.periods)]
    found = _read(connection, form.key, silent, first, last) | have
    others = frozenset(each.id for each in wanted.units).difference(own)
    members = others & areas.alone(form, first, last)
    members |= {one for other in others - members for one in areas.during(form, areas.tree.unit(other), first, last)}
    if form.schedule.period == "on change" or not members:
        return found, True
    if len(members) > few:
        is_known = _have_all(wanted, areas, cells, sums)
        return found if is_known else found | _of_many(connection, form, areas.all_of(members), last), False
    asked = wanted.periods if wanted.each else (last,)
    lacking = [one for one in members if any(day not in cells.get((one, n), {}) for n in wanted.names for day in asked)]
    of_members = [*(of for (one, _), of in cells.items() if one in members), *sums.values()]
    newest = max((day for of in of_members for day in of if day <= last), default=first)
    since = min(first, newest) if wanted.each else newest
    return found | _read(connection, form.key, lacking, since, last), True


def _have_all(wanted: Wanted, areas: Areas, cells: Cells, sums: Sums) -> bool:
    """Whether of all that is asked of each total somebody has a figure of the last period."""
    form, last = wanted.form, wanted.periods[-1]
    have = {key for read in (cells, sums) for key, of in read.items() if last in of}
    others = frozenset(each.id for each in wanted.units) - areas.alone(form, last, last)
    members = ((one, areas.members(form, areas.tree.unit(one), last)) for one in others)
    totals = [(one, of) for one, of in members if of and of != (one,)]
    return all(any((part, name) in have for part in (one, *of)) for one, of in totals for name in wanted.names)


def _of_many(connection: Connection, form: Form, among: Among, period: date) -> frozenset[tuple[int, date]]:
    """The same of one period, by the indexes of days: so many units are not looked up one by one."""
    sent = _sent(scope_of(among)).rows(connection, form=form.key, period=period, ids=among.ids)
    ids = {one for (one,) in sent}
    return frozenset((one, period) for one in ids | with_any(connection, form, among, period))


def _read(
    connection: Connection, form: str, unit_ids: Collection[int], first: date, last: date
) -> frozenset[tuple[int, date]]:
    if not unit_ids:
        return frozenset()
    rows = _RECEIVED.rows(connection, ids=list(unit_ids), form=form, first_on=first, last_on=last)
    return frozenset((one, period) for one, period in rows)
