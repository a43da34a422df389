"""Asking back about a figure: a leader asks, the unit's reporter says that it is right, or mends it, or explains."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, Filter
from aiogram.types import CallbackQuery, Message

from handlers.common.addresses import address_of
from handlers.common.filters import Pressed
from handlers.leaders.leader_access import (
    Asker,
    asker_of,
    asker_pressed,
    demand,
    form_meant,
    inquired,
    number_in,
    periods_meant,
    place,
    pressed,
    told,
)
from handlers.reporters.open_report import open_again
from messages.leaders.data_query_words import choose_figure
from messages.notices import message_of, notices_of
from messages.reporters.offers import TYPED_WITHIN
from reporting.errors import Refused
from reporting.filling.tasks import Task
from reporting.forms import Form
from reporting.people import Address
from reporting.rounds.data_query import LONGEST, AskedBack, askable
from reporting.say import Say
from reporting.translator import Html, Translator
from reporting.typed import fold
from reporting.units import Unit
from services import data_query
from services.context import Context
from storage.organisation import people
from storage.reports import drafts, offers, reports

router = Router(name="back")
private = F.chat.type == "private"
NUMBERED = re.compile(r"#?(\d{1,12})\b[\s:,.–-]*(.*)", re.DOTALL)
RIGHT = ("right", "wrong")


@router.message(Command("hoilai", "ask"))
async def ask_typed(message: Message, command: CommandObject, context: Context) -> list[Say]:
    """/hoilai <unit> <figure> [day]: <what is doubted>."""
    asker = asker_of(context, message, "ask back")
    about, _, note = (command.args or "").partition(":")
    inquiry = inquired(context, about)
    if inquiry is None or len(inquiry.units) != 1:
        raise Refused("back_usage")
    unit = inquiry.units[0]
    demand(context, asker, "ask back", unit)
    form = form_meant(context, unit, inquiry)
    period = periods_meant(context, form, inquiry)[-1]
    named = [each.question for each in (*inquiry.indicators, *inquiry.indicator_choices) if each.form == form.key]
    if len(named) != 1:
        return told(asker, _which(context, asker, form, unit, period, 0))
    return told(asker, _ask(context, asker, form, unit, period, named[0], " ".join(note.split())[:LONGEST]))


@router.callback_query(Pressed("backs", "back"))
async def ask_pressed(
    query: CallbackQuery, context: Context, to: Address, verb: str, arguments: tuple[str, ...]
) -> list[Say]:
    """«Hỏi lại»: which figure; then the question is asked."""
    asker = asker_pressed(context, query, to, "ask back")
    form, unit, period = pressed(context, arguments)
    demand(context, asker, "ask back", unit)
    if verb == "backs":
        return told(asker, _which(context, asker, form, unit, period, number_in(arguments, 3, 1000)))
    report = reports.newest(context.connection, form.key, unit.id, period)
    found = askable(form, report) if report is not None else []
    return told(asker, _ask(context, asker, form, unit, period, found[number_in(arguments, 3, len(found))].name, ""))


@router.callback_query(Pressed(*RIGHT))
async def answer_pressed(
    query: CallbackQuery, context: Context, to: Address, verb: str, arguments: tuple[str, ...]
) -> list[Say]:
    """«Đúng» or «Sửa» under a question."""
    asker = asker_pressed(context, query, to, "answer back")
    asked = data_query.question(context, number_in(arguments, 0, 10**18))
    return told(asker, _answered(context, asker, asked, verb, ""))


@router.message(private, Command("traloi", "answer"))
async def answer_typed(message: Message, command: CommandObject, context: Context) -> list[Say]:
    """/traloi [number] <đúng | sửa | words>; alone: what is open."""
    asker = asker_of(context, message, "answer back")
    open_now = data_query.open_for(context, asker.duties)
    text = " ".join((command.args or "").split())[:LONGEST]
    if numbered := NUMBERED.fullmatch(text):
        open_now = [each for each in open_now if each.id == int(numbered[1])]
        text = numbered[2]
    if not open_now:
        return [Say(asker.to, asker.words("back_none"))]
    if not text or len(open_now) > 1:
        return [say for each in open_now[:5] for say in _shown_again(context, asker, each)]
    verb = next((each for each in RIGHT if fold(text) in _typed(asker.words, each)), "")
    return _answered(context, asker, open_now[0], verb, text)


class OfQuestion(Filter):
    """Passes «đúng» or «sửa» where a question about a figure is the last on the screen; the handler gets `open_now` and `verb`."""

    async def __call__(self, message: Message, context: Context) -> bool | dict[str, Any]:
        to, said = address_of(message.chat), fold(message.text or "")
        person = context.person(to)
        words = context.words(person)
        verb = next((each for each in RIGHT if said in _typed(words, each)), "")
        on_screen = drafts.on_screen(context.connection, to) if verb else None
        if not verb or person is None or (on_screen is not None and on_screen[2] == on_screen[0].turn):
            return False
        open_now = data_query.open_for(context, context.duties(person))
        offered = offers.of(context.connection, to)
        made_at = offered.made_at if offered and context.now - offered.made_at <= TYPED_WITHIN else None
        if not open_now or (made_at is not None and all(each.asked_at < made_at for each in open_now)):
            return False
        return {"open_now": open_now, "verb": verb}


@router.message(private, F.text, OfQuestion())
async def answer_in_words(message: Message, context: Context, open_now: list[AskedBack], verb: str) -> list[Say]:
    """«đúng», «đúng rồi», «sửa»: typed, what the buttons of the one open question do; of several it is asked which."""
    asker = asker_of(context, message, "answer back")
    if len(open_now) > 1:
        return [say for each in open_now[:5] for say in _shown_again(context, asker, each)]
    return _answered(context, asker, open_now[0], verb, "")


def _typed(words: Translator, verb: str) -> list[str]:
    return [fold(phrase) for phrase in words.plain(f"back_typed_{verb}").split(";")]


def _which(context: Context, asker: Asker, form: Form, unit: Unit, period: date, page: int) -> list[Say]:
    to = place(context, asker, unit)
    report = reports.newest(context.connection, form.key, unit.id, period)
    if report is None:
        return [Say(to, asker.words("back_no_report", unit=unit.title, date=period))]
    return [choose_figure(form, report, unit, page, to, asker.words)]


def _ask(context: Context, asker: Asker, form: Form, unit: Unit, period: date, indicator: str, note: str) -> list[Say]:
    """Puts the question to the unit's reporters; what the asker hears of it."""
    done = data_query.ask(context, asker.actor, form, unit, period, indicator, note)
    words, to = asker.words, place(context, asker, unit)
    if done.state == "no report":
        return [Say(to, words("back_no_report", unit=unit.title, date=period))]
    if done.state == "nobody reports":
        return [Say(to, words("back_nobody", unit=unit.title))]
    if done.due_at is None:
        return [Say(to, words("back_already"))]
    local = done.due_at.astimezone(context.zone)
    text = words("back_asked", names=people.names(done.people), unit=unit.title, date=period, at=local)
    if done.can_be_corrected:
        text = Html(f"{text} {words('back_opened')}")
    return [*notices_of(done.events, context.zone), Say(to, text)]


def _answered(context: Context, asker: Asker, asked: AskedBack, verb: str, text: str) -> list[Say]:
    """The answer of somebody who reports for the unit. The question ends, or the report is opened to be mended."""
    if verb == "wrong":
        form = data_query.answered_form(context, asker.actor, asked)
        if not asked.is_open:
            return [Say(asker.home, asker.words("back_over"))]
        task = Task(form, context.unit(asked.unit_id), asked.period)
        return open_again(context, asker.person, asker.home, task, asked.indicator)
    done = data_query.answer(context, asker.actor, asked, is_right=verb == "right", text=text)
    if done.state is None:
        return [Say(asker.home, asker.words("back_over"))]
    owner = done.owner
    thanks = asker.words("flag_thanks") if owner is None else asker.words("back_thanks", name=owner.name)
    return [Say(asker.home, thanks), *notices_of(done.events, context.zone)]


def _shown_again(context: Context, asker: Asker, asked: AskedBack) -> list[Say]:
    event = data_query.told_again(context, asker.actor, asked)
    return [replace(message_of(event, context.zone), to=asker.to)] if event is not None else []
