"""People arrive: /start with an invitation or without, and their own language."""

from collections.abc import Sequence
from dataclasses import replace

from messages.common.guide import greeting, guide, languages, menu, menu_mark, welcome
from reporting.effects import Effect, SetMenu
from reporting.errors import Refused
from reporting.incoming import Message, Tap
from reporting.people import Address, Invitation, Person
from reporting.presses.common import ChooseLanguage
from reporting.say import Say
from reporting.translator import LANGUAGES, Translator, translator
from services.context import Context
from services.join import accept_invitation, speak
from storage.messages import menus


def join(message: Message, context: Context) -> Sequence[Effect] | None:
    """/start <code>: whoever brings a good invitation gets its duty."""
    return join_by(message, context, message.arguments) if message.arguments else None


def join_by(message: Message, context: Context, code: str) -> Sequence[Effect]:
    """The same by a code that was brought in some other way."""
    to = message.chat
    person = context.person(to)
    words = context.words(person, message.language)
    language = context.words(None, message.language).language
    name = message.sender.name if message.sender is not None else ""
    try:
        joined = accept_invitation(context, to, code, name, language)
    except Refused as refused:
        return [Say(to, words(refused.key, contact=context.contact(words), **refused.values))]
    hello = _welcome(context, joined.person, joined.invitation, to)
    return [hello, *_menu(context, joined.person, to, context.words(joined.person))] if joined.is_new else [hello]


def start(message: Message, context: Context) -> list[Say]:
    """/start alone: staff see what they can do, residents how to ask."""
    to = message.chat
    person = context.person(to)
    words = context.words(person, message.language)
    if context.duties(person):
        return [guide(context.duties(person), context.tree, to, words)]
    return [greeting(context.forms, context.tree.roots(context.today), to, words)]


def ask_language(message: Message, context: Context) -> list[Say]:
    """/ngonngu: which language a person wants to be spoken to in."""
    to = message.chat
    person = context.person(to)
    words = context.words(person, message.language)
    return [languages(to, words)] if person else context.not_authorised(to, words)


def choose_language(tap: Tap, press: ChooseLanguage, context: Context) -> Sequence[Effect]:
    """A language was chosen."""
    to, person = tap.chat, context.person(tap.chat)
    if person is None or press.language not in LANGUAGES:
        return [Say(to, context.words_for(tap)("button_unknown_to_us"))]
    speak(context, person, press.language)
    words = translator(press.language)
    return [Say(to, words("language_chosen")), *_menu(context, person, to, words)]


def _menu(context: Context, person: Person, to: Address, words: Translator) -> list[SetMenu]:
    """The menu of whoever has these duties, where the channel shows one."""
    if not context.channel(to).has_menu:
        return []
    roles = frozenset(duty.role for duty in context.duties(person))
    menus.mark_at(context.connection, to, menu_mark(roles, words))
    return [menu(roles, to, words)]


def _welcome(context: Context, person: Person, invitation: Invitation, to: Address) -> Say:
    unit, words = context.unit(invitation.unit_id), context.words(person)
    said = welcome(invitation.role, unit, context.forms, context.now, context.zone, person.name, to, words)
    if context.channel(to).has_buttons:
        return said
    return replace(said, text="\n".join([said.text, words("choices_explained")]))
