"""What a target must be to make sense: of a unit that reports the indicator, over days that are not over, once."""

from collections.abc import Callable, Sequence
from datetime import date

from sqlalchemy import Connection

from reporting.errors import Refused
from reporting.figures.headlines import numeric
from reporting.figures.indicator_targets import IndicatorTarget
from reporting.forms import Form, Question
from reporting.rounds.standings import expected_units
from reporting.target_list import TargetLine
from reporting.units import Unit, UnitTree
from storage.organisation import units
from storage.reports import forms

COLUMN_OF = {
    "targets_unit": "unit",
    "targets_not_yours": "unit",
    "targets_not_expected": "unit",
    "targets_indicator": "indicator",
    "targets_which_form": "form",
    "targets_of": "of",
    "targets_per_cent": "value",
    "targets_not_added_up": "of",
    "targets_each_of_form": "each",
    "targets_over": "to",
    "targets_days": "to",
}
"""The column of the file that each refusal of a line is about."""


def targets_of_lines(
    connection: Connection,
    lines: Sequence[TargetLine],
    today: date,
    problems: list[Refused],
    is_allowed: Callable[[Unit], bool],
) -> list[IndicatorTarget]:
    """The targets of the lines; what is wrong with them is added to `problems`."""
    tree, known = units.tree(connection), forms.in_force(connection, today)
    found: list[tuple[TargetLine, IndicatorTarget]] = []
    for line in lines:
        try:
            target = _target(connection, line, tree, known, today, is_allowed)
        except Refused as refused:
            problems.append(Refused("targets_row", row=str(line.row), column=COLUMN_OF[refused.key], why=refused))
            continue
        twice = next(
            (row for row, other in found if other.identity == target.identity and other.overlaps(target)), None
        )
        if twice is not None:
            problems.append(Refused("targets_twice", row=str(line.row), first=str(twice.row)))
        found.append((line, target))
    return [target for _, target in found]


def first_day_of(connection: Connection, form: Form, until: date | None, today: date) -> date:
    """From when on a target holds where nobody says it: today, or of one with an end the first day of that year, or the form's."""
    if until is None:
        return today
    return max(date(until.year, 1, 1), min(forms.first_day(connection, form.key) or date.min, until))


def _target(
    connection: Connection,
    line: TargetLine,
    tree: UnitTree,
    known: Sequence[Form],
    today: date,
    is_allowed: Callable[[Unit], bool],
) -> IndicatorTarget:
    """The target of a line. Raises Refused with the first thing that is wrong with it."""
    unit = tree.identified(line.unit) if "@" in line.unit else tree.find(line.unit, today)
    if unit is None:
        raise Refused("targets_unit", unit=line.unit)
    if not is_allowed(unit):
        raise Refused("targets_not_yours", unit=unit.title)
    form, question = indicator_named(known, line.indicator, line.form)
    if line.of and not any(each.name == line.of for each in numeric(form)):
        raise Refused("targets_of", indicator=line.of, form=form.key)
    since = line.since or first_day_of(connection, form, line.until, today)
    whose = {"form": form.key, "indicator": question.name, "unit_id": unit.id}
    given = {"bound": line.bound, "value": line.value, "each": line.each, "since": since, "until": line.until}
    target = IndicatorTarget(**whose, **given, of=line.of, least_change=line.least_change)  # type: ignore[arg-type]
    check_target(target, form, question, unit, tree, today, is_percentage=line.is_percentage)
    return target


def indicator_named(known: Sequence[Form], name: str, form: str = "") -> tuple[Form, Question]:
    """The form, of those that come by the calendar, and its number of this name. Refused where there is none, or several have it."""
    found = [
        (each, question)
        for each in known
        for question in numeric(each)
        if question.name == name and form in ("", each.key) and each.schedule.period != "on change"
    ]
    if not found:
        raise Refused("targets_indicator", indicator=name, form=form or "—")
    if len(found) > 1:
        raise Refused("targets_which_form", indicator=name, forms=", ".join(each.key for each, _ in found))
    return found[0]


def check_target(
    target: IndicatorTarget,
    form: Form,
    question: Question,
    unit: Unit,
    tree: UnitTree,
    today: date,
    *,
    is_percentage: bool = False,
) -> None:
    """Raises Refused where the target makes no sense: nobody reports it, percentages would be added up, its days are over."""
    expected = expected_units(form, tree, today, unit)
    if not expected:
        raise Refused("targets_not_expected", unit=unit.title, form=form.key)
    if is_percentage and not (target.of or question.is_percentage):
        raise Refused("targets_per_cent", indicator=question.name)
    summed = [question, *([form.by_name[target.of]] if target.of else [])]
    for each in summed:
        if not each.has_total(len(expected)):
            raise Refused("targets_not_added_up", indicator=each.name, unit=unit.title)
    if target.each and form.schedule.period != target.each and any(each.sums_over_periods for each in summed):
        _check_makes_up(form, target)
    if target.until is not None and target.until < today:
        raise Refused("targets_over", until=target.until)
    if target.until is not None and target.until < target.since:
        raise Refused("targets_days")


LENGTH_OF = {"daily": 1, "weekly": 7, "monthly": 30, "quarterly": 90, "half-yearly": 180, "yearly": 360}


def _check_makes_up(form: Form, target: IndicatorTarget) -> None:
    """Days make up weeks and months; weeks make up no month, nor is a month's figure told by the week."""
    length = form.schedule.period_type.length
    if length > LENGTH_OF[target.each] or (form.schedule.period == "weekly" and target.each != "weekly"):
        raise Refused("targets_each_of_form", form=form.key, each=target.each)
