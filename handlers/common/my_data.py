"""Somebody asks what is kept of him, or wants it erased, in his own words: «dữ liệu của tôi», «xóa dữ liệu của tôi»."""

from messages.admins.person_words import erase_sure, record_text
from messages.notices import notices_of
from reporting.errors import Refused
from reporting.incoming import Message, Tap
from reporting.people import Address, Person
from reporting.presses.common import EraseMe
from reporting.say import Say
from reporting.translator import Html
from services.context import Context
from services.follow import followed_by, forget_resident
from services.person_data import ask_for_erasure, erase_person, look_at_person
from storage.residents import flags
from understanding.typed_requests import ERASE_MINE, MY_DATA


def show_mine(message: Message, context: Context) -> list[Say] | None:
    """«dữ liệu của tôi»: of staff everything counted; of a resident what his chat follows and doubts."""
    if not MY_DATA.fullmatch(message.said):
        return None
    to, person = message.chat, context.person(message.chat)
    words = context.words(person, message.language)
    if person is None:
        follows, doubts = len(followed_by(context, to)), flags.count(context.connection, to)
        key = "mydata_resident" if follows or doubts else "mydata_resident_nothing"
        return [Say(to, words(key, follows=follows, flags=doubts))]
    record = look_at_person(context.connection, person, context.now, person.id)
    said = (record_text(record, context.tree, context.zone, words), words("mydata_how", contact=context.contact(words)))
    return [Say(to, Html("\n".join(said)))]


def erase_mine(message: Message, context: Context) -> list[Say] | None:
    """«xóa dữ liệu của tôi»: a resident's at once; of somebody with a duty the desk is asked; of others once it is confirmed."""
    asked = ERASE_MINE.fullmatch(message.said)
    if asked is None:
        return None
    to, person = message.chat, context.person(message.chat)
    words = context.words(person, message.language)
    if person is None:
        had_any = forget_resident(context, to)
        return [Say(to, words("forgotten" if had_any else "forgotten_nothing"))]
    if asked["sure"]:
        return _erased(context, person, to)
    return _asked(context, person, to)


def erase_pressed(tap: Tap, press: EraseMe, context: Context) -> list[Say]:
    """«Xóa dữ liệu của tôi», for sure."""
    person = context.person(tap.chat)
    if person is None:
        return [Say(tap.chat, context.words_for(tap)("button_unknown_to_us"))]
    return _erased(context, person, tap.chat)


def _asked(context: Context, person: Person, to: Address) -> list[Say]:
    words = context.words(person)
    if not context.duties(person):
        return [erase_sure(to, words)]
    return [Say(to, words("eraseme_asked")), *notices_of(ask_for_erasure(context, person), context.zone)]


def _erased(context: Context, person: Person, to: Address) -> list[Say]:
    words = context.words(person)
    try:
        done = erase_person(context.connection, person, context.today, context.now, person.id)
    except Refused:
        return _asked(context, person, to)
    forget_resident(context, to)
    return [Say(to, words("eraseme_done", known=done.known_as))]
