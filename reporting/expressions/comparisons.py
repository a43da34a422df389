"""What a condition compares: which answer it holds to be at most which, and what else it brings together."""

from collections.abc import Iterator
from dataclasses import dataclass

from reporting.expressions.syntax import Call, Here, Literal, Node, Number, Operation, Reference, walk

AT_MOST, AT_LEAST = ("<", "<="), (">", ">=")


@dataclass(frozen=True, slots=True)
class Comparison:
    """`names`: the questions that stand in it, of this period or an earlier one, «.» by the name of its own.

    `less`, `more`: the two names, where it says no more than that one is at most the other; else both are empty.
    """

    names: frozenset[str]
    less: str = ""
    more: str = ""


def comparisons(condition: Node, here: str) -> Iterator[Comparison]:
    """The parts of a condition that «and» and «or» join, but for those that ask whether something is empty. `here`: what «.» is."""
    if isinstance(condition, Operation) and condition.operator in ("and", "or"):
        yield from comparisons(condition.left, here)
        yield from comparisons(condition.right, here)
        return
    names = frozenset(
        here if isinstance(node, Here) else node.name for node in walk(condition) if isinstance(node, Here | Reference)
    )
    if not isinstance(condition, Operation):
        yield Comparison(names)
    elif Literal("") not in (condition.left, condition.right):
        left, right = _alone(condition.left, here), _alone(condition.right, here)
        if not left or not right or condition.operator not in AT_MOST + AT_LEAST:
            yield Comparison(names)
        elif condition.operator in AT_MOST:
            yield Comparison(names, left, right)
        else:
            yield Comparison(names, right, left)


def _alone(node: Node, here: str) -> str:
    """The question whose answer of this period, or a number in its place, is all that a side holds."""
    if isinstance(node, Here):
        return here
    if isinstance(node, Call) and node.name == "coalesce" and isinstance(node.arguments[-1], Number):
        return _alone(node.arguments[0], here)
    return node.name if isinstance(node, Reference) and not node.last_saved else ""
