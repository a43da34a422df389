"""/lienket: another messenger beside this one, by a code that is typed there or by naming the address there; which comes first."""

from collections.abc import Sequence

from handlers.common import join
from messages.common.link_words import code_told, code_written, linked_told, roads_told
from reporting.channel import channels_in_use
from reporting.effects import Effect
from reporting.errors import Refused
from reporting.incoming import Message
from reporting.people import Address
from reporting.say import Say
from reporting.typed_buttons import phrase_said
from services.context import Context
from services.link_address import DIGITS, link_address, make_link_code, prefer_channel
from storage.organisation import addresses
from understanding.typed_requests import code_in

LONGEST_CODE = 48
"""Letters of a code with the word before it."""


def link_command(message: Message, context: Context) -> Sequence[Effect]:
    """/lienket alone: a code for another messenger; with a messenger's name: it comes first; with a code: it is brought; with an
    address of a messenger in which we can write first: the code is said there.
    """
    to, wanted = message.chat, message.arguments.strip().lower()
    if (there := _named(wanted, context)) is not None:
        return _written_first(message, context, there)
    if wanted and wanted not in channels_in_use(context.channels):
        return _brought(message, context, wanted)
    person = context.person(to)
    words = context.words(person, message.language)
    if person is None or not context.duties(person):
        return context.not_authorised(to, words)
    if wanted:
        prefer_channel(context, person, wanted)
    spoken = channels_in_use(context.channels)
    others = [each for name, each in spoken.items() if name != to.channel]
    mine = addresses.addresses_of(context.connection, person.id)
    if wanted or not others or {each.at.channel for each in mine} >= spoken.keys():
        return [roads_told([each.at.channel for each in mine], to, words)]
    return [code_told(make_link_code(context.connection, person.id, context.now), others, to, words)]


def _named(wanted: str, context: Context) -> Address | None:
    """«email ten@xa.gov.vn», or the address alone."""
    name, _, rest = wanted.partition(" ")
    for channel in channels_in_use(context.channels).values():
        address = rest.strip() if name == channel.name else wanted
        if channel.is_address(address):
            return Address(channel.name, address)
    return None


def _written_first(message: Message, context: Context, there: Address) -> Sequence[Effect]:
    """The code goes to the address that was named: whoever answers from there has it, and is the person who asked here."""
    to, person = message.chat, context.person(message.chat)
    words = context.words(person, message.language)
    if person is None or not context.duties(person):
        return context.not_authorised(to, words)
    if there in [each.at for each in addresses.addresses_of(context.connection, person.id)]:
        prefer_channel(context, person, there.channel)
        mine = addresses.addresses_of(context.connection, person.id)
        return [roads_told([each.at.channel for each in mine], to, words)]
    code = make_link_code(context.connection, person.id, context.now)
    return code_written(code, person, there, to, words)


def code_typed(message: Message, context: Context) -> Sequence[Effect] | None:
    """«Mã 123456789012», «mã 1234 5678 9012»: a code of /lienket, or of an invitation, where there are no links to open."""
    if len(message.said) > LONGEST_CODE:
        return None  # what residents ask is longer, and need not be looked through
    said = phrase_said(message.said, ("typed_code",))
    code = code_in(said[1], DIGITS) if said is not None else ""
    return _brought(message, context, code) if code else None


def _brought(message: Message, context: Context, code: str) -> Sequence[Effect]:
    if not code.isdecimal():
        return join.join_by(message, context, code)
    words = context.words_for(message)
    try:
        linked = link_address(context, message.chat, code)
    except Refused as refused:
        return [Say(message.chat, words.refusal(refused))]
    return linked_told(linked.person, linked.before, linked.first, context.words(linked.person))
