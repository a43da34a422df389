"""Answers without figures: greetings, help, what is refused and why, and what has to be asked back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from reporting.forms import Form
from reporting.say import Button, Say
from reporting.telling.days import due, when
from reporting.telling.former import instead, named_all, titled
from reporting.telling.presses import press_of
from reporting.telling.view import View
from reporting.texts import in_language
from reporting.understanding.inquiry import Indicator, Inquiry, Span
from reporting.understanding.mergers import successors
from reporting.units import Unit
from reporting.words import Html

MOST_CHOICES = 12
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


def flag(view: View) -> Html:
    """Whom to tell that a figure is wrong: nothing changes but by an official correction."""
    return view.words("ask_flag", contact=authority(view))


def authority(view: View) -> str:
    """Whom to turn to: the authority that the forms name, else the desk."""
    return view.said("authority") or view.words.plain("contact_desk")


def personal(view: View) -> Html:
    return view.words("ask_personal")


def future(view: View) -> Html:
    return view.words("ask_future")


def not_collected(view: View) -> Html:
    labels = [view.label(question) for _, question in view.public.values()]
    first = view.words("ask_not_collected")
    return view.joined([first, view.words("ask_indicators", names="; ".join(labels))] if labels else [first])


def outside(view: View, inquiry: Inquiry) -> Say:
    """That a place is not ours, where its figures may be found, and ours that read alike."""
    words, portal = view.words, view.said("portal")
    area = view.root.title if view.root is not None else words.plain("ask_our_area")
    lines = [words("ask_outside", name=_short(inquiry.named_outside), area=area)]
    if portal:
        lines.append(words("ask_portal", portal=portal))
    buttons = _unit_buttons(view, inquiry) if inquiry.unit_choices else ()
    if buttons:
        lines.append(words("ask_did_you_mean"))
    return Say(view.to, view.joined(lines), buttons)


def _short(name: str) -> str:
    return name if len(name) <= 40 else name[:39] + "…"


def unclear(view: View) -> Html:
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


def ask_back(view: View, inquiry: Inquiry) -> Say:
    """The first doubt, as a question with a button for each possible meaning. Whoever types asks again in other words."""
    words = view.words
    match inquiry.doubts[0]:
        case "unit":
            if not inquiry.unit_choices:
                return Say(view.to, with_examples(view, words("ask_which_unit")))
            return Say(view.to, _which(view, inquiry), _unit_buttons(view, inquiry))
        case "gone":
            return _gone(view, inquiry)
        case "indicator":
            key = "ask_part" if inquiry.is_part else "ask_which_indicator"
            return Say(view.to, words(key), _indicator_buttons(view, inquiry))
        case "period":
            return Say(view.to, words("ask_which_period"), _span_buttons(view, inquiry))


def _which(view: View, inquiry: Inquiry) -> Html:
    choices = inquiry.unit_choices
    titles = [view.words.plain("ask_option", text=text) for text in _distinct(view, inquiry, choices[:MOST_CHOICES])]
    if len(titles) > 4:
        return view.words("ask_which_of_these")
    *most, last = titles
    names = view.words.plain("ask_or", some=", ".join(most), last=last) if most else last
    return view.words("ask_which_unit_of", options=names)


def _distinct(view: View, inquiry: Inquiry, choices: Sequence[Unit]) -> list[str]:
    """The units' titles, with their dates if they did not exist on all of the days, or what they lie in where two have the same."""
    span = inquiry.span or Span("latest", view.today, view.today)
    titles = [titled(view, unit, span.first_on, span.last_on) for unit in choices]
    return [
        f"{title} ({above.title})" if titles.count(title) > 1 and (above := _over(view, unit)) is not None else title
        for title, unit in zip(titles, choices, strict=True)
    ]


def _over(view: View, unit: Unit) -> Unit | None:
    return view.tree.unit(unit.parent_id) if unit.parent_id is not None else None


def _unit_buttons(view: View, inquiry: Inquiry) -> tuple[tuple[Button, ...], ...]:
    choices = inquiry.unit_choices[:MOST_CHOICES]
    titles = _distinct(view, inquiry, choices)
    return _buttons([(text, inquiry.with_unit(unit)) for text, unit in zip(titles, choices, strict=True)])


def _indicator_buttons(view: View, inquiry: Inquiry) -> tuple[tuple[Button, ...], ...]:
    choices = inquiry.indicator_choices or tuple(view.first)
    return _buttons(
        [(view.label(view.public[each][1]), inquiry.with_indicator(each)) for each in choices[:MOST_CHOICES]], across=1
    )


def _span_buttons(view: View, inquiry: Inquiry) -> tuple[tuple[Button, ...], ...]:
    today = view.today
    choices = inquiry.span_choices or (Span("today", today, today), *usual_spans(view))
    form = view.forms[0]
    return _buttons([(plain(when(view, form, span)), inquiry.with_span(span)) for span in choices[:MOST_CHOICES]])


def usual_spans(view: View) -> tuple[Span, ...]:
    """Yesterday, and the seven days up to today."""
    yesterday = view.today.fromordinal(view.today.toordinal() - 1)
    week = view.today.fromordinal(view.today.toordinal() - 6)
    return Span("yesterday", yesterday, yesterday), Span("last_days", week, view.today)


def plain(text: Html) -> str:
    """A formatted value for a button."""
    return text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")


def _buttons(found: Sequence[tuple[str, Inquiry]], across: int = 2) -> tuple[tuple[Button, ...], ...]:
    """Rows of buttons; what does not fit into a button's 64 bytes is left out and can still be typed."""
    buttons = []
    for text, inquiry in found:
        try:
            buttons.append(Button(text, press_of(inquiry)))
        except ValueError:
            continue
    across = across if all(len(button.text) <= 24 for button in buttons) else 1
    return tuple(tuple(buttons[start : start + across]) for start in range(0, len(buttons), across))


def _gone(view: View, inquiry: Inquiry) -> Say:
    """That a unit was not there on those days: since or until when it was, and which unit may be meant instead."""
    words, span = view.words, inquiry.span or Span("latest", view.today, view.today)
    lines = []
    for unit in inquiry.units:
        if unit.until is not None and unit.until <= span.first_on:
            now = named_all(view, successors(unit, view.tree))
            key = "ask_gone_merged" if now else "ask_gone"
            lines.append(words(key, unit=view.named(unit), date=unit.until, now=now))
        elif unit.since is not None and span.last_on < unit.since:
            lines.append(words("ask_not_there_yet", unit=view.named(unit), date=unit.since))
    asking = replace(inquiry, unit_choices=tuple(instead(view, inquiry)))
    buttons = _unit_buttons(view, asking)
    if buttons:
        lines.append(words("ask_did_you_mean"))
    return Say(view.to, view.joined(lines) or words("ask_which_unit"), buttons)
