"""From an inquiry to the answer: what has to be read for it, and what is told once it is known."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from messages.residents.asked_back import ask_back, nearest_overviews, outside
from messages.residents.contacts import emergency, fire
from messages.residents.days import periods_asked
from messages.residents.days_compared import days_compared
from messages.residents.flags import doubtful, flag_button
from messages.residents.former import notes, of_those_days, within_its_life
from messages.residents.many import listed, ranked
from messages.residents.next_questions import next_buttons
from messages.residents.ourselves import about, contact, greet, help_text, report_help, thanks
from messages.residents.plain import (
    flag,
    future,
    not_collected,
    personal,
    unclear,
    with_examples,
)
from messages.residents.trend import periods_read, trend, trend_picture
from messages.residents.units_compared import compared
from messages.residents.values import one_value, overview, values
from messages.residents.view import View
from reporting.figures.known import Known, Wanted
from reporting.forms import Form, Question
from reporting.say import Drawn, Say
from reporting.translator import Html
from reporting.units import Unit
from understanding.inquiry import ABOUT_FIGURES, OF_ONE_INDICATOR, Inquiry, Intent, Span

MOST_UNITS = 8
MOST_INDICATORS = 6


def settle(inquiry: Inquiry, view: View) -> Inquiry:
    """The inquiry with what goes without saying: the whole area where no unit was named, an overview where no indicator was.

    What is not public is as if it were not collected.
    """
    if inquiry.intent not in ABOUT_FIGURES:
        return inquiry
    if inquiry.meanings:
        return replace(inquiry, meanings=tuple(settle(each, view) for each in inquiry.meanings))
    named = (*inquiry.indicators, *inquiry.indicator_choices)
    choices = tuple(each for each in inquiry.indicator_choices if each in view.public)
    if (
        not view.public
        or any(each not in view.public for each in inquiry.indicators)
        or (named and not choices and not inquiry.indicators)
    ):
        return replace(inquiry, intent="not collected", doubts=())
    inquiry = replace(inquiry, indicator_choices=choices, span=inquiry.span or _latest(view))
    if not inquiry.units and "unit" not in inquiry.doubts:
        inquiry = _with_area(inquiry, view)
    inquiry = of_those_days(inquiry, view)
    if inquiry.intent == "value" and not inquiry.indicators and "indicator" not in inquiry.doubts:
        inquiry = replace(inquiry, intent="overview", wanted="overview")
    if inquiry.against is not None:
        inquiry = _days_compared(inquiry, inquiry.against, view)
    elif inquiry.intent == "compare" and len(inquiry.units) == 1 and "unit" not in inquiry.doubts:
        meant: Intent = "value" if inquiry.merged else "trend"
        inquiry = replace(inquiry, intent=meant, wanted=meant)
    needs_one = inquiry.intent in OF_ONE_INDICATOR
    if needs_one and not inquiry.indicators and "indicator" not in inquiry.doubts:
        inquiry = replace(inquiry, doubts=(*inquiry.doubts, "indicator"))
    return _of_one(inquiry, view)


def _of_one(inquiry: Inquiry, view: View) -> Inquiry:
    """There is no ranking, and no list, of one unit: its figure is told."""
    if inquiry.intent not in ("rank", "list") or inquiry.doubts:
        return inquiry
    units = units_asked(inquiry, view)
    if len(units) != 1:
        return inquiry
    plain = replace(inquiry, intent="value", wanted="value", units=units, all_units=units == (view.root,))
    return replace(plain, kinds=(), order="", limit=None, bounds=None)


def _days_compared(inquiry: Inquiry, against: Span, view: View) -> Inquiry:
    """Only what is counted by the day is compared day with day; of what was decided, one of them is asked for."""
    found = [view.public[each] for each in (*inquiry.indicators, *inquiry.indicator_choices)]
    if all(form.schedule.period != "on change" and question.kind != "state" for form, question in found):
        return inquiry
    choices = tuple(each for each in (inquiry.span, against) if each is not None)
    doubts = (*inquiry.doubts, *(() if "period" in inquiry.doubts else ("period",)))
    return replace(
        inquiry, intent="value", wanted="value", span=None, against=None, span_choices=choices, doubts=doubts
    )


def _latest(view: View) -> Span:
    return Span("latest", view.today, view.today)


def _with_area(inquiry: Inquiry, view: View) -> Inquiry:
    if view.root is not None:
        return replace(inquiry, units=(view.root,), all_units=True)
    return replace(inquiry, doubts=("unit", *inquiry.doubts), unit_choices=tuple(view.tree.roots(view.today)))


def asked(inquiry: Inquiry, view: View) -> dict[str, tuple[Form, list[Question]]]:
    """The questions asked about, by form; none named: those of an overview, and the running totals beside them."""
    found: dict[str, tuple[Form, list[Question]]] = {}
    for indicator in inquiry.indicators[:MOST_INDICATORS] or view.first:
        form, question = view.public[indicator]
        found.setdefault(form.key, (form, []))[1].append(question)
    if not inquiry.indicators:
        for form, questions in found.values():
            beside = view.grown(form)
            questions += [beside[q.name] for q in questions if q.name in beside and beside[q.name] not in questions]
    return found


def units_asked(inquiry: Inquiry, view: View) -> tuple[Unit, ...]:
    """The units to be told of, of a list or a ranking all that are in it.

    «Xã nào» is said for any unit of that level, towns too; «thị trấn nào» is about towns. What is summed over days is told of all
    units of these days, so that it adds up to the total; what stands on a day, of the units of the last one.
    """
    span = inquiry.span or _latest(view)
    if inquiry.intent not in ("list", "rank") or not inquiry.indicators:
        return inquiry.units[:MOST_UNITS]
    form, question = view.public[inquiry.indicators[0]]
    if len(inquiry.units) > 1:
        return inquiry.units
    periods = periods_asked(form, span)
    first_on = periods[0] if question.kind == "flow" else periods[-1]
    found: dict[int, Unit] = {}
    for root in inquiry.units:
        units = [view.tree.unit(one) for one in view.areas.during(form, root, first_on, periods[-1])]
        kinds = Counter(unit.kind for unit in units)
        if inquiry.kinds and not kinds.keys() & set(inquiry.kinds):
            units = view.areas.below(root, inquiry.kinds, periods[-1])
        elif inquiry.kinds and kinds.most_common(1)[0][0] not in inquiry.kinds:
            units = [unit for unit in units if unit.kind in inquiry.kinds]
        found.update({unit.id: unit for unit in units})
    return tuple(found.values())


def wants(inquiry: Inquiry, view: View) -> list[Wanted]:
    """What has to be read to answer; nothing where no figure is told."""
    if inquiry.intent not in ABOUT_FIGURES or inquiry.intent == "missing" or inquiry.doubts:
        return []
    inquiry = within_its_life(inquiry)
    span = inquiry.span or _latest(view)
    units = units_asked(inquiry, view)
    wanted = []
    for form, questions in asked(inquiry, view).values():
        only = questions[:1] if inquiry.intent in OF_ONE_INDICATOR else questions
        periods = _periods(inquiry, form, span)
        is_many = inquiry.intent in ("rank", "list")
        wanted.append(Wanted(form, tuple(only), units, periods, each=is_many, as_one=is_many))
    return wanted[:1] if inquiry.intent in OF_ONE_INDICATOR else wanted


def _periods(inquiry: Inquiry, form: Form, span: Span) -> tuple[date, ...]:
    if inquiry.intent == "trend":
        return periods_read(form, span)
    if inquiry.against is None:
        return periods_asked(form, span)
    return tuple(sorted({*periods_asked(form, inquiry.against), *periods_asked(form, span)}))


def last_period(inquiry: Inquiry, view: View) -> date | None:
    """The last of the past periods that are asked about; None where no figure is told, or where what was decided holds on."""
    span, read = inquiry.span, wants(inquiry, view)
    if span is None or span.last_on >= view.today or any(each.form.schedule.period == "on change" for each in read):
        return None
    return max((period for each in read for period in each.periods), default=None)


def is_before_all(last: date, first: date, began: Iterable[date]) -> bool:
    """Whether days up to `last` lie before the `first` figure, and before the forms were in force, which `began` then.

    Once a form was in force reports were owed: of those days it is said who has not reported.
    """
    return all(last < day for day in (first, *began))


def tell(inquiry: Inquiry, view: View, known: Sequence[Known]) -> Say:
    """The answer to a settled inquiry, from what was read for its `wants`."""
    if inquiry.intent not in ABOUT_FIGURES:
        return _plainly(inquiry, view)
    if inquiry.doubts:
        return ask_back(view, inquiry)
    if not known:
        return Say(view.to, not_collected(view))
    rows, said = next_buttons(view, inquiry), notes(view, inquiry)
    inquiry = within_its_life(inquiry)
    drawn = _drawn(inquiry, view, known[0]) if inquiry.intent == "trend" else None
    doubted = doubtful(inquiry, view, known)
    if doubted is not None:
        rows = (*rows, (flag_button(view, doubted),))
    return Say(view.to, view.joined([*said, _figures(inquiry, view, known)]), rows, photo=drawn)


def _drawn(inquiry: Inquiry, view: View, known: Known) -> Drawn | None:
    """The picture of one unit's trend; of several units the words alone."""
    units = known.wanted.units
    if len(units) != 1:
        return None
    return trend_picture(view, known, units[0], known.wanted.questions[0], inquiry.span or _latest(view))


def _figures(inquiry: Inquiry, view: View, known: Sequence[Known]) -> Html:
    span, units, first = inquiry.span or _latest(view), known[0].wanted.units, known[0]
    question = first.wanted.questions[0]
    match inquiry.intent:
        case "overview":
            return view.joined([overview(view, known, unit, inquiry) for unit in units], "\n\n")
        case "rank":
            return ranked(view, first, question, units, inquiry, span)
        case "list":
            return listed(view, first, question, units, inquiry, span)
        case "compare" if inquiry.against is not None:
            return days_compared(view, first, units[0], question, (span, inquiry.against))
        case "compare" if len(units) > 1:
            return compared(view, first, question, units, inquiry, span)
        case "trend":
            return view.joined([trend(view, first, unit, question, span) for unit in units], "\n\n")
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
    return Say(view.to, texts.get(inquiry.intent, lambda: unclear(view))())
