"""Fast ways through a report: what stands is kept, what happens in a period is zero, several answers at once."""

from collections.abc import Mapping
from dataclasses import replace

from reporting.answers import Answer, Value
from reporting.errors import Refused
from reporting.filling.moves import Filling
from reporting.forms import Question
from reporting.questions.question_types import type_of

STANDING = ("stock", "total", "state")
"""Kinds whose value stands until it changes; a flow begins anew in every period."""


def standing(filling: Filling) -> dict[str, Value]:
    """What is not answered yet, stands by itself, and was known the period before: name to that value.

    Not what shorter reports of this very period tell of: that is confirmed by itself.
    """
    known, last = {**filling.draft.answers, **filling.summed_up}, filling.last
    return {
        q.name: last[q.name] for q in filling.asked if q.kind in STANDING and q.name in last and q.name not in known
    }


def flows(filling: Filling) -> list[Question]:
    """The numbers of what happened in the period that are not answered yet, and of which no shorter report tells."""
    known = {**filling.draft.answers, **filling.summed_up}
    return [q for q in filling.asked if q.kind == "flow" and type_of(q).is_numeric and q.name not in known]


def keep_all(filling: Filling) -> Filling:
    """«Còn lại như hôm qua»: everything that stands is reconfirmed as it was. Refused where nothing is known of before."""
    kept = standing(filling)
    if not kept:
        raise Refused("nothing_to_keep")
    return together(filling, {name: Answer(value, kept=True) for name, value in kept.items()})


def zeros(filling: Filling) -> Filling:
    """«Còn lại đều 0»: every flow not answered yet is a true zero, every remark that need not be made is left empty."""
    found = {q.name: Answer(0) for q in flows(filling)}
    if not found:
        raise Refused("nothing_to_zero")
    return together(filling, {**found, **_remarks(filling)})


def quiet(filling: Filling) -> Filling:
    """«Không phát sinh»: both: what stands is as it was, and nothing happened."""
    return zeros(keep_all(filling))


def together(filling: Filling, answers: Mapping[str, Answer]) -> Filling:
    """Several answers at once; the draft then stands at the first thing to be done, a broken rule too."""
    draft = replace(filling.draft, answers={**filling.draft.answers, **answers})
    return replace(filling, draft=draft).settled()


def _remarks(filling: Filling) -> dict[str, Answer]:
    answers = filling.draft.answers
    return {
        q.name: Answer(None, "empty")
        for q in filling.asked
        if q.kind is None and q.name not in answers and not filling.is_required(q)
    }
