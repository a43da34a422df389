"""Who may do what to which unit: one table, and everything bound to the subtree of a person's duty."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from reporting.forms import Form, Tier
from reporting.people import Duty, Person, Role
from reporting.units import Unit, UnitTree

Action = Literal[
    "standing",
    "look",
    "digest",
    "nudge",
    "ask back",
    "return",
    "reopen",
    "gather",
    "people",
    "invite",
    "announce",
    "target",
]

ABOVE: tuple[Role, ...] = ("chair", "leader", "admin")
ACTIONS: Mapping[Action, tuple[Role, ...]] = {
    "standing": (*ABOVE, "reporter", "deputy"),
    "look": (*ABOVE, "reporter", "deputy"),
    "digest": ABOVE,
    "nudge": ABOVE,
    "ask back": ABOVE,
    "return": ABOVE,
    "reopen": ("leader", "admin"),
    "gather": ("leader", "admin"),
    "people": ("leader", "admin"),
    "invite": ("admin",),
    "announce": ("leader", "admin"),
    "target": ("leader", "admin"),
}
"""Which roles may do it, for the unit of their duty and all that is under it; nobody for a unit beside or above.
Whoever has the duty for a group has it for its members."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody with duties who does something; these are in force today."""

    person: Person
    duties: tuple[Duty, ...]


def may(action: Action, unit: Unit, duties: Iterable[Duty], tree: UnitTree) -> bool:
    """Whether one of these duties allows the action for the unit."""
    return _holds(ACTIONS[action], unit, duties, tree)


def tiers_held(form: Form, unit: Unit, duties: Collection[Duty], tree: UnitTree) -> tuple[Tier, ...]:
    """As which of the form's tiers these duties approve the unit's reports, in their order; none where it asks for no approval."""
    return tuple(tier for tier in form.approval if _holds((tier,), unit, duties, tree))


def may_end(duty: Duty, unit: Unit, duties: Iterable[Duty], tree: UnitTree) -> bool:
    """Whether one of these duties ends another's: an admin any under his unit, a leader those of whoever reports or chairs there."""
    by: tuple[Role, ...] = ("admin",) if duty.role in ("leader", "admin") else ACTIONS["people"]
    return _holds(by, unit, duties, tree)


def _holds(roles: tuple[Role, ...], unit: Unit, duties: Iterable[Duty], tree: UnitTree) -> bool:
    above = {each.id for each in (*tree.above(unit), *tree.groups_of(unit))}
    return any(duty.role in roles and duty.unit_id in above for duty in duties)
