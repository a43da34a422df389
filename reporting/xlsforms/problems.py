"""What is wrong with a form, where, and what to do about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from reporting.errors import Refused
from reporting.translator import Translator


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a form that cannot be: the catalogues have «form_» + `key` for what is wrong, and that + «_mend» for what to do.

    `row` as the spreadsheet numbers it (the header is row 1); 0 where the whole sheet is meant. `column` is the header as written.
    """

    sheet: str
    row: int
    column: str
    key: str
    values: Mapping[str, Any] = field(default_factory=dict)

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


def problem_line(problem: Problem, words: Translator) -> str:
    """One line: sheet, row, column, what is wrong, what to do."""
    what, mend = words.plain(problem.what_key, **problem.values), words.plain(problem.mend_key, **problem.values)
    key = "problem_cell" if problem.row and problem.column else "problem_row" if problem.row else "problem_sheet"
    return words.plain(
        key, sheet=problem.sheet or "—", row=str(problem.row), column=problem.column, what=what, mend=mend
    )
