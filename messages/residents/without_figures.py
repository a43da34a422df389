"""Answers without figures: what is refused and why, what is not collected, and examples of what may be asked."""

from collections.abc import Sequence
from datetime import date, datetime

from messages.residents.view import View
from reporting.figures.indicator import Indicator
from reporting.figures.public_scope import due
from reporting.forms import Form
from reporting.texts import in_language
from reporting.translator import Html
from reporting.units import Unit
from understanding.days import shortened
from understanding.inquiry import DaysSaid

EXAMPLES = 3


def examples(view: View) -> list[str]:
    """Questions that work here, made of this tree's units and these forms' own words."""
    words, units, unit = view.words, _some_units(view), view.root
    called = [_called(view, indicator) for indicator in view.first[:EXAMPLES]]
    found = [
        words.plain("ask_example_value", unit=each.title, indicator=name)
        for each, name in zip(units, called, strict=False)
    ]
    if unit is not None and called:
        found.append(words.plain("ask_example_total", unit=unit.title, indicator=called[0]))
    return found


def _called(view: View, indicator: Indicator) -> str:
    question = view.public[indicator][1]
    name = question.aliases[0] if question.aliases else view.label(question)
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def _some_units(view: View) -> list[Unit]:
    """A few units that report, the same ones every time."""
    roots = view.tree.roots(view.today)
    members = [one for root in roots for form in view.forms for one in view.areas.members(form, root, view.today)]
    some = list(dict.fromkeys(members))
    return [view.tree.unit(one) for one in some[:: max(len(some) // EXAMPLES, 1)]][:EXAMPLES]


def with_examples(view: View, first: Html) -> Html:
    lines = [view.words("ask_example", text=each) for each in examples(view)]
    return view.joined([first, view.words("ask_examples"), *lines] if lines else [first])


def nothing_yet(view: View, first: date) -> Html:
    """That all the days asked about lie before the first figure, and when that was; nobody has failed to report for them."""
    return view.words("day_before_all", date=first)


def flag(view: View) -> Html:
    """Whom to tell that a figure is wrong: nothing changes but by an official correction."""
    return view.words("ask_flag", contact=authority(view))


def authority(view: View) -> str:
    """Whom to turn to: the authority that the forms name, else the desk."""
    return view.said("authority") or view.words.plain("contact_desk")


def personal(view: View) -> Html:
    return view.words("ask_personal")


def future(view: View, days: DaysSaid) -> Html:
    """That days are still ahead, named as they were typed; or that there are no forecasts."""
    if days.said:
        return view.words("day_ahead", day=shortened(days.said), today=view.today)
    return view.words("ask_future")


def not_collected(view: View) -> Html:
    return view.joined([view.words("ask_not_collected"), labels(view)])


def labels(view: View) -> Html:
    """All the figures that there are to ask for, in one line."""
    names = "; ".join(view.label(question) for _, question in view.public.values())
    return view.words("ask_indicators", names=names) if names else Html("")


def unclear_said(view: View) -> Html:
    topic = view.said("topic")
    area = view.root.title if view.root is not None else view.words.plain("ask_our_area")
    first = (
        view.words("ask_unclear", topic=topic, area=area) if topic else view.words("ask_unclear_no_topic", area=area)
    )
    return with_examples(view, first)


def meta(view: View, newest: Sequence[tuple[Form, datetime | None]]) -> Html:
    """Until when units report, what window is counted, and when the newest figure came."""
    words = view.words
    lines = []
    for form, at in newest:
        named = {"title": in_language(form.title, words.language)}
        if form.schedule.period != "on change":
            window = in_language(form.window, words.language)
            key = "ask_meta_window" if window else "ask_meta"
            lines.append(words(key, due=due(view, form, view.today).time(), window=window, **named))
        if at is not None:
            lines.append(words("ask_meta_newest", at=at.astimezone(view.zone), **named))
    authority = view.said("authority")
    if authority:
        lines.append(words("ask_meta_source", authority=authority))
    return view.joined([*lines, words("tell_demonstration") if view.demonstration else ""])
