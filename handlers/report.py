"""People come to report: /baocao, the answers one after the other, the review, sending."""

from datetime import timedelta

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers.answer import filling_of, keep, sent_already
from handlers.filters import Pressed
from handlers.turn import Turn, address_of, language_of
from reporting.drafts import Draft
from reporting.filling_words import say_what_is_next
from reporting.people import Address, Person
from reporting.periods import deadline
from reporting.presses import read_day, read_id
from reporting.say import Say
from reporting.standings import Sent
from reporting.task_words import choose, nothing_open
from reporting.tasks import Task, expects, is_charged, tasks
from reporting.words import Html
from storage import drafts, forms, people, reports

router = Router(name="report")
private = F.chat.type == "private"
STILL = timedelta(minutes=30)
"""A draft untouched for this long is nobody's at the moment."""


@router.message(private, Command("baocao", "report"))
async def begin(message: Message, turn: Turn) -> list[Say]:
    """/baocao: the one report that is open, or which of them."""
    to = address_of(message.chat)
    person = turn.person(to)
    words = turn.words(person, language_of(message.from_user))
    duties = turn.duties(person)
    if person is None or not any(duty.role in ("reporter", "deputy", "leader") for duty in duties):
        return turn.not_authorised(to, words)
    found = tasks(turn.forms, duties, turn.tree, turn.now, turn.zone)
    waiting = [each for each in found if _newest(turn, each) is None]
    if len(waiting) == 1 or len(found) == 1:
        return open_task(turn, person, to, (waiting or found)[0])
    if not found:
        return [nothing_open(turn.forms, turn.local, turn.zone, to, words)]
    return [choose(waiting or found, to, words)]


@router.message(private, Command("capnhat", "update"))
async def update(message: Message, turn: Turn) -> list[Say]:
    """/capnhat: which of the reports that were sent is to be corrected."""
    to = address_of(message.chat)
    person = turn.person(to)
    words = turn.words(person, language_of(message.from_user))
    held = turn.duties(person, "reporter", "deputy", "leader")
    if person is None or not held:
        return turn.not_authorised(to, words)
    found = [each for each in tasks(turn.forms, held, turn.tree, turn.now, turn.zone) if _newest(turn, each)]
    if not found:
        return [Say(to, words("nothing_sent"))]
    return open_task(turn, person, to, found[0]) if len(found) == 1 else [choose(found, to, words)]


@router.message(private, Command("huy", "cancel"))
async def leave(message: Message, turn: Turn) -> list[Say]:
    """/huy: the chat leaves the draft that it is at; the draft is kept."""
    to = address_of(message.chat)
    person = turn.person(to)
    words = turn.words(person, language_of(message.from_user))
    at = drafts.at(turn.connection, to)
    if at is None:
        return [Say(to, words("draft_none"))]
    drafts.go_to(turn.connection, to, None)
    return [Say(to, words("draft_kept", date=at[0].period))]


@router.callback_query(Pressed("report"))
async def begin_this(query: CallbackQuery, turn: Turn, to: Address, arguments: tuple[str, ...]) -> list[Say]:
    """«Báo cáo ngay», or one of several reports chosen."""
    person = turn.person(to)
    words = turn.words(person, query.from_user.language_code)
    try:
        key, unit_id, period = arguments[0], read_id(arguments[1]), read_day(arguments[2])
        unit, form = turn.unit(unit_id), forms.published(turn.connection, key, period)
    except (ValueError, IndexError, KeyError):
        return [Say(to, words("button_unknown_to_us"))]
    duties = turn.duties(person)
    if person is None or form is None or not is_charged(form, unit, duties, turn.tree):
        return turn.not_authorised(to, words)
    return open_task(turn, person, to, Task(form, unit, period))


def open_task(turn: Turn, person: Person, to: Address, task: Task) -> list[Say]:
    """Takes the chat to a report's draft and says what is next in it."""
    words = turn.words(person)
    due = deadline(task.form.key, task.form.schedule, task.unit.id, task.period, turn.zone)
    if not expects(task.form, task.unit, turn.tree, task.period):
        values = {"unit": task.unit.title, "date": task.period, "contact": turn.contact(words)}
        return [Say(to, words("report_not_expected", **values))]
    if turn.now < due.opens_at:
        return [Say(to, words("report_not_open", date=task.period, time=due.opens_at.astimezone(turn.zone)))]
    found = drafts.of_unit(turn.connection, task.form.key, task.unit.id, task.period)
    draft, form = found or (drafts.begin(turn.connection, task.form, task.unit.id, task.period), task.form)
    if draft.state == "sent":
        return [sent_already(turn, draft, to, words)]
    if turn.now >= due.closes_at:
        return [
            Say(
                to,
                words(
                    "report_closed",
                    date=task.period,
                    time=due.closes_at.astimezone(turn.zone),
                    contact=turn.contact(words),
                ),
            )
        ]
    drafts.go_to(turn.connection, to, draft.id)
    filling = filling_of(turn, draft, form)
    if draft.turn == 0:
        filling = keep(turn, person, filling.settled())
    return [say_what_is_next(filling, task.unit, to, words, _who_else(turn, draft, person))]


def _newest(turn: Turn, task: Task) -> Sent | None:
    return reports.sent(turn.connection, task.form.key, task.period, [task.unit.id]).get(task.unit.id)


def _who_else(turn: Turn, draft: Draft, person: Person) -> Html | str:
    """That somebody else has just been at the same draft."""
    if draft.holder_id in (None, person.id) or draft.touched_at is None or turn.now - draft.touched_at > STILL:
        return ""
    other = people.person_of(turn.connection, draft.holder_id or 0)
    return turn.words(person)("draft_shared", name=other.name, time=draft.touched_at.astimezone(turn.zone).time())
