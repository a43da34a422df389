"""Totals over a digest's units, its groups and the units of its days, by one rule: what is carried is whole or not told."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from reporting.digests.evidence import Evidence, Number
from reporting.figures.carried import Last, Share, Whole, completed, share
from reporting.forms import Question
from reporting.units import Unit

OfPeriod = Mapping[date, Number]


def over(question: Question, of_period: OfPeriod, periods: Sequence[date]) -> Number | None:
    """A unit's own value over a span: the sum of a flow (the newest of one that does not add up), else the value at the end.

    None: not reported; nothing is carried on.
    """
    if question.kind != "flow" or len(periods) == 1:
        return of_period.get(periods[-1])
    found = [of_period[period] for period in periods if period in of_period]
    if not question.sums_over_periods:
        return found[-1] if found else None
    return sum(found) if found else None


def is_carried(evidence: Evidence, question: Question) -> bool:
    """Whether late units stand in totals of this with their last value; a unit's own digest is no total over units."""
    return question.name in evidence.form.carried and not evidence.is_own


def total(evidence: Evidence, question: Question, units: Iterable[Unit], periods: Sequence[date]) -> Whole[Number]:
    """The total of these units over a span: of a flow all of it, else of its end, and of what is carried only of what exists then.

    What is not carried is the sum of what was reported. Of many units there is none of what does not add up.
    """
    of_unit = evidence.history.get(question.name, {})
    if not is_carried(evidence, question):
        rows = [_while_counted(evidence, unit, of_unit.get(unit.id, {}), periods) for unit in units]
        values = [value for row in rows if (value := over(question, row, periods)) is not None]
        is_no_sum = bool(values) and not question.has_total(len(rows))
        return Whole(question.together(values, len(rows)), len(values), is_no_sum=is_no_sum)
    on = periods[-1]
    living = evidence.existing_ids(on)
    own, late = list[Number](), dict[int, Last[Number]]()
    for unit in units:
        if unit.id not in living:
            continue
        value = of_unit.get(unit.id, {}).get(on)
        if value is None:
            late[unit.id] = last(evidence, question, unit.id, on)
        else:
            own.append(value)
    return completed(question, own, late, sum)


def _while_counted(evidence: Evidence, unit: Unit, of_period: OfPeriod, periods: Sequence[date]) -> OfPeriod:
    """A unit's values of those periods in which it is counted here: to a group it may be from a day on, or was up to one."""
    if not evidence.tree.is_group(evidence.unit) and not evidence.form.reports_until:
        return of_period
    return {on: of_period[on] for on in periods if on in of_period and unit.id in evidence.existing_ids(on)}


def last(evidence: Evidence, question: Question, unit_id: int, on: date) -> Last[Number]:
    """A unit's newest value up to a period, and when it reported last."""
    known: tuple[date, Number] | None = None
    for of_unit in (evidence.earlier, evidence.history):
        row = of_unit.get(question.name, {}).get(unit_id, {})
        newest = max((period for period in row if period <= on), default=None)
        if newest is not None and (known is None or known[0] < newest):
            known = newest, row[newest]
    reports = evidence.reported.get(question.name, {}).get(unit_id, ())
    place = bisect_right(reports, on)
    reported = reports[place - 1] if place else None
    return Last(known[1], known[0], reported) if known else Last(None, None, reported)


def brought(evidence: Evidence, question: Question, unit: Unit) -> Share[Number]:
    """What a unit without a value of its own for the span's end brings into the total; nothing where nothing is carried."""
    on = evidence.period
    if not is_carried(evidence, question) or on in evidence.history.get(question.name, {}).get(unit.id, {}):
        return Share()
    if unit.id not in evidence.existing_ids(on):
        return Share()
    return share(question, last(evidence, question, unit.id, on))
