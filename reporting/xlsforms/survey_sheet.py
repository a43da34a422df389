"""The survey sheet: questions in their groups, row by row."""

from collections.abc import Mapping
from difflib import get_close_matches

from reporting.expressions.expression import BadExpression, compile_expression
from reporting.forms import Choice, Question
from reporting.xlsforms.problems import Problem
from reporting.xlsforms.question_cells import YES, Above, QuestionCells, is_name
from reporting.xlsforms.sheet_columns import Cells, rows_of
from reporting.xlsforms.sheets import Sheet
from reporting.xlsforms.type_cells import Section, TypeCell, read_type, type_names


class SurveySheet:
    """Reads the sheet once; `questions` and `cells` (by question) are there afterwards, what is wrong in `problems`."""

    def __init__(self, sheet: Sheet, choices: Mapping[str, tuple[Choice, ...]], problems: list[Problem]) -> None:
        self.choices = choices
        self.problems = problems
        self.questions: list[Question] = []
        self.cells: dict[str, Cells] = {}
        self._refused: set[str] = set()
        self._open: list[tuple[Cells, Section, Above]] = []
        rows = rows_of(sheet, problems)
        for cells in rows if self._has_columns(sheet, rows) else ():
            if cells.text("disabled").lower() not in YES:
                self._read(cells)
        for cells, _section, _above in self._open:
            problems.append(cells.problem("type", "group_open"))
        if rows and not self.questions and not problems:
            problems.append(Problem(sheet.name, 0, "", "survey_empty"))

    @property
    def refused(self) -> frozenset[str]:
        """The names of rows that make no question: what refers to them is not wrong besides."""
        return frozenset(self._refused)

    def _has_columns(self, sheet: Sheet, rows: tuple[Cells, ...]) -> bool:
        """Whether there are rows, and the columns without which they cannot be read."""
        if not rows:
            self.problems.append(Problem("survey", 0, "", "survey_empty" if sheet.headers else "survey_missing"))
            return False
        bases = {column.base for column in rows[0].columns}
        missing = [needed for needed in ("type", "name", "label") if needed not in bases]
        self.problems += (Problem(sheet.name, 1, each, "column_missing", {"column": each}) for each in missing)
        return not missing

    def _read(self, cells: Cells) -> None:
        text = cells.text("type")
        if not text:
            if cells.text("name") or cells.texts("label"):
                self.problems.append(cells.problem("type", "type_missing"))
            return
        kind = read_type(text)
        if kind is None or isinstance(kind, Section) or kind.refused:
            self._refused.add(cells.text("name"))
        if kind is None:
            near = get_close_matches(text.lower().split()[0], type_names(), n=1, cutoff=0.75)
            key = "type_near" if near else "type_unknown"
            self.problems.append(cells.problem("type", key, type=text, near=near[0] if near else ""))
        elif isinstance(kind, Section):
            self._section(cells, kind)
        elif kind.refused:
            self.problems.append(cells.problem("type", kind.refused, type=text))
        else:
            self._question(cells, kind)

    def _section(self, cells: Cells, section: Section) -> None:
        if not section.begins:
            if not self._open or bool(self._open[-1][1].refused) != bool(section.refused):
                self.problems.append(cells.problem("type", "group_end"))
            else:
                self._open.pop()
            return
        if section.refused:
            self.problems.append(cells.problem("type", section.refused, type=cells.text("type")))
        above = self._open[-1][2] if self._open else Above()
        relevant = cells.text("relevant")
        try:
            own = (compile_expression(relevant).text,) if relevant else ()
        except BadExpression as bad:
            own = ()
            self.problems.append(cells.problem("relevant", bad.what, **bad.values))
        label = cells.texts("label")
        below = Above((*above.relevant, *own), (*above.labels, *([label] if label else [])))
        self._open.append((cells, section, below))

    def _question(self, cells: Cells, kind: TypeCell) -> None:
        name = cells.text("name")
        above = self._open[-1][2] if self._open else Above()
        question = QuestionCells(cells, kind, above, self.choices, self.problems).question()
        if not name and kind.type.names_itself:
            name = f"note_{cells.row.number}"
        if not name:
            self.problems.append(cells.problem("name", "name_missing"))
        elif not is_name(name):
            self.problems.append(cells.problem("name", "name", name=name))
        elif name in self.cells:
            self.problems.append(cells.problem("name", "name_twice", name=name, row=str(self.cells[name].row.number)))
        else:
            self.cells[name] = cells
            self.questions.append(question if question.name else _named(question, name))


def _named(question: Question, name: str) -> Question:
    from dataclasses import replace

    return replace(question, name=name)
