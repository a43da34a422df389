"""People answer a reminder: why their report is late, or that they want to be reminded later."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from aiogram import F, Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from handlers.common.addresses import address_of
from handlers.common.filters import Pressed
from handlers.reporters.draft_session import filling_of
from handlers.residents.public_answer import vocabulary_of
from messages.reminders.reminder_buttons import (
    LATE_REASONS,
    LONGEST_REASON,
    SNOOZE_MINUTES,
    may_be_reason,
    read_minute,
    read_reason,
    read_snooze,
)
from messages.reminders.reminder_words import reason_said
from messages.reporters.offers import answer_typed
from messages.reporters.reasons import answers_question, is_idle
from reporting.filling.drafts import Draft
from reporting.filling.moves import Filling
from reporting.filling.tasks import Task, is_charged, tasks
from reporting.people import Address, Person
from reporting.presses import read_day, read_id
from reporting.questions.numbers import echo
from reporting.rounds.periods import moment
from reporting.say import Say
from reporting.translator import Translator
from services.context import Context
from storage.database import audit
from storage.reports import drafts, forms, offers
from storage.schedule import reminder_log, rounds, snoozes
from understanding import ABOUT_FIGURES, understand

router = Router(name="late")
private = F.chat.type == "private"
WORDS_WITHIN = timedelta(hours=2)
"""So long after «lý do khác» the next words are taken for the reason."""


class TypedSnooze(Filter):
    """Passes «Nhắc tôi sau 30 phút»; the handler gets `minutes`."""

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        minutes = read_snooze(message.text or "")
        return {"minutes": minutes} if minutes else False


class TypedReason(Filter):
    """Passes «Lý do: …», unless another reason is awaited.

    The handler gets `given`: one of LATE_REASONS, and the words for «other».
    """

    async def __call__(self, message: Message, context: Context) -> bool | dict[str, Any]:
        to = address_of(message.chat)
        given = read_reason(message.text or "", context.words(context.person(to)))
        open_draft = drafts.at(context.connection, to) if given else None
        is_other = open_draft is not None and open_draft[0].state == "awaiting a reason"
        return {"given": given} if given and not is_other else False


class OwnWords(Filter):
    """Passes the words after «lý do khác», unless they answer what was asked since; the handler gets `person` and `late`.

    A question, a button's word, a number or figures are no reason; nor is what is said when the reports have come.
    """

    async def __call__(self, message: Message, context: Context) -> bool | dict[str, Any]:
        to, text = address_of(message.chat), message.text or "/"
        person = context.person(to) if may_be_reason(text) and message.forward_origin is None else None
        if person is None or message.reply_to_message is not None:
            return False
        unit_ids = [duty.unit_id for duty in context.duties(person, "reporter", "deputy")]
        keys, since = [form.key for form in context.forms], context.now - WORDS_WITHIN
        wanted = snoozes.words_wanted(context.connection, keys, unit_ids, person.id, since) if unit_ids else None
        if wanted is None:
            return False
        tapped_at, reports = wanted
        late = [task for each in reports if (task := _charged(context, person, *each)) and not _has_come(context, task)]
        if not late or any(_answers(context, to, task, text, tapped_at) for task in late):
            return False
        return {"person": person, "late": late}


def _charged(context: Context, person: Person, key: str, unit_id: int, period: date) -> Task | None:
    """The report, if it is this person's to send."""
    form, unit = forms.published(context.connection, key, period), context.unit(unit_id)
    if form is None or not is_charged(form, unit, context.duties(person), context.tree):
        return None
    return Task(form, unit, period)


def _answers(context: Context, to: Address, task: Task, text: str, since: datetime) -> bool:
    """Whether a text is figures of the report, or an answer to the question that is open, or to one asked since."""
    words = context.words(context.person(to))
    offered, found = offers.of(context.connection, to), drafts.at(context.connection, to)
    if offered is not None and offered.made_at >= since and answer_typed(text):
        return True
    if found is None:
        blank = Draft(0, task.form.key, task.form.version, task.unit.id, task.period)
        filling = Filling(task.form, blank, {}, None, context.local)
    elif found[0].touched_at is not None and found[0].touched_at > since:
        return True
    else:
        filling = filling_of(context, *found)
    return answers_question(filling, text, words)


@router.callback_query(Pressed("snooze"))
async def snooze(query: CallbackQuery, context: Context, to: Address) -> list[Say]:
    """«Nhắc tôi sau 30 phút»."""
    person = context.person(to)
    words = context.words(person, query.from_user.language_code)
    return _snoozed(context, person, to, words) if person else context.not_authorised(to, words)


@router.message(private, TypedSnooze())
async def snooze_typed(message: Message, context: Context, minutes: int) -> list[Say]:
    """The same, typed."""
    to = address_of(message.chat)
    person = context.person(to)
    words = context.words(person)
    return _snoozed(context, person, to, words, minutes) if person else context.not_authorised(to, words)


@router.callback_query(Pressed("late"))
async def give_reason(query: CallbackQuery, context: Context, to: Address, arguments: tuple[str, ...]) -> list[Say]:
    """One of the reasons under a reminder."""
    person = context.person(to)
    words = context.words(person, query.from_user.language_code)
    try:
        key, unit_id, period, reason = arguments[0], read_id(arguments[1]), read_day(arguments[2]), arguments[3]
        task = _charged(context, person, key, unit_id, period) if person is not None else None
    except (ValueError, IndexError, KeyError):
        return [Say(to, words("button_unknown_to_us"))]
    if person is None or task is None:
        return context.not_authorised(to, words)
    return [_given(context, person, to, [task], reason, words)]


@router.callback_query(Pressed("lates"))
async def give_reason_for_all(
    query: CallbackQuery, context: Context, to: Address, arguments: tuple[str, ...]
) -> list[Say]:
    """One of the reasons under a reminder of several reports: of all that were late then and are still missing."""
    person = context.person(to)
    words = context.words(person, query.from_user.language_code)
    try:
        then, reason = read_minute(arguments[0]), arguments[1]
    except (ValueError, IndexError):
        return [Say(to, words("button_unknown_to_us"))]
    if person is None:
        return context.not_authorised(to, words)
    late = [task for task in _owed(context, person) if _due_at(context, task) <= then]
    return [_given(context, person, to, late, reason, words) if late else Say(to, words("late_nothing"))]


@router.message(private, TypedReason())
async def give_reason_typed(message: Message, context: Context, given: tuple[str, str]) -> list[Say]:
    """«lý do: …»: of every report of this person that is late; of all that he owes, where none is late yet."""
    to = address_of(message.chat)
    person = context.person(to)
    words = context.words(person)
    if person is None:
        return context.not_authorised(to, words)
    owed = _owed(context, person)
    late = [task for task in owed if _due_at(context, task) <= context.now] or owed
    return [_noted(context, person, to, late, *given, words) if late else Say(to, words("late_nothing"))]


@router.message(private, OwnWords())
async def give_own_reason(message: Message, context: Context, person: Person, late: list[Task]) -> list[Say]:
    """What is typed after «lý do khác» is the reason; where it may be a question, it is asked which."""
    to, words = address_of(message.chat), context.words(person)
    given = " ".join((message.text or "").split())[:LONGEST_REASON]
    if is_idle(given):
        return [Say(to, words("late_ask", unit=_units(late)))]
    inquiry = understand(given, vocabulary_of(context), context.today)
    if inquiry.intent in ABOUT_FIGURES and inquiry.is_certain:
        return [Say(to, words("late_or_question", text=echo(given)))]
    return [_noted(context, person, to, late, "other", given, words)]


def _owed(context: Context, person: Person) -> list[Task]:
    """The reports that are open, this person's to send, and have not come."""
    open_now = tasks(context.forms, context.duties(person), context.tree, context.now, context.zone)
    return [task for task in open_now if task.form.by == "reporter" and not _has_come(context, task)]


def _due_at(context: Context, task: Task) -> datetime:
    return moment(task.form.schedule.due, task.period, context.zone)


def _given(context: Context, person: Person, to: Address, late: Sequence[Task], reason: str, words: Translator) -> Say:
    """A reason was tapped; after «lý do khác» it is asked which."""
    if reason not in LATE_REASONS:
        return Say(to, words("button_unknown_to_us"))
    noted = _noted(context, person, to, late, reason, "", words)
    return noted if reason != "other" else Say(to, words("late_ask", unit=_units(late)))


def _noted(
    context: Context, person: Person, to: Address, late: Sequence[Task], reason: str, typed: str, words: Translator
) -> Say:
    for task in late:
        key, unit_id, period = task.form.key, task.unit.id, task.period
        snoozes.give_late_reason(
            context.connection, key, unit_id, period, reason, words=typed, person_id=person.id, now=context.now
        )
        audit.write(
            context.connection,
            context.now,
            person.id,
            "late reason",
            form=key,
            unit_id=unit_id,
            period=period,
            reason=typed or reason,
        )
    return Say(to, words("late_noted", unit=_units(late), reason=reason_said(reason, typed, words)))


def _units(late: Sequence[Task]) -> str:
    """The units of these reports by name, each once, in the order of the reminder."""
    return ", ".join(dict.fromkeys(task.unit.title for task in sorted(late, key=lambda task: task.unit.code)))


def _snoozed(
    context: Context, person: Person, to: Address, words: Translator, minutes: int = SNOOZE_MINUTES
) -> list[Say]:
    until = context.now + timedelta(minutes=minutes)
    snoozes.snooze(context.connection, person.id, until)
    opened = rounds.open_rounds(context.connection, context.now, context.zone)
    has_heard = reminder_log.has_heard(context.connection, person.id, ((form.key, period) for form, period in opened))
    key = "snooze_noted" if has_heard else "snooze_early"
    return [Say(to, words(key, time=until.astimezone(context.zone).time()))]


def _has_come(context: Context, task: Task) -> bool:
    (here,) = rounds.standings(
        context.connection, task.form, task.period, context.tree, context.now, context.zone, [task.unit]
    )
    return here.has_come
