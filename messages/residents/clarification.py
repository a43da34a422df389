"""What has to be asked back, and what may be asked instead of what is not understood, left out, or not ours."""

from collections.abc import Sequence

from messages.residents.days import when
from messages.residents.former_units import instead, named_all, titled
from messages.residents.presses import press_of
from messages.residents.view import View
from messages.residents.without_figures import labels, with_examples
from reporting.say import Button, Say
from reporting.translator import Html
from reporting.units import Unit
from understanding.inquiry import Inquiry, Span
from understanding.mergers import successors

MOST_CHOICES = 12
MOST_OFFERED = 6


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


def ask_back(view: View, inquiry: Inquiry) -> Say:
    """The first doubt, as a question with a button for each possible meaning. Whoever types asks again in other words."""
    words = view.words
    match inquiry.doubts[0]:
        case "meaning":
            found = [(_whole(view, each), each) for each in inquiry.meanings]
            return Say(view.to, words("ask_meaning"), _buttons(view, found, across=1))
        case "exclusion":
            return _instead(view, inquiry, [words("ask_exclusion")])
        case "unknown":
            lines = [words("ask_unknown", name=_short(inquiry.unknown)), labels(view), words("ask_nearest")]
            return _instead(view, inquiry, lines)
        case "unit":
            if inquiry.is_part and inquiry.wanted == "value" and inquiry.unit_choices:
                return _instead(view, inquiry, [words("ask_part")])
            if not inquiry.unit_choices:
                anyone = inquiry.changed(unit_choices=_first_units(view))
                return Say(view.to, with_examples(view, words("ask_which_unit")), _unit_buttons(view, anyone))
            return Say(view.to, _which(view, inquiry), _unit_buttons(view, inquiry))
        case "gone":
            return _gone(view, inquiry)
        case "indicator":
            key = "ask_part" if inquiry.is_part else "ask_which_indicator"
            return Say(view.to, words(key), _indicator_buttons(view, inquiry))
        case "period":
            no_day = [words("day_none", day=inquiry.no_day)] if inquiry.no_day else []
            return Say(view.to, view.joined([*no_day, words("ask_which_period")]), _span_buttons(view, inquiry))


def _instead(view: View, inquiry: Inquiry, lines: Sequence[Html]) -> Say:
    """Plain questions near to what was asked, each with its unit and its figure on the button; none: examples."""
    buttons = _buttons(view, [(_full(view, each), each) for each in _nearest(view, inquiry)], across=1)
    if not buttons:
        return Say(view.to, with_examples(view, lines[0]))
    return Say(view.to, view.joined(lines), buttons)


def nearest_overviews(view: View, inquiry: Inquiry) -> tuple[tuple[Button, ...], ...]:
    """A way on where what is asked is not collected: what there is of the units named, or of the whole area."""
    units = inquiry.units or ((view.root,) if view.root is not None else ())
    if not view.public:
        return ()
    plain = inquiry.changed(wanted="overview", also=())
    found = [plain.offering((unit,), ()) for unit in units[:MOST_OFFERED]]
    return _buttons(view, [(_full(view, each), each) for each in found], across=1)


def _nearest(view: View, inquiry: Inquiry) -> list[Inquiry]:
    """The units named, and the whole area where one is left out of it, with each of the figures named; none: an overview."""
    units = inquiry.units or inquiry.unit_choices
    if view.root is not None and (not units or "exclusion" in inquiry.doubts):
        units = (view.root, *(unit for unit in units if unit != view.root))
    if inquiry.wanted in ("rank", "list"):
        units = units[:1]
    named = tuple(each for each in (*inquiry.indicators, *inquiry.indicator_choices) if each in view.public)
    if not named:
        plain = inquiry.changed(wanted="overview", doubts=tuple(each for each in inquiry.doubts if each == "period"))
        return [plain.offering((unit,), ()) for unit in units[:MOST_OFFERED]]
    pairs = [(unit, each) for unit in units for each in named]
    return [inquiry.offering((unit,), (each,)) for unit, each in pairs[:MOST_OFFERED]]


def _full(view: View, inquiry: Inquiry) -> str:
    unit = ", ".join(each.title for each in inquiry.units)
    if not inquiry.indicators:
        return view.words.plain("ask_overview_of", unit=unit)
    return view.words.plain("ask_figure_of", unit=unit, indicator=view.label(view.public[inquiry.indicators[0]][1]))


def _whole(view: View, inquiry: Inquiry) -> str:
    """Of which unit and which days it is asked: «trường Tư, mới nhất»."""
    span, form = inquiry.span or Span("latest", view.today, view.today), view.forms[0]
    days = view.words.plain("menu_latest") if span.kind == "latest" else button_text(when(view, form, span))
    units = ", ".join(each.title for each in inquiry.units)
    return view.words.plain("ask_meaning_of", unit=units, when=days[:1].lower() + days[1:])


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


def _first_units(view: View) -> tuple[Unit, ...]:
    """The whole area, and the units right under it where they are few: where nothing tells which one is meant."""
    below = sorted(view.tree.children(view.root, view.today), key=lambda unit: unit.name_order)
    whole = (view.root,) if view.root is not None else ()
    return (*whole, *below) if len(whole) + len(below) <= MOST_CHOICES else whole


def _unit_buttons(view: View, inquiry: Inquiry) -> tuple[tuple[Button, ...], ...]:
    choices = inquiry.unit_choices[:MOST_CHOICES]
    titles = _distinct(view, inquiry, choices)
    return _buttons(view, [(text, inquiry.with_unit(unit)) for text, unit in zip(titles, choices, strict=True)])


def _indicator_buttons(view: View, inquiry: Inquiry) -> tuple[tuple[Button, ...], ...]:
    choices = inquiry.indicator_choices or tuple(view.first)
    found = [(view.label(view.public[each][1]), inquiry.with_indicator(each)) for each in choices[:MOST_CHOICES]]
    return _buttons(view, found, across=1)


def _span_buttons(view: View, inquiry: Inquiry) -> tuple[tuple[Button, ...], ...]:
    today = view.today
    choices = inquiry.span_choices or (Span("today", today, today), *usual_spans(view))
    form = view.forms[0]
    return _buttons(
        view, [(button_text(when(view, form, span)), inquiry.with_span(span)) for span in choices[:MOST_CHOICES]]
    )


def usual_spans(view: View) -> tuple[Span, ...]:
    """Yesterday, and the seven days up to today."""
    yesterday = view.today.fromordinal(view.today.toordinal() - 1)
    week = view.today.fromordinal(view.today.toordinal() - 6)
    return Span("yesterday", yesterday, yesterday), Span("last_days", week, view.today)


def button_text(text: Html) -> str:
    """A formatted value for a button."""
    return text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")


def _buttons(view: View, found: Sequence[tuple[str, Inquiry]], across: int = 2) -> tuple[tuple[Button, ...], ...]:
    """Rows of buttons; what a button of the channel cannot carry is left out and can still be typed."""
    buttons = []
    for text, inquiry in found:
        try:
            buttons.append(Button(text, press_of(inquiry, view.channel)))
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
    asking = inquiry.changed(unit_choices=tuple(instead(view, inquiry)))
    buttons = _unit_buttons(view, asking)
    if buttons:
        lines.append(words("ask_did_you_mean"))
    return Say(view.to, view.joined(lines) or words("ask_which_unit"), buttons)
