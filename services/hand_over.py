"""Pass on a duty for good: to one of the unit's deputies, or by the desk to anybody known."""

from dataclasses import dataclass
from datetime import date, timedelta

from reporting.access import may
from reporting.errors import Refused
from reporting.events.duties import DutyHandedOver
from reporting.people import Duty, Person
from reporting.units import Unit
from services.context import Context
from services.end_duty import settle_duty
from services.leave import deputies_of, holders
from storage.database import audit
from storage.organisation import leaves, people

MOST_DAYS_AHEAD = 31
"""A duty is handed over from today on, or from a day that is so far ahead at most."""


@dataclass(frozen=True, slots=True)
class Handover:
    """A unit for which a person reports, or that he chairs, and the deputies who may take over from him."""

    unit: Unit
    deputies: tuple[Person, ...]


def handovers(context: Context, person: Person | None) -> list[Handover]:
    """What a person may hand over, to whom; nothing if he is neither reporter nor chair."""
    if person is None:
        return []
    held = context.duties(person, "reporter", "chair")
    units = dict.fromkeys(context.unit(duty.unit_id) for duty in held)
    return [Handover(unit, deputies_of(context, unit, person)) for unit in units]


def hand_over_duty(
    context: Context, person: Person | None, unit: Unit, new_id: int, since: date
) -> list[DutyHandedOver] | None:
    """From `since` on one of the unit's deputies reports for it; whoever it concerns is told, himself among them.

    None where it may not be: the person is neither reporter nor chair there, nor leads or keeps the bot above it, the other is no
    deputy, the day is past or far off.
    """
    mine = any(duty.unit_id == unit.id for duty in context.duties(person, "reporter", "chair"))
    mine = mine or may("people", unit, context.duties(person), context.tree)
    new = next((each for each in holders(context, unit, "deputy") if each.id == new_id), None)
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
    told = {each.id: each for each in (*old.values(), *holders(context, unit, "chair"), *others, new)}
    return [DutyHandedOver(each, new, names, unit, since) for each in told.values()]


def confirm_handover(context: Context, person: Person, unit_id: int) -> bool:
    """Whoever has taken over says that he knows; False where he has not, neither as of today nor of a day to come."""
    days = (context.today, context.today + timedelta(days=MOST_DAYS_AHEAD))
    holds = (people.with_duty(context.connection, unit_id, leaves.REPORTER, on) for on in days)
    if not any(each.id == person.id for found in holds for each in found):
        return False
    audit.write(context.connection, context.now, person.id, "hand-over confirmed", unit_id=unit_id)
    return True
