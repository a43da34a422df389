"""«Số này chưa đúng?»: a resident doubts a figure; the unit that reported it is asked, and whoever doubted it is told."""

from collections.abc import Sequence
from dataclasses import replace

from messages.residents.presses import from_base36, indicator_named, name_of, press_of, to_base36
from messages.residents.view import View
from reporting.events.queries import DoubtEnded
from reporting.figures.flag import Doubted
from reporting.figures.indicator import Indicator
from reporting.press import read_day
from reporting.presses.residents import FlagPress
from reporting.rounds.data_query import AskedBack
from reporting.say import Button, Rank, Say
from reporting.texts import in_language
from reporting.translator import translator
from reporting.units import Unit
from understanding.inquiry import Inquiry, Span


def flag_button(view: View, doubted: Doubted) -> Button:
    """«Số này chưa đúng?»"""
    fields = (to_base36(doubted.unit.id), name_of(doubted.indicator), f"{doubted.period:%y%m%d}")
    return Button(view.words.plain("flag_button"), FlagPress(fields))


def read_doubted(arguments: Sequence[str], view: View) -> Doubted:
    """The figure of a button. ValueError or KeyError if it is none of ours."""
    unit, name, period = (*arguments, "", "", "")[:3]
    return Doubted(view.tree.unit(from_base36(unit)), indicator_named(name, view), read_day(period))


def named(view: View, doubted: Doubted) -> dict[str, object]:
    """«xã Thọ Dân – Số ca mắc mới» and the day, for a sentence."""
    label = view.label(view.public[doubted.indicator][1])
    what = view.words.plain("follow_named", unit=doubted.unit.title, indicator=label)
    return {"what": what, "date": doubted.period}


def doubt_taken(view: View, doubted: Doubted) -> Say:
    """That the unit is asked, what is kept until then, and how to have it deleted."""
    return Say(view.to, view.words("flag_taken", **named(view, doubted)))


def confirmed(view: View, doubted: Doubted) -> Say:
    """That the unit has confirmed the figure as it stands, and whom to turn to."""
    contact = view.said("authority") or view.words.plain("contact_desk")
    return Say(view.to, view.words("flag_confirmed", contact=contact, **named(view, doubted)))


def outcome(of: DoubtEnded) -> Say:
    """What became of it, to whoever doubted it, with the figure as it is now or a button that asks for it.

    Of an indicator of which small counts are held back it is not told whether the figure is another now: that would tell of it.
    """
    asked, to = of.asked, of.flag.to
    words, question = translator(of.flag.language), of.form.by_name.get(asked.indicator)
    label = in_language(question.alone, words.language) if question is not None else asked.indicator
    title = of.unit.title[:1].upper() + of.unit.title[1:]
    is_silent = question in of.form.held_back and of.state != "unanswered"
    key = "flag_ended_silent" if is_silent else f"flag_ended_{of.state}"
    text = words(key, unit=title, indicator=label, date=asked.period)
    if of.figure_now is not None and not is_silent:
        return replace(of.figure_now, to=to, text=f"{text}\n\n{of.figure_now.text}", rank=Rank.REMINDER)
    row = (Button(words.plain("flag_look"), press_of(inquiry_about(asked, of.unit))),)
    return Say(to, text, (row,), rank=Rank.REMINDER)


def inquiry_about(asked: AskedBack, unit: Unit) -> Inquiry:
    """What the public asks of the figure that was asked about."""
    day = Span("date", asked.period, asked.period)
    return Inquiry("value", "value", (unit,), indicators=(Indicator(asked.form, asked.indicator),), span=day)
