"""What is not there, and why: not due yet, late, waiting for approval, reported without it, suspended; it is never 0."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from messages.residents.answer_lines import foot, names_of, periods, short_coverage, value
from messages.residents.days import day_said, due_words, when
from messages.residents.view import View
from reporting.figures.facts import Fact
from reporting.figures.known import Known
from reporting.figures.public_scope import is_under_way
from reporting.forms import Form, Question
from reporting.texts import in_language
from reporting.translator import Html
from reporting.units import Unit
from understanding.inquiry import Span
from understanding.periods_asked import periods_asked


def coverage_said(view: View, form: Form, fact: Fact, known: Known | None = None) -> Html:
    """«Mới có số liệu của 31/34 đơn vị; chưa báo cáo (3): …», of a total; else nothing. `known` tells who has reported."""
    words = view.words
    if fact.coverage is None:
        return Html("")
    done, expected = fact.coverage.received, fact.coverage.expected
    if fact.periods is not None and fact.periods.expected > 1:
        return words(
            "tell_coverage_reports", done=done, all=expected, periods=periods(view, form, fact.periods.expected)
        )
    if done >= expected:
        return words("tell_coverage_full", done=done, all=expected)
    if not fact.missing:
        return words("tell_coverage", done=done, all=expected)
    said = lacking(view, form, [view.tree.unit(one) for one in fact.missing], [fact.period], known)
    return words("tell_coverage_missing", done=done, all=expected, lacking=said)


def coverage_of_many(
    view: View,
    known: Known,
    question: Question,
    told: Sequence[tuple[Fact, Sequence[int]]],
    missing: Sequence[Unit],
    span: Span,
) -> Html:
    """How many of the units have a value, and who has none; of sums over days how many of their reports are in them.

    `told`: what is told of those that have one, with the ids of all of whom it is told.
    """
    words, form, days = view.words, known.form, _periods_told(known, told, span)
    if any(fact.coverage for fact, _ in told) and not (question.sums_over_periods and len(days) > 1):
        return _coverage_below(view, known, told, missing, days[-1])
    have = sum(len(unit_ids) for _, unit_ids in told)
    values: dict[str, object] = {"done": have, "all": have + len(missing)}
    key, is_full = "tell_coverage_full", not missing
    if question.sums_over_periods and len(days) > 1:
        of_each = [(fact.coverage or fact.periods, unit_ids) for fact, unit_ids in told]
        done = sum(of.received * len(unit_ids) for of, unit_ids in of_each if of is not None)
        owed = sum(of.expected * len(unit_ids) for of, unit_ids in of_each if of is not None)
        owing = [*(view.tree.unit(one) for of, ids in of_each if of is None for one in ids), *missing]
        owed += sum(len(known.owing(unit, day)) for unit in owing for day in days if unit.exists(day))
        values = {"done": done, "all": owed, "periods": periods(view, form, len(days))}
        key, is_full = "tell_coverage_reports", done >= owed
    if missing:
        values["lacking"] = lacking(view, form, missing, days, known)
        key = "tell_coverage_reports_missing" if "periods" in values else "tell_coverage_missing"
    said, last = words(key, **values), periods_asked(form, span)[-1]
    is_today = form.schedule.period == "daily" and last == view.today == days[-1]
    if not is_full and is_today and is_under_way(view, form, last):
        return Html(f"{said} {words('tell_due', due=due_words(view, form, last))}")
    return said


def _coverage_below(
    view: View, known: Known, told: Sequence[tuple[Fact, Sequence[int]]], missing: Sequence[Unit], day: date
) -> Html:
    """The same of areas, each with a total of its own: how many of all the units in them have a value, and who has none. What lies in
    another of the areas is in that one's count.
    """
    inside = _inside_others(view, {*(one for _, ids in told for one in ids), *(unit.id for unit in missing)})
    each = [(fact.coverage, sum(one not in inside for one in ids)) for fact, ids in told]
    done = sum(of.received * n if of is not None else n for of, n in each)
    without = [one for unit in missing if unit.id not in inside for one in known.owing(unit, day) or (unit.id,)]
    expected = len(without) + sum(of.expected * n if of is not None else n for of, n in each)
    values = {"done": done, "all": expected}
    if done >= expected:
        return view.words("tell_coverage_full", **values)
    silent = [view.tree.unit(one) for one in (*(one for fact, _ in told for one in fact.missing), *without)]
    if inside or len(silent) != expected - done:
        said = view.words("tell_coverage", **values)
    else:
        said = view.words("tell_coverage_missing", lacking=lacking(view, known.form, silent, [day], known), **values)
    if day == view.today and known.form.schedule.period == "daily" and is_under_way(view, known.form, day):
        return Html(f"{said} {view.words('tell_due', due=due_words(view, known.form, day))}")
    return said


def _inside_others(view: View, areas: Collection[int]) -> set[int]:
    """Those of the areas that lie in another of them."""
    return {
        one for one in areas if any(each.id in areas for each in view.tree.above(view.tree.unit(one)) if each.id != one)
    }


def _periods_told(known: Known, told: Sequence[tuple[Fact, object]], span: Span) -> Sequence[date]:
    """The periods asked about; of the newest figures the one that they are of."""
    found = [fact.period for fact, _ in told]
    return [max(found)] if span.kind == "latest" and found else periods_asked(known.form, span)


def lacking(
    view: View,
    form: Form,
    units: Sequence[Unit],
    told: Sequence[date],
    known: Known | None,
    *,
    is_due_said: bool = False,
) -> Html:
    """«chưa báo cáo (2): …; đang chờ phê duyệt (1): …», of the units without a value for these periods.

    A longer period that is not over yet has its due time in place of the names of nearly all.
    """
    words, kind = view.words, form.schedule.period
    if kind == "on change":
        return words("tell_lacking_decision", names=names_of(view, units))
    tells = known is not None and known.tells_who_reported
    waits = [unit for unit in units if known is not None and any((unit.id, day) in known.waiting for day in told)]
    others = [unit for unit in units if unit not in waits]
    unknown = [unit for unit in others if known is not None and any((unit.id, day) in known.received for day in told)]
    silent = [unit for unit in others if unit not in unknown]
    parts = []
    if silent and form.schedule.period_type.is_long and is_under_way(view, form, told[-1]):
        parts.append(words("tell_lacking_not_due", n=len(silent), due=due_words(view, form, told[-1])))
    elif silent:
        key = "tell_lacking_silent" if tells else "tell_lacking"
        parts.append(words(key, n=len(silent), names=names_of(view, silent, told=told)))
    if waits:
        parts.append(words("tell_lacking_waiting", n=len(waits), names=names_of(view, waits, told=told)))
    if unknown:
        parts.append(words("tell_lacking_unknown", n=len(unknown), names=names_of(view, unknown, told=told)))
    return view.joined(parts, "; ")


def not_reported(view: View, known: Known, unit: Unit, question: Question, span: Span) -> Html:
    """That nothing has come for the span, when it is due, and the last value known; never 0."""
    told = periods_asked(known.form, span)
    last = known.newest(unit, question, told[-1])
    lines = [absence(view, known, unit, span, question)]
    if last is not None:
        lines.append(last_known(view, known, question, last))
    lines.append(not_zero(view, known, [unit], told))
    return view.joined([*lines, foot(view, known.form, [unit], [last] if last is not None else [])])


def last_known(view: View, known: Known, question: Question, fact: Fact) -> Html:
    """«Số liệu gần nhất, hôm qua – Số ca mắc mới: 3 ca.»"""
    said = {"indicator": view.label(question), "value": value(view, question, fact.value)}
    return view.words(
        "tell_last", when=day_said(view, known.form, fact.period), coverage=short_coverage(view, fact), **said
    )


def not_zero(view: View, known: Known, units: Iterable[Unit], told: Sequence[date]) -> Html:
    """That no figure is not 0."""
    is_silent = any(
        not known.has_reported(unit, period) and not known.waits(unit, [period]) for unit in units for period in told
    )
    return view.words("tell_not_zero" if is_silent else "tell_unknown_not_zero")


def absence(view: View, known: Known, unit: Unit, span: Span, question: Question | None = None) -> Html:
    """Why there is no figure: not due yet, late, not reported, waiting for approval, reported without it, or suspended."""
    words, form = view.words, known.form
    told = [each for each in periods_asked(form, span) if unit.exists(each)] or periods_asked(form, span)
    period, named = told[-1], {"unit": view.named(unit)}
    label = view.label(question) if question is not None else in_language(form.title, words.language)
    members = known.areas.members(form, unit, period)
    if not members:
        return words("tell_not_of_form", indicator=label, **named)
    is_total, waits = members != (unit.id,), known.waits(unit, told)
    if waits and not is_total:
        return words("tell_waiting", when=when(view, form, span), **named)
    if span.kind == "latest" and (form.schedule.period == "on change" or not is_under_way(view, form, period)):
        return words("tell_never", indicator=label, **named)
    if form.schedule.period == "on change":
        return words("tell_none_in_force", indicator=label, when=when(view, form, span), **named)
    named = {**named, "when": when(view, form, span)}
    if waits or any(known.has_reported(unit, each) for each in told):
        return _without(view, known, unit, told, is_total, label if question is not None else "", named)
    if len(told) > 1:
        return words("tell_not_reported", **named)
    owing = known.owing(unit, period)
    if not owing:
        return words("tell_free_day" if form.schedule.is_day_off(period) else "tell_excused", **named)
    if is_under_way(view, form, period):
        key = "tell_not_due_total" if is_total else "tell_not_due"
    elif period == view.today:
        key = "tell_overdue_total" if is_total else "tell_overdue"
    else:
        key = "tell_not_reported_total" if is_total else "tell_not_reported"
    return words(key, due=due_words(view, form, period), n=len(owing), **named)


def _without(
    view: View, known: Known, unit: Unit, told: Sequence[date], is_total: bool, label: str, named: Mapping[str, object]
) -> Html:
    """Reports have come, but without what is asked about."""
    words = view.words
    if not is_total:
        return words("tell_without" if label else "tell_without_any", indicator=label, **named)
    units = [view.tree.unit(one) for one in known.owing(unit, told[-1])]
    said = lacking(view, known.form, units, told, known)
    return words("tell_without_total" if label else "tell_without_any_total", indicator=label, lacking=said, **named)


def not_yet(view: View, known: Known, unit: Unit, fact: Fact) -> Html:
    """Behind the newest figure known: that today's report is still to come, is late, waits for approval, or has come without it."""
    form, period = known.form, known.wanted.periods[-1]
    if form.schedule.period == "on change" or fact.period >= period or known.is_excused(unit, period):
        return Html("")
    values = {"when": day_said(view, form, period), "due": due_words(view, form, period)}
    if known.waits(unit, [period]):
        key = "tell_newer_waiting" if fact.coverage is None else "tell_newer_waiting_total"
    elif known.has_reported(unit, period):
        key = "tell_newer_without" if fact.coverage is None else "tell_newer_without_total"
    elif fact.coverage is not None:
        key = "tell_newer_none_yet" if is_under_way(view, form, period) else "tell_newer_none"
    else:
        key = "tell_newer_to_come" if is_under_way(view, form, period) else "tell_newer_late"
    return view.words(key, **values)
