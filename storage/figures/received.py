"""Of whom something has come for a day: a report that counts, or figures of the archive, whatever is known in them."""

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import Connection, bindparam, select, true, union

from reporting.figures.areas import Areas
from reporting.figures.figure import Figure
from reporting.figures.known import Wanted
from storage.database.tables import metadata
from storage.figures.figures import BY_UNIT_AND_DAY
from storage.reports import reports

figure, report = metadata.tables["figure"], metadata.tables["report"]

_RECEIVED = union(
    *(
        select(table.c.unit_id, table.c.period)
        .where(table.c.unit_id.in_(bindparam("ids", expanding=True)), table.c.form == bindparam("form"))
        .where(table.c.period >= bindparam("first_on"), table.c.period <= bindparam("last_on"))
        .where(reports.IS_ACCEPTED if table is report else true())
        .with_hint(figure, BY_UNIT_AND_DAY if table is figure else "", "sqlite")
        for table in (figure, report)
    )
)


def received(
    connection: Connection,
    wanted: Wanted,
    areas: Areas,
    cells: Mapping[tuple[int, str], Mapping[date, Figure]],
    own: Collection[int],
    few: int,
) -> tuple[frozenset[tuple[int, date]], bool]:
    """Unit ids and periods of which something has come: of units' `own` figures for all periods, and of those in totals or
    beside each other that lack a figure, for the days that are told of. False where they are more than `few`: not read.
    """
    form, first, last = wanted.form, wanted.periods[0], wanted.periods[-1]
    found = _read(connection, form.key, own, first, last)
    members = {one for each in wanted.units if each.id not in own for one in areas.during(form, each, first, last)}
    if form.schedule.period == "on change" or not members:
        return found, True
    if len(members) > few:
        return found, False
    days = {(one, name): max((day for day in of if day <= last), default=None) for (one, name), of in cells.items()}
    newest = max((day for (one, _), day in days.items() if one in members and day is not None), default=last)
    lacking = [one for one in members if any(days.get((one, name)) != newest for name in wanted.names)]
    since = min(first, newest) if wanted.each else newest
    return found | _read(connection, form.key, lacking, since, last), True


def _read(
    connection: Connection, form: str, unit_ids: Collection[int], first: date, last: date
) -> frozenset[tuple[int, date]]:
    if not unit_ids:
        return frozenset()
    named = {"ids": list(unit_ids), "form": form, "first_on": first, "last_on": last}
    return frozenset((one, period) for one, period in connection.execute(_RECEIVED, named))
