"""Units that report and the tree that they form, on a given day."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from heapq import nsmallest

from reporting.collation import Order, vietnamese_order
from reporting.errors import Refused
from reporting.namesakes import told_apart


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit. `id` is ours; `code` is an identity only with its dates (codes have been reused).

    It exists from `since` to the day before `until`; None on either side is without bound. `within`: what tells it from another of the
    same kind and name, as its tree has found it: what it lies in, or else its code.
    """

    id: int
    code: str
    name: str
    kind: str
    parent_id: int | None = None
    aliases: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    within: str = field(default="", compare=False)

    def exists(self, on: date) -> bool:
        return (self.since is None or self.since <= on) and (self.until is None or on < self.until)

    def exists_between(self, first_on: date, last_on: date) -> bool:
        """Whether it exists on any of these days, both included."""
        return (self.since is None or self.since <= last_on) and (self.until is None or first_on < self.until)

    def exists_through(self, first_on: date, last_on: date) -> bool:
        """Whether it exists on all of these days."""
        return self.exists(first_on) and self.exists(last_on)

    @property
    def identity(self) -> str:
        """What tells it from all others ever: «15763@2025-07-01», or the code alone if it has no first day."""
        return f"{self.code}@{self.since.isoformat()}" if self.since is not None else self.code

    @property
    def bare_title(self) -> str:
        """Kind and name alone, which another may bear too: «xã Thọ Dân»."""
        return f"{self.kind} {self.name}".strip()

    @property
    def title(self) -> str:
        """Kind and name as officials write it: «xã Thọ Dân»; «xã Thọ Dân (huyện Thọ Xuân)» where another is called so too."""
        return f"{self.bare_title} ({self.within})" if self.within else self.bare_title

    @property
    def title_with_code(self) -> str:
        """The title with the code, once: «xã Thọ Dân (15742)»."""
        return self.title_with(self.code)

    def title_with(self, code: str) -> str:
        """The title with its code or its identity, as it was written."""
        return f"{self.bare_title if self.within == self.code else self.title} ({code})"

    @property
    def name_order(self) -> tuple[Order, Order, str]:
        """What units sort by where their names are looked up: all that residents read, and what ranks alike."""
        return vietnamese_order(self.name), vietnamese_order(self.kind), self.code

    @property
    def code_order(self) -> tuple[Order, int]:
        """What units sort by in what staff read: the official list's order, which is that of the codes («T2» before «T10»)."""
        return vietnamese_order(self.code), self.id


@dataclass(frozen=True, slots=True)
class GroupMember:
    """That a unit is counted to a group, from `since` to the day before `until`; None on either side is without bound."""

    group_id: int
    unit_id: int
    since: date | None = None
    until: date | None = None

    def holds(self, on: date) -> bool:
        return (self.since is None or self.since <= on) and (self.until is None or on < self.until)


class UnitTree:
    """All units ever, read as the tree that stood on a given day.

    A unit whose parent does not exist on a day hangs on the nearest one above that does, or is a root: it is lost to nobody.
    A group («cụm») is a unit that is no tier: its children are its members, and it is itself nobody's child.
    """

    adds_up_by_parent = True
    """Whether what stands under a unit is what has it for a parent: figures are kept added up that way."""

    def __init__(self, units: Iterable[Unit], memberships: Iterable[GroupMember] = ()) -> None:
        self.units = self._told_apart(tuple(units))
        self.memberships = tuple(memberships)
        self._by_id = {unit.id: unit for unit in self.units}
        self._members: dict[int, list[GroupMember]] = {}
        for each in self.memberships:
            self._members.setdefault(each.group_id, []).append(each)
        self._below: dict[int | None, list[Unit]] = {}
        for unit in self.units:
            if unit.id not in self._members:
                self._below.setdefault(unit.parent_id, []).append(unit)

    def __iter__(self) -> Iterator[Unit]:
        return iter(self.units)

    def unit(self, unit_id: int) -> Unit:
        """The unit with our id; KeyError if there is none."""
        return self._by_id[unit_id]

    def has(self, unit_id: int) -> bool:
        """Whether there is, or ever was, a unit with our id."""
        return unit_id in self._by_id

    def find(self, code: str, on: date) -> Unit | None:
        """The unit that bore `code` on that day."""
        return next((unit for unit in self._by_code.get(code, ()) if unit.exists(on)), None)

    def known(self, code: str, on: date) -> Unit:
        """The unit that has this code on a day. Refused where there is none."""
        unit = self.find(code, on)
        if unit is None:
            raise Refused("unit_unknown", code=code)
        return unit

    def identified(self, name: str) -> Unit | None:
        """The unit of a code with its first day, «15763@2025-07-01»; the bare code is that of one that was always there."""
        return self._by_identity.get(name)

    @cached_property
    def _by_code(self) -> Mapping[str, list[Unit]]:
        """The units that ever bore a code."""
        found: dict[str, list[Unit]] = {}
        for unit in self.units:
            found.setdefault(unit.code, []).append(unit)
        return found

    @cached_property
    def _by_identity(self) -> Mapping[str, Unit]:
        """The first, where two are alike."""
        return {unit.identity: unit for unit in reversed(self.units)}

    def first_by_name(self, units: Collection[Unit], most: int) -> list[Unit]:
        """The first of these units as their names sort, at most so many."""
        return nsmallest(most, units, key=lambda unit: self.name_places[unit.id])

    @cached_property
    def name_places(self) -> Mapping[int, int]:
        """By id, how many names sort before a unit's: worked out once, and not at every question for all that it may name."""
        places: dict[tuple[Order, Order, str], int] = {}
        orders = {unit.id: unit.name_order for unit in self.units}
        for order in sorted(orders.values()):
            places.setdefault(order, len(places))
        return {one: places[order] for one, order in orders.items()}

    def children(self, unit: Unit | None, on: date) -> list[Unit]:
        """The units right under `unit` (None: the roots) on that day, in the order of their codes."""
        return sorted(self._living(unit.id if unit else None, on), key=lambda child: child.code_order)

    def itself(self, unit_id: int) -> Unit:
        """The unit with the days on which it stood itself, whatever has become part of it."""
        return self.unit(unit_id)

    def kept_under(self, unit_id: int) -> int | None:
        """The id of the unit under which a unit is kept in the list of units, whatever it is counted to here."""
        return self.unit(unit_id).parent_id

    def stands_for_others(self, unit: Unit) -> bool:
        """Whether a unit that reports is told of with figures of others too, on other days."""
        return False

    def is_group(self, unit: Unit) -> bool:
        """Whether it is a group of units and no tier."""
        return unit.id in self._members

    def groups(self, on: date) -> list[Unit]:
        """The groups that stand on that day, in the order of their codes."""
        return sorted(
            (self.unit(one) for one in self._members if self.unit(one).exists(on)), key=lambda one: one.code_order
        )

    def groups_of(self, unit: Unit) -> list[Unit]:
        """The groups that the unit, or one above it, is counted to without an end."""
        above = {each.id for each in self.above(unit)}
        ids = {each.group_id for each in self.memberships if each.unit_id in above and each.until is None}
        return [self.unit(one) for one in sorted(ids)]

    @cached_property
    def changes(self) -> list[date]:
        """The days on which a unit begins or ends, or is counted to a group or no longer, in order."""
        dates = [(each.since, each.until) for each in self.units] + [
            (each.since, each.until) for each in self.memberships
        ]
        return sorted({day for both in dates for day in both if day is not None})

    def _living(self, unit_id: int | None, on: date) -> Iterator[Unit]:
        if unit_id in self._members:
            of_day = (self.unit(each.unit_id) for each in self._members[unit_id] if each.holds(on))
            yield from (unit for unit in of_day if unit.exists(on))
            return
        for child in self._below.get(unit_id, ()):
            if child.exists(on):
                yield child
            else:
                yield from self._living(child.id, on)

    def under(self, unit: Unit, on: date) -> Iterator[Unit]:
        """`unit` and all that is under it on that day, depth first."""
        yield unit
        for child in self.children(unit, on):
            yield from self.under(child, on)

    def reporting(self, unit: Unit, reports: tuple[str, ...], on: date) -> list[Unit]:
        """The units in `unit`'s subtree that a form with this `reports` setting expects on that day."""
        living = (each for each in self.under(unit, on) if each.exists(on))
        if reports == ("leaves",):
            return [each for each in living if not self.children(each, on)]
        return [each for each in living if each.kind in reports]

    def above(self, unit: Unit) -> Iterator[Unit]:
        """`unit`, its parent, and so on up to the root."""
        at: Unit | None = unit
        while at is not None:
            yield at
            at = self._by_id.get(at.parent_id) if at.parent_id is not None else None

    def _told_apart(self, units: tuple[Unit, ...]) -> tuple[Unit, ...]:
        """Units of one name, each with what tells it from the others."""
        return told_apart(units)

    def is_within(self, unit: Unit, root: Unit) -> bool:
        """Whether `unit` is `root`, lies under it, or is counted to it."""
        return any(each.id == root.id for each in (*self.above(unit), *self.groups_of(unit)))

    def roots(self, on: date) -> list[Unit]:
        return self.children(None, on)
