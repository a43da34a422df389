"""People arrive: /start with an invitation or without, /help, and their own language."""

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import CallbackQuery, Message, User

from handlers.common.context import Context, address_of, language_of
from handlers.common.filters import Pressed
from messages.common.guide import greeting, guide, languages, menu, menu_mark, welcome
from reporting.errors import Refused
from reporting.people import Address, Duty, Invitation, Person
from reporting.say import Say
from reporting.translator import LANGUAGES, Translator, translator
from storage.database import audit
from storage.messages import inbox, menus
from storage.organisation import people

router = Router(name="join")
private = F.chat.type == "private"
LONGEST_NAME = 100


@router.message(private, CommandStart(deep_link=True))
async def join(message: Message, command: CommandObject, turn: Context) -> list[Say]:
    """/start <code>: whoever brings a good invitation gets its duty."""
    to = address_of(message.chat)
    person = turn.person(to)
    words = turn.words(person, language_of(message.from_user))
    try:
        invitation = _found(turn, command.args or "")
        if person is not None and _holds(turn, person, invitation):
            return [_welcome(turn, person, invitation, to)]
        _check(turn, invitation)
        return _joined(turn, to, person, message.from_user, invitation)
    except Refused as refused:
        return [Say(to, words(refused.key, contact=turn.contact(words)))]


@router.message(private, CommandStart())
async def start(message: Message, turn: Context) -> list[Say]:
    """/start alone: staff see what they can do, residents how to ask."""
    to = address_of(message.chat)
    person = turn.person(to)
    words = turn.words(person, language_of(message.from_user))
    if turn.duties(person):
        return [guide(turn.duties(person), turn.tree, to, words)]
    return [greeting(turn.forms, turn.tree.roots(turn.today), to, words)]


@router.message(Command("trogiup", "help"))
async def show_guide(message: Message, turn: Context) -> list[Say]:
    """/trogiup: every command that this person may use, and no other."""
    to = address_of(message.chat)
    person = turn.person(to)
    return [guide(turn.duties(person), turn.tree, to, turn.words(person, language_of(message.from_user)))]


@router.message(private, Command("ngonngu", "language"))
async def ask_language(message: Message, turn: Context) -> list[Say]:
    """/ngonngu: which language a person wants to be spoken to in."""
    to = address_of(message.chat)
    person = turn.person(to)
    words = turn.words(person, language_of(message.from_user))
    return [languages(to, words)] if person else turn.not_authorised(to, words)


@router.callback_query(Pressed("language"))
async def choose_language(query: CallbackQuery, turn: Context, to: Address, arguments: tuple[str, ...]) -> list[Say]:
    """A language was chosen."""
    person = turn.person(to)
    if person is None or not arguments or arguments[0] not in LANGUAGES:
        return [Say(to, turn.words(person, query.from_user.language_code)("button_unknown_to_us"))]
    people.speak(turn.connection, person.id, arguments[0])
    words = translator(arguments[0])
    return [Say(to, words("language_chosen")), _menu(turn, person, to, words)]


def _found(turn: Context, code: str) -> Invitation:
    invitation = people.invited(turn.connection, code)
    if invitation is None:
        raise Refused("invitation_unknown")
    return invitation


def _check(turn: Context, invitation: Invitation) -> None:
    if turn.now >= invitation.expires_at:
        raise Refused("invitation_expired")
    if invitation.uses_left < 1:
        raise Refused("invitation_used")


def _joined(turn: Context, to: Address, person: Person | None, user: User | None, invitation: Invitation) -> list[Say]:
    if not people.use(turn.connection, invitation):
        raise Refused("invitation_used")
    person = person or people.add(
        turn.connection, to, _name(user), turn.words(None, language_of(user)).language, turn.now
    )
    people.charge(turn.connection, Duty(person.id, invitation.unit_id, invitation.role, turn.today))
    audit.write(
        turn.connection, turn.now, person.id, "join", unit_id=invitation.unit_id, role=invitation.role, name=person.name
    )
    inbox.promote(turn.connection, to.channel, to.address)
    return [_welcome(turn, person, invitation, to), _menu(turn, person, to, turn.words(person))]


def _menu(turn: Context, person: Person, to: Address, words: Translator) -> Say:
    roles = frozenset(duty.role for duty in turn.duties(person))
    menus.mark_at(turn.connection, to, menu_mark(roles, words))
    return menu(roles, to, words)


def _welcome(turn: Context, person: Person, invitation: Invitation, to: Address) -> Say:
    unit = turn.unit(invitation.unit_id)
    return welcome(invitation.role, unit, turn.forms, turn.now, turn.zone, person.name, to, turn.words(person))


def _holds(turn: Context, person: Person, invitation: Invitation) -> bool:
    return any(duty.unit_id == invitation.unit_id and duty.role == invitation.role for duty in turn.duties(person))


def _name(user: User | None) -> str:
    return " ".join((user.full_name if user else "").split())[:LONGEST_NAME] or "?"
