"""Reporting rates: how complete and how timely units report, of the days that are asked for or month by month."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from reporting.forms import Form
from reporting.period_types import periods_between
from reporting.rounds.periods import check_days
from reporting.rounds.rates import Rates, rates, rates_by_unit
from reporting.rounds.standings import is_large
from reporting.units import Unit, UnitTree
from storage.organisation import units
from storage.schedule import rounds
from storage.schedule.rounds_of_day import rounds_of

MONTHS = 3
"""So many months are read, of a large subtree only the newest."""


@dataclass(frozen=True, slots=True)
class UnitRates:
    """How one unit reports by one form."""

    unit: Unit
    form: Form
    rates: Rates


@dataclass(frozen=True, slots=True)
class MonthlyRates:
    """A unit with all under it: the rates by the month's first day, newest first; each unit's own in the newest month."""

    months: Mapping[date, Rates]
    of_units: Sequence[tuple[Unit, Rates]]


def reporting_rates(
    connection: Connection, first_on: date, last_on: date, now: datetime, zone: ZoneInfo
) -> list[UnitRates]:
    """Every unit's rates, form by form.

    Of each form the periods that end from `first_on` to `last_on`, or the one that the last day lies in where none does; forms
    «on change» are owed by nobody and have no rates. Refused for days in the wrong order.
    """
    check_days(first_on, last_on)
    tree, found = units.tree(connection), list[UnitRates]()
    for form, period in rounds_of(connection, last_on, now, zone):
        if form.schedule.period == "on change":
            continue
        first, last = (
            (first_on, last_on) if periods_between(form.schedule.period_type, first_on, last_on) else (period, period)
        )
        standings = rounds.standings_between(connection, form, first, last, tree, now, zone)
        found += [UnitRates(tree.unit(one), form, got) for one, got in rates_by_unit(standings, now).items()]
    return found


def monthly_rates(
    connection: Connection, form: Form, unit: Unit, last_on: date, tree: UnitTree, now: datetime, zone: ZoneInfo
) -> MonthlyRates:
    """By the month that `last_on` lies in and those before it; a month that is not over, up to today."""
    today, newest = now.astimezone(zone).date(), last_on.replace(day=1)
    count = 1 if is_large(form, tree, today, unit) else MONTHS
    by_month: dict[date, Rates] = {}
    of_units: list[tuple[Unit, Rates]] = []
    for month in _months_back(newest, count):
        end = min((month + timedelta(days=32)).replace(day=1) - timedelta(days=1), today)
        found = rounds.standings_between(connection, form, month, end, tree, now, zone, unit)
        by_month[month] = rates(found, now)
        if month == newest:
            of_units = [(tree.unit(one), got) for one, got in rates_by_unit(found, now).items()]
    return MonthlyRates(by_month, of_units)


def _months_back(month: date, count: int) -> Iterator[date]:
    """So many months from this one back, each by its first day."""
    for _ in range(count):
        yield month
        month = (month - timedelta(days=1)).replace(day=1)
