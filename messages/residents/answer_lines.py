"""The lines of an answer that are the same whatever was asked: the value, its coverage, its source, and what marks it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from heapq import nsmallest

from babel.dates import format_date

from messages.residents.former_units import titled
from messages.residents.view import View
from reporting.figures.facts import Fact
from reporting.figures.known import Known
from reporting.figures.sums import Spread, Withheld, has_no_sum
from reporting.figures.told_amounts import Amount
from reporting.forms import Form, Question
from reporting.questions.choices import label_of
from reporting.texts import in_language
from reporting.translator import Html, Translator
from reporting.units import Unit

NAMES = 12
"""So many units without a report are named; more are counted."""
NAMED = 2
"""So many units are named beside a value."""


def value(view: View, question: Question, of: Amount | str | Spread | Withheld) -> Html:
    """«3 ca», «ít hơn 5 ca», «Cấp 2 (vùng vàng)», how many units stand at each level, or why there is no total."""
    words = view.words
    if isinstance(of, Withheld):
        if has_no_sum(of):
            return words("tell_no_sum")
        units = [view.tree.unit(one) for one in of.units]
        return words("tell_withheld", names=names_of(view, units, NAMED)) if units else words("tell_not_added_up")
    if isinstance(of, str):
        return view.html(label_of(question, of, words.language))
    if isinstance(of, Spread):
        counts = dict(of.counts)
        order = [choice.name for choice in question.choices if choice.name in counts]
        order += [name for name in counts if name not in order]
        return view.joined(
            [words("tell_spread", choice=label_of(question, name, words.language), n=counts[name]) for name in order],
            "; ",
        )
    if of.is_exact:
        said = view.html(of.low)
    elif of.is_few:
        said = words("tell_fewer_than", n=of.high + 1)
    else:
        said = words("tell_between", low=of.low, high=of.high)
    unit = in_language(question.unit, words.language)
    return words("tell_counted", value=said, unit=unit) if unit else said


def untold(words: Translator, of: Withheld) -> Html:
    """In a few words why there is no total: «không cộng chung», «chưa tính được»."""
    return words("open_no_sum" if has_no_sum(of) else "open_not_worked_out")


def names_of(view: View, units: Sequence[Unit], most: int = NAMES, told: Sequence[date] = ()) -> Html:
    """The units as their names sort, at most so many, and how many more; with their dates where they did not exist in all
    periods `told`.
    """
    shown = view.tree.first_by_name(units, most)
    titles = [titled(view, unit, told[0], told[-1]) if told else unit.title for unit in shown]
    said = view.joined([view.html(title) for title in titles], ", ")
    rest = len(units) - most
    return view.words("tell_and_more", names=said, n=rest) if rest > 0 else said


def periods(view: View, form: Form, count: int) -> Html:
    """«7 ngày», «4 tuần»."""
    return view.words(f"tell_many_{form.schedule.period_type.key}", n=count)


def over_days(view: View, known: Known, fact: Fact) -> Html:
    """«5/7 ngày có báo cáo», of a unit's sum over days."""
    if fact.periods is None or fact.coverage is not None or fact.periods.expected == 1:
        return Html("")
    key = known.form.schedule.period_type.key
    return view.words(f"tell_periods_{key}", done=fact.periods.received, all=fact.periods.expected)


def short_coverage(view: View, fact: Fact) -> Html:
    """« (31/34 đơn vị)» behind a value, of a total, of a sum over days « (60/68 báo cáo)»; of a running total also who is in it with
    an earlier value.
    """
    if fact.coverage is None:
        return Html("")
    values = {"done": fact.coverage.received, "all": fact.coverage.expected}
    if fact.carried:
        return view.words("tell_coverage_short_carried", carried=_carried_shortly(view, fact), **values)
    is_over_days = fact.periods is not None and fact.periods.expected > 1
    return view.words("tell_coverage_short_reports" if is_over_days else "tell_coverage_short", **values)


def short_carried(view: View, fact: Fact) -> Html:
    """« (gồm số kỳ trước của xã Thọ Sơn (09/11))» behind a value whose coverage is said elsewhere."""
    return view.words("tell_carried_short", carried=_carried_shortly(view, fact)) if fact.carried else Html("")


def _carried_shortly(view: View, fact: Fact) -> Html:
    """The units by name if they are few, else how many."""
    if len(fact.carried) > NAMED:
        return view.words("tell_carried_many", n=len(fact.carried))
    return view.words("tell_carried_names", names=_dated(view, fact.carried.items()))


def carried(view: View, fact: Fact | None) -> Html:
    """«Gồm số kỳ trước của xã Thọ Sơn (09/11), …»: who is in a running total with an earlier value."""
    if fact is None or not fact.carried:
        return Html("")
    return view.words("tell_carried", names=_dated(view, fact.carried.items()))


def carried_of_all(view: View, facts: Iterable[Fact]) -> Html:
    """Below several running totals who is in them with an earlier value, if that is not said beside each."""
    many = [fact.carried for fact in facts if len(fact.carried) > NAMED]
    found = {pair for each in many for pair in each.items()}
    return view.words("tell_carried_periods", names=_dated(view, found)) if found else Html("")


def line_of_day(view: View, period: date) -> Html:
    """« (09/11)» behind the earlier value that a late unit stands with."""
    return Html(f" ({view.html(_short(view, period))})")


def _short(view: View, period: date) -> str:
    pattern = "dd/MM" if period.year == view.today.year else "dd/MM/yyyy"
    return format_date(period, pattern, locale=view.words.language)


def _dated(view: View, pairs: Iterable[tuple[int, date]]) -> Html:
    """The units as their names sort, each with the period that its value is of; more than some are counted."""
    words = view.words
    carried, places = list(pairs), view.tree.name_places
    shown = nsmallest(NAMES, carried, key=lambda pair: (places[pair[0]], pair))
    said = view.joined(
        [
            words(
                "tell_carried_unit",
                unit=view.tree.unit(one).title,
                date=_short(view, period),
            )
            for one, period in shown
        ],
        ", ",
    )
    rest = len({one for one, _ in set(carried).difference(shown)})
    return words("tell_and_more", names=said, n=rest) if rest else said


def source(view: View, form: Form, units: Sequence[Unit], is_total: bool) -> Html:
    """Who reported and who gathered it."""
    words, authority = view.words, in_language(form.authority, view.words.language)
    if form.by == "leader":
        return words("tell_source_authority", authority=authority) if authority else Html("")
    if is_total or len(units) != 1:
        return words("tell_source_units", authority=authority) if authority else words("tell_source_units_only")
    unit = view.html(units[0].title)
    return words("tell_source", unit=unit, authority=authority) if authority else words("tell_source_unit", unit=unit)


def published_line(view: View, facts: Iterable[Fact]) -> Html:
    """When the newest of the figures was accepted."""
    moments = [fact.as_of for fact in facts if fact.as_of is not None]
    return view.words("tell_published", at=max(moments).astimezone(view.zone)) if moments else Html("")


def marks(view: View, facts: Sequence[Fact]) -> Html:
    """That something was corrected, that a small count is held back, that figures are made up."""
    words = view.words
    found = []
    if any(fact.is_corrected for fact in facts):
        found.append(words("tell_corrected" if all(fact.coverage is None for fact in facts) else "tell_corrected_some"))
    if any(isinstance(fact.value, Amount) and not fact.value.is_exact for fact in facts):
        found.append(words("tell_held_back"))
    if view.demonstration:
        found.append(words("tell_demonstration"))
    return view.joined(found)


def mismatches(view: View, form: Form, facts: Mapping[str, Fact]) -> Html:
    """That a part is told to be greater than its whole: an error, or more units in the one than in the other. `facts`: of one unit."""
    said = []
    for name, wholes in form.parts.items():
        for whole in wholes:
            less, more = facts.get(name), facts.get(whole)
            if less is None or more is None or less.period != more.period:
                continue
            if isinstance(less.value, Amount) and isinstance(more.value, Amount) and less.value.low > more.value.high:
                labels = {"part": view.label(form.by_name[name]), "whole": view.label(form.by_name[whole])}
                said.append(view.words("tell_mismatch", **labels))
    return view.joined(said)


def foot(view: View, form: Form, units: Sequence[Unit], facts: Sequence[Fact]) -> Html:
    """When it was published, by whom it was reported, and its marks."""
    is_total = any(fact.coverage is not None for fact in facts)
    origin = view.joined([published_line(view, facts), source(view, form, units, is_total)] if facts else [], " ")
    return view.joined([origin, marks(view, facts)])
