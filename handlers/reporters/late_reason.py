"""People answer a reminder: why their report is late, or that they want to be reminded later."""

from collections.abc import Sequence

from handlers.residents.public_answer import vocabulary_of
from messages.reminders.reminder_buttons import (
    LATE_REASONS,
    LONGEST_REASON,
    SNOOZE_MINUTES,
    may_be_reason,
    moment_of,
    read_reason,
    read_snooze,
)
from messages.reminders.reminder_words import reason_said
from messages.reporters.offers import answer_typed
from messages.reporters.reasons import is_idle
from reporting.filling.tasks import Task
from reporting.incoming import Message, Tap
from reporting.people import Address, Person
from reporting.presses.reporters import LateReasonForAll, LateReasonPress, Snooze
from reporting.questions.typed_text import echo
from reporting.say import Say
from reporting.translator import Translator
from services.context import Context
from services.late_reason import (
    answers_something_else,
    give_reason_of,
    late_now,
    late_then,
    own_words_wanted,
    task_of,
)
from services.snooze import snooze_reminders
from storage.reports import drafts
from understanding import ABOUT_FIGURES, understand


def _own_words(message: Message, context: Context) -> tuple[Person, Sequence[Task]] | None:
    """Whose words after «lý do khác» these are, unless they answer what was asked since, and of which reports.

    A question, a button's word, a number or figures are no reason; nor is what is said when the reports have come.
    """
    text, to = message.text or "/", message.chat
    person = context.person(to)
    if person is None or not may_be_reason(text) or message.is_forwarded or message.replied is not None:
        return None
    wanted = own_words_wanted(context, person)
    if wanted is None:
        return None
    is_yes_or_no = answer_typed(text) is not None
    if answers_something_else(context, person, to, wanted, text, is_yes_or_no=is_yes_or_no):
        return None
    return person, wanted.late


def snooze(tap: Tap, press: Snooze, context: Context) -> list[Say]:
    """«Nhắc tôi sau 30 phút»."""
    to, words = tap.chat, context.words_for(tap)
    person = context.person(to)
    return _snoozed(context, person, to, words) if person else context.not_authorised(to, words)


def snooze_typed(message: Message, context: Context) -> list[Say] | None:
    """The same, typed."""
    minutes, to = read_snooze(message.said), message.chat
    if not minutes:
        return None
    person = context.person(to)
    words = context.words(person)
    return _snoozed(context, person, to, words, minutes) if person else context.not_authorised(to, words)


def give_reason(tap: Tap, press: LateReasonPress, context: Context) -> list[Say]:
    """One of the reasons under a reminder."""
    to, words = tap.chat, context.words_for(tap)
    if not context.tree.has(press.unit_id):
        return [Say(to, words("button_unknown_to_us"))]
    person = context.person(to)
    task = task_of(context, person, press.form, press.unit_id, press.period) if person is not None else None
    if person is None or task is None:
        return context.not_authorised(to, words)
    return [_given(context, person, to, [task], press.reason, words)]


def give_reason_for_all(tap: Tap, press: LateReasonForAll, context: Context) -> list[Say]:
    """One of the reasons under a reminder of several reports: of all that were late then and are still missing."""
    to, words = tap.chat, context.words_for(tap)
    person = context.person(to)
    try:
        then = moment_of(press.minute)
    except ValueError:
        return [Say(to, words("button_unknown_to_us"))]
    if person is None:
        return context.not_authorised(to, words)
    late = late_then(context, person, then)
    return [_given(context, person, to, late, press.reason, words) if late else Say(to, words("late_nothing"))]


def give_reason_typed(message: Message, context: Context) -> list[Say] | None:
    """«lý do: …»: of every report of this person that is late; of all that he owes, where none is late yet.

    Where a draft awaits a reason it is that one's.
    """
    to = message.chat
    person = context.person(to)
    words = context.words(person)
    given = read_reason(message.said, words)
    open_draft = drafts.at(context.connection, to) if given else None
    if not given or (open_draft is not None and open_draft[0].state == "awaiting a reason"):
        return None
    if person is None:
        return context.not_authorised(to, words)
    late = late_now(context, person)
    return [_noted(context, person, to, late, *given, words) if late else Say(to, words("late_nothing"))]


def give_own_reason(message: Message, context: Context) -> list[Say] | None:
    """What is typed after «lý do khác» is the reason; where it may be a question, it is asked which."""
    found, to = _own_words(message, context), message.chat
    if found is None:
        return None
    person, late = found
    words = context.words(person)
    given = " ".join(message.said.split())[:LONGEST_REASON]
    if is_idle(given):
        return [Say(to, words("late_ask", unit=_units(late)))]
    inquiry = understand(given, vocabulary_of(context), context.today)
    if inquiry.intent in ABOUT_FIGURES and inquiry.is_certain:
        return [Say(to, words("late_or_question", text=echo(given)))]
    return [_noted(context, person, to, late, "other", given, words)]


def _given(context: Context, person: Person, to: Address, late: Sequence[Task], reason: str, words: Translator) -> Say:
    """A reason was tapped; after «lý do khác» it is asked which."""
    if reason not in LATE_REASONS:
        return Say(to, words("button_unknown_to_us"))
    noted = _noted(context, person, to, late, reason, "", words)
    return noted if reason != "other" else Say(to, words("late_ask", unit=_units(late)))


def _noted(
    context: Context, person: Person, to: Address, late: Sequence[Task], reason: str, typed: str, words: Translator
) -> Say:
    give_reason_of(context, person, late, reason, typed)
    return Say(to, words("late_noted", unit=_units(late), reason=reason_said(reason, typed, words)))


def _units(late: Sequence[Task]) -> str:
    """The units of these reports by name, each once, in the order of the reminder."""
    return ", ".join(dict.fromkeys(task.unit.title for task in sorted(late, key=lambda task: task.unit.code_order)))


def _snoozed(
    context: Context, person: Person, to: Address, words: Translator, minutes: int = SNOOZE_MINUTES
) -> list[Say]:
    found = snooze_reminders(context, person, minutes)
    key = "snooze_noted" if found.has_heard else "snooze_early"
    return [Say(to, words(key, time=found.until.astimezone(context.zone).time()))]
