"""Pass on a duty: leave for some days, coming back, handing over for good."""

from dataclasses import dataclass
from datetime import date, timedelta

from reporting.events import DutyHandedOver, LeaveTaken
from reporting.people import Duty, Person, Role
from reporting.units import Unit
from services.context import Context
from storage.database import audit
from storage.organisation import leaves, people

MOST_DAYS_AHEAD = 31
"""A duty is handed over from today on, or from a day that is so far ahead at most."""


@dataclass(frozen=True, slots=True)
class TakenLeave:
    """The reporter's duty at a unit rests; `deputies` report for him, who are told like the chairs."""

    unit: Unit
    deputies: tuple[Person, ...]
    events: tuple[LeaveTaken, ...]


@dataclass(frozen=True, slots=True)
class Handover:
    """A unit for which a person reports, or that he chairs, and the deputies who may take over from him."""

    unit: Unit
    deputies: tuple[Person, ...]


def take_leave(context: Context, person: Person, first_on: date, last_on: date) -> list[TakenLeave]:
    """The person's duties as reporter rest from `first_on` to `last_on`, both included; each unit, none if they rest already."""
    held = leaves.leave(context.connection, person.id, first_on, last_on)
    units = dict.fromkeys(context.unit(duty.unit_id) for duty in held)  # other leave may have parted a duty
    return [_left(context, person, unit, first_on, last_on) for unit in units]


def _left(context: Context, person: Person, unit: Unit, first_on: date, last_on: date) -> TakenLeave:
    audit.write(
        context.connection,
        context.now,
        person.id,
        "leave",
        unit_id=unit.id,
        first=first_on.isoformat(),
        last=last_on.isoformat(),
    )
    deputies = _deputies(context, unit, person)
    away = (person, unit, first_on, last_on, deputies)
    told = [LeaveTaken(each, *away) for each in deputies]
    told += [LeaveTaken(each, *away, to_chair=True) for each in _at(context, unit, "chair")]
    return TakenLeave(unit, deputies, tuple(told))


def end_leave(context: Context, person: Person) -> list[Unit]:
    """The person is back: what would go on later goes on today; the units of these duties."""
    again = leaves.come_back(context.connection, person.id, context.today)
    for duty in again:
        audit.write(context.connection, context.now, person.id, "back", unit_id=duty.unit_id, role=duty.role)
    return [context.unit(duty.unit_id) for duty in again]


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

    None where it may not be: the person is neither reporter nor chair there, the other no deputy, the day is past or far off.
    """
    mine = any(duty.unit_id == unit.id for duty in context.duties(person, "reporter", "chair"))
    new = next((each for each in _at(context, unit, "deputy") if each.id == new_id), None)
    is_near = context.today <= since <= context.today + timedelta(days=MOST_DAYS_AHEAD)
    if person is None or not mine or new is None or not is_near:
        return None
    old = people.people_of(context.connection, leaves.end(context.connection, unit.id, "reporter", since))
    people.charge(context.connection, Duty(new.id, unit.id, "reporter", since))
    audit.write(
        context.connection, context.now, person.id, "hand over", unit_id=unit.id, to=new.id, since=since.isoformat()
    )
    names = ", ".join(each.name for each in old.values() if each.id != new.id) or person.name
    told = {each.id: each for each in (*old.values(), *_at(context, unit, "chair"), person, new)}
    return [DutyHandedOver(each, new, names, unit, since) for each in told.values()]


def confirm_handover(context: Context, person: Person) -> None:
    """Whoever has taken over says that he knows."""
    audit.write(context.connection, context.now, person.id, "hand-over confirmed")


def _deputies(context: Context, unit: Unit, person: Person) -> tuple[Person, ...]:
    return tuple(each for each in _at(context, unit, "deputy") if each.id != person.id)


def _at(context: Context, unit: Unit, role: Role) -> list[Person]:
    return people.with_duty(context.connection, unit.id, (role,), context.today)
