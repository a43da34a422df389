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
    refuse,
    told,
)
from handlers.reporters.draft_session import filling_of, go_on
from handlers.reporters.open_report import open_task
from handlers.reporters.submit_report import correcting
from messages.leaders.data_query_words import askable, asked_say, choose_figure, ended_say, written
from messages.reporters.offers import TYPED_WITHIN
from messages.residents.flags import outcome
from reporting.access import may
from reporting.errors import Refused
from reporting.filling.tasks import Task, is_charged
from reporting.forms import Form
from reporting.people import Address
from reporting.rounds.data_query import LONGEST, AskedBack, State, answer_due
from reporting.rounds.periods import deadline
from reporting.say import Say
from reporting.translator import Html, Translator
from reporting.typed import fold
from reporting.units import Unit
from services.context import Context
from storage.organisation import people
from storage.reports import data_queries, drafts, forms, offers, reopening, reports
from storage.residents import flags

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
    asked = data_queries.asked(context.connection, number_in(arguments, 0, 10**18))
    if asked is None:
        raise Refused("button_unknown_to_us")
    return told(asker, _answered(context, asker, asked, verb, ""))


@router.message(private, Command("traloi", "answer"))
async def answer_typed(message: Message, command: CommandObject, context: Context) -> list[Say]:
    """/traloi [number] <đúng | sửa | words>; alone: what is open."""
    asker = asker_of(context, message, "answer back")
    own = [duty.unit_id for duty in asker.duties if duty.role in ("reporter", "deputy", "leader")]
    open_now = data_queries.open_questions(context.connection, own)
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
        own = [duty.unit_id for duty in context.duties(person, "reporter", "deputy", "leader")]
        open_now = data_queries.open_questions(context.connection, own)
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
    """Keeps the question and puts it to the unit's reporters."""
    words, to = asker.words, place(context, asker, unit)
    report = reports.newest(context.connection, form.key, unit.id, period)
    if report is None:
        return [Say(to, words("back_no_report", unit=unit.title, date=period))]
    theirs = people.with_duty(context.connection, unit.id, ("reporter", "deputy"), context.today)
    if not theirs:
        return [Say(to, words("back_nobody", unit=unit.title))]
    answer = report.answers.get(indicator)
    due_at = answer_due(context.now, context.zone)
    new = AskedBack(
        0,
        form.key,
        unit.id,
        period,
        indicator,
        written(answer.value if answer is not None else None),
        report.revision,
        note,
        asker.person.id,
        context.now,
        due_at,
    )
    asked = data_queries.ask(context.connection, new)
    if asked is None:
        return [Say(to, words("back_already"))]
    for each in theirs:
        drafts.shown(context.connection, each.address, None)
    told_to = [asked_say(asked, form, unit, asker.person, each, context.zone) for each in theirs]
    local = due_at.astimezone(context.zone)
    said = words("back_asked", names=people.names(theirs), unit=unit.title, date=period, at=local)
    if _is_open(context, asker, asked, form, unit):
        said = Html(f"{said} {words('back_opened')}")
    return [*told_to, Say(to, said)]


def _is_open(context: Context, asker: Asker, asked: AskedBack, form: Form, unit: Unit) -> bool:
    """Whether the report can be corrected until the answer is due; it is opened for that by whoever may open reports again."""
    due = deadline(form.key, form.schedule, unit.id, asked.period, context.zone)
    if reopening.closes_at(context.connection, due) >= asked.due_at:
        return True
    if not may("reopen", unit, asker.duties, context.tree):
        return False
    reopening.reopen(context.connection, form.key, unit.id, asked.period, asked.due_at, asker.person.id, context.now)
    return True


def _answered(context: Context, asker: Asker, asked: AskedBack, verb: str, text: str) -> list[Say]:
    """The answer of somebody who reports for the unit. The question ends, or the report is opened to be mended."""
    form, unit = forms.published(context.connection, asked.form, asked.period), context.unit(asked.unit_id)
    if form is None or not is_charged(form, unit, asker.duties, context.tree):
        refuse(context, asker, "answer back", unit)
    if not asked.is_open:
        return [Say(asker.home, asker.words("back_over"))]
    if verb == "wrong":
        return _mend(context, asker, asked, Task(form, unit, asked.period))
    state: State = "confirmed" if verb == "right" else "answered"
    data_queries.end(context.connection, asked, state, context.now, asker.person.id, text)
    told_to = [outcome(each, asked, form, unit, state) for each in flags.take(context.connection, asked.id)]
    if asked.asked_by is None:
        return [Say(asker.home, asker.words("flag_thanks")), *told_to]
    owner = people.person_of(context.connection, asked.asked_by)
    ended = ended_say(asked, form, unit, state, asked.value, text, asker.person.name, owner)
    return [Say(asker.home, asker.words("back_thanks", name=owner.name)), ended, *told_to]


def _mend(context: Context, asker: Asker, asked: AskedBack, task: Task) -> list[Say]:
    """The report is opened to be corrected, at the figure that is asked about."""
    found = drafts.of_unit(context.connection, task.form.key, task.unit.id, task.period)
    if found is None or found[0].state != "sent":
        return open_task(context, asker.person, asker.home, task)
    opened = correcting(context, asker.person, filling_of(context, *found))
    drafts.go_to(context.connection, asker.home, found[0].id)
    at_figure = any(question.name == asked.indicator for question in opened.asked)
    return go_on(context, asker.person, asker.home, opened.edit(asked.indicator) if at_figure else opened)


def _shown_again(context: Context, asker: Asker, asked: AskedBack) -> list[Say]:
    form = forms.published(context.connection, asked.form, asked.period)
    if form is None:
        return []
    owner = people.person_of(context.connection, asked.asked_by) if asked.asked_by is not None else None
    said = asked_say(asked, form, context.unit(asked.unit_id), owner, asker.person, context.zone)
    return [replace(said, to=asker.to)]
