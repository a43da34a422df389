"""Which days a question means, from those that it names: one span, two that are compared, or a doubt with its choices."""

from datetime import date

from understanding.ambiguous_days import to_date
from understanding.inquiry import Inquiry, Intent, Span
from understanding.scene import Scene
from understanding.spans import last_days, named_span

_SUMMED: tuple[Intent, ...] = ("value", "rank", "list", "compare")


def with_span(inquiry: Inquiry, scene: Scene, spans: list[Span], vague: bool, today: date) -> Inquiry:
    """Adds the days asked about, or that they are in doubt: `spans` are those named, `vague` says that they are not clear."""
    doubts = list(inquiry.doubts)
    span: Span | None = None
    against: Span | None = None
    choices: tuple[Span, ...] = ()
    compared = _compared(inquiry, spans, today)
    if compared is not None and not vague:
        span, against = compared
    elif vague or len(spans) > 1 or (spans and (scene.periods.is_vague or _compares_days(inquiry))):
        doubts.append("period")
        choices = tuple(spans)
    elif spans and scene.periods.as_of and _is_flow(inquiry, scene):
        doubts.append("period")
        choices = (to_date(spans[0].last_on), spans[0])
    elif spans:
        span = spans[0]
    elif _is_summed(inquiry, scene):
        since = to_date(today)
        if scene.hints.whole_time:
            span = since
        else:
            doubts.append("period")
            choices = (Span("today", today, today), since)
    elif scene.periods.is_vague and inquiry.wanted != "trend":
        doubts.append("period")
        choices = (last_days(7, today), named_span("this_month", today))
    else:
        span = _usual(inquiry, scene, today)
    return inquiry.changed(
        span=span, against=against, span_choices=choices, no_day=scene.periods.no_day, doubts=tuple(doubts)
    )


_CURRENT: dict[str, str] = {"last_week": "this_week", "last_month": "this_month"}
"""What a week and a month are compared with where nothing else is named; a day is so with today."""


def _compares_days(inquiry: Inquiry) -> bool:
    """Whether days of one place are compared, rather than places."""
    return inquiry.wanted == "compare" and len(inquiry.units) + bool(inquiry.unit_choices) < 2


def _compared(inquiry: Inquiry, spans: list[Span], today: date) -> tuple[Span, Span] | None:
    """The later and the earlier days that are compared; None where there are no two."""
    if not _compares_days(inquiry):
        return None
    if len(spans) == 2:
        earlier, later = sorted(spans, key=lambda span: (span.last_on, span.first_on))
        return later, earlier
    one = spans[0] if len(spans) == 1 else None
    if one is None or one.kind not in ("yesterday", "date", *_CURRENT):
        return None
    return (named_span(_CURRENT[one.kind], today) if one.kind in _CURRENT else Span("today", today, today)), one


def _is_flow(inquiry: Inquiry, scene: Scene) -> bool:
    """Whether something is asked about of which the days' figures are summed."""
    asked = (*inquiry.indicators, *inquiry.indicator_choices)
    return any(scene.vocabulary.questions[each].sums_over_periods for each in asked)


def _is_summed(inquiry: Inquiry, scene: Scene) -> bool:
    """Whether a sum is asked for from the beginning, and no total of the forms counts that."""
    sums = {scene.vocabulary.questions[each].sums_over_periods for each in inquiry.indicators}
    return inquiry.wanted in _SUMMED and sums == {True} and (scene.hints.whole_time or scene.hints.cumulative)


def _usual(inquiry: Inquiry, scene: Scene, today: date) -> Span:
    """The days meant when none are named: today to compare what is counted by the day, the newest figure otherwise."""
    kinds = {scene.vocabulary.questions[each].kind for each in (*inquiry.indicators, *inquiry.indicator_choices)}
    if inquiry.wanted == "trend":
        return to_date(today) if scene.hints.whole_time else last_days(7, today)
    if inquiry.wanted == "missing" or (inquiry.wanted in ("compare", "rank") and kinds == {"flow"}):
        return Span("today", today, today)
    return Span("latest", today, today)
