"""The targets that units are held to: one that goes on under another name or code is held to those that it had before."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from reporting.figures.indicator_targets import IndicatorTarget
from reporting.units import Unit, UnitTree
from reporting.units_as_now import UnitsAsNow
from storage.figures import indicator_targets
from understanding.mergers import goes_on_as, went_on_from


def targets_of(connection: Connection, tree: UnitTree, units: Iterable[Unit], form: str = "") -> list[IndicatorTarget]:
    """The targets of these units, of one form if it is named, each with the unit that is held to it now.

    Where one has its own in the place of what it had before, that holds.
    """
    was, of = _as_it_was(tree), dict[int, int]()
    for unit in units:
        of[unit.id] = unit.id
        of |= {former.id: unit.id for former in went_on_from(was.unit(unit.id), was)}
    found = indicator_targets.held_targets(connection, of, form)
    own = dict[tuple[object, ...], list[IndicatorTarget]]()
    for each in found:
        if of[each.unit_id] == each.unit_id:
            own.setdefault(each.identity, []).append(each)
    held = (replace(each, unit_id=of[each.unit_id]) for each in found)
    return [
        each for each in held if all(each.id == one.id or not each.overlaps(one) for one in own.get(each.identity, ()))
    ]


def target_on(target: IndicatorTarget, tree: UnitTree, on: date) -> IndicatorTarget:
    """The target with the unit that is held to it on a day."""
    was = _as_it_was(tree)
    return replace(target, unit_id=goes_on_as(was.unit(target.unit_id), was, on).id)


def target_held(connection: Connection, tree: UnitTree, target_id: int, on: date) -> IndicatorTarget | None:
    """The same of the target with this id, if it is held."""
    target = indicator_targets.target_of_id(connection, target_id)
    return target_on(target, tree, on) if target is not None else None


def _as_it_was(tree: UnitTree) -> UnitTree:
    return tree.as_it_was if isinstance(tree, UnitsAsNow) else tree
