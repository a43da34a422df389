"""Answers about many units: a list, a ranking, a comparison."""

from collections.abc import Sequence
from dataclasses import asdict

from messages.residents.answer_lines import (
    carried_of_all,
    foot,
    line_of_day,
    names_of,
    over_days,
    short_coverage,
    value,
)
from messages.residents.days import day_said, when
from messages.residents.former_units import titled
from messages.residents.missing_figures import coverage_of_many
from messages.residents.ranked_units import Equals, RankedUnit, RankedUnits, by_key, count_of, ranking
from messages.residents.view import View
from reporting.figures.facts import Fact
from reporting.figures.known import Known
from reporting.figures.sums import Withheld, has_no_sum
from reporting.figures.told_amounts import Amount, at_least, exactly, within_bounds
from reporting.forms import Question
from reporting.questions.choices import label_of
from reporting.translator import Html
from reporting.units import Unit
from understanding.inquiry import Bounds, Inquiry, Span

MOST_LINES = 40
"""More units than this do not read well in one message; the rest is counted, and asked for by area."""
RANKED = 10


def _shown_when(view: View, known: Known, of: RankedUnits, span: Span) -> Html:
    if span.kind == "latest" and of.told and known.form.schedule.period != "on change":
        return day_said(view, known.form, max(fact.period for fact in of.facts))
    return when(view, known.form, span)


def listed_said(
    view: View, known: Known, question: Question, units: Sequence[Unit], inquiry: Inquiry, span: Span
) -> Html:
    """Every unit with its value, or only those at the choice that was asked for."""
    of = ranking(known, question, units, span)
    if question.kind == "state":
        return _by_choice(view, known, question, of, inquiry.choice, span)
    words = view.words
    lines = [words("tell_list", indicator=view.label(question), when=_shown_when(view, known, of, span))]
    lines += _rows(view, known, question, of, [of.told])
    return view.joined([*lines, *_below(view, known, question, of, span)])


def ranked_said(
    view: View, known: Known, question: Question, units: Sequence[Unit], inquiry: Inquiry, span: Span
) -> Html:
    """The units with most, or least. What is held back ranks as what is told of it, so that the order gives nothing away."""
    of = ranking(known, question, units, span)
    if question.kind == "state":
        return _by_choice(view, known, question, of, inquiry.choice, span)
    words = view.words
    have = list(by_key(filter(_is_told, of.told), _key, most_first=inquiry.order != "least"))
    open_ones = _not_worked_out(view, of)
    if inquiry.bounds is not None:
        lines = _within(view, known, question, of, have, inquiry.bounds, span)
        return view.joined([*lines, open_ones, *_below(view, known, question, of, span)])
    named = {"indicator": view.label(question), "when": _shown_when(view, known, of, span)}
    lines = [words("tell_least" if inquiry.order == "least" else "tell_most", **named)]
    if (
        inquiry.order != "least"
        and have
        and _key(have[0][0]) == (0, 0)
        and not any(_lacks(each) or each.is_late for equal in have for each in equal)
    ):
        lines.append(words("tell_all_zero", n=sum(map(count_of, have))))
    else:
        lines += _places(view, known, question, of, have, inquiry.limit or RANKED)
    return view.joined([*lines, open_ones, *_below(view, known, question, of, span)])


def _is_told(each: Equals) -> bool:
    return not isinstance(each.fact.value, Withheld)


def _not_worked_out(view: View, of: RankedUnits) -> Html:
    """The units whose totals are not told, which have no place, and why."""
    why: dict[str, list[Equals]] = {}
    for each in of.told:
        if isinstance(each.fact.value, Withheld):
            key = "tell_no_sum_units" if has_no_sum(each.fact.value) else "tell_withheld_units"
            why.setdefault(key, []).append(each)
    units = {key: of.units_of(those) for key, those in why.items()}
    return view.joined([view.words(key, n=len(those), names=names_of(view, those)) for key, those in units.items()])


def _below(view: View, known: Known, question: Question, of: RankedUnits, span: Span) -> list[Html]:
    """What the rows cover, who is in them with an earlier value, and the foot."""
    late = of.units_of(each for each in of.told if each.is_late)
    told = [(each.fact, each.unit_ids) for each in of.told if not each.is_late]
    missing = [*of.missing, *late]
    covered = coverage_of_many(view, known, question, told, missing, span)
    return [covered, carried_of_all(view, of.facts), foot(view, known.form, of.units, of.facts)]


def _within(
    view: View,
    known: Known,
    question: Question,
    of: RankedUnits,
    have: Sequence[Sequence[Equals]],
    bounds: Bounds,
    span: Span,
) -> list[Html]:
    """How many units come to so much, and which; apart those of whom what is held back, or has not come yet, does not tell."""
    words, least, most = view.words, bounds.least, bounds.most
    inside, unsure, open_ones = list[list[Equals]](), list[list[Equals]](), list[Equals]()
    for equal in have:
        is_so = within_bounds(_amount(equal[0]), least, most)
        if is_so is None:
            open_ones += equal
        elif is_so:
            may_come = within_bounds(at_least(_amount(equal[0])), least, most) is not True
            inside.append([each for each in equal if not (may_come and _lacks(each))])
            unsure.append([each for each in equal if may_come and _lacks(each)])
    ends = {name: value(view, question, exactly(end or 0)) for name, end in asdict(bounds).items()}
    amount = words(_range_key(bounds), **ends)
    shown = _shown_when(view, known, of, span)
    named = {"indicator": view.label(question), "when": shown}
    lines = [words("tell_within", amount=amount, n=sum(map(count_of, inside)), **named)]
    lines += _rows(view, known, question, of, inside)
    if any(unsure):
        lines.append(words("tell_within_so_far", amount=amount, n=sum(map(count_of, unsure))))
        lines += _rows(view, known, question, of, unsure)
    if open_ones:
        units = of.units_of(open_ones)
        lines.append(words("tell_within_unknown", n=len(units), names=names_of(view, units)))
    return lines


def _lacks(each: Equals) -> bool:
    """Whether reports are still wanting in what is told of a unit: more may come to it."""
    parts = (each.fact.periods, each.fact.coverage)
    return any(part is not None and part.received < part.expected for part in parts)


def _range_key(bounds: Bounds) -> str:
    least, most = bounds.least, bounds.most
    if most is None:
        return "tell_from"
    if least is None:
        return "tell_up_to" if most else "tell_is_zero"
    return "tell_exactly" if least == most else "tell_from_to"


def _key(each: Equals | RankedUnit) -> tuple[float, float]:
    amount = _amount(each)
    return float(amount.high), float(amount.low)


def sorted_by_amount(rows: list[RankedUnit], most_first: bool) -> list[RankedUnit]:
    return sorted(rows, key=_key, reverse=most_first)


def _amount(each: Equals | RankedUnit) -> Amount:
    fact = each.fact
    return fact.value if fact is not None and isinstance(fact.value, Amount) else Amount(0, 0)


def _places(
    view: View, known: Known, question: Question, of: RankedUnits, have: Sequence[Sequence[Equals]], limit: int
) -> list[Html]:
    """Places 1, 2, 3 …; units that are equal share a place, and a place is never cut in two without saying so."""
    lines: list[Html] = []
    place = 1
    for equal in have:
        if place > limit:
            break
        shown, count = of.first(equal, max(limit - place + 1, 5)), count_of(equal)
        lines += [view.words("tell_place", place=place, line=_plain_row(view, known, question, row)) for row in shown]
        if count > len(shown):
            lines.append(view.words("tell_as_many", n=count - len(shown)))
        place += count
    return lines


def _rows(
    view: View, known: Known, question: Question, of: RankedUnits, have: Sequence[Sequence[Equals]]
) -> list[Html]:
    """A line for each unit, for at most so many, and how many more there are."""
    shown: list[RankedUnit] = []
    for equal in have:
        shown += of.first(equal, MOST_LINES - len(shown))
    lines = [line_of(view, known, question, row) for row in shown]
    rest = sum(map(count_of, have)) - MOST_LINES
    return [*lines, view.words("tell_more_units", n=rest)] if rest > 0 else lines


def line_of(view: View, known: Known, question: Question, row: RankedUnit) -> Html:
    return view.words("tell_item", line=_plain_row(view, known, question, row))


def _plain_row(view: View, known: Known, question: Question, row: RankedUnit) -> Html:
    assert row.fact is not None
    notes = [short_coverage(view, row.fact), _days(view, known, row.fact)]
    if row.is_late and not isinstance(row.fact.value, Withheld):
        notes.append(line_of_day(view, row.fact.period))
    elif not question.sums_over_periods and len(known.wanted.periods) > 1:
        notes.append(view.words("tell_as_of", date=row.fact.period))
    said = value(view, question, row.fact.value)
    title = titled(view, row.unit, known.wanted.periods[0], known.wanted.periods[-1])
    return view.words("tell_unit_value", unit=title, value=said, note=view.joined(notes, ""))


def _days(view: View, known: Known, fact: Fact) -> Html:
    if fact.periods is None or fact.periods.received == fact.periods.expected:
        return Html("")
    said = over_days(view, known, fact)
    return Html(f" ({said.rstrip('.')})") if said else said


def _by_choice(view: View, known: Known, question: Question, of: RankedUnits, choice: str | None, span: Span) -> Html:
    """The units at each choice of a state, or at the one asked for."""
    words, language = view.words, view.words.language
    names = [each.name for each in question.choices] if choice is None else [choice]
    lines = [words("tell_list", indicator=view.label(question), when=_shown_when(view, known, of, span))]
    for name in names:
        units = of.units_of(each for each in of.told if each.fact.value == name)
        if units or choice is not None:
            key = "tell_at_choice" if units else "tell_at_choice_none"
            label = label_of(question, name, language)
            lines.append(words(key, choice=label, n=len(units), names=names_of(view, units, MOST_LINES)))
    if of.missing:
        lines.append(words("tell_no_state", n=len(of.missing), names=names_of(view, of.missing)))
    return view.joined([*lines, foot(view, known.form, of.units, of.facts)])
