"""What is wrong with a form, where, and what to do about it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reporting.errors import Refused
from reporting.translator import Translator

WARNINGS = frozenset((
    "appearance", "appearance_starts", "calculation_missing", "choice_filter_alone", "choice_filter_column", "choice_list_missing",
    "choice_name", "choice_name_missing", "column_misspelt", "column_not_in_chat", "context_elsewhere", "default_value",
    "file_looked_up", "file_missing", "id", "indicators_none", "label_missing", "media", "odk", "parameter_not_in_chat",
    "read_only_empty", "required_word", "rule_unused",
    "settings_none", "sheet_not_in_chat", "trigger", "type_device", "type_drawn", "type_elsewhere",
    "type_scanned", "type_sound",
))  # fmt: skip
"""What a chat passes over or carries in its own way, and nothing that is asked is lost by it: said, and accepted."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a form that cannot be: the catalogues have «form_» + `key` for what is wrong, and that + «_mend» for what to do.

    `row` as the spreadsheet numbers it (the header is row 1); 0 where the whole sheet is meant. `column` is the header as written.
    `is_harmless`: here it is but warned of, though elsewhere it would be refused.
    """

    sheet: str
    row: int
    column: str
    key: str
    values: Mapping[str, Any] = field(default_factory=dict)
    is_harmless: bool = False

    @property
    def is_warning(self) -> bool:
        return self.is_harmless or self.key in WARNINGS

    @property
    def what_key(self) -> str:
        return f"form_{self.key}"

    @property
    def mend_key(self) -> str:
        return f"form_{self.key}_mend"


class BadForm(Refused):
    """A form that cannot be published; `problems` has everything that is wrong with it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("bad_form", n=len(self.problems))


MOST_ROWS_NAMED = 3


def problem_lines(problems: Iterable[Problem], words: Translator) -> list[str]:
    """A line each, but one line for the same of several rows."""
    same: dict[tuple[str, str, str, str], list[Problem]] = {}
    for each in problems:
        same.setdefault((each.sheet, each.column, each.key, str(each.values)), []).append(each)
    return [problem_line(found[0], words, [each.row for each in found]) for found in same.values()]


def problem_line(problem: Problem, words: Translator, rows: Sequence[int] = ()) -> str:
    """One line: sheet, row, column, what is wrong, what to do. `rows`: all of which it is said."""
    what, mend = words.plain(problem.what_key, **problem.values), words.plain(problem.mend_key, **problem.values)
    named = ", ".join(map(str, rows[:MOST_ROWS_NAMED] or [problem.row]))
    if len(rows) > MOST_ROWS_NAMED:
        named = words.plain("problem_rows", rows=named, n=len(rows) - MOST_ROWS_NAMED)
    key = "problem_cell" if problem.row and problem.column else "problem_row" if problem.row else "problem_sheet"
    return words.plain(key, sheet=problem.sheet or "—", row=named, column=problem.column, what=what, mend=mend)
