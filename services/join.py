"""Join: whoever brings a good invitation gets its duty; and says which language he is to be spoken to in."""

from dataclasses import dataclass

from reporting.errors import Refused
from reporting.people import Address, Duty, Invitation, Person
from services.context import Context
from storage.database import audit
from storage.messages import inbox
from storage.organisation import people

LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Joined:
    """The person with the duty of this invitation; `is_new`: he has it only now."""

    person: Person
    invitation: Invitation
    is_new: bool


def accept_invitation(context: Context, at: Address, code: str, name: str, language: str) -> Joined:
    """Somebody brings a code from there; `name` and `language` are kept of whoever is not known yet.

    Refused where there is no such invitation, and where it is over or used up, but for whoever has its duty already.
    """
    invitation = people.invited(context.connection, code)
    if invitation is None:
        raise Refused("invitation_unknown")
    person = context.person(at)
    if person is not None and _holds(context, person, invitation):
        return Joined(person, invitation, is_new=False)
    if context.now >= invitation.expires_at:
        raise Refused("invitation_expired")
    if invitation.uses_left < 1 or not people.use(context.connection, invitation):
        raise Refused("invitation_used")
    person = person or people.add(context.connection, at, _short(name), language, context.now)
    people.charge(context.connection, Duty(person.id, invitation.unit_id, invitation.role, context.today))
    unit_id, role = invitation.unit_id, invitation.role
    audit.write(context.connection, context.now, person.id, "join", unit_id=unit_id, role=role, name=person.name)
    inbox.promote(context.connection, at.channel, at.address)
    return Joined(person, invitation, is_new=True)


def speak(context: Context, person: Person, language: str) -> None:
    """From now on the person is spoken to in this language."""
    people.speak(context.connection, person.id, language)
    audit.write(context.connection, context.now, person.id, "language", before=person.language, after=language)


def _holds(context: Context, person: Person, invitation: Invitation) -> bool:
    return any(duty.unit_id == invitation.unit_id and duty.role == invitation.role for duty in context.duties(person))


def _short(name: str) -> str:
    return " ".join(name.split())[:LONGEST_NAME] or "?"
