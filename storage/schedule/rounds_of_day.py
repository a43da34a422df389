"""The rounds of a day: each form with the period that the day lies in; of a form «on change» each unit's newest report."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from reporting.forms import Form
from reporting.period_types import period_of
from reporting.rounds.deadlines import deadline
from reporting.rounds.periods import current_period
from reporting.rounds.standings import Standing, expected_units, standing_for
from reporting.units import Unit, UnitTree
from storage.figures.archived import archived
from storage.reports import forms
from storage.schedule import rounds

LONGEST = timedelta(days=366)
"""No period ends later after one of its days."""


def rounds_of(connection: Connection, day: date | None, now: datetime, zone: ZoneInfo) -> list[tuple[Form, date]]:
    """The forms with the period that `day` lies in (None: the current one of each), in the version in force for that period.

    A form is left out that was not in force yet; on its first day, before it opens, its first period is current.
    """
    if day is not None:
        return _holding(connection, day)
    today = now.astimezone(zone).date()
    found = []
    for form in forms.in_force(connection, today):
        on_change = form.schedule.period == "on change"
        period = today if on_change else current_period(form.schedule, now, zone)
        version = forms.published(connection, form.key, period)
        found.append((version, period) if version else (form, period_of(form.schedule.period_type, today)))
    return found


def _holding(connection: Connection, day: date) -> list[tuple[Form, date]]:
    found = []
    for newest in forms.in_force(connection, day + LONGEST, since=day - LONGEST):
        then = forms.published(connection, newest.key, day) or newest
        period = period_of(then.schedule.period_type, day)
        version = forms.published(connection, newest.key, period)
        if version is not None:
            found.append((version, period))
    return found


def newest(
    connection: Connection,
    form: Form,
    on: date,
    tree: UnitTree,
    now: datetime,
    zone: ZoneInfo,
    units: Sequence[Unit] | None = None,
) -> list[Standing]:
    """Of a form «on change» where each of `units` (None: all that it expects) stands with its newest report up to `on`.

    Nobody owes one, so none is missing or late; a unit of which nothing has come yet stands with `on` itself.
    """
    expected = expected_units(form, tree, on) if units is None else units
    ids = [unit.id for unit in expected]
    last = rounds.last_reported(connection, form.key, ids, on + timedelta(days=1), date.min)
    first = min(last.values(), default=on)
    some = ids if len(ids) < rounds.FEW else None
    sent = rounds.sent_between(connection, form.key, first, on, some)
    kept = archived(connection, form, first, on, some)
    found = []
    for one in ids:
        period = last.get(one, on)
        due = deadline(form.key, form.schedule, one, period, zone)
        found.append(standing_for(due, sent.get(period, {}).get(one), now, one in kept.get(period, ())))
    return found


def standings_of_day(
    connection: Connection,
    form: Form,
    period: date,
    tree: UnitTree,
    now: datetime,
    zone: ZoneInfo,
    units: Sequence[Unit] | None = None,
) -> list[Standing]:
    """Where units stand with a form: with the period, or with their newest report up to it where the form is «on change»."""
    ask = newest if form.schedule.period == "on change" else rounds.standings
    return ask(connection, form, period, tree, now, zone, units)
