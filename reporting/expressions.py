"""XLSForm's expressions (constraint, relevant, calculation, check…): XPath 1.0 as in ODK, compiled once, evaluated by lxml."""

import re
from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any

from lxml import etree

from reporting.answers import Attachment, GeoPoint, Value, Values
from reporting.expression_functions import CHOICE_NAMES, EXTENSIONS, NAMESPACE
from reporting.expression_syntax import BadExpression, Column, Here, Node, Reference, parse, walk
from reporting.expression_values import EPOCH, days, number, scalar, string
from reporting.expression_xpath import check_calls, xpath

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

    def truth(self, instance: "Instance", **columns: str) -> bool:
        return bool(self._run(self._boolean, instance, columns))

    def number(self, instance: "Instance", **columns: str) -> float:
        """NaN where there is no number."""
        return number(self._run(self._number, instance, columns))

    def string(self, instance: "Instance", **columns: str) -> str:
        return string(self._run(self._string, instance, columns))

    def value(self, instance: "Instance") -> str | float | bool:
        """Whatever it comes to: a number if it is arithmetic, else the text as a node would hold it («» for empty)."""
        return scalar(self._run(self._any, instance, {}))

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
        if "choice-name" not in self.text:
            return compiled(instance.here, **columns)
        token = CHOICE_NAMES.set(instance.choice_name)
        try:
            return compiled(instance.here, **columns)
        finally:
            CHOICE_NAMES.reset(token)

    def __reduce__(self) -> tuple[Callable[[str], "Expression"], tuple[str]]:
        return compile_expression, (self.text,)


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
    """

    def __init__(
        self,
        answers: Values,
        last: Values,
        now: datetime,
        names: Iterable[str],
        current: str = "",
        choice_name: Callable[[str, str], str] = lambda _question, name: name,
    ) -> None:
        self.now = now
        self.last = last
        self.choice_name = choice_name
        self._root = deepcopy(_skeleton(names if isinstance(names, tuple) else tuple(names)))
        self._nodes = {str(node.tag): node for node in self._root[0]}
        today = now.date()
        moment = now.isoformat(timespec="milliseconds")
        self._root.set("today", today.isoformat())
        self._root.set("today_number", str((today - EPOCH).days))
        self._root.set("now", moment)
        self._root.set("now_number", _plain(days(moment)))
        self.values: dict[str, Value] = {}
        for name, value in answers.items():
            self.put(name, value)
        saved = {str(node.tag): node for node in self._root[1]} if last else {}
        for name, value in last.items():
            if name in saved:
                self._write(saved[name], value)
        self.here = self._nodes.get(current, self._root)

    def put(self, name: str, value: Value | None) -> None:
        """Answer `name` with `value`, or empty it; a name that the form does not have is passed over."""
        node = self._nodes.get(name)
        if node is None:
            return
        if value is None:
            if self.values.pop(name, None) is not None:
                node.text = None
                node.set("n", "")
        else:
            self.values[name] = value
            self._write(node, value)

    def at(self, name: str) -> "Instance":
        """The same answers, seen from the question `name`: what is put into either is in both."""
        other = object.__new__(Instance)
        other.__dict__.update(self.__dict__)
        other.here = self._nodes.get(name, self._root)
        return other

    def _write(self, node: etree._Element, value: Value) -> None:
        text = str(value) if type(value) is int else node_text(value, self.now)
        node.text = text
        node.set("n", text if type(value) is int else _number_text(text, value))


@lru_cache(maxsize=256)
def _skeleton(names: tuple[str, ...]) -> etree._Element:
    """<d><q>…</q><l>…</l></d>: this period's questions and the last saved ones. The attribute n holds the number of a node."""
    root = etree.Element("d")
    for part in ("q", "l"):
        element = etree.SubElement(root, part)
        for name in names:
            etree.SubElement(element, name, n="")
    return root


_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def node_text(value: Value, now: datetime) -> str:
    """A value as an XForms node holds it: ISO dates, choices by spaces, a place as «latitude longitude 0 0»."""
    if isinstance(value, str):
        return _NOT_XML.sub("", value)
    if isinstance(value, datetime):
        local = value.astimezone(now.tzinfo) if value.tzinfo else value.replace(tzinfo=now.tzinfo)
        return local.isoformat(timespec="milliseconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, tuple):
        return " ".join(value)
    if isinstance(value, Decimal):
        return _plain(value)
    if isinstance(value, GeoPoint):
        return f"{value.latitude} {value.longitude} 0 0"
    if isinstance(value, Attachment):
        return _NOT_XML.sub("", value.file_name)
    return str(value)


def _plain(value: float | Decimal) -> str:
    text = f"{value:f}" if isinstance(value, Decimal) else f"{value:.9f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def _number_text(text: str, value: Value) -> str:
    if isinstance(value, int | Decimal):
        return text
    figure = number(text)
    return _plain(figure) if figure == figure else ""
