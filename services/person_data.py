"""Show a person what is kept of him, and erase it: what has to stay is known by a number only, and the figures stay."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from reporting.errors import Refused
from reporting.events.duties import ErasureAsked
from reporting.people import Address, Person, Role
from reporting.person_record import PersonRecord
from services.context import Context
from storage.database import audit
from storage.organisation import erasing, guesses, people
from storage.organisation.person_rows import duties_ever, rows_of_person
from storage.residents import flags, follows

DESK: tuple[Role, ...] = ("admin",)


@dataclass(frozen=True, slots=True)
class ErasedPerson:
    """Nothing tells any more who this was. `known_as`: what stands in place of the name; `chats`: where he was found;
    `mentions`: messages to others that lost their words because of his name.
    """

    id: int
    known_as: str
    chats: tuple[Address, ...]
    mentions: int


def look_at_person(connection: Connection, person: Person, now: datetime, by: int | None = None) -> PersonRecord:
    """Everything that is kept of a person; that it was looked at leaves an audit line. `by` None: the desk's command line."""
    rows = rows_of_person(connection, person.id)
    (own,) = rows["person"]
    erased = own["erased_at"]
    audit.write(connection, now, by, "look at person", person_id=person.id)
    erased_at = datetime.fromisoformat(erased) if erased is not None else None
    return PersonRecord(person, duties_ever(connection, person.id), rows, erased_at)


def erase_person(
    connection: Connection, person: Person, on: date, now: datetime, by: int | None = None
) -> ErasedPerson:
    """Name, addresses, words and follows of a person go; ids, figures, and that something was done or said, stay.

    `by` None: the desk's command line. Refused while he has a duty, or one is to begin; and where it was done already.
    """
    check_erasable(connection, person, on)
    known_as, chats = f"#{person.id}", erasing.chats_of(connection, person.id)
    for at in chats:
        erasing.forget_inbox(connection, at)
        erasing.forget_outbox(connection, at, known_as)
        erasing.forget_offers(connection, at)
        erasing.forget_files(connection, at)
        follows.forget(connection, at)
        flags.forget(connection, at)
        guesses.forget(connection, at)
    erasing.forget_at_drafts(connection, person.id)
    erasing.forget_late_reasons(connection, person.id)
    erasing.forget_digests(connection, person.id)
    erasing.forget_snooze(connection, person.id)
    erasing.forget_sessions(connection, person.id)
    erasing.forget_announcing(connection, person.id)
    audit.forget(connection, person.id)
    mentions = erasing.forget_mentions(connection, person.name)
    erasing.forget_name(connection, person.id, known_as, now)
    audit.write(connection, now, by, "erase person", person_id=person.id)
    return ErasedPerson(person.id, known_as, tuple(chats), mentions)


def check_erasable(connection: Connection, person: Person, on: date) -> None:
    """Refused while the person has a duty, or one is to begin; and where he was erased already."""
    if any(duty.until is None or duty.until > max(on, duty.since) for duty in duties_ever(connection, person.id)):
        raise Refused("erase_duties", name=person.name, id=str(person.id))
    if people.is_erased(connection, person.id):
        raise Refused("erase_done", id=str(person.id))


def ask_for_erasure(context: Context, person: Person) -> list[ErasureAsked]:
    """Somebody who has duties asks: those who keep the bot are told, for the office decides when his duties end."""
    audit.write(context.connection, context.now, person.id, "erasure asked", person_id=person.id)
    held = people.duties(context.connection, context.today, roles=DESK)
    found = people.people_of(context.connection, {duty.person_id for duty in held})
    return [ErasureAsked(each, person) for each in found.values() if each.id != person.id]
