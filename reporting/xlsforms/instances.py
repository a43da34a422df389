"""What an expression of a repeat reads in one of its instances, and what sums, counts and lists over all instances come to."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from reporting.expressions.expression import BadExpression
from reporting.expressions.syntax import Call, Literal, Minus, Node, Number, Operation, Reference, reference

POSITION = ".position"


@dataclass(frozen=True)
class RepeatScope:
    """`stands_in`: of each question, the repeats that it stands in; `most`: how many instances a repeat has.

    `around`, `at`: the repeats that the expression stands in, and in which instance of each.
    """

    stands_in: Mapping[str, tuple[str, ...]]
    most: Mapping[str, int]
    around: tuple[str, ...] = ()
    at: tuple[int, ...] = ()

    def name(self, of: str, more: Sequence[int] = ()) -> str:
        """The question `of` in this instance; of repeats that this one is not in the first, or `more`."""
        repeats = self.stands_in.get(of, ())
        if not repeats:
            return of
        shared = self._shared(repeats)
        rest = [*more, *[1] * len(repeats)][: len(repeats) - shared]
        return ".".join([of, *map(str, (*self.at[:shared], *rest))])

    def names(self, of: str) -> list[tuple[str, str]]:
        """The question in each instance that there may be, with the question whether that one is there."""
        repeats = self.stands_in.get(of, ())
        return self._each(repeats, lambda more: self.name(of, more))

    def theres(self, repeat: str, repeats: tuple[str, ...]) -> list[str]:
        return [is_there for _, is_there in self._each(repeats, lambda _more: repeat)]

    def position(self, name: str) -> int:
        """Of «repeat.position»: its number; 0 for any other name."""
        repeat = name.removesuffix(POSITION)
        return self.at[self.around.index(repeat)] if name.endswith(POSITION) and repeat in self.around else 0

    def is_beyond(self, name: str) -> bool:
        """Whether a question stands in a repeat that the expression is not in."""
        repeats = self.stands_in.get(name, ())
        return self._shared(repeats) < len(repeats)

    def _shared(self, repeats: tuple[str, ...]) -> int:
        count = 0
        for one, other in zip(repeats, self.around, strict=False):
            if one != other:
                break
            count += 1
        return count

    def _each(self, repeats: tuple[str, ...], made: Callable[[tuple[int, ...]], str]) -> list[tuple[str, str]]:
        shared = self._shared(repeats)
        ranges = [range(1, self.most[each] + 1) for each in repeats[shared:]]
        found = []
        for more in product(*ranges):
            numbers = ".".join(map(str, (*self.at[:shared], *more)))
            found.append((made(more), f"{repeats[-1]}.{numbers}.there"))
        return found


def rewritten(node: Node, scope: RepeatScope) -> Node:
    """The tree as it reads the questions of its instance. Raises BadExpression for what repeats cannot be asked."""
    if isinstance(node, Reference):
        position = scope.position(node.name)
        if position:
            return Number(str(position))
        return Reference(scope.name(node.name), node.last_saved, node.where)
    if isinstance(node, Minus):
        return Minus(rewritten(node.operand, scope))
    if isinstance(node, Operation):
        return Operation(node.operator, rewritten(node.left, scope), rewritten(node.right, scope))
    if isinstance(node, Call):
        return _call(node, scope)
    return node


def _call(node: Call, scope: RepeatScope) -> Node:
    if node.name == "indexed-repeat":
        return _indexed(node, scope)
    if node.name == "jr:choice-name" and len(node.arguments) == 2 and isinstance(node.arguments[1], Literal):
        asked = reference(node.arguments[1].text.strip(), node.where)
        named = Literal(f"${{{scope.name(asked.name)}}}")
        return Call(node.name, (rewritten(node.arguments[0], scope), named), node.where)
    over = _OVER.get(node.name)
    if over is not None:
        of = node.arguments[-1]
        repeats = _repeat_of(of, scope)
        if repeats:
            theres = scope.theres(repeats[-1], repeats)
            return over(node, [(Literal("yes"), _is_there(each)) for each in theres], scope)
        if isinstance(of, Reference) and scope.is_beyond(of.name):
            found = scope.names(of.name)
            return over(node, [(Reference(name, False, of.where), _is_there(each)) for name, each in found], scope)
    return Call(node.name, tuple(rewritten(each, scope) for each in node.arguments), node.where)


def _repeat_of(node: Node, scope: RepeatScope) -> tuple[str, ...]:
    """The repeats down to the one that a reference names itself; () if it names none."""
    if not isinstance(node, Reference) or node.name in scope.stands_in or node.name not in scope.most:
        return ()
    found = next((each for each in scope.stands_in.values() if node.name in each), ())
    return found[: found.index(node.name) + 1] if found else ()


def _is_there(name: str) -> Node:
    return Operation("=", Reference(name, False, 1), Literal("yes"))


Each = list[tuple[Node, Node]]
"""(What an instance has, whether the instance is there)."""


def _added(terms: Sequence[Node]) -> Node:
    total: Node = terms[0]
    for each in terms[1:]:
        total = Operation("+", total, each)
    return total


def _sum(node: Call, each: Each, _scope: RepeatScope) -> Node:
    return _added([Call("coalesce", (value, Number("0")), node.where) for value, _ in each])


def _count(node: Call, each: Each, _scope: RepeatScope) -> Node:
    return _added([Call("if", (is_there, Number("1"), Number("0")), node.where) for _, is_there in each])


def _count_filled(node: Call, each: Each, _scope: RepeatScope) -> Node:
    return Call(node.name, tuple(value for value, _ in each), node.where)


def _extreme(node: Call, each: Each, _scope: RepeatScope) -> Node:
    """Of those that are filled."""
    values = tuple(value for value, _ in each)
    if len(values) == 1:
        return values[0]
    first = Call("coalesce", values, node.where)
    return Call(node.name, tuple(Call("coalesce", (value, first), node.where) for value in values), node.where)


def _joined(node: Call, each: Each, scope: RepeatScope) -> Node:
    separator = rewritten(node.arguments[0], scope)
    parts = [
        Call("if", (is_there, Call("concat", (separator, value), node.where), Literal("")), node.where)
        for value, is_there in each
    ]
    text = Call("concat", tuple(parts), node.where)
    return Call("substr", (text, Call("string-length", (separator,), node.where)), node.where)


def _concatenated(node: Call, each: Each, scope: RepeatScope) -> Node:
    before = tuple(rewritten(argument, scope) for argument in node.arguments[:-1])
    return Call(node.name, (*before, *(value for value, _ in each)), node.where)


_OVER: Mapping[str, Callable[[Call, Each, RepeatScope], Node]] = {
    "sum": _sum,
    "count": _count,
    "count-non-empty": _count_filled,
    "min": _extreme,
    "max": _extreme,
    "join": _joined,
    "concat": _concatenated,
}
"""Functions of all instances."""


def _indexed(node: Call, scope: RepeatScope) -> Node:
    """`indexed-repeat(${question}, ${repeat}, number, …)`: the question in that instance."""
    of, pairs = node.arguments[0], list(zip(node.arguments[1::2], node.arguments[2::2], strict=False))
    if not isinstance(of, Reference) or not pairs:
        raise BadExpression("expression_function_left_out", node.where, name=node.name)
    repeats = scope.stands_in.get(of.name, ())
    given = {each.name: rewritten(number, scope) for each, number in pairs if isinstance(each, Reference)}
    cases: list[tuple[list[Node], list[int]]] = [([], [])]
    for place, repeat in enumerate(repeats):
        if repeat in given:
            wanted = _folded(given[repeat])
            if isinstance(wanted, int):
                cases = [(conditions, [*at, wanted]) for conditions, at in cases]
                continue
            numbers = range(1, scope.most[repeat] + 1)
            cases = [
                ([*conditions, Operation("=", wanted, Number(str(number)))], [*at, number])
                for conditions, at in cases
                for number in numbers
            ]
        else:
            here = scope.at[place] if scope.around[place : place + 1] == (repeat,) else 1
            cases = [(conditions, [*at, here]) for conditions, at in cases]
    parts = [_case(of, repeats, conditions, at, scope) for conditions, at in cases]
    return parts[0] if len(parts) == 1 else Call("concat", tuple(parts), node.where)


def _case(
    of: Reference, repeats: Sequence[str], conditions: Sequence[Node], at: Sequence[int], scope: RepeatScope
) -> Node:
    is_any = all(1 <= number <= scope.most[repeat] for repeat, number in zip(repeats, at, strict=True))
    value: Node = Reference(".".join([of.name, *map(str, at)]), of.last_saved, of.where) if is_any else Literal("")
    for condition in conditions:
        value = Call("if", (condition, value, Literal("")), of.where)
    return value


def _folded(node: Node) -> int | Node:
    """«3 - 1» as 2, where it is of whole numbers only."""
    if isinstance(node, Number) and node.text.isdecimal():
        return int(node.text)
    if isinstance(node, Operation) and node.operator in ("+", "-"):
        left, right = _folded(node.left), _folded(node.right)
        if isinstance(left, int) and isinstance(right, int):
            return left + right if node.operator == "+" else left - right
    return node
