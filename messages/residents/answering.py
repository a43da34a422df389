"""The answer to a question of the public in words: whichever way it was asked, and whoever asked it."""

from collections.abc import Sequence

from messages.residents.about_us import about, contact, greet, help_text, report_help, thanks
from messages.residents.clarification import ask_back, nearest_overviews, outside
from messages.residents.contacts import emergency, fire
from messages.residents.days_compared import days_compared
from messages.residents.flags import flag_button
from messages.residents.former_units import notes
from messages.residents.many_units import listed_said, ranked_said
from messages.residents.next_questions import next_buttons
from messages.residents.retired_forms import retired
from messages.residents.trend import trend_picture, trend_said
from messages.residents.units_compared import compared
from messages.residents.values import one_value, overview, values
from messages.residents.view import View
from messages.residents.who_reported import who_reported
from messages.residents.without_figures import (
    flag,
    future,
    meta,
    not_collected,
    nothing_yet,
    personal,
    unclear_said,
    with_examples,
)
from reporting.figures.known import Known
from reporting.say import Drawn, Say
from reporting.translator import Html
from understanding.figure_told import doubtful
from understanding.figures_wanted import latest, within_its_life
from understanding.inquiry import ABOUT_FIGURES, Inquiry
from understanding.public_answer import PublicAnswer


def tell(answer: PublicAnswer, view: View) -> Say:
    """What is told of what was found."""
    inquiry, known = answer.inquiry, answer.known
    if inquiry.intent == "meta":
        return Say(view.to, meta(view, answer.published))
    if inquiry.intent not in ABOUT_FIGURES:
        return _plainly(inquiry, view)
    if inquiry.doubts:
        return ask_back(view, inquiry)
    if answer.first is not None:
        return Say(view.to, nothing_yet(view, answer.first))
    if answer.reported:
        by_form = view.joined([who_reported(view, each) for each in answer.reported], "\n\n")
        over = retired(view, [each.form for each in answer.reported])
        return Say(view.to, view.joined([*notes(view, inquiry), by_form, *over]), next_buttons(view, inquiry))
    if not known:
        return Say(view.to, not_collected(view))
    rows, said = next_buttons(view, inquiry), notes(view, inquiry)
    inquiry = within_its_life(inquiry)
    drawn = _drawn(inquiry, view, known[0]) if inquiry.intent == "trend" else None
    doubted = doubtful(inquiry, view, known) if not view.is_group else None
    if doubted is not None:
        rows = (*rows, (flag_button(view, doubted),))
    over = retired(view, [each.wanted.form for each in known])
    return Say(view.to, view.joined([*said, _figures(inquiry, view, known), *over]), rows, photo=drawn)


def _drawn(inquiry: Inquiry, view: View, known: Known) -> Drawn | None:
    """The picture of one unit's trend; of several units the words alone."""
    units = known.wanted.units
    if len(units) != 1:
        return None
    return trend_picture(view, known, units[0], known.wanted.questions[0], inquiry.span or latest(view))


def _figures(inquiry: Inquiry, view: View, known: Sequence[Known]) -> Html:
    span, units, first = inquiry.span or latest(view), known[0].wanted.units, known[0]
    question = first.wanted.questions[0]
    match inquiry.intent:
        case "overview":
            return view.joined([overview(view, known, unit, inquiry) for unit in units], "\n\n")
        case "rank":
            return ranked_said(view, first, question, units, inquiry, span)
        case "list":
            return listed_said(view, first, question, units, inquiry, span)
        case "compare" if inquiry.against is not None:
            return days_compared(view, first, units[0], question, (span, inquiry.against))
        case "compare" if len(units) > 1:
            return compared(view, first, question, units, inquiry, span)
        case "trend":
            return view.joined([trend_said(view, first, unit, question, span) for unit in units], "\n\n")
    if len(units) == 1 and len(known) == 1 and len(first.wanted.questions) == 1:
        return one_value(view, first, units[0], question, inquiry)
    return values(view, known, units, inquiry)


def _plainly(inquiry: Inquiry, view: View) -> Say:
    match inquiry.intent:
        case "greet":
            return greet(view)
        case "outside":
            return outside(view, inquiry)
        case "not collected":
            return Say(view.to, not_collected(view), nearest_overviews(view, inquiry))
    texts = {
        "thanks": lambda: thanks(view),
        "about": lambda: about(view),
        "complaint": lambda: with_examples(view, view.words("ask_complaint")),
        "contact": lambda: contact(view, inquiry.units),
        "help": lambda: help_text(view),
        "report_help": lambda: report_help(view),
        "personal": lambda: personal(view),
        "emergency": lambda: fire(view) if inquiry.is_of_fire else emergency(view, inquiry.units),
        "flag": lambda: flag(view),
        "subscribe": lambda: view.words("follow_in_private"),
        "unsubscribe": lambda: view.words("follow_in_private"),
        "future": lambda: future(view, inquiry.days),
    }
    return Say(view.to, texts.get(inquiry.intent, lambda: unclear_said(view))())
