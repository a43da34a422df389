"""What must hold between the rows of a form: names that exist, a place for «.», no circles, labels, nothing that is never used."""

from collections.abc import Iterable, Iterator, Mapping, Set

from reporting.expressions.expression import Expression
from reporting.forms import Question, reads
from reporting.questions.checks import references_in
from reporting.questions.question_types import type_of
from reporting.xlsforms.problems import Problem
from reporting.xlsforms.sheet_columns import Cells

EXPRESSIONS = ("required", "constraint", "relevant", "calculation", "default", "check", "choice_filter", "read_only_if")
TEXTS = ("label", "hint", "constraint_message", "required_message", "check_message")


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
                yield from _expression(row, base, expression, known)
        for base in TEXTS:
            for language, said in getattr(question, base).items():
                for name in references_in(said):
                    if name not in known:
                        yield Problem(
                            row.sheet, row.row.number, row.header(base, language), "reference_unknown", {"name": name}
                        )
        if type_of(question).is_shown and not question.label:
            yield row.problem("label", "label_missing")
    yield from _circles(by_name, cells)


def _expression(row: Cells, base: str, expression: Expression, known: Set[str]) -> Iterator[Problem]:
    header = "read_only" if base == "read_only_if" else base
    for name in sorted((expression.names | expression.last_saved) - known):
        yield row.problem(header, "reference_unknown", name=name)
    for name, where in expression.columns.items() if base != "choice_filter" else ():
        yield row.problem(header, "expression_bare_name", name=name, where=where)


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
