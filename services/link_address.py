"""Link another address: a code made in one messenger is typed in the other; and which of them is spoken to first."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import randbelow

from sqlalchemy import Connection

from reporting.errors import Refused
from reporting.people import Address, Person
from services.context import Context
from services.join import note_guess, take_turn
from storage.database import audit
from storage.messages import inbox
from storage.organisation import addresses, people
from storage.organisation.channel_orders import channel_ordered

GOOD_FOR = timedelta(minutes=30)
DIGITS = 12
"""Everybody of a province may have a code for a week (services/switch_channel.py), and any chat may guess: eight would be found."""


@dataclass(frozen=True, slots=True)
class LinkedAddress:
    """A person who is found at one more address, `at`; `before`: where he was spoken to until now; `first`: the channel by which he
    is from now on.
    """

    person: Person
    at: Address
    before: Address
    first: str


def make_link_code(connection: Connection, person_id: int, now: datetime, good_for: timedelta = GOOD_FOR) -> str:
    """A new code of a person's, twelve digits; older ones are good no more."""
    text = f"{randbelow(10**DIGITS):0{DIGITS}}"
    addresses.keep_code(connection, text, person_id, now + good_for)
    audit.write(connection, now, person_id, "link code")
    return text


def link_address(context: Context, at: Address, text: str) -> LinkedAddress:
    """Somebody brings a code from there: he is the person who made it.

    Refused where it is nobody's, has expired, or is his who has no duty any more; where too many were guessed, and where somebody
    else with a duty is found there.
    """
    take_turn(context, at)
    connection = context.connection
    there = context.person(at)
    if there is not None and context.duties(there):
        raise Refused("link_taken")
    person_id = addresses.take_code(connection, text, context.now)
    if person_id is None or not people.duties_of(connection, person_id, context.today):
        note_guess(context, at)
        raise Refused("link_code_unknown")
    before = people.person_of(connection, person_id)
    addresses.link(connection, person_id, at, context.now)
    audit.write(connection, context.now, person_id, "link", channel=at.channel)
    inbox.promote(connection, at.channel, at.address)
    first = at.channel if _is_ordered(context, before, at.channel) else before.address.channel
    if first == at.channel:
        addresses.prefer(connection, person_id, first)
    return LinkedAddress(Person(before.id, before.name, before.language, at), at, before.address, first)


def _is_ordered(context: Context, person: Person, channel: str) -> bool:
    """Whether everybody of a unit of his was ordered to go over to this channel: who is found there only now goes over too."""
    units = [above.id for duty in context.duties(person) for above in context.tree.above(context.unit(duty.unit_id))]
    return channel_ordered(context.connection, units) == channel


def prefer_channel(context: Context, person: Person, channel: str) -> None:
    """From now on the person is spoken to there first. Refused where he has no address there."""
    found = [each.at.channel for each in addresses.addresses_of(context.connection, person.id)]
    if channel not in found:
        raise Refused("link_no_address", channel=channel)
    if addresses.prefer(context.connection, person.id, channel):
        audit.write(context.connection, context.now, person.id, "prefer", channel=channel)
