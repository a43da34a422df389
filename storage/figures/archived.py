"""Days for which the archive has a unit's figures, so that no report is wanted of it: found by an index of their own."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import Connection, Select, bindparam, func, select, text

from reporting.forms import Form
from storage.database.tables import metadata

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


def _whole(statement: Select[tuple[date, int]]) -> Select[tuple[date, int]]:
    """Only those with all that a report always has."""
    here = figure.c.indicator.in_(bindparam("names", expanding=True))
    return statement.where(here).having(func.count() == bindparam("count"))


_OF_ALL = _BETWEEN.where(_IS_IMPORTED)
_OF_FEW = _BETWEEN.where(figure.c.source == bindparam("source"), figure.c.unit_id.in_(bindparam("ids", expanding=True)))
_ANY_OF_ALL, _WHOLE_OF_ALL = _OF_ALL, _whole(_OF_ALL)
_ANY_OF_FEW, _WHOLE_OF_FEW = _OF_FEW, _whole(_OF_FEW)


def archived(
    connection: Connection, form: Form, first: date, last: date, unit_ids: Collection[int] | None = None
) -> dict[date, set[int]]:
    """By period, the ids of the units (`unit_ids` None: of all) for which the archive has what a report of the form always has.

    With fewer of its figures a unit has not been received. Where the form demands no number, any figure of the archive will do.
    """
    if unit_ids is not None and not unit_ids:
        return {}
    names = form.always_given
    wanted: dict[str, object] = {"form": form.key, "first": first, "last": last}
    if names:
        wanted |= {"names": names, "count": len(names)}
    if unit_ids is not None and len(unit_ids) <= FEW:
        wanted |= {"ids": list(unit_ids), "source": IMPORTED}
        rows = connection.execute(_WHOLE_OF_FEW if names else _ANY_OF_FEW, wanted)
    else:
        rows = connection.execute(_WHOLE_OF_ALL if names else _ANY_OF_ALL, wanted)
    found: dict[date, set[int]] = {}
    for period, unit_id in rows:
        found.setdefault(period, set()).add(unit_id)
    return found
