"""Why a report that has come is without a figure: it was said to be unknown, was left empty, or could not be worked out."""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import Literal

from reporting.answers import Answers
from reporting.forms import Form, Question

Why = Literal["unknown", "empty", "not worked out"]


@dataclass(frozen=True, slots=True)
class Gap:
    """An indicator without a figure, and why. `rests_on`: what was said to be unknown, for which it could not be worked out; none
    where that lies in an earlier period or in the formula.
    """

    question: Question
    why: Why
    rests_on: tuple[Question, ...] = ()


def gaps(form: Form, answers: Answers, known: Container[str] = ()) -> tuple[Gap, ...]:
    """The indicators that a report with these answers has no figure of, in the form's order. `known`: names of those that have one.

    `form`: in the version of the report. What was not asked is no gap, nor a calculation that is not of every report.
    """
    return tuple(_gaps(form, answers, known))


def _gaps(form: Form, answers: Answers, known: Container[str]) -> Iterator[Gap]:
    for question in form.indicators:
        answer = answers.get(question.name)
        if question.name in known:
            continue
        if question.calculation is not None:
            if question.relevant is None and not question.within:
                yield Gap(question, "not worked out", _unknown_beneath(form, answers, question))
        elif answer is not None and answer.state != "value":
            yield Gap(question, answer.state)


def _unknown_beneath(form: Form, answers: Answers, question: Question) -> tuple[Question, ...]:
    """The answers said to be unknown that a calculation reads, itself or by others, in the form's order."""
    reads, left = set[str](), [question.name]
    while left:
        rule = form.by_name[left.pop()].calculation
        new = (rule.names & form.by_name.keys()) - reads if rule is not None else frozenset[str]()
        reads |= new
        left += new
    return tuple(
        each
        for each in form.questions
        if each.name in reads and (answer := answers.get(each.name)) is not None and answer.state == "unknown"
    )
