"""The words of a question about a figure: to whoever reports, to its owner, and on the unit's page."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from messages.leaders.acting_words import value_said, written_said
from messages.reminders.reminder_words import clock, office
from reporting.events.queries import DataQueryAsked, DataQueryEnded
from reporting.forms import Form
from reporting.people import Address
from reporting.presses.leaders import AskBack, ChooseFigure, ShowUnit
from reporting.presses.reporters import FigureIsRight, FigureIsWrong
from reporting.reports import Report
from reporting.rounds.data_query import AskedBack, askable
from reporting.say import Button, Rank, Say
from reporting.texts import in_language
from reporting.translator import Html, Translator, translator
from reporting.units import Unit

PAGE = 8
LONGEST_LABEL = 60


def choose_figure(form: Form, report: Report, unit: Unit, page: int, to: Address, words: Translator) -> Say:
    """Which of a report's figures is asked about."""
    found = askable(form, report)
    rows = []
    for at, question in list(enumerate(found))[page * PAGE : (page + 1) * PAGE]:
        value = value_said(form, question.name, report.answers[question.name].value, words)
        label = f"{in_language(question.alone, words.language)[: LONGEST_LABEL - len(value) - 2]}: {value}"
        rows.append((Button(label, AskBack(form.key, unit.id, report.period, at)),))
    turns = [
        Button(words.plain(key), ChooseFigure(form.key, unit.id, report.period, to_page))
        for key, to_page in (("lead_button_before", page - 1), ("lead_button_after", page + 1))
        if to_page >= 0 and to_page * PAGE < len(found)
    ]
    return Say(
        to,
        words("back_which", unit=unit.title, period=form.period(report.period)),
        (*rows, *([tuple(turns)] if turns else [])),
    )


def asked_say(of: DataQueryAsked, zone: ZoneInfo) -> Say:
    """What the unit's reporter hears, with «Đúng» and «Sửa»."""
    asked, words = of.asked, translator(of.to.language)
    values = {"office": office(of.unit, words), **_about(asked, of.form, words)}
    deadline = clock(asked.due_at, asked.asked_at, zone, words)
    if of.by is None:
        text = words("flag_again" if of.again else "flag_letter", deadline=deadline, **values)
    else:
        text = words("back_again" if of.again else "back_letter", deadline=deadline, by=of.by.name, **values)
    lines = [text]
    if asked.note:
        lines.append(words("back_note", note=asked.note))
    if of.is_closed:
        contact = in_language(of.form.authority, words.language) or words.plain("contact_desk")
        lines.append(words("back_closed", contact=contact))
    lines.append(words("back_how", id=str(asked.id)))
    buttons = (
        Button(words.plain("back_button_right"), FigureIsRight(asked.id)),
        Button(words.plain("back_button_wrong"), FigureIsWrong(asked.id)),
    )
    return Say(of.to.address, "\n".join(lines), (buttons,), rank=Rank.REMINDER)


def ended_say(of: DataQueryEnded) -> Say:
    """What became of his question, to its owner."""
    words = translator(of.to.language)
    new = written_said(of.form, of.asked.indicator, of.value, words)
    values = _about(of.asked, of.form, words)
    text = words(f"back_ended_{of.state}", unit=of.unit.title, **values, new=new, answer=of.answer, name=of.name)
    if of.unsent:
        unsent = written_said(of.form, of.asked.indicator, of.unsent, words)
        text = Html(f"{text} {words('back_unsent', value=values['value'], new=unsent)}")
    button = Button(words.plain("look_button"), ShowUnit(of.form.key, of.unit.id, of.asked.period))
    return Say(of.to.address, text, ((button,),), rank=Rank.REMINDER)


def open_lines(asked: Sequence[AskedBack], form: Form, zone: ZoneInfo, words: Translator) -> list[Html]:
    """A line for each question on the unit's page."""
    lines = []
    for each in asked:
        values = _about(each, form, words)
        at = each.ended_at if each.ended_at is not None else each.due_at
        lines.append(words(f"back_line_{each.state}", **values, at=at.astimezone(zone), answer=each.answer))
    return lines


def _about(asked: AskedBack, form: Form, words: Translator) -> dict[str, str]:
    question = form.by_name.get(asked.indicator)
    label = in_language(question.alone, words.language) if question is not None else asked.indicator
    value = written_said(form, asked.indicator, asked.value, words)
    return {"label": label, "value": value, "day": words("round_period", period=form.period(asked.period))}
