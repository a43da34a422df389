"""Digests: what they are derived from, read in a few statements, and what was sent, frozen («chốt số»)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, RowMapping, func, insert, select

from reporting.amounts import from_amount
from reporting.digests import Digest
from reporting.evidence import Evidence, Number, State, States, headlines, numeric
from reporting.forms import Form, Question
from reporting.standings import Standing, excused, expected_units, standings_of
from reporting.units import Unit, UnitTree
from reporting.words import Html
from storage import answers, forms, reports, units
from storage.tables import metadata

digest, figure, late_reason, report = (metadata.tables[name] for name in ("digest", "figure", "late_reason", "report"))


@dataclass(frozen=True, slots=True)
class Told:
    """A frozen digest and the ids of the people who were sent it."""

    digest_id: int
    digest: Digest
    person_ids: tuple[int, ...]


def evidence(
    connection: Connection,
    form: Form,
    unit: Unit,
    periods: Sequence[date],
    now: datetime,
    zone: ZoneInfo,
    *,
    tree: UnitTree | None = None,
    demonstration: bool = False,
) -> Evidence:
    """All that the digest of `unit` over `periods` (in order) is derived from, as at `now`. Reads only; the long half of a digest."""
    tree = tree or units.tree(connection)
    empty = Evidence(form, tree, unit, tuple(periods), now, zone, (), {}, demonstration=demonstration)
    standings = [each for period in periods for each in _standings(connection, empty, period)]
    unit_ids = {each.deadline.unit_id for each in standings}
    within = None if tree.roots(empty.period) == [unit] else unit_ids
    return Evidence(
        form,
        tree,
        unit,
        tuple(periods),
        now,
        zone,
        tuple(standings),
        _history(connection, empty, within),
        _late_reasons(connection, form.key, periods, within),
        tuple(_states(connection, empty, within)),
        _provisional(connection, form.key, periods, within),
        demonstration,
    )


def _standings(connection: Connection, of: Evidence, period: date) -> list[Standing]:
    expected = expected_units(of.form, of.tree, period, of.unit)
    ids = None if len(expected) > MANY else [unit.id for unit in expected]
    free = excused(of.form.key, period, expected, of.tree, rounds.suspensions(connection, period))
    sent = reports.sent(connection, of.form.key, period, ids)
    return standings_of(of.form, period, expected, sent, free, of.now, of.zone)


def _history(
    connection: Connection, of: Evidence, unit_ids: Collection[int] | None
) -> dict[str, dict[int, dict[date, Number]]]:
    """The headlines from the first period that is looked back to; the other numbers for the span and the one before."""
    shown = {question.name for question in headlines(of.form)}
    others = {question.name for question in numeric(of.form)} - shown
    history: dict[str, dict[int, dict[date, Number]]] = {}
    for names, first_on in ((shown, min(of.look_back[0], of.before[0])), (others, of.before[0])):
        statement = (
            select(figure.c.indicator, figure.c.unit_id, figure.c.period, figure.c.amount)
            .where(figure.c.form == of.form.key, figure.c.indicator.in_(sorted(names)))
            .where(figure.c.period >= first_on, figure.c.period <= of.period, figure.c.amount.is_not(None))
        )
        if unit_ids is not None:
            statement = statement.where(figure.c.unit_id.in_(sorted(unit_ids)))
        for indicator, unit_id, period, amount in connection.execute(statement):
            history.setdefault(indicator, {}).setdefault(unit_id, {})[period] = from_amount(amount)
    return history
