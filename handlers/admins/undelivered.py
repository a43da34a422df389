"""The desk sees what could not be said to officials, and has it said again: /chuagui, /chuagui <number>."""

from messages.admins.undelivered import unsaid_say, whom
from reporting.errors import Refused
from reporting.incoming import Message, Tap
from reporting.people import Address
from reporting.press import read_id
from reporting.presses.admins import SayAgain
from reporting.say import Say
from reporting.translator import Translator
from reporting.undelivered import of_desk
from services.context import Context
from services.say_again import Admin, say_again
from storage.messages import undelivered


def show(message: Message, context: Context) -> list[Say]:
    """/chuagui: what could not be said to officials under the admin's unit; /chuagui <number>: that one is said again."""
    to = message.chat
    words = context.words_for(message)
    if number := message.arguments.strip():
        return _again(context, to, number, words)
    return list_undelivered(context, to)


def list_undelivered(context: Context, to: Address) -> list[Say]:
    """What could not be said to officials under the admin's unit."""
    words = context.words(context.person(to))
    held = context.duties(context.person(to), "admin")
    if not held:
        return context.not_authorised(to, words)
    found = of_desk(undelivered.unsaid(context.connection, context.today), held, context.tree)
    return [
        unsaid_say(found, context.tree, context.channels, context.now, to, words)
        if found
        else Say(to, words("unsaid_none"))
    ]


def again(tap: Tap, press: SayAgain, context: Context) -> list[Say]:
    """«Gửi lại»."""
    return _again(context, tap.chat, str(press.message_id), context.words_for(tap))


def _again(context: Context, to: Address, number: str, words: Translator) -> list[Say]:
    person = context.person(to)
    held = context.duties(person, "admin")
    if person is None or not held:
        return context.not_authorised(to, words)
    try:
        message_id = read_id(number)
    except ValueError:
        return [Say(to, words("unsaid_over", id=number[:20]))]
    try:
        admin = Admin(person.id, held, context.tree)
        message = say_again(context.connection, message_id, context.channels, context.today, context.now, admin)
    except Refused as refused:
        is_gone = refused.key == "unsaid_gone"
        return [Say(to, words("unsaid_over", id=number[:20]) if is_gone else words.refusal(refused))]
    return [Say(to, words("unsaid_done", id=number, whom=whom(message, context.tree, words)))]
