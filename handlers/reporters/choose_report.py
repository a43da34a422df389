"""Which of several reports is meant: by a button, by its number in the list, its day or its unit's name."""

from datetime import date
from typing import Any

from aiogram import F, Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from handlers.common.addresses import address_of
from handlers.common.filters import Pressed
from handlers.reporters.open_report import open_task
from messages.reporters.offers import TYPED_WITHIN
from messages.reporters.task_words import MOST, choose, report_button
from reporting.filling.offer import OF_LIST, Offer
from reporting.filling.tasks import Task, is_charged
from reporting.people import Address, Person
from reporting.presses import read_day, read_id, read_press
from reporting.say import Say
from reporting.translator import Translator
from reporting.typed import fold
from services.context import Context
from storage.reports import drafts, forms, offers
from understanding.typed_requests import part_day

router = Router(name="choosing")
private = F.chat.type == "private"


def ask_which(
    context: Context, found: list[Task], to: Address, words: Translator, key: str = "task_choose"
) -> list[Say]:
    """Asks which of these reports is meant; until it is answered no number typed is a figure."""
    shown, first = found[:MOST], found[0]
    text = "\n".join(report_button(task, "").press for task in shown)
    offers.make(context.connection, to, Offer(first.form.key, first.unit.id, first.period, text, OF_LIST, context.now))
    drafts.shown(context.connection, to, None)
    return [choose(found, to, words, key)]


class OfList(Filter):
    """Passes a number, a day or a unit's name where a list of reports is the last that was shown; the handler gets `listed`."""

    async def __call__(self, message: Message, context: Context) -> bool | dict[str, Any]:
        to, text = address_of(message.chat), message.text or ""
        made = offers.of(context.connection, to)
        if made is None or not made.is_list or context.now - made.made_at > TYPED_WITHIN:
            return False
        open_now = drafts.on_screen(context.connection, to)
        if open_now is not None and open_now[2] == open_now[0].turn:
            return False
        listed = [task for line in made.text.split("\n") if (task := _task(context, read_press(line)[1])) is not None]
        is_meant = fold(text).isdecimal() or bool(_chosen(listed, text, context.today))
        return {"listed": listed} if listed and is_meant else False


@router.message(private, F.text, OfList())
async def choose_typed(message: Message, context: Context, listed: list[Task]) -> list[Say]:
    """«1», «hôm nay», «09/11», «Thọ Dân»: the report is opened; a number that is none of the list's is no figure either."""
    to = address_of(message.chat)
    person = context.person(to)
    words = context.words(person)
    chosen = _chosen(listed, message.text or "", context.today)
    if len(chosen) == 1:
        return _opened(context, person, to, chosen[0], words)
    return ask_which(context, chosen or listed, to, words)


@router.callback_query(Pressed("report"))
async def choose_pressed(query: CallbackQuery, context: Context, to: Address, arguments: tuple[str, ...]) -> list[Say]:
    """«Báo cáo ngay», or one of several reports chosen."""
    person = context.person(to)
    words = context.words(person, query.from_user.language_code)
    task = _task(context, arguments)
    if task is None:
        return [Say(to, words("button_unknown_to_us"))]
    return _opened(context, person, to, task, words)


def _opened(context: Context, person: Person | None, to: Address, task: Task, words: Translator) -> list[Say]:
    if person is None or not is_charged(task.form, task.unit, context.duties(person), context.tree):
        return context.not_authorised(to, words)
    offers.end(context.connection, to)
    return open_task(context, person, to, task)


def _chosen(listed: list[Task], text: str, today: date) -> list[Task]:
    """The reports of the list that a text means."""
    said = fold(text)
    if said.isdecimal():
        place = int(said[:4])
        return listed[place - 1 : place] if place else []
    rest, named = part_day(text, today)
    if named.day is not None and not rest:
        return [task for task in listed if task.period == named.day]
    return [task for task in listed if said in (fold(task.unit.name), fold(task.unit.title))]


def _task(context: Context, arguments: tuple[str, ...]) -> Task | None:
    """The report that a button opens; None where it is old or forged."""
    try:
        key, unit, period = arguments[0], context.unit(read_id(arguments[1])), read_day(arguments[2])
    except (ValueError, IndexError, KeyError):
        return None
    form = forms.published(context.connection, key, period)
    return Task(form, unit, period) if form is not None else None
