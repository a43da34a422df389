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
    if not _asks_whether_empty(condition):
        yield _comparison(condition, here)


def demanded(condition: Node, here: str) -> Iterator[Comparison]:
    """The comparisons that must hold whenever their questions are answered: nothing stands beside them with «or» but
    whether something is empty."""
    if isinstance(condition, Operation) and condition.operator == "and":
        yield from demanded(condition.left, here)
        yield from demanded(condition.right, here)
        return
    whole = [each for each in alternatives(condition) if not _asks_whether_empty(each)]
    if len(whole) == 1 and whole[0] is not condition:
        yield from demanded(whole[0], here)
    elif len(whole) == 1:
        yield _comparison(condition, here)


def alternatives(condition: Node) -> Iterator[Node]:
    """The conditions of which one must hold: what stands between «or»."""
    if isinstance(condition, Operation) and condition.operator == "or":
        yield from alternatives(condition.left)
        yield from alternatives(condition.right)
    else:
        yield condition


def _asks_whether_empty(condition: Node) -> bool:
    return isinstance(condition, Operation) and Literal("") in (condition.left, condition.right)


def _comparison(condition: Node, here: str) -> Comparison:
    names = frozenset(
        here if isinstance(node, Here) else node.name for node in walk(condition) if isinstance(node, Here | Reference)
    )
    if not isinstance(condition, Operation) or condition.operator not in AT_MOST + AT_LEAST:
        return Comparison(names)
    left, right = _alone(condition.left, here), _alone(condition.right, here)
    if not left or not right:
        return Comparison(names)
    return Comparison(names, left, right) if condition.operator in AT_MOST else Comparison(names, right, left)


def _alone(node: Node, here: str) -> str:
    """The question whose answer of this period, or a number or «.» in its place, is all that a side holds."""
    if isinstance(node, Here):
        return here
    if isinstance(node, Call) and node.name == "coalesce" and isinstance(node.arguments[-1], Number | Here):
        return _alone(node.arguments[0], here)
    return node.name if isinstance(node, Reference) and not node.last_saved else ""
