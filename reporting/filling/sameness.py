"""Reports that look copied: nothing has changed for several periods (rule R14 of the proposal for daily indicators)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from reporting.answers import Value
from reporting.figures.figure import Figure
from reporting.filling.moves import Filling
from reporting.period_types import period_before

SEVERAL = 2
"""After so many periods that were like each other, one more is asked about."""
AGAIN = 5
"""A run that goes on is asked about again after so many periods, so that a quiet commune is not asked every day."""
LOOK_BACK = SEVERAL + 4 * AGAIN


def compared(filling: Filling) -> tuple[str, ...]:
    """The names of what is compared: every number or state that is asked and makes a figure."""
    return tuple(q.name for q in filling.asked if q.kind is not None)


def periods_compared(filling: Filling) -> list[date]:
    """The periods before this report's that are looked at, newest first."""
    of, periods = filling.form.schedule.period_type, [filling.draft.period]
    for _ in range(LOOK_BACK):
        periods.append(period_before(of, periods[-1]))
    return periods[1:]


def is_like_the_last(filling: Filling) -> bool:
    """Whether the period right before was just like this report; if not, no earlier one need be looked up."""
    last_on = period_before(filling.form.schedule.period_type, filling.draft.period)
    return filling.last_on == last_on and all(
        filling.last.get(name) == value for name, value in _today(filling).items()
    )


def same_before(filling: Filling, found: Iterable[Figure]) -> int:
    """How many periods before were just like this report. `found`: the figures of the periods that are looked at."""
    earlier: dict[date, dict[str, Value]] = {period: {} for period in periods_compared(filling)}
    for each in found:
        if each.period in earlier and each.value is not None:
            earlier[each.period][each.indicator] = each.value
    return run(_today(filling), list(earlier.values()))


def _today(filling: Filling) -> dict[str, Value]:
    return {name: filling.results[name] for name in compared(filling) if name in filling.results}


def run(today: Mapping[str, Value], earlier: Sequence[Mapping[str, Value]]) -> int:
    """How many of the periods before (newest first) are exactly like today's; 0 where nothing was answered."""
    if not today:
        return 0
    same = 0
    for values in earlier:
        if values != today:
            break
        same += 1
    return same


def is_asked_about(same: int) -> bool:
    """Whether a report that is like the `same` ones before it is asked about."""
    return same >= SEVERAL and (same - SEVERAL) % AGAIN == 0
