"""The values of a form day by day, for whoever reads all of them: no more is read at once than one period of it has."""

from collections.abc import Collection
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, select, union_all

from storage.database.prepared import PreparedStatement, among, each_of
from storage.database.tables import metadata
from storage.figures import pending_figures
from storage.figures.among_units import BY_DAY, BY_UNIT_AND_DAY

figure, waiting = metadata.tables["figure"], metadata.tables["waiting"]

DayValue = tuple[int, str, int | None, str | None]
"""A unit's id, an indicator, its amount, or its choice."""


def periods(
    connection: Connection, form: str, indicators: Collection[str], first_on: date, last_on: date
) -> list[date]:
    """The periods for which there is any figure of these, accepted or not, in order: a look into the index for each."""
    named = {"form": form, "names": list(indicators), "last_on": last_on}
    found = {period for (period,) in _WAITING.rows(connection, first_on=first_on, **named)}
    while first_on <= last_on:
        ((period,),) = _NEXT.rows(connection, first_on=first_on, **named)
        if period is None:
            break
        found.add(period)
        if period == last_on:
            break
        first_on = period + timedelta(days=1)
    return sorted(found)


def _next(dialect: str) -> Select[Any]:
    """The first period with a figure: SQLite would look through all that the form ever had for the distinct ones."""
    name = each_of(dialect, "names", figure.c.indicator)
    of_one = (
        select(figure.c.period)
        .where(figure.c.form == bindparam("form"), figure.c.indicator == name)
        .where(figure.c.period.between(bindparam("first_on"), bindparam("last_on")))
        .order_by(figure.c.period)
        .limit(1)
        .with_hint(figure, BY_DAY, "sqlite")
        .correlate_except(figure)
        .scalar_subquery()
    )
    each = select(of_one.label("period")).select_from(name.table).subquery()
    return select(func.min(each.c.period))


_NEXT = PreparedStatement(_next)
_WAITING = PreparedStatement(
    lambda dialect: (
        select(waiting.c.period)
        .distinct()
        .where(waiting.c.form == bindparam("form"), among(dialect, waiting.c.indicator, "names"))
        .where(waiting.c.period.between(bindparam("first_on"), bindparam("last_on")))
    )
)


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


def count(connection: Connection, first_on: date, last_on: date) -> int:
    """How many accepted figures there are of these days."""
    of_days = select(func.count()).select_from(figure).where(figure.c.period.between(first_on, last_on))
    return int(connection.execute(of_days).scalar_one())


def any_waits(connection: Connection, form: str) -> bool:
    """Whether anything of a form waits for approval."""
    return connection.execute(select(waiting.c.period).where(waiting.c.form == form).limit(1)).first() is not None
