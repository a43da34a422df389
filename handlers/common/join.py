"""People arrive: /start with an invitation or without, /help, and their own language."""

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import CallbackQuery, Message

from handlers.common.addresses import address_of, language_of
from handlers.common.filters import Pressed
from messages.common.guide import greeting, guide, languages, menu, menu_mark, welcome
from reporting.errors import Refused
from reporting.people import Address, Invitation, Person
from reporting.say import Say
from reporting.translator import LANGUAGES, Translator, translator
from services.context import Context
from services.join import accept_invitation, speak
from storage.messages import menus

router = Router(name="join")
private = F.chat.type == "private"


@router.message(private, CommandStart(deep_link=True))
async def join(message: Message, command: CommandObject, context: Context) -> list[Say]:
    """/start <code>: whoever brings a good invitation gets its duty."""
    to = address_of(message.chat)
    person = context.person(to)
    words = context.words(person, language_of(message.from_user))
    language = context.words(None, language_of(message.from_user)).language
    name = message.from_user.full_name if message.from_user else ""
    try:
        joined = accept_invitation(context, to, command.args or "", name, language)
    except Refused as refused:
        return [Say(to, words(refused.key, contact=context.contact(words)))]
    hello = _welcome(context, joined.person, joined.invitation, to)
    return [hello, _menu(context, joined.person, to, context.words(joined.person))] if joined.is_new else [hello]


@router.message(private, CommandStart())
async def start(message: Message, context: Context) -> list[Say]:
    """/start alone: staff see what they can do, residents how to ask."""
    to = address_of(message.chat)
    person = context.person(to)
    words = context.words(person, language_of(message.from_user))
    if context.duties(person):
        return [guide(context.duties(person), context.tree, to, words)]
    return [greeting(context.forms, context.tree.roots(context.today), to, words)]


@router.message(Command("trogiup", "help"))
async def show_guide(message: Message, context: Context) -> list[Say]:
    """/trogiup: every command that this person may use, and no other."""
    to = address_of(message.chat)
    person = context.person(to)
    return [guide(context.duties(person), context.tree, to, context.words(person, language_of(message.from_user)))]


@router.message(private, Command("ngonngu", "language"))
async def ask_language(message: Message, context: Context) -> list[Say]:
    """/ngonngu: which language a person wants to be spoken to in."""
    to = address_of(message.chat)
    person = context.person(to)
    words = context.words(person, language_of(message.from_user))
    return [languages(to, words)] if person else context.not_authorised(to, words)


@router.callback_query(Pressed("language"))
async def choose_language(query: CallbackQuery, context: Context, to: Address, arguments: tuple[str, ...]) -> list[Say]:
    """A language was chosen."""
    person = context.person(to)
    if person is None or not arguments or arguments[0] not in LANGUAGES:
        return [Say(to, context.words(person, query.from_user.language_code)("button_unknown_to_us"))]
    speak(context, person, arguments[0])
    words = translator(arguments[0])
    return [Say(to, words("language_chosen")), _menu(context, person, to, words)]


def _menu(context: Context, person: Person, to: Address, words: Translator) -> Say:
    roles = frozenset(duty.role for duty in context.duties(person))
    menus.mark_at(context.connection, to, menu_mark(roles, words))
    return menu(roles, to, words)


def _welcome(context: Context, person: Person, invitation: Invitation, to: Address) -> Say:
    unit = context.unit(invitation.unit_id)
    return welcome(
        invitation.role, unit, context.forms, context.now, context.zone, person.name, to, context.words(person)
    )
