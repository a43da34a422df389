"""What a file does to the units, read off the tree before it and after it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from reporting.events.queries import DataQueryEnded, DoubtEnded
from reporting.events.units import UnitEnded
from reporting.people import Person
from reporting.units import GroupMember, Unit, UnitTree

Change = Literal["new", "renamed", "moved", "ended", "goes on", "aliases", "joins", "leaves", "counted otherwise"]
CHANGES: tuple[Change, ...] = (
    "new",
    "renamed",
    "moved",
    "ended",
    "goes on",
    "aliases",
    "joins",
    "leaves",
    "counted otherwise",
)
"""In the order in which they are told."""


@dataclass(frozen=True, slots=True)
class UnitDifference:
    """One thing that is otherwise about `unit`, which is as it will be.

    `was`: a renamed unit's title before; `above`: what a new unit, or one that is moved, stands under, or the group that it is
    counted to, and `was_above` what it stood under. `on`: the day from which; None: from ever. `names`: aliases that come, and
    `names_gone` those that go.
    """

    change: Change
    unit: Unit
    was: str = ""
    above: Unit | None = None
    was_above: Unit | None = None
    on: date | None = None
    names: tuple[str, ...] = ()
    names_gone: tuple[str, ...] = ()


def unit_differences(before: UnitTree, after: UnitTree) -> list[UnitDifference]:
    """All of them, each kind together, in the order of the codes."""
    found = [each for unit in after for each in _of_unit(unit, before, after)]
    found += _of_members(before, after)
    return sorted(found, key=lambda each: (CHANGES.index(each.change), each.unit.code_order))


def _of_unit(unit: Unit, before: UnitTree, after: UnitTree) -> Iterator[UnitDifference]:
    above = _parent(unit, after)
    if not before.has(unit.id):
        yield UnitDifference("new", unit, above=above, on=unit.since, names=unit.aliases)
        return
    was = before.unit(unit.id)
    if was == unit:
        return
    if was.title != unit.title:
        yield UnitDifference("renamed", unit, was=was.title)
    if was.parent_id != unit.parent_id and not after.is_group(unit):
        yield UnitDifference("moved", unit, above=above, was_above=_parent(was, before))
    if was.until != unit.until:
        yield UnitDifference("ended" if unit.until else "goes on", unit, on=unit.until)
    if set(was.aliases) != set(unit.aliases):
        come = tuple(name for name in unit.aliases if name not in was.aliases)
        yield UnitDifference(
            "aliases", unit, names=come, names_gone=tuple(name for name in was.aliases if name not in unit.aliases)
        )


def _of_members(before: UnitTree, after: UnitTree) -> Iterator[UnitDifference]:
    was, now = ({_key(each): each for each in tree.memberships} for tree in (before, after))
    for key in was.keys() | now.keys():
        old, new = was.get(key), now.get(key)
        if old == new:
            continue
        known = new or old
        assert known is not None
        unit, group = after.unit(known.unit_id), after.unit(known.group_id)
        if new is None:
            yield UnitDifference("leaves", unit, above=group)
        elif old is None:
            yield UnitDifference("joins", unit, above=group, on=new.since)
        elif new.until is not None:
            yield UnitDifference("leaves", unit, above=group, on=new.until)
        else:
            yield UnitDifference("counted otherwise", unit, above=group, on=new.since)


def _key(each: GroupMember) -> tuple[int, int, date | None]:
    return each.group_id, each.unit_id, each.since


def _parent(unit: Unit, tree: UnitTree) -> Unit | None:
    return tree.unit(unit.parent_id) if unit.parent_id is not None else None


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """What a unit that ends leaves to be done.

    `became`: the units that it becomes, or becomes part of; none: nobody carries its name on. `people`: those still charged there,
    to be invited again, and `moved` those whose duties go on in what it became. `dropped`: the periods from its end on of reports
    that were begun and are owed no more; `unsent`: the earlier ones, which can still be sent. `questions`: how many about its figures
    are open. `reported`: the periods from its end on for which it has reported all the same: they are no longer counted.
    `joined`: the unit that it joins and that goes on with its own running totals, so that those of this one are in no total from then
    on; None where it has none, or where they can be confirmed as those of a new unit.
    """

    unit: Unit
    became: tuple[Unit, ...]
    people: tuple[Person, ...] = ()
    moved: tuple[Person, ...] = ()
    dropped: tuple[date, ...] = ()
    unsent: tuple[date, ...] = ()
    questions: int = 0
    reported: tuple[date, ...] = ()
    joined: Unit | None = None


@dataclass(frozen=True, slots=True)
class ChangedUnits:
    """What a file does: how many lines it has, the codes of the units that are new or changed, all that is otherwise about them.

    `left_behind`: what each unit leaves that ends; `events`: what people are told.
    """

    named: int
    changed: tuple[str, ...]
    differences: tuple[UnitDifference, ...]
    left_behind: tuple[LeftBehind, ...]
    events: tuple[UnitEnded | DataQueryEnded | DoubtEnded, ...] = ()
