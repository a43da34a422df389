"""People answer a reminder: why their report is late, or that they want to be reminded later."""

from datetime import timedelta
from typing import Any

from aiogram import F, Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from handlers.filters import Pressed
from handlers.turn import Turn, address_of
from reporting.filling.tasks import Task, is_charged, tasks
from reporting.people import Address, Person
from reporting.presses import read_day, read_id
from reporting.rounds.reminder_buttons import LATE_REASONS, SNOOZE_MINUTES, read_reason, read_snooze
from reporting.rounds.reminder_words import reason_said
from reporting.say import Say
from reporting.words import Words
from storage import audit, forms, kindness, reports

router = Router(name="late")
private = F.chat.type == "private"


class TypedSnooze(Filter):
    """Passes «Nhắc tôi sau 30 phút»; the handler gets `minutes`."""

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        minutes = read_snooze(message.text or "")
        return {"minutes": minutes} if minutes else False


class TypedReason(Filter):
    """Passes «Lý do: …»; the handler gets `given`: one of LATE_REASONS, and the words for «other»."""

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, Any]:
        given = read_reason(message.text or "", turn.words(turn.person(address_of(message.chat))))
        return {"given": given} if given else False


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
    if reason == "other":
        return [Say(to, words("late_ask"))]
    return [_noted(turn, person, to, Task(form, unit, period), reason, "", words)]


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
    return [Say(to, words("snooze_noted", time=until.astimezone(turn.zone).time()))]


def _has_come(turn: Turn, task: Task) -> bool:
    return task.unit.id in reports.sent(turn.connection, task.form.key, task.period, [task.unit.id])
