"""The days that a text names, for whoever answers for certain days only: which they are, or why nothing can be told of them."""

import re
from collections.abc import Sequence
from datetime import date

from reporting.errors import Refused
from understanding.inquiry import DaysSaid, Span
from understanding.scene import Scene
from understanding.tokens import said_at

_WRITTEN = re.compile(r"(?<=\d) ([/.-]) (?=\d)")
"""The signs in a day («13/11»), which are tokens of their own."""
LONGEST = 60
"""A sentence has room for so many letters of what was typed."""
_SHAPED = re.compile(r"(?<![\w/.-])\d{1,2}/\d{1,2}(?:/\d{4})?(?![\w/])")
"""What is written as a day is, whether it can be one or not («32/13»)."""


def days_said(scene: Scene, text: str, spans: Sequence[Span], is_doubtful: bool, today: date) -> DaysSaid:
    """What a text says of days. `spans`: those named for certain; `is_doubtful`: that words of time have several readings or none."""
    periods = scene.periods
    if periods.no_day:
        return DaysSaid(periods.no_day, wrong="none")
    if not periods.named and (shaped := _SHAPED.search(text)) is not None:
        return DaysSaid(shaped[0], wrong="none")
    named = [span for span in spans if span.kind != "latest"]
    words = _WRITTEN.sub(r"\1", said_at([scene.tokens[at] for at in sorted(periods.at)]))
    if periods.is_ahead or any(span.last_on > today for span in named):
        return DaysSaid("" if periods.is_forecast else words, named[0] if named else None, "ahead")
    is_vague = not named and (periods.is_vague or (scene.hints.whole_time and not _is_of_totals(scene)))
    if is_doubtful or is_vague or len(named) > 1:
        return DaysSaid(" ".join(text.split()), wrong="unclear")
    return DaysSaid(words, named[0]) if named else DaysSaid()


def _is_of_totals(scene: Scene) -> bool:
    """Whether a running total is named, which is of its day whatever it counts («lũy kế tử vong»)."""
    return any(scene.vocabulary.questions[each].kind == "total" for each in scene.indicators.named)


def past_days(days: DaysSaid, today: date) -> Span | None:
    """The days that were named, none of them ahead; None: none was. Raises Refused for what is no day, ahead or not clear."""
    if days.wrong == "ahead":
        raise ahead(shortened(days.said), today)
    return any_days(days)


def any_days(days: DaysSaid) -> Span | None:
    """The days that were named, ahead or not: for what is arranged beforehand. Raises Refused for what is no day or not clear."""
    if days.wrong == "none":
        raise no_such_day(shortened(days.said))
    if days.wrong == "unclear":
        raise unclear(days.said)
    return days.span


def no_such_day(day: str) -> Refused:
    """That there is no such day, as it was typed, and how days are written."""
    return _again(Refused("day_none", day=day))


def unclear(said: str) -> Refused:
    """That it is not clear which day is meant by what was typed, and how days are written."""
    return _again(Refused("day_unclear", said=shortened(said)))


def ahead(day: str | date, today: date) -> Refused:
    """That a day, or what was typed for it, is still ahead («»: that there are no forecasts), and how days are written."""
    return _again(Refused("day_ahead", day=day, today=today) if day else Refused("ask_future"))


def before_all(first: date) -> Refused:
    """That nothing can be told of days before the first of which there are figures, or for which reports were owed."""
    return _again(Refused("day_before_all", date=first))


def _again(why: Refused) -> Refused:
    return Refused("day_again", why=why)


def shortened(words: str) -> str:
    """What was typed, cut to what a sentence has room for."""
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"
