"""Keep the targets of indicators: a file of them is taken in, one is given in chat, one is given up; and what is held is listed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from reporting.errors import Refused, by_row, refuse_all
from reporting.figures.indicator_targets import IndicatorTarget
from reporting.forms import Form, Question
from reporting.target_list import read_targets, spelled_value
from reporting.units import Unit, UnitTree
from services.check_targets import targets_of_lines
from services.targets_held import target_on, targets_of
from storage.database import audit
from storage.figures import indicator_targets
from storage.figures.indicator_targets import GivenTarget
from storage.organisation import units
from storage.reports import forms
from understanding.mergers import went_on_from

MOST_LINES = 20_000


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
    targets = targets_of_lines(connection, lines, today, problems, is_allowed)
    refuse_all(sorted(problems, key=by_row))
    with connection.begin_nested() as trial:
        new, replaced = _keep(connection, targets, now, by)
        if dry_run:
            trial.rollback()
    return KeptTargets(len(lines), new, replaced)


def give_target(connection: Connection, new: IndicatorTarget, now: datetime, by: int | None) -> None:
    """One target, as it is given in chat. Nothing changes where just this one is held."""
    _keep(connection, [new], now, by)


def held_as(connection: Connection, tree: UnitTree, target: IndicatorTarget) -> IndicatorTarget:
    """The target that is held for this, with its id. KeyError where none is."""
    of_unit = targets_of(connection, tree, [tree.unit(target.unit_id)], target.form)
    same = (each for each in of_unit if _key(each) == _key(target) and each.overlaps(target))
    found = next(same, None)
    if found is None:
        raise KeyError(target)
    return found


def _keep(
    connection: Connection, targets: Sequence[IndicatorTarget], now: datetime, by: int | None
) -> tuple[list[IndicatorTarget], int]:
    """Those that are new, and how many they take the place of; an audit line for each, and one for what came with a file."""
    tree, held = units.tree(connection), dict[tuple[str, ...], list[IndicatorTarget]]()
    for each in indicator_targets.held_targets(connection):
        held.setdefault(_key(each), []).append(each)
    new, replaced = [], 0
    for target in targets:
        ever = (tree.unit(target.unit_id), *went_on_from(tree.unit(target.unit_id), tree))
        same = [each for unit in ever for each in held.get(_key(replace(target, unit_id=unit.id)), ())]
        if any(replace(each, id=0, unit_id=target.unit_id) == target for each in same):
            continue
        old = [each for each in same if each.overlaps(target)]
        made = replace(target, id=indicator_targets.give(connection, target, by, now, [each.id for each in old]))
        for each in old:
            held[_key(each)].remove(each)
        held.setdefault(_key(target), []).append(made)
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
    """The targets that are held, or `everything` that ever was, in the order of form, indicator and unit, each with today's unit."""
    tree = units.tree(connection)
    by_key = {form.key: form for form in forms.in_force(connection, today, since=date.min)}
    found = indicator_targets.given_targets(connection)
    return [
        KnownTarget(
            each,
            tree.unit(target_on(each.target, tree, today).unit_id),
            _question(by_key.get(each.target.form), each.target),
        )
        for each in found
        if everything or each.ended_at is None
    ]


def _question(form: Form | None, target: IndicatorTarget) -> Question | None:
    return form.by_name.get(target.indicator) if form is not None else None
