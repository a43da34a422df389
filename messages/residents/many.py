"""Answers about many units: a list, a ranking, a comparison."""

from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby

from messages.residents.days import day_said, when
from messages.residents.former import titled
from messages.residents.lacking import coverage_of_many
from messages.residents.lines import carried_of_all, foot, line_of_day, names_of, over_days, short_coverage, value
from messages.residents.ranked_units import RankedUnit, rank_rows
from messages.residents.view import View
from reporting.figures.known import Fact, Known
from reporting.figures.sums import Withheld
from reporting.figures.told_amounts import Amount, at_least, exactly, within_bounds
from reporting.forms import Question
from reporting.questions.choices import label_of
from reporting.translator import Html
from reporting.units import Unit
from understanding.inquiry import Bounds, Inquiry, Span

MOST_LINES = 40
"""More units than this do not read well in one message; the rest is counted, and asked for by area."""
RANKED = 10


def _shown_when(view: View, known: Known, rows: Sequence[RankedUnit], span: Span) -> Html:
    facts = [row.fact for row in rows if row.fact is not None]
    if span.kind == "latest" and facts and known.form.schedule.period != "on change":
        return day_said(view, known.form, max(fact.period for fact in facts))
    return when(view, known.form, span)


def listed_said(
    view: View, known: Known, question: Question, units: Sequence[Unit], inquiry: Inquiry, span: Span
) -> Html:
    """Every unit with its value, or only those at the choice that was asked for."""
    rows = rank_rows(known, question, units, span)
    if question.kind == "state":
        return _by_choice(view, known, question, rows, inquiry.choice, span)
    have = [row for row in rows if row.fact is not None]
    words = view.words
    lines = [words("tell_list", indicator=view.label(question), when=_shown_when(view, known, rows, span))]
    lines += _rows(view, known, question, have)
    return view.joined([*lines, *_below(view, known, question, rows, span)])


def ranked_said(
    view: View, known: Known, question: Question, units: Sequence[Unit], inquiry: Inquiry, span: Span
) -> Html:
    """The units with most, or least. What is held back ranks as what is told of it, so that the order gives nothing away."""
    rows = rank_rows(known, question, units, span)
    if question.kind == "state":
        return _by_choice(view, known, question, rows, inquiry.choice, span)
    words = view.words
    have = sorted_by_amount([row for row in rows if _is_told(row)], inquiry.order != "least")
    open_ones = _not_worked_out(view, rows)
    if inquiry.bounds is not None:
        lines = _within(view, known, question, have, inquiry.bounds, span)
        return view.joined([*lines, open_ones, *_below(view, known, question, rows, span)])
    named = {"indicator": view.label(question), "when": _shown_when(view, known, rows, span)}
    lines = [words("tell_least" if inquiry.order == "least" else "tell_most", **named)]
    if (
        inquiry.order != "least"
        and have
        and _key(have[0]) == (0, 0)
        and not any(_lacks(row) or row.is_late for row in have)
    ):
        lines.append(words("tell_all_zero", n=len(have)))
    else:
        lines += _places(view, known, question, have, inquiry.limit or RANKED)
    return view.joined([*lines, open_ones, *_below(view, known, question, rows, span)])


def _is_told(row: RankedUnit) -> bool:
    return row.fact is not None and not isinstance(row.fact.value, Withheld)


def _not_worked_out(view: View, rows: Sequence[RankedUnit]) -> Html:
    """The units whose running totals are not told, which have no place."""
    units = [row.unit for row in rows if row.fact is not None and not _is_told(row)]
    return view.words("tell_withheld_units", n=len(units), names=names_of(view, units)) if units else Html("")


def _below(view: View, known: Known, question: Question, rows: Sequence[RankedUnit], span: Span) -> list[Html]:
    """What the rows cover, who is in them with an earlier value, and the foot."""
    carried = carried_of_all(view, [row.fact for row in rows if row.fact is not None])
    return [_coverage(view, known, question, rows, span), carried, foot_of(view, known, rows)]


def _within(
    view: View, known: Known, question: Question, have: Sequence[RankedUnit], bounds: Bounds, span: Span
) -> list[Html]:
    """How many units come to so much, and which; apart those of whom what is held back, or has not come yet, does not tell."""
    words = view.words
    told = [(row, within_bounds(_amount(row), bounds.least, bounds.most)) for row in have]
    so_far = [row for row, is_so in told if is_so]
    inside = [
        row for row in so_far if not _lacks(row) or within_bounds(at_least(_amount(row)), bounds.least, bounds.most)
    ]
    unsure = [row for row in so_far if row not in inside]
    open_ones = [row.unit for row, is_so in told if is_so is None]
    ends = {name: value(view, question, exactly(end or 0)) for name, end in asdict(bounds).items()}
    amount = words(_range_key(bounds), **ends)
    named = {"indicator": view.label(question), "when": _shown_when(view, known, have, span)}
    lines = [words("tell_within", amount=amount, n=len(inside), **named), *_rows(view, known, question, inside)]
    if unsure:
        lines.append(words("tell_within_so_far", amount=amount, n=len(unsure)))
        lines += _rows(view, known, question, unsure)
    if open_ones:
        lines.append(words("tell_within_unknown", n=len(open_ones), names=names_of(view, open_ones)))
    return lines


def _lacks(row: RankedUnit) -> bool:
    """Whether reports are still wanting in what is told of a unit: more may come to it."""
    fact = row.fact
    return fact is not None and any(
        part is not None and part.received < part.expected for part in (fact.periods, fact.coverage)
    )


def _range_key(bounds: Bounds) -> str:
    least, most = bounds.least, bounds.most
    if most is None:
        return "tell_from"
    if least is None:
        return "tell_up_to" if most else "tell_is_zero"
    return "tell_exactly" if least == most else "tell_from_to"


def sorted_by_amount(rows: list[RankedUnit], most_first: bool) -> list[RankedUnit]:
    return sorted(rows, key=_key, reverse=most_first)


def _key(row: RankedUnit) -> tuple[float, float]:
    amount = _amount(row)
    return float(amount.high), float(amount.low)


def _amount(row: RankedUnit) -> Amount:
    fact = row.fact
    return fact.value if fact is not None and isinstance(fact.value, Amount) else Amount(0, 0)


def _places(view: View, known: Known, question: Question, rows: Sequence[RankedUnit], limit: int) -> list[Html]:
    """Places 1, 2, 3 …; units that are equal share a place, and a place is never cut in two without saying so."""
    lines: list[Html] = []
    place = 1
    for _, group in groupby(rows, key=_key):
        equal = list(group)
        if place > limit:
            break
        shown = equal[: max(limit - place + 1, 5)]
        lines += [view.words("tell_place", place=place, line=_plain_row(view, known, question, row)) for row in shown]
        if len(equal) > len(shown):
            lines.append(view.words("tell_as_many", n=len(equal) - len(shown)))
        place += len(equal)
    return lines


def _rows(view: View, known: Known, question: Question, rows: Sequence[RankedUnit]) -> list[Html]:
    """A line for each unit, for at most so many, and how many more there are."""
    lines = [line_of(view, known, question, row) for row in rows[:MOST_LINES]]
    rest = len(rows) - MOST_LINES
    return [*lines, view.words("tell_more_units", n=rest)] if rest > 0 else lines


def line_of(view: View, known: Known, question: Question, row: RankedUnit) -> Html:
    return view.words("tell_item", line=_plain_row(view, known, question, row))


def _plain_row(view: View, known: Known, question: Question, row: RankedUnit) -> Html:
    assert row.fact is not None
    notes = [short_coverage(view, row.fact), _days(view, known, row.fact)]
    if row.is_late and _is_told(row):
        notes.append(line_of_day(view, row.fact.period))
    elif question.kind != "flow" and len(known.wanted.periods) > 1:
        notes.append(view.words("tell_as_of", date=row.fact.period))
    said = value(view, question, row.fact.value)
    title = titled(view, row.unit, known.wanted.periods[0], known.wanted.periods[-1])
    return view.words("tell_unit_value", unit=title, value=said, note=view.joined(notes, ""))


def _days(view: View, known: Known, fact: Fact) -> Html:
    if fact.periods is None or fact.periods.received == fact.periods.expected:
        return Html("")
    said = over_days(view, known, fact)
    return Html(f" ({said.rstrip('.')})") if said else said


def _by_choice(
    view: View, known: Known, question: Question, rows: Sequence[RankedUnit], choice: str | None, span: Span
) -> Html:
    """The units at each choice of a state, or at the one asked for."""
    words, language = view.words, view.words.language
    at: dict[str, list[Unit]] = {}
    for row in rows:
        if row.fact is not None and isinstance(row.fact.value, str):
            at.setdefault(row.fact.value, []).append(row.unit)
    names = [each.name for each in question.choices] if choice is None else [choice]
    lines = [words("tell_list", indicator=view.label(question), when=_shown_when(view, known, rows, span))]
    for name in names:
        units = at.get(name, [])
        if units or choice is not None:
            key = "tell_at_choice" if units else "tell_at_choice_none"
            label = label_of(question, name, language)
            lines.append(words(key, choice=label, n=len(units), names=names_of(view, units, MOST_LINES)))
    missing = [row.unit for row in rows if row.fact is None]
    if missing:
        lines.append(words("tell_no_state", n=len(missing), names=names_of(view, missing)))
    return view.joined([*lines, foot_of(view, known, rows)])


def _coverage(view: View, known: Known, question: Question, rows: Sequence[RankedUnit], span: Span) -> Html:
    return coverage_of_many(view, known, question, [(row.unit, row.of_its_own) for row in rows], span)


def foot_of(view: View, known: Known, rows: Sequence[RankedUnit]) -> Html:
    facts = [row.fact for row in rows if row.fact is not None]
    return foot(view, known.form, [row.unit for row in rows], facts)
