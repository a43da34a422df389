"""Staff say in words what a command does: the message is then what it would be with the command's stroke."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.residents.public_answer import vocabulary_of
from reporting.commands import commands_for
from reporting.errors import NotUnderstood
from reporting.filling.typed_answer import read_answer
from reporting.incoming import Message
from reporting.people import Duty
from reporting.typed_buttons import typed_verb
from services.context import Context
from services.draft_session import filling_of
from storage.reports import drafts
from understanding import ABOUT_FIGURES, understand
from understanding.codes import without_codes
from understanding.inquiry import Inquiry
from understanding.staff_words import SaidAsCommand, command_said
from understanding.targets_said import says_target
from understanding.typed_requests import part_day

_OF_ONE_FIGURE = ("compare",)
_WITHOUT_MORE = ("cancel", "history", "practice", "board", "briefing", "help")
"""Words behind these make something else of them, unless they are days, units or figures."""


def as_command(message: Message, context: Context) -> Message | None:
    """The message as its sender would have typed it with the stroke; None where it is nothing of the kind, or an answer."""
    if context.person(message.home) is None:
        return None
    text = (message.to_us if message.to_us is not None else message.said).removeprefix("/").replace("_", " ")
    said = command_said(text) if text and not message.is_forwarded else None
    held = context.duties(context.person(message.home)) if said is not None else ()
    if said is None or not held or not _is_meant(said, held, text, context) or _is_for_draft(message, said, context):
        return None
    return replace(message, command=said.name, arguments=said.arguments)


def _is_meant(said: SaidAsCommand, held: Sequence[Duty], text: str, context: Context) -> bool:
    """Whether the words are a command's: what may as well begin a question is one only to whoever may, of units and days alone."""
    may = said.name in {command.names["en"] for command in commands_for(held)}
    if said.name == "complaint":
        return not said.arguments and "?" not in text
    if said.name == "announce":  # whoever may not is no leader who gives a word, but tells one
        return may and "?" not in text
    if not said.arguments:
        return may or not said.is_look
    if said.name == "leave":
        return bool(understand(said.arguments, vocabulary_of(context), context.today).days.said)
    if said.name == "targets" and says_target(said.arguments):
        return may
    if said.name in ("report", "update"):
        return may and _is_day_or_unit(said.arguments, context)
    if not said.is_look and said.name not in _WITHOUT_MORE:
        return True
    inquiry = understand(said.arguments, vocabulary_of(context), context.today)
    if not may or "?" in text or inquiry.unknown or inquiry.named_outside or inquiry.wanted == "missing":
        return False
    if said.name == "unit":
        return bool(inquiry.units)
    if said.name in _OF_ONE_FIGURE:
        return bool(inquiry.indicators)
    return _names_something(inquiry) and not inquiry.indicators


def _is_day_or_unit(text: str, context: Context) -> bool:
    """Whether the words name a day or a unit, and nothing that may be a figure: figures are read as figures."""
    rest, day = part_day(text, context.today)
    inquiry = understand(text, vocabulary_of(context), context.today)
    if any(map(str.isdigit, without_codes(rest, inquiry.units))):
        return False
    return not rest or (bool(inquiry.units or day.said) and not inquiry.indicators and inquiry.wanted != "missing")


def _names_something(inquiry: Inquiry) -> bool:
    """Whether the words name units, days or figures."""
    return bool(inquiry.units or inquiry.days.said or inquiry.indicators) or inquiry.wanted in ABOUT_FIGURES


def _is_for_draft(message: Message, said: SaidAsCommand, context: Context) -> bool:
    """Whether the draft on the screen takes the words: for a button's, a reason, or an answer to what it asks."""
    is_answer = message.is_private and not message.said.startswith("/")
    found = drafts.on_screen(context.connection, message.chat) if is_answer else None
    if found is None or found[2] != found[0].turn:
        return False
    draft, form, _ = found
    if draft.state == "awaiting a reason" or typed_verb(message.said) is not None:
        return True
    filling = filling_of(context, draft, form)
    if filling.question is None:
        return False
    words = context.words(context.person(message.chat))
    try:
        read_answer(filling.question, message.said, words, filling.choices(), filling.now)
    except NotUnderstood:
        return False
    return True
