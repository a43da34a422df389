"""What a person can report just now: which form, for which unit and period."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from reporting.forms import Form
from reporting.people import Duty, Role
from reporting.rounds.periods import open_periods
from reporting.units import Unit, UnitTree

FILLERS: Mapping[str, tuple[Role, ...]] = {"reporter": ("reporter", "deputy"), "leader": ("leader",)}
"""Which roles fill a form, by its setting `by`."""


@dataclass(frozen=True, slots=True)
class Task:
    """A report that a person may fill in."""

    form: Form
    unit: Unit
    period: date


def is_charged(form: Form, unit: Unit, duties: Iterable[Duty], tree: UnitTree) -> bool:
    """Whether one of these duties lets a person fill in the form for the unit.

    A reporter or deputy fills in for his own unit; a leader for the units under his.
    """
    roles = FILLERS[form.by]
    held = {duty.unit_id for duty in duties if duty.role in roles}
    if form.by == "reporter":
        return unit.id in held
    return any(above.id in held for above in tree.above(unit))


def expects(form: Form, unit: Unit, tree: UnitTree, on: date) -> bool:
    """Whether the form is to come from this unit on that day."""
    if not unit.exists(on):
        return False
    reports = form.reports_on(on)
    return not tree.children(unit, on) if reports == ("leaves",) else unit.kind in reports


def tasks(forms: Sequence[Form], duties: Sequence[Duty], tree: UnitTree, now: datetime, zone: ZoneInfo) -> list[Task]:
    """All that is open for a person with these duties, newest period first, in the order of forms and units."""
    found: list[Task] = []
    for form in forms:
        held = [duty for duty in duties if duty.role in FILLERS[form.by]]
        for period in open_periods(form.schedule, now, zone):
            found += [Task(form, unit, period) for unit in _units(form, held, tree, period)]
    return found


def _units(form: Form, duties: Sequence[Duty], tree: UnitTree, period: date) -> list[Unit]:
    own = [tree.unit(duty.unit_id) for duty in duties]
    if form.by == "reporter":
        return list(dict.fromkeys(unit for unit in own if expects(form, unit, tree, period)))
    return list(dict.fromkeys(each for unit in own for each in tree.reporting(unit, form.reports_on(period), period)))
