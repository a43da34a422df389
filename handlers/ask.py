"""People ask for figures, in their own words or by a button; whoever asks, the answer is the public one."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers.asking import answer_to, view_of, vocabulary_of
from handlers.filters import Pressed
from handlers.turn import Turn, address_of, language_of
from reporting.people import Address
from reporting.say import Say
from reporting.telling_plain import help_text
from reporting.telling_presses import VERB, inquiry_of
from reporting.understanding import understand
from reporting.words import Words

router = Router(name="ask")
private = F.chat.type == "private"


@router.message(private, Command("tracuu", "figures"))
async def look_up(message: Message, turn: Turn) -> list[Say]:
    """/tracuu: how to ask, and what for."""
    to = address_of(message.chat)
    return [Say(to, help_text(view_of(turn, to, _words(turn, message, to))))]


@router.message(private, F.text, ~F.text.startswith("/"))
async def ask(message: Message, turn: Turn) -> list[Say]:
    """Any text that nobody else took is a question."""
    to = address_of(message.chat)
    view = view_of(turn, to, _words(turn, message, to))
    return answer_to(turn, view, understand(message.text or "", vocabulary_of(turn), turn.today))


@router.callback_query(Pressed(VERB))
async def press(query: CallbackQuery, turn: Turn, to: Address, arguments: tuple[str, ...]) -> list[Say]:
    """A button with a question on it."""
    words = turn.words(turn.person(to), query.from_user.language_code)
    view = view_of(turn, to, words)
    try:
        inquiry = inquiry_of(arguments, view)
    except (ValueError, KeyError):
        return [Say(to, words("button_unknown_to_us"))]
    return answer_to(turn, view, inquiry)


def _words(turn: Turn, message: Message, to: Address) -> Words:
    return turn.words(turn.person(to), language_of(message.from_user))
