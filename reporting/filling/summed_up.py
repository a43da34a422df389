"""What a longer report's figures come to by the unit's shorter reports: flows summed, what stands as it stood last, states not."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from reporting.figures.figure import Figure
from reporting.forms import Form, Question
from reporting.period_types import Period, first_day, periods_between

Number = int | Decimal


@dataclass(frozen=True, slots=True)
class SummedUp:
    """A figure that is proposed, and what it rests on: so many of the owed reports of `form`; `last_on`: the newest of them."""

    value: Number
    form: Form
    received: int
    owed: int
    last_on: date


@dataclass(frozen=True, slots=True)
class FormerReports:
    """Of the units that one was made of, for the days of a period before it began: their figures, and how many reports they owed.

    Of a unit that was divided there are no figures, as nobody can say which part of them is whose.
    """

    figures: Sequence[Figure] = ()
    owed: int = 0

    def of(self, indicator: str) -> "FormerReports":
        """The same with the numbers of one indicator alone."""
        numbers = [
            each for each in self.figures if each.indicator == indicator and isinstance(each.value, int | Decimal)
        ]
        return replace(self, figures=numbers)


NO_FORMER = FormerReports()


def shorter_forms(form: Form, among: Iterable[Form]) -> list[Form]:
    """The forms with shorter periods that have any of a form's figures, those with the longest periods first."""
    length = form.schedule.period_type.length
    found = [
        each
        for each in among
        if each.key != form.key and 0 < each.schedule.period_type.length < length and shared(form, each)
    ]
    return sorted(found, key=lambda each: -each.schedule.period_type.length)


def shared(form: Form, shorter: Form) -> tuple[Question, ...]:
    """The numbers that a form asks for and that a shorter one has under the same name, of the same type and kind."""
    return tuple(q for q in form.asked if q.kind not in (None, "state") and _is_same(q, shorter.by_name.get(q.name)))


def _is_same(one: Question, other: Question | None) -> bool:
    return other is not None and (one.type, one.kind) == (other.type, other.kind)


def summed_up(
    form: Form,
    period: date,
    shorter: Form,
    figures: Iterable[Figure],
    free: Collection[date],
    since: date,
    former: FormerReports = NO_FORMER,
) -> dict[str, SummedUp]:
    """By the question's name, what the shorter form's `figures` of one unit come to over a period of the longer one.

    `free`: periods for which nothing is owed. `since`: the first day from which the unit reports the shorter form. A flow is summed
    only where the shorter periods make up the longer exactly: weeks do not make up a month. What `former` units had of it in the
    period is in it too.
    """
    span = form.period(period)
    inside = periods_between(shorter.schedule.period_type, span.first_on, period)
    owed = [each for each in inside if each >= since and each not in free]
    of_name: dict[str, dict[date, Number]] = {}
    for each in figures:
        if each.period in inside and isinstance(each.value, int | Decimal):
            of_name.setdefault(each.indicator, {})[each.period] = each.value
    found = {}
    for question in shared(form, shorter):
        values = of_name.get(question.name, {})
        if question.kind != "flow" and values:
            found[question.name] = _of(question, values, shorter, owed, NO_FORMER)
        elif question.sums_over_periods and _make_up(shorter, inside, span):
            theirs = former.of(question.name)
            if values or theirs.figures:
                found[question.name] = _of(question, values, shorter, owed, theirs)
    return found


def _make_up(shorter: Form, inside: Sequence[date], span: Period) -> bool:
    return bool(inside) and (first_day(shorter.schedule.period_type, inside[0]), inside[-1]) == (
        span.first_on,
        span.last_on,
    )


def _of(
    question: Question, values: Mapping[date, Number], shorter: Form, owed: Sequence[date], former: FormerReports
) -> SummedUp:
    theirs = [(each.period, each.value) for each in former.figures if isinstance(each.value, int | Decimal)]
    last_on = max([*values, *(period for period, _ in theirs)])
    value = values[last_on] if not question.sums_over_periods else sum([*values.values(), *(of for _, of in theirs)])
    received, own = len(values) + len(theirs), len({*owed, *values})
    return SummedUp(value, shorter, received, own + max(former.owed, len(theirs)), last_on)
