"""People come to report: /baocao, the answers one after the other, the review, sending."""

from collections.abc import Sequence

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import Message

from handlers.common.addresses import address_of, language_of
from handlers.reporters.choose_report import ask_which
from handlers.reporters.edits import update_figures
from handlers.reporters.offered_answers import fits, in_question, offer_for
from handlers.reporters.open_report import correct, newest, open_task, open_tasks
from messages.reporters.draft_words import kept_key
from messages.reporters.offers import may_hold_figures
from messages.reporters.task_words import nothing_open, units_ended
from reporting.errors import Refused
from reporting.filling.tasks import Task
from reporting.people import Address, Duty, Person
from reporting.rounds.periods import period_of
from reporting.say import Say
from reporting.translator import Translator
from reporting.typed import fold
from services.context import Context
from storage.reports import drafts
from understanding.days import past_days, unclear
from understanding.typed_requests import part_day

router = Router(name="report")
private = F.chat.type == "private"


@router.message(private, Command("baocao", "report"))
async def begin(message: Message, command: CommandObject, context: Context) -> list[Say]:
    """/baocao [day]: the one report that is open, of that day if one is named, or which of them; figures behind it are offered."""
    to = address_of(message.chat)
    person = context.person(to)
    words = context.words(person, language_of(message.from_user))
    duties = context.duties(person)
    if person is None or not any(duty.role in ("reporter", "deputy", "leader") for duty in duties):
        return context.not_authorised(to, words)
    found, rest = of_day(context, open_tasks(context, duties), command.args or "")
    if rest:
        return _with_more(context, person, to, found, rest, message.message_id)
    return _opened(context, person, to, found, words)


def _with_more(
    context: Context, person: Person, to: Address, found: list[Task], more: str, message_id: int
) -> list[Say]:
    """What is typed behind /baocao beside a day: a unit's name, or figures. Refused where it is neither: it may be another day."""
    of_unit = [task for task in found if fold(more) in (fold(task.unit.name), fold(task.unit.title))]
    if of_unit:
        return _opened(context, person, to, of_unit, context.words(person))
    fitting = [task for task in found if may_hold_figures(more) and fits(context, person, task, more)]
    if fitting:
        return offer_for(context, person, to, fitting[0], more, message_id)
    raise unclear(more)


def _opened(context: Context, person: Person, to: Address, found: list[Task], words: Translator) -> list[Say]:
    """The report that waits, or the only one; of several, which."""
    waiting = [each for each in found if newest(context, each) is None]
    if len(waiting) == 1 or len(found) == 1:
        return open_task(context, person, to, (waiting or found)[0])
    if not found:
        duties = context.duties(person)
        return [
            _ended(context, duties, to, words) or nothing_open(context.forms, context.local, context.zone, to, words)
        ]
    return ask_which(context, waiting or found, to, words)


def of_day(context: Context, found: Sequence[Task], typed: str) -> tuple[list[Task], str]:
    """The reports of the day that is named behind a command, all of them where none is; and what else is typed there.

    Refused where none of that day is open.
    """
    rest, named = part_day(typed, context.today)
    span = past_days(named, context.today)
    if span is None:
        return list(found), rest.strip()
    of_that = [task for task in found if task.period == period_of(task.form.schedule.period, span.last_on)]
    if not of_that:
        raise Refused("update_none", date=span.last_on)
    return of_that, rest.strip()


@router.message(private, Command("capnhat", "update"))
async def update(message: Message, command: CommandObject, context: Context) -> list[Say]:
    """/capnhat: which of the reports that were sent is to be corrected; with figures behind it, those of an open day."""
    to = address_of(message.chat)
    person = context.person(to)
    words = context.words(person, language_of(message.from_user))
    held = context.duties(person, "reporter", "deputy", "leader")
    if person is None or not held:
        return context.not_authorised(to, words)
    if command.args:
        asked = in_question(context, person, to, command.args, message.message_id)
        return asked or update_figures(context, person, to, command.args, message.message_id)
    found = [each for each in open_tasks(context, held) if newest(context, each)]
    if not found:
        return [_ended(context, held, to, words) or Say(to, words("nothing_sent"))]
    return open_again(context, person, to, found[0]) if len(found) == 1 else ask_which(context, found, to, words)


def _ended(context: Context, duties: Sequence[Duty], to: Address, words: Translator) -> Say | None:
    """That all units of these duties have ended, by a merger or otherwise."""
    units = dict.fromkeys(context.unit(duty.unit_id) for duty in duties)
    return units_ended(units, context.tree, context.today, context.contact(words), to, words)


def open_again(context: Context, person: Person, to: Address, task: Task) -> list[Say]:
    """What «Điều chỉnh» does: the report that was sent is open in its review, to be corrected."""
    found = drafts.of_unit(context.connection, task.form.key, task.unit.id, task.period)
    if found is None or found[0].state != "sent":
        return open_task(context, person, to, task)
    return correct(context, person, to, *found)


@router.message(private, Command("huy", "cancel"))
async def leave(message: Message, context: Context) -> list[Say]:
    """/huy: the chat leaves the draft that it is at; the draft is kept."""
    to = address_of(message.chat)
    person = context.person(to)
    words = context.words(person, language_of(message.from_user))
    at = drafts.at(context.connection, to)
    if at is None:
        return [Say(to, words("draft_none"))]
    drafts.go_to(context.connection, to, None)
    return [Say(to, words(kept_key(at[0]), date=at[0].period))]
