"""Answers about many units: a list, a ranking, a comparison, and who has not reported."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from reporting.forms import Form, Question
from reporting.questions.choice_types import label_of
from reporting.rounds.standings import Standing, Status
from reporting.telling.amounts import Amount
from reporting.telling.days import day, due_words, is_under_way, periods_asked, when
from reporting.telling.known import Fact, Known
from reporting.telling.lines import foot, names_of, over_days, short_coverage, value
from reporting.telling.values import absence, fact_of
from reporting.telling.view import View
from reporting.texts import in_language
from reporting.understanding.inquiry import Inquiry, Span
from reporting.units import Unit
from reporting.words import Html

MOST_LINES = 40
"""More units than this do not read well in one message; the rest is counted, and asked for by area."""
RANKED = 10


@dataclass(frozen=True, slots=True)
class Row:
    """A unit and what is told of it; None: it has not reported."""

    unit: Unit
    fact: Fact | None


def rows_of(view: View, known: Known, question: Question, units: Sequence[Unit], span: Span) -> list[Row]:
    """The units with what is told of each. For «latest», all of them for the newest period that any has, so that they compare."""
    found = [_told(known, unit, question, span) for unit in units]
    if span.kind == "latest" and known.form.schedule.period != "on change":
        newest = max((fact.period for fact in found if fact is not None), default=None)
        found = [fact if fact is not None and fact.period == newest else None for fact in found]
    return [Row(unit, fact) for unit, fact in zip(units, found, strict=True)]


def _told(known: Known, unit: Unit, question: Question, span: Span) -> Fact | None:
    if known.as_one is None or (unit.id, question.name) in known.sums:
        return fact_of(known, unit, question, span)
    fact = known.as_one.get(unit.id)
    if fact is None or span.kind == "latest" or known.form.schedule.period == "on change":
        return fact
    return fact if fact.period >= known.wanted.periods[0] else None


def _shown_when(view: View, known: Known, rows: Sequence[Row], span: Span) -> Html:
    facts = [row.fact for row in rows if row.fact is not None]
    if span.kind == "latest" and facts and known.form.schedule.period != "on change":
        return day(view, known.form, max(fact.period for fact in facts))
    return when(view, known.form, span)


def listed(view: View, known: Known, question: Question, units: Sequence[Unit], inquiry: Inquiry, span: Span) -> Html:
    """Every unit with its value, or only those at the choice that was asked for."""
    rows = rows_of(view, known, question, units, span)
    if question.kind == "state":
        return _by_choice(view, known, question, rows, inquiry.choice, span)
    have = [row for row in rows if row.fact is not None]
    words = view.words
    lines = [words("tell_list", indicator=view.label(question), when=_shown_when(view, known, rows, span))]
    lines += [_row(view, known, question, row) for row in have[:MOST_LINES]]
    if len(have) > MOST_LINES:
        lines.append(words("tell_more_units", n=len(have) - MOST_LINES))
    return view.joined([*lines, _coverage(view, known, rows, span), _foot(view, known, rows)])


def ranked(view: View, known: Known, question: Question, units: Sequence[Unit], inquiry: Inquiry, span: Span) -> Html:
    """The units with most, or least. What is held back ranks as what is told of it, so that the order gives nothing away."""
    rows = rows_of(view, known, question, units, span)
    if question.kind == "state":
        return _by_choice(view, known, question, rows, inquiry.choice, span)
    words = view.words
    have = _sorted([row for row in rows if row.fact is not None], inquiry.order != "least")
    named = {"indicator": view.label(question), "when": _shown_when(view, known, rows, span)}
    lines = [words("tell_least" if inquiry.order == "least" else "tell_most", **named)]
    if inquiry.order != "least" and have and _key(have[0]) == (0, 0):
        lines.append(words("tell_all_zero", n=len(have)))
    else:
        lines += _places(view, known, question, have, inquiry.limit or RANKED)
    return view.joined([*lines, _coverage(view, known, rows, span), _foot(view, known, rows)])


def _sorted(rows: list[Row], most_first: bool) -> list[Row]:
    return sorted(rows, key=_key, reverse=most_first)


def _key(row: Row) -> tuple[float, float]:
    fact = row.fact
    amount = fact.value if fact is not None and isinstance(fact.value, Amount) else Amount(0, 0)
    return float(amount.high), float(amount.low)


def _places(view: View, known: Known, question: Question, rows: Sequence[Row], limit: int) -> list[Html]:
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


def _row(view: View, known: Known, question: Question, row: Row) -> Html:
    return view.words("tell_item", line=_plain_row(view, known, question, row))


def _plain_row(view: View, known: Known, question: Question, row: Row) -> Html:
    assert row.fact is not None
    notes = [short_coverage(view, row.fact), _days(view, known, row.fact)]
    said = value(view, question, row.fact.value)
    return view.words("tell_unit_value", unit=row.unit.title, value=said, note=view.joined(notes, ""))


def _days(view: View, known: Known, fact: Fact) -> Html:
    if fact.periods is None or fact.periods.received == fact.periods.expected:
        return Html("")
    said = over_days(view, known, fact)
    return Html(f" ({said.rstrip('.')})") if said else said


def _by_choice(
    view: View, known: Known, question: Question, rows: Sequence[Row], choice: str | None, span: Span
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
    return view.joined([*lines, _foot(view, known, rows)])


def _coverage(view: View, known: Known, rows: Sequence[Row], span: Span) -> Html:
    """How many of the units have a value, who has none, and until when reports may come."""
    words, form = view.words, known.form
    missing = [row.unit for row in rows if row.fact is None]
    done = len(rows) - len(missing)
    if not missing:
        return words("tell_coverage_full", done=done, all=len(rows))
    said = words("tell_coverage_missing", done=done, all=len(rows), names=names_of(view, missing))
    period = periods_asked(form, span)[-1]
    if period == view.today and is_under_way(view, form, period):
        return Html(f"{said} {words('tell_due', due=due_words(view, form, period))}")
    return said


def _foot(view: View, known: Known, rows: Sequence[Row]) -> Html:
    facts = [row.fact for row in rows if row.fact is not None]
    return foot(view, known.form, [row.unit for row in rows], facts)


def compared(view: View, known: Known, question: Question, units: Sequence[Unit], inquiry: Inquiry, span: Span) -> Html:
    """Two or more units beside each other, and which has more."""
    words = view.words
    rows = [Row(unit, fact_of(known, unit, question, span)) for unit in units]
    have = _sorted([row for row in rows if row.fact is not None], most_first=True)
    lines = [words("tell_list", indicator=view.label(question), when=when(view, known.form, span))]
    lines += [_dated_row(view, known, question, row, span) for row in have]
    lines += [absence(view, known, row.unit, span, question) for row in rows if row.fact is None]
    if len(have) == len(rows) == 2:
        lines.append(_which(view, question, have[0], have[1]))
    if len(have) < len(rows):
        lines.append(words("tell_not_zero"))
    return view.joined([*lines, _foot(view, known, rows)])


def _dated_row(view: View, known: Known, question: Question, row: Row, span: Span) -> Html:
    line = _row(view, known, question, row)
    if span.kind != "latest" or row.fact is None or known.form.schedule.period == "on change":
        return line
    return view.words("tell_dated", line=line, when=day(view, known.form, row.fact.period))


def _which(view: View, question: Question, more: Row, less: Row) -> Html:
    """«Xã A nhiều hơn xã B: 5 ca», if both are exact and of the same days."""
    assert more.fact is not None
    assert less.fact is not None
    one, other = more.fact, less.fact
    if not isinstance(one.value, Amount) or not isinstance(other.value, Amount) or one.period != other.period:
        return Html("")
    if not (one.value.is_exact and other.value.is_exact) or (one.coverage or other.coverage):
        return Html("")
    if one.value == other.value:
        return view.words("tell_equal")
    apart = Amount(one.value.low - other.value.low, one.value.low - other.value.low)
    named = {"unit": view.named(more.unit), "other": less.unit.title, "value": value(view, question, apart)}
    return view.words("tell_more_than", **named)


def missing(view: View, form: Form, unit: Unit, period: date, standings: Sequence[Standing]) -> Html:
    """Who has not reported for a period, of a unit's area; or whether the unit itself has."""
    if len(standings) == 1 and standings[0].deadline.unit_id == unit.id:
        return _own_standing(view, form, unit, period, standings[0])
    owed = [each for each in standings if each.deadline.is_owed]
    late = [view.tree.unit(each.deadline.unit_id) for each in owed if not each.has_come]
    return missing_among(view, form, unit, period, len(owed), late)


def missing_among(view: View, form: Form, unit: Unit, period: date, owed: int, late: Sequence[Unit]) -> Html:
    """Who has not reported, where so many owed it."""
    words = view.words
    named = {"title": in_language(form.title, words.language), "when": day(view, form, period)}
    if not owed:
        return words("tell_nothing_owed", **named)
    key = "tell_reported" if late else "tell_reported_all"
    lines = [words(key, done=owed - len(late), all=owed, unit=unit.title, **named)]
    if late:
        lines.append(words("tell_who_is_missing", n=len(late), names=names_of(view, late, MOST_LINES)))
        under_way = is_under_way(view, form, period)
        lines.append(words("tell_due" if under_way else "tell_due_over", due=due_words(view, form, period)))
    return view.joined(lines)


def _own_standing(view: View, form: Form, unit: Unit, period: date, of: Standing) -> Html:
    words = view.words
    named = {"unit": view.named(unit), "when": day(view, form, period)}
    if of.sent is not None:
        at = of.sent.first_sent_at.astimezone(view.zone)
        return words("tell_has_reported_late" if of.status is Status.LATE else "tell_has_reported", at=at, **named)
    if of.in_archive:
        return words("tell_has_figures", **named)
    if not of.deadline.is_owed:
        return words("tell_excused", **named)
    key = "tell_not_due" if is_under_way(view, form, period) else "tell_overdue"
    return words(key, due=due_words(view, form, period), **named)
