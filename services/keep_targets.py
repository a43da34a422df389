"""Keep the targets of indicators: a file of them is taken in, one is given in chat, one is given up; and what is held is listed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from reporting.errors import Refused, by_row, refuse_all
from reporting.figures.headlines import numeric
from reporting.figures.indicator_targets import IndicatorTarget, is_percent
from reporting.forms import Form, Question
from reporting.rounds.standings import expected_units
from reporting.target_list import TargetLine, read_targets, spelled_value
from reporting.units import Unit, UnitTree
from storage.database import audit
from storage.figures import indicator_targets
from storage.figures.indicator_targets import GivenTarget
from storage.organisation import units
from storage.reports import forms

MOST_LINES = 20_000
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


@dataclass(frozen=True, slots=True)
class KeptTargets:
    """What a file gives: the targets that are new, in the place of how many, and how many lines it has."""

    lines: int
    new: Sequence[IndicatorTarget]
    replaced: int


@dataclass(frozen=True, slots=True)
class KnownTarget:
    """A target with its unit and, where its form still has it, its question."""

    given: GivenTarget
    unit: Unit
    question: Question | None

    @property
    def target(self) -> IndicatorTarget:
        return self.given.target


def import_targets(
    connection: Connection,
    text: str,
    now: datetime,
    zone: ZoneInfo,
    by: int | None = None,
    *,
    dry_run: bool = False,
    is_allowed: Callable[[Unit], bool] = lambda _: True,
) -> KeptTargets:
    """Takes in the text of a CSV file, all of it or nothing; the same file again changes nothing.

    A line for what a target is held for already, on days that overlap, takes its place: the old one's row stays, with its end. `by`: a
    person's id, None for the desk's command line; `is_allowed`: for which units he may. Refused with
    everything that is wrong with the file, by row and column.
    """
    problems: list[Refused] = []
    lines = read_targets(text, problems)
    if len(lines) > MOST_LINES:
        raise Refused("targets_too_many", n=MOST_LINES)
    today = now.astimezone(zone).date()
    targets = _read(connection, lines, today, problems, is_allowed)
    refuse_all(sorted(problems, key=by_row))
    with connection.begin_nested() as trial:
        new, replaced = _keep(connection, targets, now, by)
        if dry_run:
            trial.rollback()
    return KeptTargets(len(lines), new, replaced)


def give_target(connection: Connection, new: IndicatorTarget, now: datetime, by: int | None) -> None:
    """One target, as it is given in chat. Nothing changes where just this one is held."""
    _keep(connection, [new], now, by)


def held_as(connection: Connection, target: IndicatorTarget) -> IndicatorTarget:
    """The target that is held for this, with its id. KeyError where none is."""
    of_unit = indicator_targets.held_targets(connection, [target.unit_id], target.form)
    same = (each for each in of_unit if _key(each) == _key(target) and each.overlaps(target))
    found = next(same, None)
    if found is None:
        raise KeyError(target)
    return found


def _keep(
    connection: Connection, targets: Sequence[IndicatorTarget], now: datetime, by: int | None
) -> tuple[list[IndicatorTarget], int]:
    """Those that are new, and how many they take the place of; an audit line for each, and one for what came with a file."""
    held: dict[tuple[str, ...], list[IndicatorTarget]] = {}
    for each in indicator_targets.held_targets(connection):
        held.setdefault(_key(each), []).append(each)
    new, replaced = [], 0
    for target in targets:
        same = held.get(_key(target), [])
        if any(replace(each, id=0) == target for each in same):
            continue
        old = [each for each in same if each.overlaps(target)]
        made = replace(target, id=indicator_targets.give(connection, target, by, now, [each.id for each in old]))
        held[_key(target)] = [*(each for each in same if each not in old), made]
        _audit(connection, "target", made, now, by, instead_of=[each.id for each in old])
        new.append(made)
        replaced += len(old)
    return new, replaced


def _key(target: IndicatorTarget) -> tuple[str, ...]:
    return tuple(map(str, target.identity))


def retire_target(connection: Connection, target_id: int, now: datetime, by: int | None = None) -> IndicatorTarget:
    """A target is given up; its row stays. Refused where none with this id is held."""
    target = indicator_targets.target_of_id(connection, target_id)
    if target is None:
        raise Refused("target_unknown", id=str(target_id))
    indicator_targets.end_targets(connection, [target_id], by, now)
    _audit(connection, "target retired", target, now, by)
    return target


def _audit(
    connection: Connection, what: str, target: IndicatorTarget, now: datetime, by: int | None, **more: Any
) -> None:
    details: dict[str, Any] = {
        "target": target.id,
        "indicator": target.indicator,
        "bound": target.bound,
        "value": spelled_value(target.value),
        "of": target.of,
        "each": target.each,
        "since": target.since.isoformat(),
        "until": target.until.isoformat() if target.until else "",
    }
    audit.write(connection, now, by, what, form=target.form, unit_id=target.unit_id, **details, **more)


def known_targets(connection: Connection, today: date, *, everything: bool = False) -> list[KnownTarget]:
    """The targets that are held, or `everything` that ever was, in the order of form, indicator and unit."""
    tree = units.tree(connection)
    by_key = {form.key: form for form in forms.in_force(connection, today, since=date.min)}
    found = indicator_targets.given_targets(connection)
    return [
        KnownTarget(each, tree.unit(each.target.unit_id), _question(by_key.get(each.target.form), each.target))
        for each in found
        if everything or each.ended_at is None
    ]


def _question(form: Form | None, target: IndicatorTarget) -> Question | None:
    return form.by_name.get(target.indicator) if form is not None else None


def _read(
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
        twice = next((row for row, other in found if _key(other) == _key(target) and other.overlaps(target)), None)
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
    counted_in_percent = is_percent(question)
    if is_percentage and not (target.of or counted_in_percent):
        raise Refused("targets_per_cent", indicator=question.name)
    if counted_in_percent and not target.of and expected != [unit]:
        raise Refused("targets_not_added_up", indicator=question.name, unit=unit.title)
    if target.each and form.schedule.period != target.each and question.kind == "flow":
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
