"""What came before a period: the values that `${last-saved#…}` reads; and which periods read what is in it."""

from datetime import date
from typing import Any

from sqlalchemy import Connection, Table, bindparam, func, select, union

from reporting.answers import Value, Values, values_of
from reporting.forms import Form
from storage.database.prepared import PreparedStatement
from storage.database.tables import metadata
from storage.figures import figures
from storage.reports import reports
from storage.reports.forms import version

figure, waiting = metadata.tables["figure"], metadata.tables["waiting"]


def _last_of(table: Table) -> Any:
    here = (table.c.unit_id == bindparam("unit_id"), table.c.form == bindparam("form"))
    return select(func.max(table.c.period)).where(*here, table.c.period < bindparam("before")).scalar_subquery()


_ACCEPTED_BEFORE = PreparedStatement(
    select(_last_of(figure), reports.BEFORE.where(reports.IS_ACCEPTED).scalar_subquery())
)
_BEFORE = PreparedStatement(select(_last_of(figure), _last_of(waiting), reports.BEFORE.scalar_subquery()))
"""The latest earlier period with a figure, and the one with a report."""


def _after(table: Table) -> Any:
    here = (table.c.unit_id == bindparam("unit_id"), table.c.form == bindparam("form"))
    return select(table.c.period).where(*here, table.c.period > bindparam("after"))


_AFTER = union(_after(figure), _after(waiting)).order_by("period")


Last = tuple[date, Values, frozenset[str]]
"""A period, its values, and the calculated indicators that were held back in it."""


def last_values(
    connection: Connection, form: Form, unit_id: int, before: date, *, accepted: bool = False
) -> Last | None:
    """What `${last-saved#…}` reads: the newest values of the latest earlier period, and that period. `accepted`: without what
    waits for approval, as if it had not come.

    Imported figures are among them; so are the answers of a report that make no figure. A calculated indicator that was held
    back then (it rests on what is not known yet) has its newest older value, and is named. What is cumulative and was left open has
    it too, or it could fall unseen. None if there is no earlier period.
    """
    latest = _ACCEPTED_BEFORE if accepted else _BEFORE
    (periods,) = latest.rows(connection, unit_id=unit_id, before=before, form=form.key)
    period: date | None = max((each for each in periods if each is not None), default=None)
    if period is None:
        return None
    values: dict[str, Value] = {}
    report = reports.newest(connection, form.key, unit_id, period, accepted=accepted)
    if report is not None:
        values.update(values_of(report.answers))
    for name, found in figures.of_period(connection, form.key, unit_id, period, accepted=accepted).items():
        if found.value is not None:
            values[name] = found.value
    missing = [
        q.name for q in form.indicators if q.name not in values and (q.calculation is not None or q.kind == "total")
    ]
    older = {name: figures.newest(connection, form.key, name, unit_id, period, accepted=accepted) for name in missing}
    known = {name: each.value for name, each in older.items() if each is not None and each.value is not None}
    wanted: set[str] = set()
    if report is not None:
        wanted = {q.name for q in version(connection, form.key, report.version).indicators if q.relevant is None}
    calculated = [name for name in missing if form.by_name[name].calculation is not None]
    return period, {**values, **known}, frozenset(name for name in calculated if name in known or name in wanted)


def periods_after(connection: Connection, form: str, unit_id: int, period: date) -> list[date]:
    """The later periods for which the unit has figures, accepted or not, in order."""
    named = {"unit_id": unit_id, "after": period, "form": form}
    return list(connection.execute(_AFTER, named).scalars())
