"""The figures that a digest is derived from: those of its periods and before, and what late units stand in its totals with."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Select, select

from reporting.amounts import from_amount
from reporting.digests.evidence import Evidence, Number
from reporting.figures.headlines import headlines, numeric
from storage.database.tables import metadata
from storage.figures import carried, pending_figures
from storage.figures.among_units import BY_UNIT

figure = metadata.tables["figure"]

AT_A_TIME = 20_000
"""So many rows are fetched at once: a country's digest reads a million."""

MANY = 5_000
"""Of more units than this all are looked up, and not these by their ids."""

Rows = dict[str, dict[int, dict[date, Number]]]


@dataclass(frozen=True, slots=True)
class Past:
    """`history`, `earlier` and `reported` as the evidence of a digest has them."""

    history: Rows = field(default_factory=dict)
    earlier: Rows = field(default_factory=dict)
    reported: dict[str, Mapping[int, Sequence[date]]] = field(default_factory=dict)


def past_of(connection: Connection, of: Evidence, within: Sequence[int] | None) -> Past:
    """The headlines from the first period that is looked back to; the other numbers for the span and the one before.

    `within`: ids of the units (None: of all) that are read.
    """
    found = Past()
    shown = {question.name for question in headlines(of.form)}
    others = {question.name for question in numeric(of.form)} - shown
    for names, first_on in ((shown, min(of.look_back[0], of.before[0])), (others, of.before[0])):
        _read(connection, of, within, names, first_on, found)
        if not of.is_own:
            days = sorted({*of.look_back, *of.periods}) if names is shown else [of.period]
            _read_carried(connection, of, sorted(names & of.form.carried), first_on, days, found)
    return found


def of_units(statement: Select[Any], within: Sequence[int] | None) -> Select[Any]:
    """The statement of figures for these units only, with the index that SQLite is to take."""
    if within is None:
        return statement
    return statement.where(figure.c.unit_id.in_(within)).with_hint(figure, BY_UNIT, "sqlite")


def _read(
    connection: Connection,
    of: Evidence,
    within: Sequence[int] | None,
    names: Collection[str],
    first_on: date,
    found: Past,
) -> None:
    statement = (
        select(figure.c.indicator, figure.c.unit_id, figure.c.period, figure.c.amount)
        .where(figure.c.form == of.form.key, figure.c.indicator.in_(sorted(names)))
        .where(figure.c.period >= first_on, figure.c.period <= of.period, figure.c.amount.is_not(None))
    )
    for rows in connection.execute(of_units(statement, within)).partitions(AT_A_TIME):
        for indicator, unit_id, period, amount in rows:
            unit = of.tree.itself(unit_id)
            if unit.exists(period):
                found.history.setdefault(indicator, {}).setdefault(unit_id, {})[period] = from_amount(amount)
            elif indicator in of.form.carried and unit.since is not None and period < unit.since:
                found.earlier.setdefault(indicator, {}).setdefault(unit_id, {})[period] = from_amount(amount)
    for row in pending_figures.between(connection, of.form.key, names, first_on, of.period, within):
        if not of.tree.itself(row.unit_id).exists(row.period):
            continue
        periods = found.history.setdefault(row.indicator, {}).setdefault(row.unit_id, {})
        periods.pop(row.period, None)
        if row.amount is not None:
            periods[row.period] = from_amount(row.amount)


def _read_carried(
    connection: Connection, of: Evidence, names: Sequence[str], first_on: date, days: Sequence[date], found: Past
) -> None:
    """What the units that have no value on one of the days stand with in its totals: the newest from before, and their reports."""
    late = {name: _late(of, found.history.get(name, {}), days) for name in names}
    ids = sorted({one for units in late.values() for one in units})
    if not ids:
        return
    unseen = {name: _unseen(found.history.get(name, {}), units, days[0]) for name, units in late.items()}
    silent = sorted({one for units in unseen.values() for one in units})
    newest = carried.newest_figures(connection, of.form, names, first_on - timedelta(days=1), _few(silent))
    for name, units in unseen.items():
        for one in units & newest[name].keys():
            last = newest[name][one]
            if not isinstance(last.value, str | None):
                found.earlier.setdefault(name, {}).setdefault(one, {})[last.period] = last.value
    found.reported.update(carried.reported(connection, of.form, names, days[0], of.period, _few(ids)))


def _few(ids: Sequence[int]) -> Sequence[int] | None:
    return ids if len(ids) <= MANY else None


def _late(of: Evidence, rows: Mapping[int, Mapping[date, Number]], days: Sequence[date]) -> set[int]:
    """The ids of the units that existed on one of the days and have no value for it."""
    return {one for day in days for one in of.existing_ids(day) if day not in rows.get(one, ())}


def _unseen(rows: Mapping[int, Mapping[date, Number]], ids: Collection[int], first: date) -> set[int]:
    """Those that have nothing that was read up to the first day: what they stand with is older."""
    return {one for one in ids if not any(period <= first for period in rows.get(one, ()))}
