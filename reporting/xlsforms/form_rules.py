"""What must hold between the rows of a form: names that exist, a place for «.», no circles, labels, nothing that is never used."""

from collections.abc import Iterable, Iterator, Mapping, Set

from reporting.expressions.expression import Expression
from reporting.forms import Question, reads
from reporting.questions.checks import references_in
from reporting.questions.question_types import type_of
from reporting.xlsforms.problems import Problem
from reporting.xlsforms.sheet_columns import Cells

EXPRESSIONS = ("required", "constraint", "relevant", "calculation", "default", "check", "choice_filter")
TEXTS = ("label", "hint", "constraint_message", "required_message", "check_message")
OF_AN_ANSWER = ("constraint", "check")
"""Columns in which «.» is the answer just given."""


def check_rules(
    questions: Iterable[Question], cells: Mapping[str, Cells], refused: frozenset[str]
) -> Iterator[Problem]:
    """Everything that is wrong between `questions`; `cells` are their rows by name, `refused` the names of rows that are none."""
    by_name = {question.name: question for question in questions}
    known = by_name.keys() | refused
    for question in by_name.values():
        row = cells[question.name]
        for base in EXPRESSIONS:
            expression: Expression | None = getattr(question, base)
            if expression is not None:
                yield from _expression(row, base, expression, known, question)
        for base in TEXTS:
            for language, said in row.texts(base).items():
                for name in references_in(said):
                    if name not in known:
                        yield Problem(
                            row.sheet, row.row.number, row.header(base, language), "reference_unknown", {"name": name}
                        )
        yield from _use(row, question)
    yield from _circles(by_name, cells)


def _expression(
    row: Cells, base: str, expression: Expression, known: Set[str], question: Question
) -> Iterator[Problem]:
    for name in sorted((expression.names | expression.last_saved) - known):
        yield row.problem(base, "reference_unknown", name=name)
    columns = {column for choice in question.choices for column in choice.columns} | {"name", "label"}
    for name, where in expression.columns.items():
        if base != "choice_filter":
            yield row.problem(base, "expression_bare_name", name=name, where=where)
        elif name not in columns:
            yield row.problem(base, "choice_filter_column", name=name)
    if expression.here and base not in OF_AN_ANSWER and "once(" not in expression.text:
        yield row.problem(base, "expression_here", where=expression.here)


def _use(row: Cells, question: Question) -> Iterator[Problem]:
    kind = type_of(question)
    asked = kind.is_asked
    if (asked or kind.is_shown) and not question.label:
        yield row.problem("label", "label_missing")
    if kind.is_worked_out and question.calculation is None and not row.text("calculation"):
        yield row.problem("calculation", "calculation_missing")
    if asked and question.calculation is not None:
        yield row.problem("calculation", "calculation_asked", type=question.type)
    if not asked:
        for base in ("constraint", "check", "required"):
            if getattr(question, base) is not None:
                yield row.problem(base, "rule_unused", column=base, type=question.type)
    if question.read_only and asked and question.default is None:
        yield row.problem("read_only", "read_only_empty")


def _circles(by_name: Mapping[str, Question], cells: Mapping[str, Cells]) -> Iterator[Problem]:
    """Questions whose condition or calculation comes back to themselves, each circle once."""
    done: set[str] = set()

    def path_back(name: str, path: tuple[str, ...]) -> tuple[str, ...] | None:
        if name in path:
            return path[path.index(name) :]
        if name in done or name not in by_name:
            return None
        for read in sorted(reads(by_name[name])):
            if (found := path_back(read, (*path, name))) is not None:
                return found
        done.add(name)
        return None

    for name, question in by_name.items():
        circle = path_back(name, ())
        if circle is not None and name in circle:
            done.update(circle)
            base = "calculation" if question.calculation is not None else "relevant"
            yield cells[name].problem(base, "circle", names=" → ".join((*circle, circle[0])))
