"""A report as a workbook: what is put on its sheet, and what is read from the cells that come back, with mistakes by cell."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar, Literal

from reporting.answers import Answer, Value
from reporting.errors import NotUnderstood
from reporting.filling.line_results import Doubtful, Lines
from reporting.filling.moves import Filling
from reporting.filling.typed_answer import read_answer
from reporting.forms import Question
from reporting.questions.names import short_label
from reporting.questions.question_types import type_of
from reporting.questions.showing import shown
from reporting.questions.typed_text import echo
from reporting.say import Drawing
from reporting.texts import in_language
from reporting.translator import Translator
from reporting.typed_buttons import typed_verb
from reporting.units import Unit

FIRST_ROW, VALUE, NAME, ABOUT, SHOWN = 5, "E", "G", "G1", "H"
"""Where the first question stands, the column to fill in, the hidden columns with names and with what stood in the cells to be filled
in when the template was fetched, and whose report it is.
"""
LARGEST = 2_000_000
"""Bytes of a workbook as it comes."""
COLUMNS = ("number", "question", "unit", "before", "value")

Cell = tuple[str, str]
"""(«n» for a number or a date of the sheet, «s» for text; the text of it)."""


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A question: `number` is its place, `before` and `value` as they stand in the cells, `choices` are labels."""

    number: int
    name: str
    label: str
    unit: str
    before: str
    value: int | float | str
    kind: Literal["whole", "number", "text"]
    is_count: bool
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FillingTemplate(Drawing):
    """The sheet that is filled in: the lines over the table, its heads, what is said of a wrong cell, whose report it is."""

    maker: ClassVar[str] = "filling"
    head: str
    how: str
    columns: tuple[str, ...]
    error: str
    about: str
    rows: tuple[TemplateRow, ...]


def content(filling: Filling, unit: Unit, words: Translator) -> FillingTemplate:
    """A report as the template that is filled in."""
    draft = filling.draft
    return FillingTemplate(
        head=words.plain("template_head", date=draft.period, unit=unit.title),
        how=words.plain("excel_how"),
        columns=tuple(words.plain(f"excel_column_{name}") for name in COLUMNS),
        error=words.plain("excel_invalid"),
        about=f"{draft.form}|{unit.code}|{draft.period.isoformat()}",
        rows=tuple(_row(filling, number, q, words) for number, q in enumerate(filling.asked, 1)),
    )


def _row(filling: Filling, number: int, question: Question, words: Translator) -> TemplateRow:
    last, answer = filling.last.get(question.name), filling.answered(question.name)
    value = answer.value if answer is not None else last if question.kind not in (None, "flow") else None
    kind = type_of(question)
    choices = filling.choices_of(question)
    return TemplateRow(
        number=number,
        name=question.name,
        label=in_language(question.label, words.language),
        unit=in_language(question.unit, words.language),
        before="" if last is None else shown(question, last, words),
        value=_plain(question, value, words),
        kind="whole" if kind.is_whole else "number" if kind.is_numeric else "text",
        is_count=question.kind is not None or bool(question.unit),
        choices=tuple(in_language(each.label, words.language) for each in choices),
    )


def _plain(question: Question, value: Value | None, words: Translator) -> int | float | str:
    if value is None:
        return ""
    if isinstance(value, int):
        return value
    return float(value) if isinstance(value, Decimal) else shown(question, value, words)


def whose(cells: Mapping[str, Cell]) -> tuple[str, str, date] | None:
    """The form's key, the unit's code and the period of a workbook of ours; None for another."""
    parts = cells.get(ABOUT, ("", ""))[1].split("|")
    try:
        return parts[0], parts[1], date.fromisoformat(parts[2])
    except (IndexError, ValueError):
        return None


def read_cells(filling: Filling, cells: Mapping[str, Cell], words: Translator) -> Lines:
    """The answers in the cells to be filled in; what is not taken is named by its cell: it cannot be read, or it is but what the
    template had, and something else has been answered since.
    """
    asked = {question.name: question for question in filling.asked}
    answers: dict[str, Answer] = {}
    doubtful: list[Doubtful] = []
    for place, (_, name) in sorted(cells.items(), key=lambda each: _row_of(each[0])):
        given = cells.get(f"{VALUE}{_row_of(place)}")
        question = asked.get(name)
        if not place.startswith(NAME) or question is None or given is None or not given[1].strip():
            continue
        if given[0] == "f":
            label = short_label(filling.form, question, words.language)
            doubtful.append(Doubtful(f"{VALUE}{_row_of(place)} – {label}", "cell_formula", (question,)))
            continue
        label = short_label(filling.form, question, words.language)
        piece = f"{VALUE}{_row_of(place)} – {label}: {echo(given[1])}"
        try:
            answer = _answer(filling, question, given, words)
        except NotUnderstood as why:
            doubtful.append(Doubtful(piece, "cell_no_sense", (question,), why))
            continue
        fetched = _fetched(filling, question, cells, _row_of(place), words)
        if _is_left_as_fetched(filling, question, answer, fetched):
            doubtful.append(Doubtful(piece, "cell_as_before", (question,)))
        else:
            answers[name] = answer
    return Lines(answers, tuple(doubtful))


def _fetched(
    filling: Filling, question: Question, cells: Mapping[str, Cell], row: int, words: Translator
) -> Value | None:
    """What the cell had in the template. In one that was fetched before that was kept it is taken to be the last figure."""
    if question.kind is None:
        return None
    if not any(each.startswith(SHOWN) for each in cells):
        return filling.last.get(question.name) if question.kind != "flow" else None
    try:
        return _answer(filling, question, cells.get(f"{SHOWN}{row}", ("s", "")), words).value
    except NotUnderstood:
        return None


def _is_left_as_fetched(filling: Filling, question: Question, answer: Answer, fetched: Value | None) -> bool:
    """Whether a cell still has what the template had, and something else has been answered since: nobody who fetches a template, and
    has it filled in by others meanwhile, is to take that back unseen.
    """
    stands = filling.answered(question.name)
    return stands is not None and answer.value is not None and answer.value == fetched != stands.value


def _answer(filling: Filling, question: Question, given: Cell, words: Translator) -> Answer:
    kind, text = given
    if typed_verb(text) == ("unknown", None):
        return Answer(None, "unknown")
    if kind == "n":
        value = type_of(question).from_node(question, text)
        is_under = isinstance(value, int | Decimal) and value < 0
        if value is not None and not is_under:
            return Answer(value)
    choices = filling.choices_of(question)
    return read_answer(question, text, words, choices, filling.now)


def _row_of(place: str) -> int:
    return int(re.sub(r"\D", "", place) or 0)
