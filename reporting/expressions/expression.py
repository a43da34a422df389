"""XLSForm's expressions (constraint, relevant, calculation, check…): XPath 1.0 as in ODK, compiled once, evaluated by lxml."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree

from reporting.answers import Value, Values
from reporting.expressions.dates import AROUND, ASK_AROUND, Around
from reporting.expressions.functions import EXTENSIONS, NAMESPACE
from reporting.expressions.nodes import RETURN, node_number, node_text, plain_number
from reporting.expressions.syntax import BadExpression, Call, Column, Here, Node, Operation, Reference, parse, walk
from reporting.expressions.values import EPOCH, days, number, number_text, scalar, string
from reporting.expressions.xpath import check_calls, kind_of, xpath

__all__ = ["BadExpression", "Expression", "Instance", "compile_expression"]


@dataclass(frozen=True)
class Expression:
    """An expression, equal to any other of the same text. Each of its results is compiled when it is first wanted."""

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
    def here(self) -> int:
        """Where «.» stands first (from 1); 0 if it does not."""
        return next((node.where for node in walk(self.tree) if isinstance(node, Here)), 0)

    @cached_property
    def joined_by_and(self) -> "tuple[Expression, ...]":
        """The conditions that must all hold, each as an expression; itself alone if no «and» joins any."""
        return tuple(Expression(self.text, node) for node in _joined_by_and(self.tree))

    def truth(self, instance: "Instance", **columns: str) -> bool:
        return bool(self._run(self._boolean, instance, columns))

    def truth_at(self, instance: "Instance", name: str) -> bool:
        """The truth as seen from the question `name`, without a copy of the instance."""
        if self._asks_around:
            return self.truth(instance.at(name))
        return bool(self._boolean(instance.node(name)))

    def number(self, instance: "Instance", **columns: str) -> float:
        """NaN where there is no number."""
        return number(self._run(self._number, instance, columns))

    def string(self, instance: "Instance", **columns: str) -> str:
        if self._is_number:
            return number_text(self.number(instance, **columns))
        return string(self._run(self._string, instance, columns))

    def value(self, instance: "Instance") -> str | float | bool:
        """Whatever it comes to: a number if it is arithmetic, else the text as a node would hold it («» for empty)."""
        return scalar(self._run(self._any, instance, {}))

    @cached_property
    def _is_number(self) -> bool:
        return kind_of(self.tree) == "number"

    @cached_property
    def _asks_around(self) -> bool:
        return any(isinstance(node, Call) and node.name in ASK_AROUND for node in walk(self.tree))

    @cached_property
    def _boolean(self) -> etree.XPath:
        return _compiled(xpath(self.tree, "boolean"))

    @cached_property
    def _number(self) -> etree.XPath:
        return _compiled(xpath(self.tree, "number"))

    @cached_property
    def _string(self) -> etree.XPath:
        return _compiled(xpath(self.tree, "string"))

    @cached_property
    def _any(self) -> etree.XPath:
        return _compiled(xpath(self.tree, "any"))

    def _run(self, compiled: etree.XPath, instance: "Instance", columns: Mapping[str, str]) -> Any:
        if not self._asks_around:
            return compiled(instance.here, **columns)
        token = AROUND.set(Around(instance.now.tzinfo, instance.choice_name))
        try:
            return compiled(instance.here, **columns)
        finally:
            AROUND.reset(token)

    def __reduce__(self) -> tuple[Callable[[str], "Expression"], tuple[str]]:
        return compile_expression, (self.text,)


def _joined_by_and(node: Node) -> Iterator[Node]:
    if isinstance(node, Operation) and node.operator == "and":
        yield from _joined_by_and(node.left)
        yield from _joined_by_and(node.right)
    else:
        yield node


def _compiled(code: str) -> etree.XPath:
    used = {name for name in _CALLED.findall(code) if name in EXTENSIONS}
    if not used:
        return etree.XPath(code)
    return etree.XPath(
        code, namespaces={"o": NAMESPACE}, extensions={(NAMESPACE, name): EXTENSIONS[name] for name in used}
    )


_CALLED = re.compile(r"o:([\w\-]+)\(")


@lru_cache(maxsize=4096)
def compile_expression(text: str) -> Expression:
    """`text` as an expression; the same object for the same text. Raises BadExpression."""
    tree = parse(text)
    check_calls(tree)
    return Expression(text, tree)


class Instance:
    """The answers as XForms nodes: what expressions read. Built once for a turn; `at` names the question that «.» is.

    `now` is aware and local: dates and times are told by its zone. Every name of the form is a node, empty while unanswered.
    `texts`: the nodes that hold a text whatever it looks like.
    """

    def __init__(
        self,
        answers: Values,
        last: Values,
        now: datetime,
        names: Iterable[str],
        current: str = "",
        choice_name: Callable[[str, str], str] = lambda _question, name: name,
        texts: Collection[str] = (),
    ) -> None:
        self.now = now
        self._texts = texts
        self.last = last
        self.choice_name = choice_name
        self._places = _places(names if isinstance(names, tuple) else tuple(names))
        self.values: dict[str, Value] = {name: value for name, value in answers.items() if name in self._places}
        self._root = self._tree()
        self.here = self.node(current)

    def put(self, name: str, value: Value | None) -> None:
        """Answer `name` with `value`, or empty it; a name that the form does not have is passed over."""
        if name not in self._places or (value is None and name not in self.values):
            return
        node = self.node(name)
        if value is None:
            del self.values[name]
            node.text = None
            node.set("n", "")
            node.attrib.pop("zero", "")
        else:
            self.values[name] = value
            node.text = text = node_text(value, self.now)
            node.set("n", node_number(text, value))
            if self._is_zero(name, value):
                node.set("zero", "")
            elif node.get("zero") is not None:
                del node.attrib["zero"]

    def at(self, name: str) -> "Instance":
        """The same answers, seen from the question `name`: what is put into either is in both."""
        other = object.__new__(type(self))
        other.__dict__.update(self.__dict__)
        other.here = self.node(name)
        return other

    def node(self, name: str) -> etree._Element:
        place = self._places.get(name)
        return self._root if place is None else self._root[0][place]

    def _tree(self) -> etree._Element:
        """<d><q>…</q><l>…</l></d>: this period's answers and the last saved ones. The attribute n holds the number of a node, and
        a number that is 0 has the attribute zero: as a condition it is false, but the text «0» is true.

        Written as text and parsed at once: that takes a fifth of setting each node from Python.
        """
        moment = self.now.isoformat(timespec="milliseconds")
        today = self.now.date()
        head = f'<d today="{today}" today_number="{(today - EPOCH).days}" now="{moment}" now_number="{plain_number(days(moment))}">'
        return etree.fromstring(f"{head}<q>{self._nodes(self.values)}</q><l>{self._nodes(self.last)}</l></d>")

    def _nodes(self, values: Values) -> str:
        return "".join([self._element(name, values.get(name)) for name in self._places])

    def _element(self, name: str, value: Value | None) -> str:
        if value is None:
            return f'<{name} n=""/>'
        if type(value) is int and value:
            return f'<{name} n="{value}">{value}</{name}>'
        zero = ' zero=""' if self._is_zero(name, value) else ""
        if type(value) is int:
            return f'<{name} n="0"{zero}>0</{name}>'
        text = node_text(value, self.now)
        return f'<{name} n="{node_number(text, value)}"{zero}>{escape(text, RETURN)}</{name}>'

    def _is_zero(self, name: str, value: Value) -> bool:
        """Whether the node is one of a number, and holds 0: what is calculated is a text to ODK."""
        return value == 0 and isinstance(value, int | Decimal) and name not in self._texts


@lru_cache(maxsize=256)
def _places(names: tuple[str, ...]) -> Mapping[str, int]:
    """Each name's place among the nodes of a form."""
    return {name: place for place, name in enumerate(names)}
