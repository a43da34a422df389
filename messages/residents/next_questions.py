"""The buttons under an answer: the questions that come next."""

from messages.residents.clarification import usual_spans
from messages.residents.follow_words import follow_button
from messages.residents.presses import press_of
from messages.residents.view import View
from reporting.say import Button
from reporting.units import Unit
from understanding.inquiry import Inquiry, Span


def next_buttons(view: View, inquiry: Inquiry) -> tuple[tuple[Button, ...], ...]:
    """Yesterday, seven days, the trend, the unit above, by unit: whichever was not just told."""
    inquiry = inquiry.changed(against=None)
    found = [*_other_days(view, inquiry), *_other_ways(view, inquiry), *_other_units(view, inquiry)]
    buttons = []
    for text, each in found:
        try:
            buttons.append(Button(text, press_of(each, view.channel)))
        except ValueError:
            continue
    if (follow := follow_button(view, inquiry)) is not None:
        buttons.append(follow)
    return tuple(tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2))


def _other_days(view: View, inquiry: Inquiry) -> list[tuple[str, Inquiry]]:
    words, span = view.words, inquiry.span
    if span is None or inquiry.intent == "trend" or _holds_on(view, inquiry):
        return []
    yesterday, week = usual_spans(view)
    found = []
    if span.kind in ("latest", "today", "last_days"):
        found.append((words.plain("next_yesterday"), inquiry.changed(span=yesterday)))
    if span.kind not in ("latest", "today"):
        today = Span("today", view.today, view.today)
        found.append((words.plain("next_today"), inquiry.changed(span=today)))
    if span.name != week.name and inquiry.intent in ("value", "rank") and _is_summed(view, inquiry):
        found.append((words.plain("next_week"), inquiry.changed(span=week)))
    return found if inquiry.intent != "missing" else found[:1]


def _other_ways(view: View, inquiry: Inquiry) -> list[tuple[str, Inquiry]]:
    words, found = view.words, []
    if len(inquiry.units) != 1 or inquiry.intent == "missing":
        return []
    bare = inquiry.changed(choice=None, order="", limit=None, bounds=None, kinds=())
    if len(inquiry.indicators) == 1 and not _holds_on(view, inquiry):
        _, week = usual_spans(view)
        if inquiry.intent in ("value", "compare"):
            found.append((words.plain("next_trend"), bare.changed(intent="trend", wanted="trend", span=week)))
    if inquiry.intent in ("value", "trend") and len(inquiry.indicators) == 1:
        found.append((words.plain("next_overview"), bare.changed(intent="overview", wanted="overview", indicators=())))
    return found


def _other_units(view: View, inquiry: Inquiry) -> list[tuple[str, Inquiry]]:
    words = view.words
    if len(inquiry.units) != 1:
        return []
    unit = inquiry.units[0]
    found = []
    bare = inquiry.changed(choice=None, order="", limit=None, bounds=None, kinds=())
    if inquiry.intent in ("value", "overview"):
        above = _above(view, unit)
        if above is not None:
            found.append((words.plain("next_unit", unit=above.title), bare.changed(units=(above,))))
        elif inquiry.intent == "value" and len(inquiry.indicators) == 1:
            found.append((words.plain("next_list"), bare.changed(intent="list", wanted="list")))
    if inquiry.intent in ("overview", "value") and view.tree.children(unit, view.today):
        today = Span("today", view.today, view.today)
        asked = bare.changed(intent="missing", wanted="missing", indicators=(), span=today)
        found.append((words.plain("next_missing"), asked))
    return found


def _above(view: View, unit: Unit) -> Unit | None:
    return view.tree.unit(unit.parent_id) if unit.parent_id is not None else None


def _holds_on(view: View, inquiry: Inquiry) -> bool:
    """Whether all that is asked about is set by decision and holds on: it has no days to leaf through."""
    forms = [view.public[each][0] for each in inquiry.indicators if each in view.public]
    return bool(forms) and all(form.schedule.period == "on change" for form in forms)


def _is_summed(view: View, inquiry: Inquiry) -> bool:
    questions = [view.public[each] for each in inquiry.indicators if each in view.public]
    return bool(questions) and all(
        question.sums_over_periods and form.schedule.period == "daily" for form, question in questions
    )
