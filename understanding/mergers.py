"""Which units took over from one that has ended, and from which ones a unit was made: read off the tree, by dates and names."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from weakref import WeakKeyDictionary

from reporting.units import Unit, UnitTree
from understanding.folding import Sign, sign_of

Signs = tuple[Sign, ...]


class _Takeovers:
    """What is worked out of one tree once, and kept as long as it: it holds no reference to the tree."""

    def __init__(self, tree: UnitTree) -> None:
        self.successors: dict[Unit, tuple[Unit, ...]] = {}
        self.taken: dict[Unit, tuple[Unit, ...]] = {}
        self.ended: dict[Signs, dict[int, Unit]] = {}
        for place, unit in enumerate(tree):
            for name in _names(unit) if unit.until is not None else ():
                self.ended.setdefault(name, {})[place] = unit
        self._right_under: dict[tuple[int | None, date], dict[Signs, dict[int, Unit]]] = {}

    def right_under(self, tree: UnitTree, parent: Unit | None, day: date, names: frozenset[Signs]) -> list[Unit]:
        """The units right under one (None: the roots) on a day that bear one of the names, in the tree's order."""
        key = (parent.id if parent else None, day)
        if key not in self._right_under:
            index = self._right_under[key] = dict[Signs, dict[int, Unit]]()
            for place, unit in enumerate(tree.children(parent, day)):
                for name in called(unit):
                    index.setdefault(name, {})[place] = unit
        found = {place: each for name in names for place, each in self._right_under[key].get(name, {}).items()}
        return [found[place] for place in sorted(found)]


_KEPT: WeakKeyDictionary[UnitTree, _Takeovers] = WeakKeyDictionary()


def _kept(tree: UnitTree) -> _Takeovers:
    found = _KEPT.get(tree)
    return found if found is not None else _KEPT.setdefault(tree, _Takeovers(tree))


def successors(unit: Unit, tree: UnitTree) -> tuple[Unit, ...]:
    """The units that carry the name of one that has ended on from the day it ended; none where that cannot be told.

    They stand in the same surroundings (under one of the units above it, or what became of that) and bear its name as their own
    or as an alias, «Nưa» or «thị trấn Nưa». Those that began on that day go before those that stood already. A unit with others
    under it becomes one with others under it: a district is no commune of the same name. A commune without villages may become part of
    one with some, if that begins on the day.
    """
    if unit.until is None:
        return ()
    known = _kept(tree).successors
    if unit not in known:
        known[unit] = _successors(unit, tree, unit.until)
    return known[unit]


def _successors(unit: Unit, tree: UnitTree, day: date) -> tuple[Unit, ...]:
    had_any = bool(tree.children(unit, day - timedelta(days=1)))
    names = _names(unit)
    above = {each.id for each in tree.above(unit)}
    kept = _kept(tree)
    beside = (each for parent in _over(unit, tree) for each in kept.right_under(tree, parent, day, names))
    named = [each for each in beside if each.id not in above]
    found = [each for each in named if bool(tree.children(each, day)) == had_any]
    if not found and not had_any:
        found = [each for each in named if each.since == day]
    return tuple([each for each in found if each.since == day] or found)


def successors_on(unit: Unit, tree: UnitTree, on: date) -> tuple[Unit, ...]:
    """What has become of a unit by a later day, whatever has happened in between; the unit itself while it stands."""
    if unit.until is None or on < unit.until:
        return (unit,)
    found = {last.id: last for each in successors(unit, tree) for last in successors_on(each, tree, on)}
    return tuple(found.values())


def on_days(unit: Unit, tree: UnitTree, first_on: date, last_on: date) -> tuple[Unit, ...]:
    """Which unit is meant by one on these days: itself if it exists on any; else what had become of it by then, if that is known."""
    if unit.exists_between(first_on, last_on):
        return (unit,)
    if unit.since is not None and last_on < unit.since:
        return ()
    found = {each.id: each for on in (first_on, last_on) for each in successors_on(unit, tree, on)}
    return tuple(each for each in found.values() if each.exists_between(first_on, last_on))


def predecessors(unit: Unit, tree: UnitTree) -> tuple[Unit, ...]:
    """The units that this one took over from, on the day it began."""
    if unit.since is None:
        return ()
    return tuple(each for each in _taken(unit, tree) if each.until == unit.since)


def goes_on_as(unit: Unit, tree: UnitTree, on: date) -> Unit:
    """The unit that one goes on as on a day, where it was only renamed or got another code; itself where it stands, or was merged or
    divided, or ended.
    """
    while unit.until is not None and unit.until <= on:
        now = successors(unit, tree)
        if len(now) != 1 or predecessors(now[0], tree) != (unit,):
            break
        unit = now[0]
    return unit


def went_on_from(unit: Unit, tree: UnitTree) -> tuple[Unit, ...]:
    """The units that one was before, under other names or codes, the newest first."""
    before = predecessors(unit, tree)
    if len(before) != 1 or successors(before[0], tree) != (unit,):
        return ()
    return (before[0], *went_on_from(before[0], tree))


def everything_before(unit: Unit, tree: UnitTree) -> tuple[Unit, ...]:
    """All that it goes back to, the units that these took over from included."""
    before = predecessors(unit, tree)
    return (*before, *(each for one in before for each in everything_before(one, tree)))


def taken_over(unit: Unit, tree: UnitTree, first_on: date, last_on: date) -> tuple[Unit, ...]:
    """The units that ended after the first of these days and up to the last, and that it carries on, whether it began so or stood
    already; those that these took over from included.
    """
    own = [each for each in _taken(unit, tree) if each.until is not None and first_on < each.until <= last_on]
    further = (each for one in own if one.until for each in taken_over(one, tree, first_on, one.until))
    return tuple(dict.fromkeys((*own, *further)))


def _taken(unit: Unit, tree: UnitTree) -> tuple[Unit, ...]:
    """All the units ever that it carries on; only those that bear one of its names are looked at."""
    known = _kept(tree)
    if unit not in known.taken:
        named = {place: each for name in called(unit) for place, each in known.ended.get(name, {}).items()}
        known.taken[unit] = tuple(named[place] for place in sorted(named) if unit in successors(named[place], tree))
    return known.taken[unit]


def begun_instead(unit: Unit, tree: UnitTree) -> tuple[Unit, ...]:
    """The units of which one may have taken over from a unit whose successor is not known: those that began when it ended, in its
    surroundings; of a unit with others under it, what these became.
    """
    if unit.until is None:
        return ()
    day = unit.until
    below = tree.children(unit, day - timedelta(days=1))
    became = {each.id: each for child in below for each in successors_on(child, tree, day)}
    began = [each for each in _beside(unit, tree, day) if each.since == day and not tree.children(each, day)]
    return tuple(became.values()) or (() if below else tuple(began))


@lru_cache(maxsize=65536)
def called(unit: Unit) -> frozenset[Signs]:
    """A unit's own name and its aliases, however their letters are put: «Thái Hoà» is «Thái Hòa»."""
    return frozenset(signs_of(name) for name in (unit.name, *unit.aliases))


def signs_of(name: str) -> Signs:
    return tuple(map(sign_of, name.split()))


def _names(unit: Unit) -> frozenset[Signs]:
    """By which another may bear a unit that has ended among its names."""
    return frozenset((signs_of(unit.name), signs_of(unit.title)))


def _beside(unit: Unit, tree: UnitTree, day: date) -> Iterator[Unit]:
    """The units right under any unit above, or under what became of one; and the roots."""
    for parent in _over(unit, tree):
        yield from tree.children(parent, day)


def _over(unit: Unit, tree: UnitTree) -> tuple[Unit | None, ...]:
    """Any unit above, and what became of one; None: what the roots are under."""
    over: dict[int, Unit] = {}
    for above in tree.above(unit):
        if above.id != unit.id:
            over |= {each.id: each for each in (above, *successors(above, tree))}
    return (*over.values(), None)
