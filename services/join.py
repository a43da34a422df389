"""Join: whoever brings a good invitation gets its duty; and says which language he is to be spoken to in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from reporting.errors import Refused
from reporting.guesses import OF_ALL, OF_ONE, own_turn, turn_among_all
from reporting.people import Address, Duty, Invitation, Person
from services.context import Context
from storage.database import audit
from storage.messages import inbox
from storage.organisation import guesses, invitations, people

LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Joined:
    """The person with the duty of this invitation; `is_new`: he has it only now."""

    person: Person
    invitation: Invitation
    is_new: bool


def accept_invitation(context: Context, at: Address, code: str, name: str, language: str) -> Joined:
    """Somebody brings a code from there; `name` and `language` are kept of whoever is not known yet.

    Refused where there is no such invitation, where it is over, revoked or used up, but for whoever has its duty already; where it
    would give him back what was ended; and where too many codes were guessed, of this chat or of all: then with the moment from
    which on the next one is looked at.
    """
    take_turn(context, at)
    invitation = invitations.of_code(context.connection, code)
    if invitation is None:
        note_guess(context, at)
        raise Refused("invitation_unknown")
    person = context.person(at)
    if person is not None and _holds(context, person, invitation):
        return Joined(person, invitation, is_new=False)
    state = invitation.state(context.now)
    if state != "open":
        raise Refused(f"invitation_{state}")
    if person is not None and _is_his_no_more(context, person, invitation):
        raise Refused("invitation_used")
    if not invitations.use(context.connection, invitation):
        raise Refused("invitation_used")
    person = person or people.add(context.connection, at, _short(name), language, context.now)
    people.charge(context.connection, Duty(person.id, invitation.unit_id, invitation.role, context.today))
    unit_id, role = invitation.unit_id, invitation.role
    audit.write(
        context.connection,
        context.now,
        person.id,
        "join",
        unit_id=unit_id,
        role=role,
        name=person.name,
        invitation=invitation.id,
    )
    inbox.promote(context.connection, at.channel, at.address)
    return Joined(person, invitation, is_new=True)


def speak(context: Context, person: Person, language: str) -> None:
    """From now on the person is spoken to in this language."""
    people.speak(context.connection, person.id, language)
    audit.write(context.connection, context.now, person.id, "language", before=person.language, after=language)


def take_turn(context: Context, at: Address) -> None:
    """Refused where this chat, or all together, have brought too many wrong codes lately."""
    connection, now = context.connection, context.now
    from_at = own_turn(guesses.of_chat(connection, at, now), now)
    if from_at is None:
        turn = guesses.turn_of(connection, at)
        from_at = turn_among_all(guesses.count_of_all(connection, now), turn, now)
        if from_at is not None:
            guesses.give_turn(connection, at, from_at)
        elif turn is not None:
            guesses.end_turn(connection, at)
    if from_at is not None:
        raise Refused("invitation_wait", time=_whole_minute(from_at.astimezone(context.zone)))


def note_guess(context: Context, at: Address) -> None:
    """Counts a wrong code; the one after which no more is looked at leaves an audit line, which names nobody."""
    connection, now = context.connection, context.now
    guesses.keep(connection, at, now)
    if len(guesses.of_chat(connection, at, now)) == OF_ONE:
        audit.write(connection, now, None, "guesses of a chat stopped", count=OF_ONE)
    if guesses.count_of_all(connection, now) == OF_ALL:
        audit.write(connection, now, None, "guesses of all stopped", count=OF_ALL)


def _whole_minute(moment: datetime) -> datetime:
    """The next whole minute: whoever comes at the time that he was told does not come too early."""
    return (moment + timedelta(seconds=59)).replace(second=0, microsecond=0)


def _holds(context: Context, person: Person, invitation: Invitation) -> bool:
    return any(duty.unit_id == invitation.unit_id and duty.role == invitation.role for duty in context.duties(person))


def _is_his_no_more(context: Context, person: Person, invitation: Invitation) -> bool:
    """Whether he came in by it before, and that duty has ended; or has made it himself, and has no duty any more."""
    has_made_it = invitation.made_by == person.id and not context.duties(person)
    return has_made_it or invitations.is_used_by(context.connection, invitation, person.id)


def _short(name: str) -> str:
    return " ".join(name.split())[:LONGEST_NAME] or "?"
