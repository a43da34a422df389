"""The desk sees what could not be said to officials, and has it said again: /chuagui, /chuagui <number>."""

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from handlers.common.addresses import address_of, language_of
from handlers.common.filters import Pressed
from messages.admins.undelivered import unsaid_say, whom
from reporting.errors import Refused
from reporting.people import Address
from reporting.presses import read_id
from reporting.say import Say
from reporting.translator import Translator
from reporting.undelivered import of_desk
from services.context import Context
from services.say_again import Admin, say_again
from storage.messages import undelivered

router = Router(name="unsaid")
private = F.chat.type == "private"


@router.message(private, Command("chuagui", "unsaid"))
async def show(message: Message, command: CommandObject, context: Context) -> list[Say]:
    """/chuagui: what could not be said to officials under the admin's unit; /chuagui <number>: that one is said again."""
    to = address_of(message.chat)
    words = context.words(context.person(to), language_of(message.from_user))
    if command.args and command.args.strip():
        return _again(context, to, command.args.strip(), words)
    held = context.duties(context.person(to), "admin")
    if not held:
        return context.not_authorised(to, words)
    found = of_desk(undelivered.unsaid(context.connection, context.today), held, context.tree)
    return [unsaid_say(found, context.tree, context.now, to, words) if found else Say(to, words("unsaid_none"))]


@router.callback_query(Pressed("resend"))
async def again(query: CallbackQuery, context: Context, to: Address, arguments: tuple[str, ...]) -> list[Say]:
    """«Gửi lại»."""
    words = context.words(context.person(to), query.from_user.language_code)
    return _again(context, to, arguments[0] if arguments else "", words)


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
        message = say_again(
            context.connection, message_id, context.today, context.now, Admin(person.id, held, context.tree)
        )
    except Refused:
        return [Say(to, words("unsaid_over", id=number[:20]))]
    return [Say(to, words("unsaid_done", id=number, whom=whom(message, context.tree, words)))]
