"""Go on leave: a duty rests for some days, deputies stand in, and coming back ends it."""

from dataclasses import dataclass
from datetime import date

from reporting.events.duties import LeaveEnded, LeaveTaken
from reporting.forms import TIERS
from reporting.people import Person, Role
from reporting.units import Unit
from services.context import Context
from storage.database import audit
from storage.organisation import leaves, people

RESTING: tuple[Role, ...] = ("reporter", *TIERS)
"""Whose duties rest while they are away: somebody else reports, or approves, in their place."""


@dataclass(frozen=True, slots=True)
class TakenLeave:
    """A duty at a unit rests; `deputies` report, or approve, in his place, and are told; of a reporter the chairs are too."""

    unit: Unit
    deputies: tuple[Person, ...]
    events: tuple[LeaveTaken, ...]
    role: Role = "reporter"


def take_leave(
    context: Context, person: Person, first_on: date, last_on: date, *, by_desk: bool = False
) -> list[TakenLeave]:
    """The person's duties as reporter, and as who approves, rest from `first_on` to `last_on`, both included; none if they do.

    `by_desk`: the desk's command line notes it, and he is told as well.
    """
    held = leaves.leave(context.connection, person.id, first_on, last_on, RESTING)
    seats = dict.fromkeys((duty.unit_id, duty.role) for duty in held)  # other leave may have parted a duty
    return [_left(context, person, context.unit(unit_id), role, first_on, last_on, by_desk) for unit_id, role in seats]


def _left(
    context: Context, person: Person, unit: Unit, role: Role, first_on: date, last_on: date, by_desk: bool
) -> TakenLeave:
    audit.write(
        context.connection,
        context.now,
        None if by_desk else person.id,
        "leave",
        unit_id=unit.id,
        person_id=person.id,
        role=role,
        first=first_on.isoformat(),
        last=last_on.isoformat(),
    )
    deputies = deputies_of(context, unit, person)
    away = (person, unit, first_on, last_on, deputies)
    told = [LeaveTaken(each, *away, role=role) for each in deputies]
    if role == "reporter":
        told += [LeaveTaken(each, *away, to_chair=True) for each in holders(context, unit, "chair")]
    told += [LeaveTaken(person, *away, role=role)] if by_desk else []
    return TakenLeave(unit, deputies, tuple(told), role)


@dataclass(frozen=True, slots=True)
class LeaveOver:
    """These duties of the person, units with roles, are his again; whoever stood in for him is told, of a reporter the chairs too."""

    seats: tuple[tuple[Unit, Role], ...]
    events: tuple[LeaveEnded, ...]

    @property
    def units(self) -> tuple[Unit, ...]:
        return tuple(dict.fromkeys(unit for unit, _ in self.seats))


def end_leave(context: Context, person: Person, *, by_desk: bool = False) -> LeaveOver:
    """The person is back: what would go on later goes on today. `by_desk`: as the desk's command line notes it."""
    again = leaves.come_back(context.connection, person.id, context.today)
    who = None if by_desk else person.id
    for duty in again:
        unit_id, role = duty.unit_id, duty.role
        audit.write(context.connection, context.now, who, "back", unit_id=unit_id, role=role, person_id=person.id)
    seats = tuple((context.unit(duty.unit_id), duty.role) for duty in again)
    return LeaveOver(seats, tuple(event for seat in seats for event in _back(context, person, *seat, by_desk)))


def _back(context: Context, person: Person, unit: Unit, role: Role, by_desk: bool) -> list[LeaveEnded]:
    chairs = holders(context, unit, "chair") if role == "reporter" else []
    told = [*deputies_of(context, unit, person), *chairs, *([person] if by_desk else [])]
    return [LeaveEnded(each, person, unit, role) for each in told]


def deputies_of(context: Context, unit: Unit, person: Person) -> tuple[Person, ...]:
    """The deputies of the unit today but for this person."""
    return tuple(each for each in holders(context, unit, "deputy") if each.id != person.id)


def holders(context: Context, unit: Unit, role: Role) -> list[Person]:
    """Who holds this role at the unit today."""
    return people.with_duty(context.connection, unit.id, (role,), context.today)
