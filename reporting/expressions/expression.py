"""XLSForm's expressions (constraint, relevant, calculation, check…): XPath 1.0 as in ODK, compiled once."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, lru_cache

from reporting.answers import Value, Values
from reporting.expressions.call_checks import check_calls
from reporting.expressions.chance import CHANCE
from reporting.expressions.nodes import node_value
from reporting.expressions.syntax import BadExpression, Call, Column, Here, Node, Operation, Reference, parse, walk
from reporting.expressions.values import NodeDay, Result, node_text, number_from, string
from reporting.expressions.xpath import Run, compiled, compiled_truth

__all__ = ["BadExpression", "Expression", "Instance", "compile_expression"]


@dataclass(frozen=True)
class Expression:
    """An expression, equal to any other of the same text; it is compiled when it is first evaluated."""

    text: str
    tree: Node = field(repr=False, compare=False)

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        return tuple(node for node in walk(self.tree) if isinstance(node, Reference))

    @cached_property
    def names(self) -> frozenset[str]:
        """The `${names}` that it reads."""
        return frozenset(each.name for each in self.references if not each.last_saved)

    @cached_property
    def last_saved(self) -> frozenset[str]:
        """The `${last-saved#names}` that it reads."""
        return frozenset(each.name for each in self.references if each.last_saved)

    @cached_property
    def columns(self) -> Mapping[str, int]:
        """The bare names in it, with their place: columns of the choices sheet, in a `choice_filter`."""
        return {node.name: node.where for node in walk(self.tree) if isinstance(node, Column)}

    @cached_property
    def chance(self) -> Call | None:
        """The first `random()` or `uuid()` in it."""
        return next((node for node in walk(self.tree) if isinstance(node, Call) and node.name in CHANCE), None)

    @cached_property
    def here(self) -> int:
        """Where «.» stands first (from 1); 0 if it does not."""
        return next((node.where for node in walk(self.tree) if isinstance(node, Here)), 0)

    @cached_property
    def joined_by_and(self) -> "tuple[Expression, ...]":
        """The conditions that must all hold, each as an expression; itself alone if no «and» joins any."""
        return tuple(Expression(self.text, node) for node in _joined_by_and(self.tree))

    def result(self, instance: "Instance", here: str = "") -> Result:
        """What it comes to, of the kind that it is. `here`: the question that «.» is, if another than the instance's."""
        return self._run(instance, here or instance.here)

    def truth(self, instance: "Instance", here: str = "") -> bool:
        return self._is_true(instance, here or instance.here)

    def number(self, instance: "Instance") -> float:
        """NaN where there is no number."""
        return number_from(self.result(instance))

    def string(self, instance: "Instance") -> str:
        return string(self.result(instance))

    def node_text(self, instance: "Instance", here: str = "") -> str:
        """What a node that is calculated by it would hold: a moment in full, which as a string is its day alone."""
        return node_text(self.result(instance, here))

    @cached_property
    def _run(self) -> Run:
        return compiled(self.tree)

    @cached_property
    def _is_true(self) -> Callable[["Instance", str], bool]:
        return compiled_truth(self.tree)

    def __reduce__(self) -> tuple[Callable[[str], "Expression"], tuple[str]]:
        return compile_expression, (self.text,)


def _joined_by_and(node: Node) -> Iterator[Node]:
    if isinstance(node, Operation) and node.operator == "and":
        yield from _joined_by_and(node.left)
        yield from _joined_by_and(node.right)
    else:
        yield node


@lru_cache(maxsize=4096)
def compile_expression(text: str) -> Expression:
    """`text` as an expression; the same object for the same text. Raises BadExpression."""
    tree = parse(text)
    check_calls(tree)
    return Expression(text, tree)


class Instance:
    """The answers as XForms nodes: what expressions read. Built once for a turn; `current` names the question that «.» is.

    `now` is aware and local: dates and times are told by its zone. Every name of the form is a node, empty while unanswered.
    `seed`: what `random()` and `uuid()` are made of (`reporting.expressions.chance`).
    `held`, `last_held`: what the nodes of this period and of the latest earlier one hold, without those that are empty.
    """

    def __init__(
        self,
        answers: Values,
        last: Values,
        now: datetime,
        names: Iterable[str],
        current: str = "",
        choice_name: Callable[[str, str], str] = lambda _question, name: name,
        seed: str = "",
    ) -> None:
        self.now = now
        self.last = last
        self.here = current
        self.choice_name = choice_name
        self.seed = seed
        self.columns: Mapping[str, str] = {}
        self._names = _known(names if isinstance(names, tuple) else tuple(names))
        self.values: dict[str, Value] = {name: value for name, value in answers.items() if name in self._names}
        self.held: dict[str, Result] = {name: node_value(value, now) for name, value in self.values.items()}
        self.last_held = {name: node_value(value, now) for name, value in last.items() if name in self._names}
        self.today = NodeDay(now.year, now.month, now.day, tzinfo=now.tzinfo)

    def put(self, name: str, value: Value | None, result: Result | None = None) -> None:
        """Answer `name` with `value`, or empty it; a name that the form does not have is passed over.

        `result`: what the expression came to that `value` is from. A truth, a date or a text stays one to whoever reads it.
        """
        if name not in self._names:
            return
        if value is None:
            self.values.pop(name, None)
            self.held.pop(name, None)
        else:
            self.values[name] = value
            self.held[name] = node_value(value, self.now) if result is None or isinstance(result, float) else result

    def beside(self, columns: Mapping[str, str]) -> "Instance":
        """The same answers, as they are read beside a choice with these columns."""
        other = object.__new__(type(self))
        other.__dict__.update(self.__dict__)
        other.columns = columns
        return other


@lru_cache(maxsize=256)
def _known(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(names)
