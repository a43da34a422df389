"""Who approves whose reports: whoever holds a tier above the unit, and, while nobody there does, the deputy of one who is away."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from reporting.access import tiers_held
from reporting.forms import Form, Tier
from reporting.people import Duty
from reporting.units import Unit, UnitTree


@dataclass(frozen=True)
class Approvers:
    """`duties`: those of tiers and of deputies that are in force; `away`: those of tiers that only go on, or begin, later."""

    duties: Sequence[Duty]
    away: Sequence[Duty]
    tree: UnitTree

    def tiers(self, form: Form, unit: Unit, duties: Collection[Duty]) -> tuple[Tier, ...]:
        """As which of the form's tiers whoever has these duties approves the unit's reports today."""
        held, standing_in = tiers_held(form, unit, duties, self.tree), self.standing_in(form, unit, duties)
        return tuple(tier for tier in form.approval if tier in held or tier in standing_in)

    def standing_in(self, form: Form, unit: Unit, duties: Collection[Duty]) -> tuple[Tier, ...]:
        """As which tiers they do so in place of somebody who is away, whose deputies they are."""
        return tuple(
            tier
            for tier in form.approval
            if not self._held(unit, tier)
            and any(each.unit_id in self._seats(unit, tier) for each in duties if each.role == "deputy")
        )

    def people(self, unit: Unit, tier: Tier) -> frozenset[int]:
        """The ids of all who approve as this tier today."""
        held = self._held(unit, tier)
        standing_in = (self._by_seat.get(("deputy", seat), ()) for seat in self._seats(unit, tier))
        return held or held.union(*standing_in)

    def vacant(self, form: Form, unit: Unit) -> frozenset[Tier]:
        """The tiers as which nobody approves today."""
        return frozenset(tier for tier in form.approval if not self.people(unit, tier))

    @cached_property
    def _by_seat(self) -> Mapping[tuple[str, int], frozenset[int]]:
        """The ids of people by role and unit of their duties."""
        found: dict[tuple[str, int], set[int]] = {}
        for each in self.duties:
            found.setdefault((each.role, each.unit_id), set()).add(each.person_id)
        return {seat: frozenset(ids) for seat, ids in found.items()}

    def _held(self, unit: Unit, tier: Tier) -> frozenset[int]:
        return frozenset[int]().union(*(self._by_seat.get((tier, seat), ()) for seat in self._above(unit)))

    def _seats(self, unit: Unit, tier: Tier) -> frozenset[int]:
        """The units of the duties of this tier that rest, at or above the unit."""
        above = self._above(unit)
        return frozenset(each.unit_id for each in self.away if each.role == tier and each.unit_id in above)

    def _above(self, unit: Unit) -> frozenset[int]:
        """The ids of the units whose duties reach this one."""
        return frozenset(each.id for each in (*self.tree.above(unit), *self.tree.groups_of(unit)))
