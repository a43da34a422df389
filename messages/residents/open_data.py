"""Open data: the public figures as rows for programs, by the rules by which residents are answered in chat."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from messages.residents.view import View
from reporting.figures.facts import Fact
from reporting.figures.open_figures import OpenFigure
from reporting.figures.sums import Spread, Withheld, has_no_sum
from reporting.figures.told_amounts import Amount, Number
from reporting.forms import Form, Question
from reporting.harmless_cells import harmless
from reporting.period_types import WEEKDAYS
from reporting.questions.choices import label_of
from reporting.rounds.standings import Standing
from reporting.texts import in_language
from reporting.units import Unit

MOST_NAMED = 100
"""So many units without a figure are named with a total; each of them has its own row besides."""

Cell = int | float | str | bool | None
Row = Mapping[str, Cell | list[str] | Mapping[str, int] | Mapping[str, str]]


def figure_row(view: View, of: OpenFigure) -> Row:
    """One figure for programs: ISO dates and moments (UTC), plain numbers, names in the view's language."""
    fact, language = of.fact, view.words.language
    value = fact.value if fact is not None else None
    coverage = fact.coverage if fact is not None else None
    choice = value if isinstance(value, str) else None
    is_told = fact is not None and not isinstance(value, Withheld)
    return {
        "date": of.period.isoformat(),
        "form": of.form.key,
        "indicator": of.question.name,
        "indicator_label": view.label(of.question),
        "unit": of.unit.code,
        "unit_name": of.unit.title,
        "status": of.status,
        "value": choice or (_plain(value.low) if isinstance(value, Amount) and value.is_exact else None),
        "value_label": label_of(of.question, choice, language) if choice else None,
        "low": _plain(value.low) if isinstance(value, Amount) and not value.is_exact else None,
        "high": _plain(value.high) if isinstance(value, Amount) and not value.is_exact else None,
        "unit_of_count": in_language(of.question.unit, language) or None,
        "units_at": dict(value.counts) if isinstance(value, Spread) else None,
        "since": fact.period.isoformat() if fact is not None and choice and fact.period != of.period else None,
        "units_with_figure": coverage.received if coverage else None,
        "units_owing": coverage.expected if coverage else None,
        "units_without": _without(view, fact),
        "corrected": fact.is_corrected if fact is not None else None,
        "published_at": _moment(fact.as_of) if fact is not None and is_told else None,
        "demonstration": view.demonstration,
        "units_carried": len(fact.carried) if fact is not None and coverage and is_told else None,
        "carried_from": _carried(view, fact),
        "units_unknown": _named(view, value.units) if isinstance(value, Withheld) and not has_no_sum(value) else None,
        "ground": of.ground or None,
    }


def _carried(view: View, fact: Fact | None) -> Mapping[str, str] | None:
    """By the codes of the units that are in a running total with an earlier value the day that it is of."""
    if fact is None or not fact.carried:
        return None
    by_code = sorted((view.tree.unit(one).code, period.isoformat()) for one, period in fact.carried.items())
    return dict(by_code[:MOST_NAMED])


def _named(view: View, ids: Sequence[int]) -> list[str]:
    return [view.tree.unit(one).title for one in ids[:MOST_NAMED]]


def _without(view: View, fact: Fact | None) -> list[str] | None:
    """The names of the units that a total lacks."""
    if fact is None or fact.coverage is None:
        return None
    return _named(view, fact.missing)


def standing_row(view: View, form: Form, of: Standing) -> Row:
    """Where a unit stands with its report: what «đơn vị nào chưa báo cáo» is answered from."""
    unit = view.tree.unit(of.deadline.unit_id)
    return {
        "date": of.deadline.period.isoformat(),
        "form": form.key,
        "form_title": in_language(form.title, view.words.language),
        "unit": unit.code,
        "unit_name": unit.title,
        "status": standing_status(of),
        "due_at": _moment(of.deadline.due_at),
        "sent_at": _moment(of.sent.first_sent_at) if of.sent is not None else None,
        "demonstration": view.demonstration,
    }


def standing_status(of: Standing) -> str:
    """«on_time», «late», «due», «missing», «not_due», «suspended», or «archive»: figures of the day were imported."""
    if of.in_archive:
        return "archive"
    if of.is_excused:
        return "suspended"
    return of.status.value


def indicator_row(view: View, form: Form, question: Question) -> Row:
    """What an indicator is: its name, kind, unit of count and choices."""
    language = view.words.language
    return {
        "form": form.key,
        "form_title": in_language(form.title, language),
        "period": form.schedule.period,
        "indicator": question.name,
        "indicator_label": view.label(question),
        "kind": question.kind,
        "unit_of_count": in_language(question.unit, language) or None,
        "suppress_below": question.suppress_below,
        "choices": [f"{each.name}: {label_of(question, each.name, language)}" for each in question.choices]
        if question.kind == "state"
        else [],
        "cutoff": form.schedule.period_type.cutoff_written or None,
        "week_starts": WEEKDAYS[form.schedule.week_starts] if form.schedule.period == "weekly" else None,
        "adds_up": question.adds_up if question.kind != "state" else None,
    }


def unit_row(view: View, unit: Unit) -> Row:
    """A unit as the tree has it today."""
    parent = view.tree.unit(unit.parent_id) if unit.parent_id is not None else None
    return {
        "unit": unit.code,
        "unit_name": unit.title,
        "name": unit.name,
        "kind": unit.kind,
        "parent": parent.code if parent is not None else None,
        "aliases": list(unit.aliases),
        "since": unit.since.isoformat() if unit.since else None,
        "until": unit.until.isoformat() if unit.until else None,
    }


def flat(row: Row) -> list[Cell]:
    """A row for CSV: lists by «; », nothing where there is nothing, and no text that a spreadsheet takes for a formula."""
    return [_flat(value) for value in row.values()]


def _flat(value: Cell | Sequence[str] | Mapping[str, int] | Mapping[str, str]) -> Cell:
    if value is None or isinstance(value, bool):
        return None if value is None else str(value).lower()
    if isinstance(value, int | float):
        return value
    if isinstance(value, Mapping):
        value = [f"{name}: {count}" for name, count in value.items()]
    return harmless(value if isinstance(value, str) else "; ".join(value))


def _plain(value: Number) -> int | float:
    return float(value) if isinstance(value, Decimal) else value


def _moment(at: datetime | None) -> str | None:
    """In the second, with its offset: 2021-11-10T09:05:00+00:00."""
    return at.isoformat(timespec="seconds") if at is not None else None
