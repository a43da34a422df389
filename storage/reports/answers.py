"""Answers as they lie in a JSON column."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from sqlalchemy import Connection, RowMapping

from reporting.answers import Answer, Answers
from reporting.forms import Form
from reporting.questions.question_types import type_of
from storage.reports.forms import version

T = TypeVar("T")


def to_json(form: Form, answers: Answers, road: str = "", here: str = "") -> dict[str, Any]:
    """Each answer as an object with only what it has: `value`, `state`, `reason`, `kept`; its `road` where that is not the row's.

    `here`: the road of those that have just been given.
    """
    return {name: _answer_to_json(form, name, answer, road, here) for name, answer in answers.items()}


def from_json(form: Form, answers: Mapping[str, Any], road: str = "") -> dict[str, Answer]:
    """The answers of a column, of a row of this road; those of questions that the form has no more are left out."""
    return {name: _answer_from_json(form, name, cell, road) for name, cell in answers.items() if name in form.by_name}


def _answer_to_json(form: Form, name: str, answer: Answer, road: str, here: str) -> dict[str, Any]:
    cell: dict[str, Any] = {}
    if answer.value is not None:
        cell["value"] = type_of(form.by_name[name]).to_json(answer.value)
    if answer.state != "value":
        cell["state"] = answer.state
    if answer.reason:
        cell["reason"] = answer.reason
    if answer.kept:
        cell["kept"] = True
    if (by := answer.road_from(here)) != road:
        cell["road"] = by
    return cell


def _answer_from_json(form: Form, name: str, cell: Mapping[str, Any], road: str) -> Answer:
    value = type_of(form.by_name[name]).from_json(cell["value"]) if "value" in cell else None
    reason, kept = cell.get("reason", ""), cell.get("kept", False)
    return Answer(value, cell.get("state", "value"), reason, kept, cell.get("road", road))


def of_row(
    connection: Connection, row: RowMapping | Mapping[str, Any], make: Callable[..., T], names: tuple[str, ...]
) -> tuple[T, Form]:
    """What a row with answers holds, made of the columns of these names, and its form in the version that it was answered in."""
    form = version(connection, row["form"], row["version"])
    values = {name: row[name] for name in names}
    return make(**values, answers=from_json(form, row["answers"], row["road"])), form
