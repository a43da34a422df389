"""End a duty: what its holder had begun is left to whoever goes on, what waited to be said to him of it is taken back."""

from dataclasses import dataclass

from reporting.access import Actor, may_end
from reporting.errors import Refused
from reporting.events.duties import DutyEnded
from reporting.people import Duty, Person, Role
from reporting.units import Unit
from services.access import refuse
from services.context import Context
from storage.database import audit
from storage.messages.file_addresses import drop_chat_files
from storage.organisation import people
from storage.organisation.erasing import chats_of
from storage.reports import data_queries, many_drafts
from storage.schedule import reminder_log, snoozes

FILLING: tuple[Role, ...] = ("reporter", "deputy")


@dataclass(frozen=True, slots=True)
class EndedDuty:
    """A duty is over. `drafts`: reports that he had begun and left; `questions`: open ones about the unit's figures;
    `reporting`: who reports for the unit now.
    """

    duty: Duty
    person: Person
    unit: Unit
    drafts: int
    questions: int
    reporting: tuple[Person, ...]
    events: tuple[DutyEnded, ...]


def end_duty(context: Context, duty: Duty, by: Actor | None) -> EndedDuty:
    """From today on the person has the duty no more; he and those who work with him are told.

    `by` None: the desk's command line. Refused for whoever may not, and for one's own duty: somebody is to stay who can undo it.
    """
    unit = context.unit(duty.unit_id)
    if by is not None:
        if not may_end(duty, unit, by.duties, context.tree):
            refuse(context, by, "end duty", unit)
        if duty.person_id == by.person.id:
            raise Refused("duty_own")
    connection, person = context.connection, people.person_of(context.connection, duty.person_id)
    people.end_duty(connection, duty, context.today)
    left = settle_duty(context, person, unit)
    audit.write(
        connection,
        context.now,
        by.person.id if by is not None else None,
        "end duty",
        unit_id=unit.id,
        role=duty.role,
        person_id=person.id,
        drafts=left,
    )
    reporting = _reporting(context, unit)
    questions = len(data_queries.open_questions(connection, [unit.id])) if duty.role in FILLING else 0
    told = {person.id: person} | {each.id: each for each in _beside(context, duty, unit)}
    events = tuple(DutyEnded(each, person, duty.role, unit, reporting) for each in told.values())
    return EndedDuty(duty, person, unit, left, questions, reporting, events)


def settle_duty(context: Context, person: Person, unit: Unit) -> int:
    """Whoever does not report for the unit any more is at none of its drafts, and is not reminded of it; how many drafts he left.

    What he is to be reminded of by another duty is said by the next tick.
    """
    connection = context.connection
    reminder_log.put_off(connection, person.id)
    held = people.duties_of(connection, person.id, context.today)
    if not held:
        snoozes.end(connection, person.id)
        for at in chats_of(connection, person.id):
            drop_chat_files(connection, at)
    if any(duty.unit_id == unit.id and duty.role in FILLING for duty in held):
        return 0
    return many_drafts.let_go(connection, person.id, unit.id)


def _reporting(context: Context, unit: Unit) -> tuple[Person, ...]:
    """Who reports for a unit today: its reporters, else its deputies."""
    for role in FILLING:
        if found := people.with_duty(context.connection, unit.id, (role,), context.today):
            return tuple(found)
    return ()


def _beside(context: Context, duty: Duty, unit: Unit) -> list[Person]:
    """Who is told besides: of somebody who reports, the others of his unit."""
    roles: tuple[Role, ...] = (*FILLING, "chair") if duty.role in FILLING else ()
    return people.with_duty(context.connection, unit.id, roles, context.today) if roles else []
