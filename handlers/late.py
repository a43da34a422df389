"""People answer a reminder: why their report is late, or that they want to be reminded later."""

from datetime import datetime, timedelta
from typing import Any

from aiogram import F, Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from handlers.asking import vocabulary_of
from handlers.drafting import filling_of
from handlers.filters import Pressed
from handlers.turn import Turn, address_of
from reporting.filling.drafts import Draft
from reporting.filling.moves import Filling
from reporting.filling.offers import answer_typed
from reporting.filling.reasons import answers_question, is_idle
from reporting.filling.tasks import Task, is_charged, tasks
from reporting.people import Address, Person
from reporting.presses import read_day, read_id
from reporting.questions.numbers import echo
from reporting.rounds.reminder_buttons import (
    LATE_REASONS,
    LONGEST_REASON,
    SNOOZE_MINUTES,
    may_be_reason,
    read_reason,
    read_snooze,
)
from reporting.rounds.reminder_words import reason_said
from reporting.say import Say
from reporting.understanding import ABOUT_FIGURES, understand
from reporting.words import Words
from storage import audit, drafts, forms, kindness, offers, rounds, said

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

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, Any]:
        to = address_of(message.chat)
        given = read_reason(message.text or "", turn.words(turn.person(to)))
        open_draft = drafts.at(turn.connection, to) if given else None
        is_other = open_draft is not None and open_draft[0].state == "awaiting a reason"
        return {"given": given} if given and not is_other else False


class OwnWords(Filter):
    """Passes the words after «lý do khác», unless they answer what was asked since; the handler gets `person` and `task`.

    A question, a button's word, a number or figures are no reason; nor is what is said when the report has come.
    """

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, Any]:
        to, text = address_of(message.chat), message.text or "/"
        person = turn.person(to) if may_be_reason(text) and message.forward_origin is None else None
        if person is None or message.reply_to_message is not None:
            return False
        unit_ids = [duty.unit_id for duty in turn.duties(person, "reporter", "deputy")]
        keys, since = [form.key for form in turn.forms], turn.now - WORDS_WITHIN
        wanted = kindness.words_wanted(turn.connection, keys, unit_ids, person.id, since) if unit_ids else None
        if wanted is None:
            return False
        key, unit_id, period, since = wanted
        form = forms.published(turn.connection, key, period)
        if form is None or not is_charged(form, turn.unit(unit_id), turn.duties(person), turn.tree):
            return False
        task = Task(form, turn.unit(unit_id), period)
        if _has_come(turn, task) or _answers(turn, to, task, text, since):
            return False
        return {"person": person, "task": task}


def _answers(turn: Turn, to: Address, task: Task, text: str, since: datetime) -> bool:
    """Whether a text is figures of the report, or an answer to the question that is open, or to one asked since."""
    words = turn.words(turn.person(to))
    offered, found = offers.of(turn.connection, to), drafts.at(turn.connection, to)
    if offered is not None and offered.made_at >= since and answer_typed(text):
        return True
    if found is None:
        blank = Draft(0, task.form.key, task.form.version, task.unit.id, task.period)
        filling = Filling(task.form, blank, {}, None, turn.local)
    elif found[0].touched_at is not None and found[0].touched_at > since:
        return True
    else:
        filling = filling_of(turn, *found)
    return answers_question(filling, text, words)


@router.callback_query(Pressed("snooze"))
async def snooze(query: CallbackQuery, turn: Turn, to: Address) -> list[Say]:
    """«Nhắc tôi sau 30 phút»."""
    person = turn.person(to)
    words = turn.words(person, query.from_user.language_code)
    return _snoozed(turn, person, to, words) if person else turn.not_authorised(to, words)


@router.message(private, TypedSnooze())
async def snooze_typed(message: Message, turn: Turn, minutes: int) -> list[Say]:
    """The same, typed."""
    to = address_of(message.chat)
    person = turn.person(to)
    words = turn.words(person)
    return _snoozed(turn, person, to, words, minutes) if person else turn.not_authorised(to, words)


@router.callback_query(Pressed("late"))
async def give_reason(query: CallbackQuery, turn: Turn, to: Address, arguments: tuple[str, ...]) -> list[Say]:
    """One of the reasons under a reminder."""
    person = turn.person(to)
    words = turn.words(person, query.from_user.language_code)
    try:
        key, unit, period, reason = arguments[0], turn.unit(read_id(arguments[1])), read_day(arguments[2]), arguments[3]
        form = forms.published(turn.connection, key, period)
    except (ValueError, IndexError, KeyError):
        return [Say(to, words("button_unknown_to_us"))]
    if person is None or form is None or not is_charged(form, unit, turn.duties(person), turn.tree):
        return turn.not_authorised(to, words)
    if reason not in LATE_REASONS:
        return [Say(to, words("button_unknown_to_us"))]
    noted = _noted(turn, person, to, Task(form, unit, period), reason, "", words)
    return [noted if reason != "other" else Say(to, words("late_ask", unit=unit.title))]


@router.message(private, TypedReason())
async def give_reason_typed(message: Message, turn: Turn, given: tuple[str, str]) -> list[Say]:
    """«lý do: …»: of every report that this person still owes."""
    to = address_of(message.chat)
    person = turn.person(to)
    words = turn.words(person)
    if person is None:
        return turn.not_authorised(to, words)
    open_now = tasks(turn.forms, turn.duties(person), turn.tree, turn.now, turn.zone)
    owed = [task for task in open_now if task.form.by == "reporter" and not _has_come(turn, task)]
    return [_noted(turn, person, to, task, *given, words) for task in owed] or [Say(to, words("late_nothing"))]


@router.message(private, OwnWords())
async def give_own_reason(message: Message, turn: Turn, person: Person, task: Task) -> list[Say]:
    """What is typed after «lý do khác» is the reason; where it may be a question, it is asked which."""
    to, words = address_of(message.chat), turn.words(person)
    given = " ".join((message.text or "").split())[:LONGEST_REASON]
    if is_idle(given):
        return [Say(to, words("late_ask", unit=task.unit.title))]
    inquiry = understand(given, vocabulary_of(turn), turn.today)
    if inquiry.intent in ABOUT_FIGURES and inquiry.is_certain:
        return [Say(to, words("late_or_question", text=echo(given)))]
    return [_noted(turn, person, to, task, "other", given, words)]


def _noted(turn: Turn, person: Person, to: Address, task: Task, reason: str, typed: str, words: Words) -> Say:
    key, unit, period = task.form.key, task.unit, task.period
    kindness.give_late_reason(
        turn.connection, key, unit.id, period, reason, words=typed, person_id=person.id, now=turn.now
    )
    audit.write(
        turn.connection,
        turn.now,
        person.id,
        "late reason",
        form=key,
        unit_id=unit.id,
        period=period,
        reason=typed or reason,
    )
    return Say(to, words("late_noted", unit=unit.title, reason=reason_said(reason, typed, words)))


def _snoozed(turn: Turn, person: Person, to: Address, words: Words, minutes: int = SNOOZE_MINUTES) -> list[Say]:
    until = turn.now + timedelta(minutes=minutes)
    kindness.snooze(turn.connection, person.id, until)
    opened = rounds.open_rounds(turn.connection, turn.now, turn.zone)
    has_heard = said.has_heard(turn.connection, person.id, ((form.key, period) for form, period in opened))
    key = "snooze_noted" if has_heard else "snooze_early"
    return [Say(to, words(key, time=until.astimezone(turn.zone).time()))]


def _has_come(turn: Turn, task: Task) -> bool:
    (here,) = rounds.standings(turn.connection, task.form, task.period, turn.tree, turn.now, turn.zone, [task.unit])
    return here.has_come
