"""Which questions are worked out as ratios, through whatever calculations: tonnes by hectares, and what is reckoned from that."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import IntEnum

from reporting.expressions.syntax import Call, Here, Minus, Node, Operation, Reference
from reporting.questions.question import Question


class Measure(IntEnum):
    """What of many a value of each comes to: a plain `NUMBER` is the same of all, a `COUNT` adds up, a `RATIO` does not."""

    NUMBER = 0
    COUNT = 1
    RATIO = 2


_COUNTS = frozenset({"count", "count-non-empty", "count-selected", "string-length", "checklist", "weighted-checklist"})
"""What they come to is a count, whatever they are given."""
_BENDS = frozenset(
    {"pow", "sqrt", "log", "log10", "exp", "exp10", "sin", "cos", "tan", "asin", "acos", "atan", "atan2"}
)
"""What they make of a count is none."""


def with_ratios(questions: Sequence[Question]) -> tuple[Question, ...]:
    """The questions, each that its calculation, or a default that is proposed, makes a ratio marked as one."""
    by_name = {each.name: each for each in questions}
    return tuple(replace(each, is_worked_ratio=True) if _is_ratio(each, by_name) else each for each in questions)


def _is_ratio(question: Question, by_name: Mapping[str, Question]) -> bool:
    worked = question.calculation or question.default
    return worked is not None and _Measures(by_name, question.name).of(worked.tree) is Measure.RATIO


class _Measures:
    """The measures of what a question is worked out from; of itself, as it was before, it is what all else in it comes to."""

    def __init__(self, by_name: Mapping[str, Question], name: str) -> None:
        self._by_name = by_name
        self._found = {name: Measure.NUMBER}

    def of(self, node: Node) -> Measure:
        if isinstance(node, Reference):
            return self._of_question(node.name)
        if isinstance(node, Minus):
            return self.of(node.operand)
        if isinstance(node, Operation):
            return self._of_operation(node)
        if isinstance(node, Call):
            return self._of_call(node)
        return Measure.COUNT if isinstance(node, Here) else Measure.NUMBER

    def _of_question(self, name: str) -> Measure:
        question = self._by_name.get(name)
        if question is None or question.adds_up_said == "yes":
            return Measure.COUNT
        if not question.adds_up:
            return Measure.RATIO
        if name not in self._found:
            self._found[name] = Measure.NUMBER
            worked = question.calculation or question.default
            least = Measure.NUMBER if question.calculation is not None else Measure.COUNT
            self._found[name] = max(self.of(worked.tree), least) if worked is not None else Measure.COUNT
        return self._found[name]

    def _of_operation(self, node: Operation) -> Measure:
        left, right = self.of(node.left), self.of(node.right)
        match node.operator:
            case "div":
                return _divided(left, right)
            case "*" if {left, right} == {Measure.COUNT, Measure.RATIO}:
                return Measure.COUNT  # a share of a count
            case "+" | "-" | "*" | "mod":
                return max(left, right)
        return Measure.NUMBER

    def _of_call(self, node: Call) -> Measure:
        told = node.arguments[1:] if node.name == "if" else node.arguments  # its condition is not told
        most = max(map(self.of, told), default=Measure.NUMBER)
        if most is Measure.NUMBER:
            return most
        return Measure.COUNT if node.name in _COUNTS else Measure.RATIO if node.name in _BENDS else most


def _divided(left: Measure, right: Measure) -> Measure:
    """A crop by its yield is an area, a count; by its area it is a ratio."""
    if right is Measure.NUMBER:
        return left
    return Measure.COUNT if (left, right) == (Measure.COUNT, Measure.RATIO) else Measure.RATIO
