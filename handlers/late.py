"""People answer a reminder: why their report is late, or that they want to be reminded later."""

import re
from datetime import timedelta

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from handlers.filters import Pressed
from handlers.turn import Turn, address_of
from reporting.people import Address, Person
from reporting.presses import read_day, read_id
from reporting.reminder_buttons import LATE_REASONS, SNOOZE_MINUTES
from reporting.reminder_words import reason_said
from reporting.say import Say
from reporting.tasks import Task, is_charged, tasks
from reporting.words import Words
from storage import audit, forms, kindness, reports

router = Router(name="late")
private = F.chat.type == "private"
TYPED_REASON = re.compile(r"(?:lý do|ly do|reason)\s*[:\-–]\s*(?P<words>.{2,300})", re.IGNORECASE | re.DOTALL)
TYPED_SNOOZE = re.compile(r"(?:nhắc tôi|nhac toi|nhắc lại|remind me)\b.*", re.IGNORECASE)


@router.callback_query(Pressed("snooze"))
async def snooze(query: CallbackQuery, turn: Turn, to: Address) -> list[Say]:
    """«Nhắc tôi sau 30 phút»."""
    person = turn.person(to)
    words = turn.words(person, query.from_user.language_code)
    return _snoozed(turn, person, to, words) if person else turn.not_authorised(to, words)


@router.message(private, F.text.regexp(TYPED_SNOOZE, mode="fullmatch"))
async def snooze_typed(message: Message, turn: Turn) -> list[Say]:
    """The same, typed."""
    to = address_of(message.chat)
    person = turn.person(to)
    words = turn.words(person)
    return _snoozed(turn, person, to, words) if person else turn.not_authorised(to, words)


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
    if reason == "other":
        return [Say(to, words("late_ask"))]
    return [_noted(turn, person, to, Task(form, unit, period), reason, "", words)]


@router.message(private, F.text.regexp(TYPED_REASON, mode="fullmatch").as_("typed"))
async def give_reason_typed(message: Message, turn: Turn, typed: re.Match[str]) -> list[Say]:
    """«lý do: …»: of every report that this person still owes."""
    to = address_of(message.chat)
    person = turn.person(to)
    words = turn.words(person)
    if person is None:
        return turn.not_authorised(to, words)
    open_now = tasks(turn.forms, turn.duties(person), turn.tree, turn.now, turn.zone)
    owed = [task for task in open_now if task.form.by == "reporter" and not _has_come(turn, task)]
    reason = " ".join(typed["words"].split())
    return [_noted(turn, person, to, task, "other", reason, words) for task in owed] or [Say(to, words("late_nothing"))]


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


def _snoozed(turn: Turn, person: Person, to: Address, words: Words) -> list[Say]:
    until = turn.now + timedelta(minutes=SNOOZE_MINUTES)
    kindness.snooze(turn.connection, person.id, until)
    return [Say(to, words("snooze_noted", time=until.astimezone(turn.zone).time()))]


def _has_come(turn: Turn, task: Task) -> bool:
    return task.unit.id in reports.sent(turn.connection, task.form.key, task.period, [task.unit.id])
