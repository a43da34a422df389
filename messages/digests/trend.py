"""How a unit's own figures went over the last days: what its picture is drawn from."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from reporting.figures.drawings import TrendSeries, UnitTrend
from reporting.figures.figure import Figure
from reporting.forms import Form, Question
from reporting.period_types import periods_between
from reporting.questions.names import short_label
from reporting.texts import in_language
from reporting.translator import Translator
from reporting.units import Unit

MOST = 3
"""So many indicators are drawn one under the other."""


def trend_indicators(form: Form) -> list[Question]:
    """What is drawn: the form's first public flow, then its first public numbers that stand."""
    numbers = [q for q in form.indicators if q.is_public and q.kind in ("flow", "stock")]
    first = [q for q in numbers if q.kind == "flow"][:1] + [q for q in numbers if q.kind == "stock"]
    return first[:MOST]


def trend(
    form: Form,
    unit: Unit,
    figures: Sequence[Figure],
    last: date,
    days: int,
    now: datetime,
    words: Translator,
    *,
    demonstration: bool = False,
) -> UnitTrend | None:
    """The picture's content; None where no figure is known. A period without a figure is None, not 0."""
    periods = periods_between(form.schedule.period_type, date.fromordinal(last.toordinal() - days + 1), last)
    series = []
    for question in trend_indicators(form):
        known = {each.period: each.value for each in figures if each.indicator == question.name}
        values = [known.get(period) for period in periods]
        numbers = tuple(float(value) if isinstance(value, int | Decimal) else None for value in values)
        label = short_label(form, question, words.language)
        series.append(TrendSeries(label, in_language(question.unit, words.language), numbers))
    have = {each.period for each in figures}
    if not have:
        return None
    return UnitTrend(
        language=words.language,
        title=words.plain("trend_title", unit=unit.title),
        window=words.plain("trend_window", first=periods[0], last=last),
        coverage_text=words.plain("trend_coverage", have=len(have), of=len(periods)),
        periods=tuple(periods),
        series=tuple(series),
        as_of=now,
        demonstration=demonstration,
    )
