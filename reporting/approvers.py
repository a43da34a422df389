"""Who approves whose reports: whoever holds a tier above the unit, and, while nobody there does, the deputy of one who is away."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from reporting.access import tiers_held
from reporting.forms import Form, Tier
from reporting.people import Duty
from reporting.units import Unit, UnitTree


@dataclass(frozen=True)
class Approvers:
    """`duties`: those of tiers and of deputies that are in force; `away`: those of tiers that rest today and go on later."""

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
            if not self._held(form, unit, tier)
            and any(each.unit_id in self._seats(form, unit, tier) for each in duties if each.role == "deputy")
        )

    def people(self, form: Form, unit: Unit, tier: Tier) -> frozenset[int]:
        """The ids of all who approve as this tier today."""
        if held := self._held(form, unit, tier):
            return held
        seats = self._seats(form, unit, tier)
        return frozenset(each.person_id for each in self.duties if each.role == "deputy" and each.unit_id in seats)

    def vacant(self, form: Form, unit: Unit) -> frozenset[Tier]:
        """The tiers as which nobody approves today."""
        return frozenset(tier for tier in form.approval if not self.people(form, unit, tier))

    def _held(self, form: Form, unit: Unit, tier: Tier) -> frozenset[int]:
        mine = [each for each in self.duties if each.role == tier]
        return frozenset(each.person_id for each in mine if tier in tiers_held(form, unit, [each], self.tree))

    def _seats(self, form: Form, unit: Unit, tier: Tier) -> frozenset[int]:
        """The units of the duties of this tier that rest, nearest or not."""
        resting = [each for each in self.away if each.role == tier]
        return frozenset(each.unit_id for each in resting if tier in tiers_held(form, unit, [each], self.tree))
