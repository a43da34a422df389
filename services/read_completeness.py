"""Which figures are left unknown or skipped, by unit, over some days; with who is late often and who has got better."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from reporting.forms import Form
from reporting.period_types import periods_between
from reporting.rounds.completeness import Completeness, UnitAnswers, figures_asked
from reporting.rounds.periods import check_days
from reporting.rounds.rates import Rates, rates_by_unit
from reporting.rounds.standings import is_large
from reporting.units import Unit, UnitTree
from storage.reports.completeness import answers_counted
from storage.schedule import rounds
from storage.schedule.rounds_of_day import rounds_of

DAYS = 30
"""So many days are looked at if nobody says which."""
DAYS_OF_MANY = 7
"""Of very many units."""


def completeness_of(
    connection: Connection,
    form: Form,
    unit: Unit,
    first_on: date,
    last_on: date,
    tree: UnitTree,
    now: datetime,
    zone: ZoneInfo,
) -> Completeness:
    """Of the form's periods that end on these days, of the units under one. A few statements, however many units and questions.

    Refused for days in the wrong order. The days before are not read of very many units, so that none of these has got better.
    """
    check_days(first_on, last_on)
    standings = rounds.standings_between(connection, form, first_on, last_on, tree, now, zone, unit)
    of_units = rates_by_unit(standings, now)
    before: dict[int, Rates] = {}
    if not is_large(form, tree, last_on, unit):
        earlier = first_on - (last_on - first_on) - timedelta(days=1)
        past = rounds.standings_between(connection, form, earlier, first_on - timedelta(days=1), tree, now, zone, unit)
        before = rates_by_unit(past, now)
    names = [each.name for each in figures_asked(form)]
    counted = answers_counted(connection, form.key, names, list(of_units), first_on, last_on)
    found = [
        UnitAnswers(tree.unit(one), rates, before.get(one, Rates()), counted.get(one, {}))
        for one, rates in of_units.items()
    ]
    return Completeness(form, unit, first_on, last_on, found)


def completeness_of_forms(
    connection: Connection,
    first_on: date | None,
    last_on: date,
    tree: UnitTree,
    now: datetime,
    zone: ZoneInfo,
    unit: Unit | None = None,
) -> Sequence[Completeness]:
    """The same of each form that comes by the calendar, of the unit or of each root; of one with longer periods the last of them.

    `first_on` None: of the days that are looked at of that form where nobody says which.
    """
    if first_on is not None:
        check_days(first_on, last_on)
    found: list[Completeness] = []
    for form, period in rounds_of(connection, last_on, now, zone):
        if form.schedule.period == "on change":
            continue
        for root in [unit] if unit is not None else tree.roots(last_on):
            first = first_on if first_on is not None else days_looked_at(form, root, tree, last_on)[0]
            inside = periods_between(form.schedule.period_type, first, last_on)
            days = (first, last_on) if inside else (period, period)
            found.append(completeness_of(connection, form, root, *days, tree, now, zone))
    return found


def days_looked_at(form: Form, unit: Unit, tree: UnitTree, last_on: date) -> tuple[date, date]:
    """The days up to one that are looked at where nobody says which; of a form with long periods the last two of them."""
    days = DAYS_OF_MANY if is_large(form, tree, last_on, unit) else DAYS
    return last_on - timedelta(days=max(days, 2 * form.schedule.period_type.length) - 1), last_on
