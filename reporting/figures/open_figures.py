"""Public figures beside each other, of units for one period: what is told of each, or why there is none."""

from collections.abc import Iterator, Set
from dataclasses import dataclass
from datetime import date
from typing import Literal

from reporting.figures.facts import Fact
from reporting.figures.known import Known
from reporting.figures.public_scope import PublicScope, is_under_way
from reporting.figures.sums import Withheld, has_no_sum
from reporting.figures.told_amounts import Amount
from reporting.forms import Form, Question
from reporting.units import Unit

Status = Literal[
    "told",
    "held_back",
    "not_due",
    "not_reported",
    "awaiting_approval",
    "not_in_report",
    "suspended",
    "not_set",
    "not_added_up",
]


@dataclass(frozen=True, slots=True)
class OpenFigure:
    """What the public is told of one indicator, unit and period; `fact` is None where there is no figure, never 0. `ground`: on what a
    state rests, «» where that is not told.
    """

    form: Form
    question: Question
    unit: Unit
    period: date
    status: Status
    fact: Fact | None
    ground: str = ""


def open_figures(scope: PublicScope, known: Known, period: date, reported: Set[int]) -> Iterator[OpenFigure]:
    """A row for each unit and question that was read; units that do not report this form, or did not exist then, have none.

    `reported`: ids of the units with any public figure of the form for the period.
    """
    form = known.form
    for unit in known.wanted.units:
        members = known.areas.members(form, unit, period)
        if not members or not unit.exists(period):
            continue
        for question in known.wanted.questions:
            fact = fact_on(known, unit, question, period)
            if fact is None:
                is_reported = not reported.isdisjoint(members) or known.has_reported(unit, period)
                yield OpenFigure(form, question, unit, period, _absence(scope, known, unit, period, is_reported), None)
            else:
                ground = known.grounds.get((unit.id, fact.period), "") if isinstance(fact.value, str) else ""
                yield OpenFigure(form, question, unit, period, _told(fact), fact, ground)


def _told(fact: Fact) -> Status:
    if isinstance(fact.value, Withheld):
        return "not_added_up" if has_no_sum(fact.value) else "not_in_report"
    return "held_back" if isinstance(fact.value, Amount) and not fact.value.is_exact else "told"


def fact_on(known: Known, unit: Unit, question: Question, period: date) -> Fact | None:
    """The figure of that very period; of a form «on change» what is in force on that day."""
    if known.form.schedule.period == "on change":
        return known.newest(unit, question, period)
    return known.history(unit, question).get(period)


def _absence(scope: PublicScope, known: Known, unit: Unit, period: date, is_reported: bool) -> Status:
    """Why there is no figure: the reasons that the chat gives."""
    if known.areas.members(known.form, unit, period) == (unit.id,) and known.waits(unit, [period]):
        return "awaiting_approval"
    if known.form.schedule.period == "on change":
        return "not_set"
    if is_reported:
        return "not_in_report"
    if not known.owing(unit, period):
        return "suspended"
    return "not_due" if is_under_way(scope, known.form, period) else "not_reported"
