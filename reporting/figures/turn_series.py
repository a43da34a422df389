"""The series that turns are looked for in: what units have together in each period, and nothing where a figure is lacking."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from reporting.figures.indicator_targets import Number, per_cent_of
from reporting.figures.turns import TurnPoint
from reporting.forms import Question
from reporting.period_types import PeriodType, first_day

Values = Mapping[tuple[str, int], Mapping[date, Number]]
"""By indicator and unit id the numbers of each of the form's periods."""
Owed = Mapping[int, Sequence[date]]
"""By unit id the form's periods for which a report is owed."""


def turn_series(
    question: Question,
    whole: Question | None,
    values: Values,
    owed: Owed,
    unit_ids: Collection[int],
    periods: Sequence[date],
    of: PeriodType,
    since: date = date.min,
) -> list[TurnPoint]:
    """A point for each of the `periods`: flows added up, others as they stood last; of a `whole` the percentage.

    None where any of the units lacks a figure that it owed, or owed none at all: no report is not zero. None as well of a period that
    began before the units were what they are, `since` when they are.
    """
    found = []
    for period in periods:
        first = first_day(of, period)
        value = None if first < since else _value(question, values, owed, unit_ids, first, period)
        if whole is not None and value is not None:
            value = per_cent_of(value, _value(whole, values, owed, unit_ids, first, period))
        found.append(TurnPoint(period, value))
    return found


def _value(
    question: Question, values: Values, owed: Owed, unit_ids: Collection[int], first: date, last: date
) -> Number | None:
    found: list[Number] = []
    for unit_id in unit_ids:
        of_unit = values.get((question.name, unit_id), {})
        days = [day for day in owed.get(unit_id, ()) if first <= day <= last]
        if not days or any(day not in of_unit for day in days):
            return None
        found.append(sum(of_unit[day] for day in days) if question.sums_over_periods else of_unit[days[-1]])
    return question.together(found, len(unit_ids))
