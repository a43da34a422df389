"""Rows of figures by the thousand: what stands for some units and days, and what takes its place."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, bindparam, delete, select

from reporting.amounts import from_amount, to_amount
from reporting.answers import Value, Values
from reporting.forms import Form
from storage.database.inserting import insert_rows
from storage.database.prepared import PreparedStatement, among
from storage.database.tables import metadata
from storage.figures.among_units import BY_UNIT_AND_DAY

figure = metadata.tables["figure"]
_NUMBERS = (int, Decimal)


class KeptFigure(NamedTuple):
    """What is kept of one indicator's figure."""

    indicator: str
    amount: int | None
    choice: str | None
    as_of: datetime
    revision: int
    source: str

    @property
    def value(self) -> Value:
        return str(self.choice) if self.amount is None else from_amount(self.amount)


COLUMNS = ("form", "unit_id", "period", *KeptFigure._fields)
Day = Mapping[str, KeptFigure]
"""A unit's figures of a period, by indicator."""
Days = dict[int, dict[date, dict[str, KeptFigure]]]
"""By unit id and period."""


def _between(dialect: str) -> Select[Any]:
    wanted = (figure.c.unit_id, figure.c.period, *(figure.c[name] for name in KeptFigure._fields))
    return (
        select(*wanted)
        .where(
            among(dialect, figure.c.unit_id, "ids"),
            figure.c.period.between(bindparam("first_on"), bindparam("last_on")),
            figure.c.form == bindparam("form"),
        )
        .with_hint(figure, BY_UNIT_AND_DAY, "sqlite")
    )


_BETWEEN = PreparedStatement(_between)
_CLEAR = PreparedStatement(
    delete(figure)
    .where(
        figure.c.unit_id == bindparam("unit_id"),
        figure.c.period == bindparam("period"),
        figure.c.form == bindparam("form"),
    )
    .with_hint(BY_UNIT_AND_DAY, dialect_name="sqlite")
)


def of_days(connection: Connection, form: str, unit_ids: Sequence[int], first_on: date, last_on: date) -> Days:
    """The accepted figures of these units and days."""
    found: Days = {}
    named = {"form": form, "ids": list(unit_ids), "first_on": first_on, "last_on": last_on}
    for unit_id, period, *row in _BETWEEN.rows(connection, **named):
        kept = KeptFigure(*row)
        found.setdefault(unit_id, {}).setdefault(period, {})[kept.indicator] = kept
    return found


def analyze(connection: Connection) -> None:
    """PostgreSQL learns how large the table has become. By itself it does so after a minute, and until then reads all of it."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("analyze figure")


def made(
    form: Form, values: Values, given: Iterable[str], as_of: datetime, revision: int, source: str
) -> list[KeptFigure]:
    """The rows of what a form's indicators come to. `given`: what it calculates but was given for once."""
    rows = []
    for question in form.indicators:
        value = values.get(question.name)
        if value is None:
            continue
        amount, choice = (to_amount(value), None) if isinstance(value, _NUMBERS) else (None, str(value))
        calculated = question.calculation is not None and question.name not in given
        by = "calculated" if calculated else source
        rows.append(KeptFigure(question.name, amount, choice, as_of, revision, by))
    return rows


def replace(
    connection: Connection,
    form: str,
    days: Mapping[tuple[int, date], Iterable[KeptFigure]],
    fresh: Iterable[tuple[int, date]] = (),
) -> None:
    """These rows are all the accepted figures of a unit (by id) and period. `fresh`: those that have none yet."""
    known = set(fresh)
    _CLEAR.run_each(
        connection,
        [{"form": form, "unit_id": one, "period": period} for one, period in days if (one, period) not in known],
    )
    rows = ((form, unit_id, period, *each) for (unit_id, period), here in days.items() for each in here)
    insert_rows(connection, figure, COLUMNS, rows)
