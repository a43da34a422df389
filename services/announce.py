"""Announce: a leader or the desk writes to the people of units that he answers for, looks at it, and has it sent now or at an hour."""

from datetime import datetime
from typing import Literal

from reporting.access import Actor
from reporting.announcement import FARTHEST, Announcement, Audience, Whom, leaves_at
from reporting.channel import Channel
from reporting.errors import NotUnderstood, Refused
from reporting.people import Address, Person
from reporting.say import ChannelFile
from reporting.text_pieces import visible
from reporting.units import Unit
from services.access import units_allowed
from services.context import Context
from services.send_announcement import SentOut, send_out
from storage.database import audit
from storage.messages import announcements
from storage.organisation import people

FRAME = 400
"""So many characters of a message are left for what stands around the text: who sends it, and until when it is to be acknowledged."""
ASKED = "announcement "
"""How the question begins that a chat is asked while somebody announces (see `Person`)."""
Step = Literal["text", "review", "hour", "due"]


def start_announcement(context: Context, actor: Actor, to: Address, audience: Audience) -> Announcement:
    """A new one, for these units; none: for those of the actor's duties. Refused where he does not answer for one of them."""
    named = [context.unit(each) for each in audience.unit_ids]
    units = units_allowed(context, actor, named, "announce")
    whole = Audience(audience.whom, tuple(each.id for each in units), audience.form)
    seat = _seat(context, actor, units[0])
    made = announcements.begin_announcement(context.connection, actor.person.id, seat.id, whole, context.now)
    _ask(context, to, "text")
    return made


def draft_announcement(context: Context, person: Person, number: int | None = None) -> Announcement:
    """What the person is writing. Refused where he is not, or it is another than the one with this number."""
    found = announcements.written_by(context.connection, person.id)
    if found is None or number not in (None, found.id):
        raise Refused("announcement_none")
    return found


def write_announcement_text(
    context: Context, person: Person, to: Address, text: str, file: ChannelFile | None
) -> Announcement:
    """What it says. Refused for a text that does not fit into one message, and for a file without a channel that has such."""
    found = draft_announcement(context, person)
    check_length(context.channel(to), text, file)
    announcements.write_announcement(context.connection, found.id, text, file)
    _ask(context, to, "review")
    return draft_announcement(context, person)


def check_length(channel: Channel, text: str, file: ChannelFile | None) -> None:
    """Refused where the text, with what stands around it, takes more than one message, or than may stand under a file."""
    if not text:
        raise Refused("announcement_empty")
    most = (channel.caption_length if file is not None else channel.text_length) - FRAME
    if visible(text) > most:
        raise Refused("announcement_long_file" if file is not None else "announcement_long", n=visible(text), most=most)


def address_announcement(
    context: Context, actor: Actor, to: Address, whom: Whom, form: str = "", number: int | None = None
) -> Announcement:
    """For these people of the same units."""
    found = draft_announcement(context, actor.person, number)
    audience = Audience(whom, found.audience.unit_ids, form)
    announcements.address_to(context.connection, found.id, audience)
    _ask(context, to, "review" if found.text else "text")
    return draft_announcement(context, actor.person)


def ask_announcement(
    context: Context, person: Person, to: Address, step: Step, number: int | None = None
) -> Announcement:
    """What is typed next is its text, its hour or its deadline. Refused where nothing is being written."""
    found = draft_announcement(context, person, number)
    _ask(context, to, step)
    return found


def set_hour(context: Context, person: Person, to: Address, at: datetime | None) -> Announcement:
    """When it is to leave; None: as soon as it is sent. Refused for an hour that is over or far off, or after the deadline."""
    found = draft_announcement(context, person)
    if at is not None:
        _check_ahead(context, at)
        if found.due_at is not None and found.due_at <= leaves_at(at, context.zone, context.quiet):
            raise NotUnderstood("announcement_due_before", time=found.due_at.astimezone(context.zone))
    announcements.choose_hour(context.connection, found.id, at)
    _ask(context, to, "review")
    return draft_announcement(context, person)


def set_deadline(context: Context, person: Person, to: Address, at: datetime | None) -> Announcement:
    """Until when it is to be acknowledged; None: whenever. Refused for what is over, far off, or before it leaves."""
    found = draft_announcement(context, person)
    if at is not None:
        _check_ahead(context, at)
        leaves = departure(context, found)
        if at <= leaves:
            raise NotUnderstood("announcement_due_before", time=leaves.astimezone(context.zone))
    announcements.wait_until(context.connection, found.id, at)
    _ask(context, to, "review")
    return draft_announcement(context, person)


def drop_draft(context: Context, person: Person, to: Address, number: int | None = None) -> None:
    """What was being written is given up."""
    announcements.drop_announcement(context.connection, draft_announcement(context, person, number).id)
    people.ask(context.connection, to, "")


def stop_announcing(context: Context, person: Person, to: Address) -> None:
    """Something else came between: what is typed next is for no announcement."""
    if person.asked.startswith(ASKED):
        people.ask_no_more(context.connection, to)


def departure(context: Context, of: Announcement) -> datetime:
    """When it leaves if it is sent now: at its hour, or now, or after the quiet hours that this is in."""
    return leaves_at(max(of.send_at or context.now, context.now), context.zone, context.quiet)


def send_announcement(context: Context, actor: Actor, to: Address, number: int | None = None) -> SentOut | Announcement:
    """It leaves, or is set for its hour, or for the end of the quiet hours: then it is only returned. Audited.

    Refused where nothing is being written, it says nothing, its deadline comes first, or its sender may not any more.
    """
    found = draft_announcement(context, actor.person, number)
    if not found.text:
        raise Refused("announcement_empty")
    units_allowed(context, actor, [context.unit(each) for each in found.audience.unit_ids], "announce")
    at = departure(context, found)
    if found.due_at is not None and found.due_at <= at:
        raise Refused("announcement_due_before", time=at.astimezone(context.zone))
    people.ask(context.connection, to, "")
    if at > context.now:
        announcements.set_for(context.connection, found.id, at)
        audit.write(
            context.connection, context.now, actor.person.id, "announcement set", unit_id=found.seat_id,
            announcement=found.id, until=at.isoformat(timespec="minutes"),
        )  # fmt: skip
        return announcements.announcement_of(context.connection, found.id) or found
    sending = send_out(context.connection, context.tree, found, context.now, context.zone)
    if sending is None:
        raise Refused("announcement_none")
    return sending


def _check_ahead(context: Context, at: datetime) -> None:
    if at <= context.now:
        raise NotUnderstood("announcement_over_already")
    if at > context.now + FARTHEST:
        raise NotUnderstood("announcement_far", n=FARTHEST.days)


def _ask(context: Context, to: Address, step: Step) -> None:
    people.ask(context.connection, to, f"{ASKED}{step}")


def _seat(context: Context, actor: Actor, unit: Unit) -> Unit:
    """The unit by whose duty the actor acts: the nearest of his to the unit or above it, or his first."""
    own = [duty.unit_id for duty in actor.duties if duty.role in ("leader", "admin")]
    return next((each for each in context.tree.above(unit) if each.id in own), context.unit(own[0]))
