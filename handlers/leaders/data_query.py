"""Asking back about a figure: a leader asks, the unit's reporter says that it is right, or mends it, or explains."""

import re
from dataclasses import replace
from datetime import date
from functools import cache

from handlers.leaders.leader_access import (
    Asker,
    asker_of,
    below,
    demand_of,
    form_meant,
    inquired,
    of_button,
    periods_meant,
    place,
    told_in_place,
)
from handlers.reporters.open_report import open_again
from handlers.residents.public_answer import vocabulary_of
from messages.leaders.data_query_words import choose_figure
from messages.notices import message_of, notices_of
from reporting.errors import Refused
from reporting.filling.tasks import Task
from reporting.forms import Form
from reporting.incoming import Message, Tap
from reporting.presses.leaders import AskBack, ChooseFigure
from reporting.presses.reporters import FigureIsRight, FigureIsWrong
from reporting.rounds.data_query import LONGEST, AskedBack, askable
from reporting.say import Say
from reporting.translator import Html, Translator
from reporting.typed_buttons import fold_typed
from reporting.units import Unit
from services import data_query
from services.context import Context
from storage.organisation import people
from storage.reports import reports
from understanding import Inquiry, understand
from understanding.days import past_days

NUMBERED = re.compile(r"#?(\d{1,12})\b[\s:,.–-]*(.*)", re.DOTALL)
RIGHT = ("right", "wrong")


def ask_typed(message: Message, context: Context) -> list[Say]:
    """/hoilai <unit> <figure> [day]: <what is doubted>."""
    asker = asker_of(context, message, "ask back")
    inquiry, note = _about(context, asker, message.arguments)
    if not note and ":" not in message.arguments and not message.said.startswith("/"):
        note = message.arguments  # a sentence is put to the reporter as it was said
    if inquiry is None or len(inquiry.units) != 1:
        raise Refused("back_usage")
    unit = inquiry.units[0]
    demand_of(context, asker, "ask back", unit)
    form = form_meant(context, unit, inquiry)
    period = periods_meant(context, form, inquiry)[-1]
    named = [each.question for each in (*inquiry.indicators, *inquiry.indicator_choices) if each.form == form.key]
    if len(named) != 1:
        return told_in_place(asker, _which(context, asker, form, unit, period, 0))
    return told_in_place(asker, _ask(context, asker, form, unit, period, named[0], " ".join(note.split())[:LONGEST]))


def _about(context: Context, asker: Asker, typed: str) -> tuple[Inquiry | None, str]:
    """What is doubted, and the words about it: behind a colon, else all that is not needed to name a unit's figure and its day.

    Refused where the days that are named are none to tell of.
    """
    about, colon, note = typed.partition(":")
    if colon or not typed.strip():
        return inquired(context, about, asker.duties), note
    past_days(understand(typed, vocabulary_of(context), context.today).days, context.today)
    pieces = typed.split()
    read = [(size, _figure_of(context, asker, " ".join(pieces[:size]))) for size in range(1, len(pieces) + 1)]
    named = [(size, inquiry) for size, inquiry in read if inquiry is not None]
    if not named:
        return inquired(context, typed, asker.duties), ""
    size, longest = named[-1]
    return longest, " ".join(pieces[size:])


def _figure_of(context: Context, asker: Asker, typed: str) -> Inquiry | None:
    """What names one unit's figure; None for anything else."""
    try:
        inquiry = inquired(context, typed, asker.duties)
    except Refused:
        return None
    return inquiry if inquiry is not None and len(inquiry.units) == 1 and inquiry.indicators else None


def choose_pressed(tap: Tap, press: ChooseFigure, context: Context) -> list[Say]:
    """«Hỏi lại»: which figure."""
    asker = asker_of(context, tap, "ask back")
    form, unit, period = of_button(context, press)
    demand_of(context, asker, "ask back", unit)
    return told_in_place(asker, _which(context, asker, form, unit, period, below(press.page, 1000)))


def ask_pressed(tap: Tap, press: AskBack, context: Context) -> list[Say]:
    """The figure was chosen: the question is asked."""
    asker = asker_of(context, tap, "ask back")
    form, unit, period = of_button(context, press)
    demand_of(context, asker, "ask back", unit)
    report = reports.newest(context.connection, form.key, unit.id, period)
    found = askable(form, report) if report is not None else []
    return told_in_place(
        asker, _ask(context, asker, form, unit, period, found[below(press.place, len(found))].name, "")
    )


def right_pressed(tap: Tap, press: FigureIsRight, context: Context) -> list[Say]:
    """«Đúng» under a question."""
    return _answer_pressed(tap, press.query_id, "right", context)


def wrong_pressed(tap: Tap, press: FigureIsWrong, context: Context) -> list[Say]:
    """«Sửa» under a question."""
    return _answer_pressed(tap, press.query_id, "wrong", context)


def _answer_pressed(tap: Tap, query_id: int, verb: str, context: Context) -> list[Say]:
    asker = asker_of(context, tap, "answer back")
    return told_in_place(asker, answer_query(context, asker, data_query.question(context, query_id), verb, ""))


def answer_typed(message: Message, context: Context) -> list[Say]:
    """/traloi [number] <đúng | sửa | words>; alone: what is open."""
    asker = asker_of(context, message, "answer back")
    open_now = data_query.open_for(context, asker.duties)
    text = " ".join(message.arguments.split())[:LONGEST]
    if numbered := NUMBERED.fullmatch(text):
        open_now = [each for each in open_now if each.id == int(numbered[1])]
        text = numbered[2]
    if not open_now:
        return [Say(asker.to, asker.words("back_none"))]
    if not text or len(open_now) > 1:
        return [say for each in open_now[:5] for say in query_again(context, asker, each)]
    verb = next((each for each in RIGHT if fold_typed(text) in typed_answers(asker.words, each)), "")
    return answer_query(context, asker, open_now[0], verb, text)


@cache
def typed_answers(words: Translator, verb: str) -> tuple[str, ...]:
    """What is typed instead of a button of the question."""
    return tuple(fold_typed(phrase) for phrase in words.plain(f"back_typed_{verb}").split(";"))


def _which(context: Context, asker: Asker, form: Form, unit: Unit, period: date, page: int) -> list[Say]:
    to = place(context, asker, unit)
    report = reports.newest(context.connection, form.key, unit.id, period)
    if report is None:
        return [Say(to, asker.words("back_no_report", unit=unit.title, period=form.period(period)))]
    return [choose_figure(form, report, unit, page, to, asker.words)]


def _ask(context: Context, asker: Asker, form: Form, unit: Unit, period: date, indicator: str, note: str) -> list[Say]:
    """Puts the question to the unit's reporters; what the asker hears of it."""
    done = data_query.ask(context, asker.actor, form, unit, period, indicator, note)
    words, to = asker.words, place(context, asker, unit)
    if done.state == "no report":
        return [Say(to, words("back_no_report", unit=unit.title, period=form.period(period)))]
    if done.state == "nobody reports":
        return [Say(to, words("back_nobody", unit=unit.title))]
    if done.due_at is None:
        return [Say(to, words("back_already"))]
    local = done.due_at.astimezone(context.zone)
    text = words("back_asked", names=people.names(done.people), unit=unit.title, period=form.period(period), at=local)
    if done.can_be_corrected:
        text = Html(f"{text} {words('back_opened')}")
    return [*notices_of(done.events, context.zone), Say(to, text)]


def answer_query(context: Context, asker: Asker, asked: AskedBack, verb: str, text: str) -> list[Say]:
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


def query_again(context: Context, asker: Asker, asked: AskedBack) -> list[Say]:
    """An open question, as it was put."""
    event = data_query.told_again(context, asker.actor, asked)
    return [replace(message_of(event, context.zone), to=asker.to)] if event is not None else []
