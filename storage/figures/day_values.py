"""The values of a form day by day, for whoever reads all of them: no more is read at once than one period of it has."""

from collections.abc import Collection
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select, union_all

from storage.database.prepared import PreparedStatement, among
from storage.database.tables import metadata
from storage.figures import pending_figures
from storage.figures.among_units import BY_DAY, BY_UNIT_AND_DAY

figure, waiting = metadata.tables["figure"], metadata.tables["waiting"]

DayValue = tuple[int, str, int | None, str | None]
"""A unit's id, an indicator, its amount, or its choice."""


def periods(connection: Connection, form: str, first_on: date, last_on: date) -> list[date]:
    """The periods for which there is any figure, accepted or not, in order."""
    named = {"form": form, "first_on": first_on, "last_on": last_on}
    return sorted({period for (period,) in _PERIODS.rows(connection, **named)})


def _periods_of(of: Any) -> Select[Any]:
    between = of.c.period.between(bindparam("first_on"), bindparam("last_on"))
    return select(of.c.period).distinct().where(of.c.form == bindparam("form"), between)


_PERIODS = PreparedStatement(union_all(_periods_of(figure), _periods_of(waiting)))


def of_day(
    connection: Connection,
    form: str,
    indicators: Collection[str],
    on: date,
    unit_ids: Collection[int] | None,
    *,
    waits: bool,
) -> list[DayValue]:
    """The values of a period, of these units (by id) or of all. `waits`: with what waits for approval in the place of what stands."""
    named = {"form": form, "names": list(indicators), "on": on, "ids": list(unit_ids or ())}
    found: Any = _of_day(unit_ids is not None, waits).rows(connection, **named)
    return found  # type: ignore[no-any-return]  # each row has its four columns in their order


@lru_cache
def _of_day(is_of_some: bool, waits: bool) -> PreparedStatement:
    def build(dialect: str) -> Any:
        def of(table: Any) -> Select[Any]:
            here = [table.c.form == bindparam("form"), table.c.period == bindparam("on")]
            here.append(among(dialect, table.c.indicator, "names"))
            if is_of_some:
                here.append(among(dialect, table.c.unit_id, "ids"))
            return select(table.c.unit_id, table.c.indicator, table.c.amount, table.c.choice).where(*here)

        stands = of(figure).with_hint(figure, BY_UNIT_AND_DAY if is_of_some else BY_DAY, "sqlite")
        if not waits:
            return stands
        return union_all(stands.where(~pending_figures.IS_OVERLAID), of(waiting).where(pending_figures.IS_GIVEN))

    return PreparedStatement(build)


def any_waits(connection: Connection, form: str) -> bool:
    """Whether anything of a form waits for approval."""
    return connection.execute(select(waiting.c.period).where(waiting.c.form == form).limit(1)).first() is not None
