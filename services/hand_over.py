"""Pass on a duty: leave for some days, coming back, handing over for good."""

from dataclasses import dataclass
from datetime import date, timedelta

from reporting.access import may
from reporting.errors import Refused
from reporting.events.duties import DutyHandedOver, LeaveEnded, LeaveTaken
from reporting.forms import TIERS
from reporting.people import Duty, Person, Role
from reporting.units import Unit
from services.context import Context
from services.end_duty import settle_duty
from storage.database import audit
from storage.organisation import leaves, people

RESTING: tuple[Role, ...] = ("reporter", *TIERS)
"""Whose duties rest while they are away: somebody else reports, or approves, in their place."""
MOST_DAYS_AHEAD = 31
"""A duty is handed over from today on, or from a day that is so far ahead at most."""


@dataclass(frozen=True, slots=True)
class TakenLeave:
    """A duty at a unit rests; `deputies` report, or approve, in his place, and are told; of a reporter the chairs are too."""

    unit: Unit
    deputies: tuple[Person, ...]
    events: tuple[LeaveTaken, ...]
    role: Role = "reporter"


@dataclass(frozen=True, slots=True)
class Handover:
    """A unit for which a person reports, or that he chairs, and the deputies who may take over from him."""

    unit: Unit
    deputies: tuple[Person, ...]


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
    deputies = _deputies(context, unit, person)
    away = (person, unit, first_on, last_on, deputies)
    told = [LeaveTaken(each, *away, role=role) for each in deputies]
    if role == "reporter":
        told += [LeaveTaken(each, *away, to_chair=True) for each in _chairs(context, unit)]
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
    chairs = _chairs(context, unit) if role == "reporter" else []
    told = [*_deputies(context, unit, person), *chairs, *([person] if by_desk else [])]
    return [LeaveEnded(each, person, unit, role) for each in told]


def handovers(context: Context, person: Person | None) -> list[Handover]:
    """What a person may hand over, to whom; nothing if he is neither reporter nor chair."""
    if person is None:
        return []
    held = context.duties(person, "reporter", "chair")
    units = dict.fromkeys(context.unit(duty.unit_id) for duty in held)
    return [Handover(unit, _deputies(context, unit, person)) for unit in units]


def hand_over_duty(
    context: Context, person: Person | None, unit: Unit, new_id: int, since: date
) -> list[DutyHandedOver] | None:
    """From `since` on one of the unit's deputies reports for it; whoever it concerns is told, himself among them.

    None where it may not be: the person is neither reporter nor chair there, nor leads or keeps the bot above it, the other is no
    deputy, the day is past or far off.
    """
    mine = any(duty.unit_id == unit.id for duty in context.duties(person, "reporter", "chair"))
    mine = mine or may("people", unit, context.duties(person), context.tree)
    new = next((each for each in _at(context, unit, "deputy") if each.id == new_id), None)
    if person is None or not mine or new is None or not _is_near(context, since):
        return None
    return _pass_on(context, unit, new, since, person)


def hand_over_at_desk(context: Context, unit: Unit, new: Person, since: date) -> list[DutyHandedOver]:
    """The same by the desk's command line, to anybody who is known.

    Refused: the day is past or far off, or he reports for the unit already.
    """
    if not _is_near(context, since):
        raise Refused("handover_day", n=MOST_DAYS_AHEAD)
    if any(each.id == new.id for each in people.with_duty(context.connection, unit.id, leaves.REPORTER, since)):
        raise Refused("handover_his", name=new.name, unit=unit.title)
    return _pass_on(context, unit, new, since, None)


def _is_near(context: Context, since: date) -> bool:
    return context.today <= since <= context.today + timedelta(days=MOST_DAYS_AHEAD)


def _pass_on(context: Context, unit: Unit, new: Person, since: date, by: Person | None) -> list[DutyHandedOver]:
    old = people.people_of(context.connection, leaves.end(context.connection, unit.id, "reporter", since))
    people.charge(context.connection, Duty(new.id, unit.id, "reporter", since))
    who = by.id if by is not None else None
    audit.write(
        context.connection, context.now, who, "hand over", unit_id=unit.id, person_id=new.id, since=since.isoformat()
    )
    for each in old.values() if since == context.today else ():
        settle_duty(context, each, unit)
    left = [each.name for each in old.values() if each.id != new.id]
    names = ", ".join(left) or (by.name if by is not None else "")
    others = [by] if by is not None else []
    told = {each.id: each for each in (*old.values(), *_chairs(context, unit), *others, new)}
    return [DutyHandedOver(each, new, names, unit, since) for each in told.values()]


def confirm_handover(context: Context, person: Person, unit_id: int) -> bool:
    """Whoever has taken over says that he knows; False where he has not, neither as of today nor of a day to come."""
    days = (context.today, context.today + timedelta(days=MOST_DAYS_AHEAD))
    holds = (people.with_duty(context.connection, unit_id, leaves.REPORTER, on) for on in days)
    if not any(each.id == person.id for found in holds for each in found):
        return False
    audit.write(context.connection, context.now, person.id, "hand-over confirmed", unit_id=unit_id)
    return True


def _deputies(context: Context, unit: Unit, person: Person) -> tuple[Person, ...]:
    return tuple(each for each in _at(context, unit, "deputy") if each.id != person.id)


def _chairs(context: Context, unit: Unit) -> list[Person]:
    return _at(context, unit, "chair")


def _at(context: Context, unit: Unit, role: Role) -> list[Person]:
    return people.with_duty(context.connection, unit.id, (role,), context.today)
