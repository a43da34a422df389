"""The grammar of XLSForm's expressions: XPath 1.0 with `${names}`, read into a small tree; paths are left out."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from reporting.errors import Refusal

DEEPEST = 60
"""How deep parentheses may nest."""


class BadExpression(Refusal):
    """An expression that cannot be used: `what` is the key of a Problem, `where` the place of a character, from 1."""

    def __init__(self, what: str, where: int, **values: object) -> None:
        super().__init__(f"form_{what}", where=where, **values)
        self.what = what
        self.where = where


@dataclass(frozen=True, slots=True)
class Number:
    text: str


@dataclass(frozen=True, slots=True)
class Literal:
    text: str


@dataclass(frozen=True, slots=True)
class Reference:
    """`${name}`, or `${last-saved#name}`."""

    name: str
    last_saved: bool
    where: int


@dataclass(frozen=True, slots=True)
class Here:
    """«.»: the question that the expression stands in."""

    where: int


@dataclass(frozen=True, slots=True)
class Column:
    """A bare name: a column of the choices sheet in a `choice_filter`, a mistake anywhere else."""

    name: str
    where: int


@dataclass(frozen=True, slots=True)
class Minus:
    operand: "Node"


@dataclass(frozen=True, slots=True)
class Operation:
    operator: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Call:
    name: str
    arguments: tuple["Node", ...]
    where: int


Node = Number | Literal | Reference | Here | Column | Minus | Operation | Call

LEVELS = (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod"))
"""The operators, the loosest first; all of them group from the left."""

NAME = r"[^\W\d][\w.\-]*"
_TOKEN = re.compile(
    rf"""\s*(?:
    (?P<reference>\$\{{[^}}]*\}}) | (?P<number>\d+(?:\.\d*)?|\.\d+) | (?P<literal>"[^"]*"|'[^']*')
    | (?P<name>{NAME}(?:::?{NAME})*) | (?P<path>\.\.|//|/|\[|\]|@|\||::) | (?P<here>\.)
    | (?P<operator><=|>=|!=|[=<>+\-*]) | (?P<mark>[(),]) | (?P<end>$)
    )""",
    re.VERBOSE,
)
_REFERENCE = re.compile(rf"\$\{{\s*(?P<last>last-saved\#)?(?P<name>{NAME})\s*\}}")
_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\u00a0": " "})


@dataclass(frozen=True, slots=True)
class Lexeme:
    kind: str
    text: str
    where: int


def parse(text: str) -> Node:
    """`text` as a tree. Curly quotes count as straight ones, as in pyxform. Raises BadExpression."""
    return _Parser(text.translate(_QUOTES)).whole()


def reference(text: str, where: int) -> Reference:
    """«${name}» or «${last-saved#name}» as a reference. Raises BadExpression."""
    match = _REFERENCE.fullmatch(text)
    if match is None:
        raise BadExpression("expression_reference", where, text=text)
    return Reference(match["name"], match["last"] is not None, where)


def walk(node: Node) -> Iterator[Node]:
    """`node` and every node below it."""
    yield node
    below: tuple[Node, ...] = ()
    if isinstance(node, Minus):
        below = (node.operand,)
    elif isinstance(node, Operation):
        below = (node.left, node.right)
    elif isinstance(node, Call):
        below = node.arguments
    for each in below:
        yield from walk(each)


def _tokens(text: str) -> Iterator[Lexeme]:
    at = 0
    while True:
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            start = at + len(text[at:]) - len(text[at:].lstrip())
            key = "expression_quote" if text[start] in "'\"" else "expression_character"
            raise BadExpression(key, start + 1, character=text[start])
        kind = match.lastgroup
        yield Lexeme(kind, match[kind], match.start(kind) + 1)
        if kind == "end":
            return
        at = match.end()


class _Parser:
    """Recursive descent over the tokens; one token of look-ahead."""

    def __init__(self, text: str) -> None:
        self._tokens = list(_tokens(text))
        self._at = 0
        self._depth = 0

    @property
    def _next(self) -> Lexeme:
        return self._tokens[self._at]

    def _take(self) -> Lexeme:
        token = self._next
        self._at += 1
        return token

    def _expect(self, mark: str) -> None:
        if self._next.text != mark:
            raise self._unexpected(self._next)
        self._take()

    def _unexpected(self, token: Lexeme) -> BadExpression:
        if token.kind == "end":
            return BadExpression("expression_end", token.where)
        if token.kind == "path":
            return BadExpression("expression_path", token.where, text=token.text)
        return BadExpression("expression_unexpected", token.where, text=token.text)

    def whole(self) -> Node:
        node = self._level(0)
        if self._next.kind != "end":
            raise self._unexpected(self._next)
        return node

    def _level(self, level: int) -> Node:
        if level == len(LEVELS):
            return self._unary()
        node = self._level(level + 1)
        while self._next.text in LEVELS[level] and self._next.kind in ("operator", "name"):
            node = Operation(self._take().text, node, self._level(level + 1))
        return node

    def _unary(self) -> Node:
        if self._next.text == "-" and self._next.kind == "operator":
            self._take()
            return Minus(self._nested(self._unary))
        return self._primary()

    def _nested(self, part: Callable[[], Node]) -> Node:
        self._depth += 1
        if self._depth > DEEPEST:
            raise BadExpression("expression_deep", self._next.where)
        node = part()
        self._depth -= 1
        return node

    def _primary(self) -> Node:
        token = self._take()
        if token.kind == "number":
            return Number(token.text)
        if token.kind == "literal":
            return Literal(token.text[1:-1])
        if token.kind == "reference":
            return reference(token.text, token.where)
        if token.kind == "here":
            return Here(token.where)
        if token.text == "(" and token.kind == "mark":
            node = self._nested(lambda: self._level(0))
            self._expect(")")
            return node
        if token.kind == "name":
            return self._call(token) if self._next.text == "(" else Column(token.text, token.where)
        raise self._unexpected(token)

    def _call(self, name: Lexeme) -> Call:
        self._expect("(")
        arguments: list[Node] = []
        while self._next.text != ")" or arguments:
            arguments.append(self._nested(lambda: self._level(0)))
            if self._next.text != ",":
                break
            self._take()
        self._expect(")")
        return Call(name.text, tuple(arguments), name.where)
