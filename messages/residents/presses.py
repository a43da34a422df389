"""Inquiries as a button carries them: all that was understood so far, so short that nothing of a resident need be kept."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from typing import Any, Literal, get_args

from messages.residents.view import View
from reporting.channel import Channel
from reporting.figures.indicator import Indicator
from reporting.press import read_day
from reporting.presses.leaders import AskFigures
from reporting.units import Unit
from understanding.inquiry import Bounds, Doubt, Inquiry, Intent, Span

_INTENTS: Mapping[str, Intent] = {
    "v": "value",
    "o": "overview",
    "r": "rank",
    "l": "list",
    "c": "compare",
    "t": "trend",
    "m": "missing",
}
_LETTERS = {intent: letter for letter, intent in _INTENTS.items()}
_ORDERS: Mapping[str, Literal["", "most", "least"]] = {"": "", "h": "most", "b": "least"}
_DOUBTS: Mapping[str, Doubt] = {
    "x": "exclusion",
    "k": "unknown",
    "u": "unit",
    "i": "indicator",
    "p": "period",
    "g": "gone",
}
_HOW_MANY = re.compile(r"([0-9]{1,2})?(?:a([0-9]{1,9}))?(?:z([0-9]{1,9}))?")
_BEGINNING = "a"
_CHOICES = "_"
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@lru_cache(maxsize=4096)
def short_name(text: str, length: int = 5) -> str:
    """A short name that is always the same for a text."""
    number = int.from_bytes(blake2b(text.encode(), digest_size=8).digest())
    return "".join(_DIGITS[number // 36**place % 36] for place in range(length))


def name_of(indicator: Indicator) -> str:
    return short_name(f"{indicator.form}/{indicator.question}")


def press_of(inquiry: Inquiry, channel: Channel | None = None) -> AskFigures:
    """«ask:v:1a.1b:x3k9q:d211105:…». ValueError if a button of the channel cannot carry it, or it is not answered with figures.

    What is still in doubt goes along with its choices, unless they are too many to be carried.
    """
    whole = _press_of(inquiry)
    if channel is None or channel.carries(str(whole)):
        return whole
    shorter = _press_of(inquiry.changed(indicator_choices=(), span_choices=()))
    if not channel.carries(str(shorter)):
        raise ValueError(shorter)
    return shorter


def _press_of(inquiry: Inquiry) -> AskFigures:
    letter = _LETTERS.get(inquiry.wanted)
    if letter is None:
        raise ValueError(inquiry.wanted)
    order = next(short for short, order in _ORDERS.items() if order == inquiry.order)
    doubts = "".join(short for short, doubt in _DOUBTS.items() if doubt in inquiry.doubts)
    limit = str(inquiry.limit or "")
    bounds = inquiry.bounds or Bounds()
    least = "" if bounds.least is None else f"a{bounds.least}"
    most = "" if bounds.most is None else f"z{bounds.most}"
    fields = [
        f"{letter}{order}{limit}{least}{most}",
        ".".join(to_base36(unit.id) for unit in _named(inquiry)),
        _with_choices(map(name_of, inquiry.indicators), map(name_of, _open(inquiry, "indicator"))),
        _with_choices(
            (_span(span) for span in (inquiry.span, inquiry.against) if span is not None),
            map(_span, _open(inquiry, "period")),
        ),
        inquiry.choice or "",
        ".".join(short_name(kind, 3) for kind in inquiry.kinds),
        doubts,
    ]
    while fields and not fields[-1]:
        fields.pop()
    if any(":" in each for each in fields):
        raise ValueError(fields)
    return AskFigures(tuple(fields))


def _open(inquiry: Inquiry, doubt: Doubt) -> tuple[Any, ...]:
    """The choices of a doubt that is still open."""
    choices = {"indicator": inquiry.indicator_choices, "period": inquiry.span_choices}[doubt]
    return choices if doubt in inquiry.doubts else ()


def _with_choices(named: Iterable[str], choices: Iterable[str]) -> str:
    """«a.b», and behind it «_c.d» where it is one of those."""
    first, open_ones = ".".join(named), ".".join(choices)
    return f"{first}{_CHOICES}{open_ones}" if open_ones else first


def _named(inquiry: Inquiry) -> tuple[Unit, ...]:
    """The units as they were asked about: the former ones, so that of other days what they were then is told."""
    former = [[each.was for each in inquiry.merged if each.now == unit] or [unit] for unit in inquiry.units]
    return tuple(each for theirs in former for each in theirs)


def inquiry_of(arguments: Iterable[str], view: View) -> Inquiry:
    """What a button asks for. ValueError if it is none of ours: forged, or of a form or a unit that is no more."""
    what, units, names, span, choice, kinds, doubts = (*arguments, *[""] * 7)[:7]
    intent = _INTENTS.get(what[:1])
    if intent is None:
        raise ValueError(what)
    order = _ORDERS.get(what[1:2], "")
    limit, bounds = _how_many(what[1 + bool(order) :])
    names, _, name_choices = names.partition(_CHOICES)
    span, _, span_choices = span.partition(_CHOICES)
    days, _, against = span.partition(".")
    chosen_doubts = tuple(_DOUBTS[each] for each in doubts if each in _DOUBTS)
    return Inquiry(
        intent,
        intent,
        units=tuple(view.tree.unit(from_base36(each)) for each in _parts(units)),
        indicators=tuple(indicator_named(each, view) for each in _parts(names)),
        span=_read_span(days, view.today),
        against=_read_span(against, view.today),
        choice=choice or None,
        kinds=tuple(_kind(each, view) for each in _parts(kinds)),
        order=order,
        limit=limit,
        bounds=bounds,
        doubts=tuple(each for each in get_args(Doubt) if each in chosen_doubts),
        indicator_choices=tuple(indicator_named(each, view) for each in _parts(name_choices)),
        span_choices=tuple(each for text in _parts(span_choices) if (each := _read_span(text, view.today)) is not None),
    )


def _how_many(field: str) -> tuple[int | None, Bounds | None]:
    """The limit of a ranking and the bounds of its figures: «5», «a6», «a1z9»."""
    found = _HOW_MANY.fullmatch(field)
    if found is None:
        return None, None
    limit, least, most = (int(each) if each else None for each in found.groups())
    return limit or None, Bounds(least, most) if least is not None or most is not None else None


def _parts(field: str) -> list[str]:
    return field.split(".") if field else []


def to_base36(number: int) -> str:
    """An id, short."""
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
    return digits or "0"


def from_base36(text: str) -> int:
    """The id again. ValueError if it is none."""
    if not text.isascii() or not text.isalnum() or len(text) > 8:
        raise ValueError(text)
    return int(text, 36)


def indicator_named(name: str, view: View) -> Indicator:
    """The public indicator of a short name. ValueError if there is none."""
    found = [indicator for indicator in view.public if name_of(indicator) == name]
    if len(found) != 1:
        raise ValueError(name)
    return found[0]


def _kind(name: str, view: View) -> str:
    found = {unit.kind for unit in view.tree if short_name(unit.kind, 3) == name}
    if len(found) != 1:
        raise ValueError(name)
    return found.pop()


@lru_cache(maxsize=4096)  # the same few days, on each of the buttons
def _span(span: Span) -> str:
    """Days as they are, not as they were called: the button may be tapped tomorrow. ValueError where they are none of ours."""
    if span.kind == "latest":
        return "n"
    last = f"{span.last_on:%y%m%d}"
    if span.kind == "to_date":
        return _BEGINNING + last
    if not 2000 <= span.first_on.year <= span.last_on.year < 2100:
        raise ValueError(span)
    first = f"{span.first_on:%y%m%d}"
    return first if first == last else first + last


def _read_span(text: str, today: date) -> Span | None:
    if not text:
        return None
    if text == "n":
        return Span("latest", today, today)
    if text.startswith(_BEGINNING):
        return Span("to_date", date.min, min(read_day(text[1:]), today))
    first, last = read_day(text[:6]), read_day(text[6:] or text[:6])
    if last < first or last > today:
        raise ValueError(text)
    if first == last:
        return Span("today" if first == today else "date", first, last)
    if last == today and (last - first).days < 366:
        return Span("last_days", first, last)
    return Span("range", first, last)
