"""People arrive: /start with an invitation or without, /help, and their own language."""

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import CallbackQuery, Message, User

from handlers.common.addresses import address_of, language_of
from handlers.common.filters import Pressed
from messages.common.guide import greeting, guide, languages, menu, menu_mark, welcome
from reporting.errors import Refused
from reporting.people import Address, Duty, Invitation, Person
from reporting.say import Say
from reporting.translator import LANGUAGES, Translator, translator
from services.context import Context
from storage.database import audit
from storage.messages import inbox, menus
from storage.organisation import people

router = Router(name="join")
private = F.chat.type == "private"
LONGEST_NAME = 100


@router.message(private, CommandStart(deep_link=True))
async def join(message: Message, command: CommandObject, context: Context) -> list[Say]:
    """/start <code>: whoever brings a good invitation gets its duty."""
    to = address_of(message.chat)
    person = context.person(to)
    words = context.words(person, language_of(message.from_user))
    try:
        invitation = _found(context, command.args or "")
        if person is not None and _holds(context, person, invitation):
            return [_welcome(context, person, invitation, to)]
        _check(context, invitation)
        return _joined(context, to, person, message.from_user, invitation)
    except Refused as refused:
        return [Say(to, words(refused.key, contact=context.contact(words)))]


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
    people.speak(context.connection, person.id, arguments[0])
    words = translator(arguments[0])
    return [Say(to, words("language_chosen")), _menu(context, person, to, words)]


def _found(context: Context, code: str) -> Invitation:
    invitation = people.invited(context.connection, code)
    if invitation is None:
        raise Refused("invitation_unknown")
    return invitation


def _check(context: Context, invitation: Invitation) -> None:
    if context.now >= invitation.expires_at:
        raise Refused("invitation_expired")
    if invitation.uses_left < 1:
        raise Refused("invitation_used")


def _joined(
    context: Context, to: Address, person: Person | None, user: User | None, invitation: Invitation
) -> list[Say]:
    if not people.use(context.connection, invitation):
        raise Refused("invitation_used")
    person = person or people.add(
        context.connection, to, _name(user), context.words(None, language_of(user)).language, context.now
    )
    people.charge(context.connection, Duty(person.id, invitation.unit_id, invitation.role, context.today))
    audit.write(
        context.connection,
        context.now,
        person.id,
        "join",
        unit_id=invitation.unit_id,
        role=invitation.role,
        name=person.name,
    )
    inbox.promote(context.connection, to.channel, to.address)
    return [_welcome(context, person, invitation, to), _menu(context, person, to, context.words(person))]


def _menu(context: Context, person: Person, to: Address, words: Translator) -> Say:
    roles = frozenset(duty.role for duty in context.duties(person))
    menus.mark_at(context.connection, to, menu_mark(roles, words))
    return menu(roles, to, words)


def _welcome(context: Context, person: Person, invitation: Invitation, to: Address) -> Say:
    unit = context.unit(invitation.unit_id)
    return welcome(
        invitation.role, unit, context.forms, context.now, context.zone, person.name, to, context.words(person)
    )


def _holds(context: Context, person: Person, invitation: Invitation) -> bool:
    return any(duty.unit_id == invitation.unit_id and duty.role == invitation.role for duty in context.duties(person))


def _name(user: User | None) -> str:
    return " ".join((user.full_name if user else "").split())[:LONGEST_NAME] or "?"
