"""The survey sheet: questions in their groups and repeats, row by row."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches

from reporting.expressions.expression import BadExpression, Expression, compile_expression
from reporting.expressions.syntax import parse
from reporting.forms import Choice, Question
from reporting.translator import LANGUAGES, translator
from reporting.xlsforms.choice_lists import ChoiceLists
from reporting.xlsforms.problems import Problem
from reporting.xlsforms.question_cells import QuestionCells
from reporting.xlsforms.repeats import Expanding, Repeat, RepeatRow
from reporting.xlsforms.row_places import Path, SurveyPlaces, What
from reporting.xlsforms.row_reading import YES, Above, Reader, as_truth, is_name, without_chance
from reporting.xlsforms.sheet_columns import Cells, rows_of
from reporting.xlsforms.sheets import Sheet
from reporting.xlsforms.type_cells import Section, TypeCell, read_type, type_names

OTHER = "other"


class SurveySheet:
    """Reads the sheet once; `questions` and `cells` (by question) are there afterwards, what is wrong in `problems`.

    `languages`: of the labels that stand on the sheet.
    """

    def __init__(self, sheet: Sheet, lists: ChoiceLists, problems: list[Problem]) -> None:
        self.lists = lists
        self.problems = problems
        self.cells: dict[str, Cells] = {}
        self.languages: dict[str, None] = {}
        self._rows: list[RepeatRow] = []
        self._repeats: dict[str, Repeat] = {}
        self._refused: set[str] = set()
        self._open: list[tuple[Cells, Section, Above]] = []
        rows = rows_of(sheet, problems)
        used = [each for each in rows if each.text("disabled").lower() not in YES]
        used = used if self._has_columns(sheet, rows) else []
        self._places = SurveyPlaces(_paths(used))
        self._has_repeats = any(
            isinstance(kind := read_type(each.text("type")), Section) and kind.repeats for each in used
        )
        for cells in used:
            self._read(cells)
        for cells, _section, _above in self._open:
            problems.append(cells.problem("type", "group_open"))
        problems += (Problem("survey", 0, "", "context_elsewhere", {"list": each}) for each in self._places.elsewhere)
        self.questions = self._expanded()
        if rows and not self.questions and not any(not each.is_warning for each in problems):
            problems.append(Problem(sheet.name, 0, "", "survey_empty"))

    @property
    def refused(self) -> frozenset[str]:
        """The names of rows that make no question: what refers to them is not wrong besides."""
        return frozenset(self._refused)

    def _expanded(self) -> tuple[Question, ...]:
        """The questions, those of repeats once for each instance that there may be."""
        if not self._repeats:
            return tuple(row.question for row in self._rows)

        def report(name: str, base: str, bad: BadExpression) -> None:
            self.problems.append(self.cells[name].problem(base, bad.what, **bad.values))

        made = Expanding(self._rows, self._repeats, report).questions()
        for question in made:
            if question.instance is not None:
                at_row = (
                    question.instance.name if question.instance.name in self.cells else question.instance.repeats[-1]
                )
                self.cells[question.name] = self.cells[at_row]
        return made

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
            if not self._open or self._open[-1][1].repeats != section.repeats:
                self.problems.append(cells.problem("type", "group_end"))
            else:
                self._open.pop()
            return
        if section.refused:
            self.problems.append(cells.problem("type", section.refused, type=cells.text("type")))
        above = self._open[-1][2] if self._open else Above()
        path = (*above.path, cells.text("name"))
        relevant = self._text_of(cells, "relevant", path)
        conditions = (*above.relevant, *([relevant] if relevant else []))
        label = {language: self._places.filled(said, path) for language, said in cells.texts("label").items()}
        if section.repeats:
            below = self._repeat(cells, above, path, conditions, label)
        else:
            below = Above(path, conditions, (*above.labels, *([label] if label else [])), above.repeats)
        self._open.append((cells, section, below))

    def _repeat(
        self, cells: Cells, above: Above, path: Path, conditions: tuple[str, ...], label: Mapping[str, str]
    ) -> Above:
        place = self._places.at(path)
        key = place.key if place is not None else f"repeat_{cells.row.number}"
        count = self._text_of(cells, "repeat_count", path)
        self._repeats[key] = Repeat(key, label, above.repeats, conditions, count, cells.row.number)
        self.cells.setdefault(key, cells)
        self._refused.discard(cells.text("name"))
        numbered = {language: f"{said} ${{{key}.position}}" for language, said in (label or {"": key}).items()}
        return Above(path, conditions, (*above.labels, numbered), (*above.repeats, key))

    def _text_of(self, cells: Cells, base: str, path: Path) -> str:
        """A section's expression, as text; «» where there is none, or a bad one."""
        text = cells.text(base)
        if not text:
            return ""
        reader = self._reader(path)
        try:
            return without_chance(reader.compiled(reader.resolved(as_truth(text)))).text
        except BadExpression as bad:
            self.problems.append(cells.problem(base, bad.what, **bad.values))
            return ""

    def _reader(self, path: Path) -> Reader:
        """Where there are repeats, only an instance's expression is one that can be worked out."""
        place = self._places.at(path)
        return Reader(
            place.key if place is not None else "".join(path[-1:]),
            lambda text: self.lists.looked_up(self._places.resolved(text, path)),
            lambda text: self._places.filled(text, path),
            (lambda text: Expression(text, parse(text))) if self._has_repeats else compile_expression,
        )

    def _question(self, cells: Cells, kind: TypeCell) -> None:
        name = cells.text("name")
        above = self._open[-1][2] if self._open else Above()
        if kind.warning:
            self.problems.append(cells.problem("type", kind.warning, type=cells.text("type")))
        choices = self.lists.of(cells, kind)
        if choices is None:
            kind, choices = replace(kind, base="text", source=""), ()
        if kind.other and not any(each.name == OTHER for each in choices):
            choices = (*choices, Choice(OTHER, _said("or_other_choice")))
        path = (*above.path, name)
        question = QuestionCells(cells, kind, above, choices, self._reader(path), self.problems).question()
        if not name and kind.type.names_itself:
            name = f"note_{cells.row.number}"
        if not name:
            self.problems.append(cells.problem("name", "name_missing"))
            return
        if not is_name(name):
            self.problems.append(cells.problem("name", "name", name=name))
            return
        place = self._places.at(path)
        self._add(cells, replace(question, name=place.key if place is not None else name), above)
        if kind.other:
            self._add(cells, self._which_other(question, above), above)

    def _add(self, cells: Cells, question: Question, above: Above) -> None:
        taken = self.cells.get(question.name)
        if taken is not None and question.name not in self._repeats:
            row = str(taken.row.number)
            self.problems.append(cells.problem("name", "name_twice", name=question.name, row=row))
            return
        self.cells[question.name] = cells
        self.languages |= dict.fromkeys(filter(None, cells.texts("label")))
        self._rows.append(RepeatRow(question, above.repeats))

    def _which_other(self, question: Question, above: Above) -> Question:
        """The words that `or_other` asks for."""
        place = self._places.at((*above.path, question.name))
        name = place.key if place is not None else question.name
        conditions = [f"({question.relevant.text})"] if question.relevant is not None else []
        relevant = " and ".join([*conditions, f"selected(${{{name}}}, '{OTHER}')"])
        return Question(
            name=f"{name}_{OTHER}",
            type="text",
            label=_said("or_other_which"),
            relevant=self._reader(above.path).compiled(relevant),
            group=above.labels,
            row=question.row,
        )


def _said(key: str) -> dict[str, str]:
    return {language: translator(language).plain(key) for language in LANGUAGES}


def _paths(rows: list[Cells]) -> Iterator[tuple[Path, What]]:
    """Every row that has a name, by the groups that it stands in."""
    above: list[str] = []
    for cells in rows:
        kind, name = read_type(cells.text("type")) if cells.text("type") else None, cells.text("name")
        if isinstance(kind, Section):
            if kind.begins:
                above.append(name)
                yield tuple(above), "repeat" if kind.repeats else "group"
            elif above:
                above.pop()
        elif kind is not None and name:
            yield (*above, name), "question"
