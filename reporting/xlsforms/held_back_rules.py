"""What must hold in a form whose small counts are held back (`suppress_below`): no other public answer may give them away."""

from collections.abc import Iterator, Mapping, Set

from reporting.expressions.comparisons import Comparison, comparisons
from reporting.expressions.expression import Expression
from reporting.forms import Form, Question
from reporting.questions.question_types import type_of
from reporting.questions.wholes import is_part
from reporting.xlsforms.problems import Problem
from reporting.xlsforms.sheet_columns import Cells

FEWEST = 3
"""Under 2 there is one count to be held back, which is then known."""
WORKED_OUT = ("calculation", "relevant", "default")


def check_held_back(form: Form, cells: Mapping[str, Cells]) -> Iterator[Problem]:
    """By which rows a count that is held back could be worked out; `cells` are the rows by name."""
    rules = _Rules(form)
    for question in form.questions:
        row = cells[question.name]
        if question.suppress_below is not None and not _is_threshold(question):
            yield row.problem("suppress_below", "suppress_below", value=row.text("suppress_below"))
        for base in WORKED_OUT:
            for name in rules.told_by(question, base):
                yield row.problem(base, "held_back_told", name=name)
        if question in form.held_back:
            if rules.is_derivable(question):
                yield row.problem("calculation", "held_back_calculated")
            if name := rules.lacks_whole(question):
                yield row.problem("constraint", "held_back_whole", name=name)
        for name, other in rules.bounds(question):
            yield row.problem("constraint", "held_back_bound", name=name, other=other)


def _is_threshold(question: Question) -> bool:
    return type_of(question).is_counted and (question.suppress_below or 0) >= FEWEST


class _Rules:
    def __init__(self, form: Form) -> None:
        self.form = form
        self.below = {question.name: question.suppress_below or 0 for question in form.held_back}

    def told_by(self, question: Question, base: str) -> list[str]:
        """The questions held back of which a public one tells by what it comes to, or by being asked at all."""
        if not question.is_public:
            return []
        expression = _worked_out(question).get(base)
        found = {name for each in _reads(expression) for name in (each, *self._sources(each))}
        return sorted(found & self.below.keys() - {question.name})

    def _sources(self, name: str, seen: frozenset[str] = frozenset()) -> set[str]:
        """All that a question's answer hangs on, of this period or earlier ones."""
        question = self.form.by_name.get(name)
        if question is None or name in seen:
            return set()
        direct = {each for expression in _worked_out(question).values() for each in _reads(expression)}
        return direct.union(*(self._sources(each, seen | {name}) for each in direct))

    def is_derivable(self, question: Question) -> bool:
        """Whether anybody can calculate it: from nothing but public numbers that are told as they are."""
        return question.calculation is not None and self._comes_of_public(question, frozenset())

    def _comes_of_public(self, question: Question, seen: frozenset[str]) -> bool:
        names = _reads(question.calculation) - {question.name} - seen
        of = [self.form.by_name[name] for name in names if name in self.form.by_name]
        return bool(of) and all(
            each.name not in self.below
            if each.is_public
            else each.calculation is not None and self._comes_of_public(each, seen | {question.name})
            for each in of
        )

    def lacks_whole(self, question: Question) -> str:
        """The public number before a question whose label is that of a part, if nothing says that it is at most this."""
        before = self.form.questions[: self.form.questions.index(question)]
        whole = next((each for each in reversed(before) if each.kind is not None and not is_part(each)), None)
        if whole is None or not is_part(question) or not whole.is_public or whole.kind == "state":
            return ""
        return "" if whole.name in self.form.wholes[question.name] else whole.name

    def bounds(self, question: Question) -> list[tuple[str, str]]:
        """The questions held back, each with the public ones by which this question's constraint may tell more of it than is told."""
        if question.constraint is None:
            return []
        found = (
            (name, ", ".join(sorted(self._near(each, name))))
            for each in comparisons(question.constraint.tree, question.name)
            for name in each.names & self.below.keys()
        )
        return sorted({(name, others) for name, others in found if others})

    def _near(self, of: Comparison, name: str) -> set[str]:
        """What the comparison ties it to too closely: not a whole, nor a part that is held back as well, nor what is unknown."""
        others, wholes = self._public(of.names - {name}), set(self.form.wholes[name])
        if others == {of.more} and of.less == name:
            return set()
        if others == {of.less} and of.more == name:
            return others if self.below.get(of.less, 0) < self.below[name] else set()
        is_loose = any(not self._public({each}) for each in of.names - {name})
        return others - wholes if is_loose else others

    def _public(self, names: Set[str], seen: frozenset[str] = frozenset()) -> set[str]:
        """Those of the names that are public, and those of which a calculation among them is made."""
        found: set[str] = set()
        for question in (self.form.by_name[name] for name in names - seen if name in self.form.by_name):
            if question.is_public:
                found.add(question.name)
            else:
                found |= self._public(_reads(question.calculation), seen | {question.name})
        return found


def _worked_out(question: Question) -> dict[str, Expression | None]:
    """The columns that say what an answer comes to, and whether it is asked for."""
    default = question.default if type_of(question).is_filled_in else None
    return {"calculation": question.calculation, "relevant": question.relevant, "default": default}


def _reads(expression: Expression | None) -> set[str]:
    return set(expression.names | expression.last_saved) if expression is not None else set()
