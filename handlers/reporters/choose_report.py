"""Which of several reports is meant: by a button, by its number in the list, its day or its unit's name."""

from datetime import date
from typing import Any

from aiogram import F, Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from handlers.common.context import Context, address_of
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
from storage.reports import drafts, forms, offers
from understanding.typed_requests import part_day

router = Router(name="choosing")
private = F.chat.type == "private"


def ask_which(turn: Context, found: list[Task], to: Address, words: Translator, key: str = "task_choose") -> list[Say]:
    """Asks which of these reports is meant; until it is answered no number typed is a figure."""
    shown, first = found[:MOST], found[0]
    text = "\n".join(report_button(task, "").press for task in shown)
    offers.make(turn.connection, to, Offer(first.form.key, first.unit.id, first.period, text, OF_LIST, turn.now))
    drafts.shown(turn.connection, to, None)
    return [choose(found, to, words, key)]


class OfList(Filter):
    """Passes a number, a day or a unit's name where a list of reports is the last that was shown; the handler gets `listed`."""

    async def __call__(self, message: Message, turn: Context) -> bool | dict[str, Any]:
        to, text = address_of(message.chat), message.text or ""
        made = offers.of(turn.connection, to)
        if made is None or not made.is_list or turn.now - made.made_at > TYPED_WITHIN:
            return False
        open_now = drafts.on_screen(turn.connection, to)
        if open_now is not None and open_now[2] == open_now[0].turn:
            return False
        listed = [task for line in made.text.split("\n") if (task := _task(turn, read_press(line)[1])) is not None]
        is_meant = fold(text).isdecimal() or bool(_chosen(listed, text, turn.today))
        return {"listed": listed} if listed and is_meant else False


@router.message(private, F.text, OfList())
async def choose_typed(message: Message, turn: Context, listed: list[Task]) -> list[Say]:
    """«1», «hôm nay», «09/11», «Thọ Dân»: the report is opened; a number that is none of the list's is no figure either."""
    to = address_of(message.chat)
    person = turn.person(to)
    words = turn.words(person)
    chosen = _chosen(listed, message.text or "", turn.today)
    if len(chosen) == 1:
        return _opened(turn, person, to, chosen[0], words)
    return ask_which(turn, chosen or listed, to, words)


@router.callback_query(Pressed("report"))
async def choose_pressed(query: CallbackQuery, turn: Context, to: Address, arguments: tuple[str, ...]) -> list[Say]:
    """«Báo cáo ngay», or one of several reports chosen."""
    person = turn.person(to)
    words = turn.words(person, query.from_user.language_code)
    task = _task(turn, arguments)
    if task is None:
        return [Say(to, words("button_unknown_to_us"))]
    return _opened(turn, person, to, task, words)


def _opened(turn: Context, person: Person | None, to: Address, task: Task, words: Translator) -> list[Say]:
    if person is None or not is_charged(task.form, task.unit, turn.duties(person), turn.tree):
        return turn.not_authorised(to, words)
    offers.end(turn.connection, to)
    return open_task(turn, person, to, task)


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


def _task(turn: Context, arguments: tuple[str, ...]) -> Task | None:
    """The report that a button opens; None where it is old or forged."""
    try:
        key, unit, period = arguments[0], turn.unit(read_id(arguments[1])), read_day(arguments[2])
    except (ValueError, IndexError, KeyError):
        return None
    form = forms.published(turn.connection, key, period)
    return Task(form, unit, period) if form is not None else None
