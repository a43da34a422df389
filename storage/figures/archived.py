"""Days for which the archive has a unit's figures, so that no report is wanted of it: found by an index of their own."""

from collections.abc import Collection
from datetime import date
from functools import lru_cache

from sqlalchemy import Connection, Select, bindparam, func, select, text

from reporting.forms import Form
from storage.database.prepared import PreparedStatement, among
from storage.database.tables import metadata
from storage.figures.among_units import BY_UNIT_AND_DAY

figure = metadata.tables["figure"]

FEW = 50
"""The figures of so many units at most are looked up unit by unit."""

IMPORTED = "import"
_IS_IMPORTED = text(f"figure.source = '{IMPORTED}'")
"""Written out as in the partial index: SQLite uses it only for the very same words."""

_BETWEEN = (
    select(figure.c.period, figure.c.unit_id)
    .where(
        figure.c.form == bindparam("form"),
        figure.c.period >= bindparam("first"),
        figure.c.period <= bindparam("last"),
    )
    .group_by(figure.c.period, figure.c.unit_id)
)


@lru_cache
def _archived(is_of_few: bool, is_whole: bool) -> PreparedStatement:
    """`is_whole`: only those with all that a report always has."""

    def build(dialect: str) -> Select[tuple[date, int]]:
        statement = _BETWEEN.where(_IS_IMPORTED)
        if is_of_few:
            of_few = among(dialect, figure.c.unit_id, "ids")
            statement = _BETWEEN.where(figure.c.source == bindparam("source"), of_few)
            statement = statement.with_hint(figure, BY_UNIT_AND_DAY, "sqlite")
        if is_whole:
            here = among(dialect, figure.c.indicator, "names")
            statement = statement.where(here).having(func.count() == bindparam("count"))
        return statement

    return PreparedStatement(build)


def archived(
    connection: Connection, form: Form, first: date, last: date, unit_ids: Collection[int] | None = None
) -> dict[date, set[int]]:
    """By period, the ids of the units (`unit_ids` None: of all) for which the archive has what a report of the form always has.

    With fewer of its figures a unit has not been received. Where the form demands no number, any figure of the archive will do.
    """
    if unit_ids is not None and not unit_ids:
        return {}
    names = form.always_given
    is_of_few = unit_ids is not None and len(unit_ids) <= FEW
    wanted: dict[str, object] = {"form": form.key, "first": first, "last": last, "source": IMPORTED}
    wanted |= {"names": list(names), "count": len(names), "ids": list(unit_ids or ()) if is_of_few else []}
    found: dict[date, set[int]] = {}
    for period, unit_id in _archived(is_of_few, bool(names)).rows(connection, **wanted):
        found.setdefault(period, set()).add(unit_id)
    return found
