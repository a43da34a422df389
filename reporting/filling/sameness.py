"""Reports that look copied: nothing has changed for several periods (rule R14 of the proposal for daily indicators)."""

from collections.abc import Mapping, Sequence

from reporting.answers import Value
from reporting.filling.moves import Filling

SEVERAL = 2
"""After so many periods that were like each other, one more is asked about."""
AGAIN = 5
"""A run that goes on is asked about again after so many periods, so that a quiet commune is not asked every day."""
LOOK_BACK = SEVERAL + 4 * AGAIN


def compared(filling: Filling) -> tuple[str, ...]:
    """The names of what is compared: every number or state that is asked and makes a figure."""
    return tuple(q.name for q in filling.asked if q.kind is not None)


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
