"""The desk sees what could not be said to officials, and has it said again: /chuagui, /chuagui <number>."""

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from handlers.common.context import Context, address_of, language_of
from handlers.common.filters import Pressed
from messages.admins.undelivered import unsaid_say, whom
from reporting.errors import Refused
from reporting.people import Address
from reporting.presses import read_id
from reporting.say import Say
from reporting.translator import Translator
from reporting.undelivered import of_desk
from services.say_again import Admin, say_again
from storage.messages import undelivered

router = Router(name="unsaid")
private = F.chat.type == "private"


@router.message(private, Command("chuagui", "unsaid"))
async def show(message: Message, command: CommandObject, turn: Context) -> list[Say]:
    """/chuagui: what could not be said to officials under the admin's unit; /chuagui <number>: that one is said again."""
    to = address_of(message.chat)
    words = turn.words(turn.person(to), language_of(message.from_user))
    if command.args and command.args.strip():
        return _again(turn, to, command.args.strip(), words)
    held = turn.duties(turn.person(to), "admin")
    if not held:
        return turn.not_authorised(to, words)
    found = of_desk(undelivered.unsaid(turn.connection, turn.today), held, turn.tree)
    return [unsaid_say(found, turn.tree, turn.now, to, words) if found else Say(to, words("unsaid_none"))]


@router.callback_query(Pressed("resend"))
async def again(query: CallbackQuery, turn: Context, to: Address, arguments: tuple[str, ...]) -> list[Say]:
    """«Gửi lại»."""
    words = turn.words(turn.person(to), query.from_user.language_code)
    return _again(turn, to, arguments[0] if arguments else "", words)


def _again(turn: Context, to: Address, number: str, words: Translator) -> list[Say]:
    person = turn.person(to)
    held = turn.duties(person, "admin")
    if person is None or not held:
        return turn.not_authorised(to, words)
    try:
        message_id = read_id(number)
    except ValueError:
        return [Say(to, words("unsaid_over", id=number[:20]))]
    try:
        message = say_again(turn.connection, message_id, turn.today, turn.now, Admin(person.id, held, turn.tree))
    except Refused:
        return [Say(to, words("unsaid_over", id=number[:20]))]
    return [Say(to, words("unsaid_done", id=number, whom=whom(message, turn.tree, words)))]
