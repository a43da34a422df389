"""«Đã nắm»: whoever was sent an announcement acknowledges it, by its button or typed, with its number or without."""

from messages.reporters.announced_words import acknowledged_say
from reporting.errors import Refused
from reporting.incoming import Message, Tap
from reporting.people import Address
from reporting.presses.reading import read_press
from reporting.presses.reporters import AcknowledgePress
from reporting.say import Say
from reporting.translator import Translator
from reporting.typed_buttons import phrase_said
from services.context import Context
from services.follow_announcement import acknowledge_announcement
from storage.messages import announcements

NOTED = "typed_acknowledged"
MOST_DIGITS = 9


def acknowledge_typed(message: Message, context: Context) -> list[Say] | None:
    """«đã nắm», «đã nắm 12»; None where it says something else, or nothing was ever sent to him."""
    found = phrase_said(message.said, (NOTED,))
    if found is None:
        return None
    number = found[1].strip(" .!#") or _replied_to(message)
    if number and not (number.isascii() and number.isdigit() and len(number) <= MOST_DIGITS):
        return None
    if context.person(message.chat) is None:
        return None
    try:
        return _acknowledged(context, message.chat, int(number) if number else None, context.words_for(message))
    except Refused:
        if not number:
            return None
        raise


def _replied_to(message: Message) -> str:
    """The number of the announcement that he replies to, if it is one."""
    presses = (read_press(each) for each in (message.replied.presses if message.replied is not None else ()))
    return next((str(each.announcement_id) for each in presses if isinstance(each, AcknowledgePress)), "")


def acknowledge_pressed(tap: Tap, press: AcknowledgePress, context: Context) -> list[Say]:
    """The button under it; the sender's own, in the preview, acknowledges nothing."""
    words, person = context.words_for(tap), context.person(tap.chat)
    found = announcements.announcement_of(context.connection, press.announcement_id)
    if found is not None and person is not None and found.person_id == person.id:
        return [Say(tap.chat, words("announced_preview"))]
    return _acknowledged(context, tap.chat, press.announcement_id, words)


def _acknowledged(context: Context, to: Address, number: int | None, words: Translator) -> list[Say]:
    person = context.person(to)
    if person is None:
        return context.not_authorised(to, words)
    done = acknowledge_announcement(context, person, number)
    return [acknowledged_say(done.announcement.id, done.announcement.text, to, words, is_new=done.is_new)]
