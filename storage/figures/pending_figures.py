"""Figures that wait for approval: whoever leads reads them in the place of the accepted ones, which stand until then."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Row,
    Select,
    and_,
    bindparam,
    delete,
    exists,
    false,
    insert,
    or_,
    select,
    true,
    union_all,
)

from storage.database.prepared import PreparedStatement
from storage.database.prepared import among as one_of
from storage.database.tables import metadata
from storage.figures.among_units import BY_UNIT_AND_DAY

figure, waiting = metadata.tables["figure"], metadata.tables["waiting"]

Within = Callable[[Any], Iterable[ColumnElement[bool]]]
"""Makes conditions of the columns of a table."""
_KEY = ("form", "indicator", "unit_id", "period")
_COLUMNS = (*_KEY, "amount", "choice", "as_of", "revision", "source")
NAMES = (*_COLUMNS, "provisional")
"""The columns of a figure as it is read."""
_HERE = (
    waiting.c.form == bindparam("form"),
    waiting.c.unit_id == bindparam("unit_id"),
    waiting.c.period == bindparam("period"),
)
_CLEAR = delete(waiting).where(*_HERE)
_ANY = (
    select(waiting.c.period)
    .where(waiting.c.form == bindparam("form"), waiting.c.unit_id == bindparam("unit_id"))
    .limit(1)
)
_ACCEPTED = (
    select(figure.c.indicator)
    .where(
        figure.c.form == bindparam("form"),
        figure.c.unit_id == bindparam("unit_id"),
        figure.c.period == bindparam("period"),
    )
    .with_hint(figure, BY_UNIT_AND_DAY, "sqlite")
)


def put(
    connection: Connection,
    form: str,
    unit_id: int,
    period: date,
    rows: Sequence[Mapping[str, Any]],
    gone: Mapping[str, Any],
) -> None:
    """These rows are all that waits of a unit and period: an accepted figure that is not among them will be no more.

    `gone`: the `as_of`, `revision` and `source` of what will be no more.
    """
    here = {"form": form, "unit_id": unit_id, "period": period}
    clear(connection, form, unit_id, period)
    names = {row["indicator"] for row in rows}
    stands = connection.execute(_ACCEPTED, here).scalars().all()
    ending = [
        {**here, **gone, "indicator": name, "amount": None, "choice": None} for name in stands if name not in names
    ]
    if new := [*rows, *ending]:
        connection.execute(insert(waiting), new)


def clear(connection: Connection, form: str, unit_id: int, period: date) -> None:
    """Nothing waits of a unit and period any more."""
    connection.execute(_CLEAR, {"form": form, "unit_id": unit_id, "period": period})


def any_of(connection: Connection, form: str, unit_id: int) -> bool:
    """Whether anything of a unit waits."""
    return connection.execute(_ANY, {"form": form, "unit_id": unit_id}).first() is not None


IS_GIVEN = or_(waiting.c.amount.is_not(None), waiting.c.choice.is_not(None))
_OF_DAYS = PreparedStatement(
    lambda dialect: select(waiting.c.unit_id, waiting.c.period).where(
        waiting.c.form == bindparam("form"),
        one_of(dialect, waiting.c.indicator, "indicators"),
        waiting.c.period.between(bindparam("first_on"), bindparam("last_on")),
        IS_GIVEN,
    )
)


def of_days(
    connection: Connection, form: str, indicators: Collection[str], first_on: date, last_on: date
) -> frozenset[tuple[int, date]]:
    """Unit ids and periods of which a value of any of these indicators waits."""
    named = {"form": form, "indicators": list(indicators), "first_on": first_on, "last_on": last_on}
    return frozenset((unit_id, period) for unit_id, period in _OF_DAYS.rows(connection, **named))


def between(
    connection: Connection,
    form: str,
    indicators: Collection[str],
    first_on: date,
    last_on: date,
    unit_ids: Sequence[int] | None,
) -> Sequence[Row[Any]]:
    """What waits of these indicators, periods and units (None: of all); with neither `amount` nor `choice` what will be no more."""
    statement = select(waiting).where(
        waiting.c.form == form, waiting.c.indicator.in_(indicators), waiting.c.period.between(first_on, last_on)
    )
    rows = connection.execute(statement).all()
    return rows if unit_ids is None else [row for row in rows if row.unit_id in set(unit_ids)]


IS_OVERLAID = exists().where(and_(*(waiting.c[name] == figure.c[name] for name in _KEY)))


def accepted(within: Within, hint: str = "") -> Select[Any]:
    """The accepted figures, which the public is told. `hint`: the index that SQLite is to take."""
    columns = (figure.c[name] for name in _COLUMNS)
    statement = select(*columns, false().label("provisional")).where(*within(figure.c))
    return statement.with_hint(figure, hint, "sqlite") if hint else statement


def legs(within: Within, hint: str = "") -> tuple[Select[Any], Select[Any]]:
    """Each figure as it is if all that waits is approved: those for which nothing waits, and what waits. No figure is in both."""
    columns = (waiting.c[name] for name in _COLUMNS)
    waits = select(*columns, true().label("provisional")).where(*within(waiting.c), IS_GIVEN)
    return accepted(within, hint).where(~IS_OVERLAID), waits


def newest(within: Within, hint: str = "") -> CompoundSelect[Any]:
    """Both in one: a row for each unit, period and indicator."""
    return union_all(*legs(within, hint))
