"""An expression's tree written as XPath for lxml, with ODK's conversions made explicit.

A question is a node `/d/q/NAME` whose text is the answer as ODK stores it, and whose attribute `n` is its number (dates: day numbers).
Which of the two is read follows from where the reference stands, so that dates compare as numbers and read as dates.
"""

import re
from collections.abc import Sequence
from difflib import get_close_matches

from reporting.expressions.functions import FUNCTIONS, LEFT_OUT, Kind, local_name, takes
from reporting.expressions.syntax import (
    BadExpression,
    Call,
    Column,
    Here,
    Literal,
    Minus,
    Node,
    Number,
    Operation,
    Reference,
    reference,
    walk,
)
from reporting.expressions.values import days, number_text

_LETTERS: dict[str, Kind] = {"n": "number", "s": "string", "b": "boolean", "a": "any"}
_BRANCHES = {"if": slice(1, 3), "coalesce": slice(0, None), "once": slice(0, 1)}
"""Functions whose result is one of their arguments."""


def check_calls(tree: Node) -> None:
    """Raise BadExpression if a function is unknown, means nothing here, or has too few or too many arguments."""
    for node in walk(tree):
        if not isinstance(node, Call):
            continue
        function = FUNCTIONS.get(node.name)
        if function is None:
            raise _unknown(node)
        if len(node.arguments) < function.least or (function.most is not None and len(node.arguments) > function.most):
            key = "expression_arguments" if function.most is not None else "expression_arguments_least"
            values = {"name": node.name, "least": function.least, "got": len(node.arguments)}
            raise BadExpression(key, node.where, **values, most=function.most or 0)
        if node.name == "jr:choice-name":
            _asked_question(node)
        if node.name == "regex" and isinstance(node.arguments[1], Literal):
            _check_pattern(node, node.arguments[1].text)


def _unknown(node: Call) -> BadExpression:
    if node.name in LEFT_OUT:
        return BadExpression("expression_function_left_out", node.where, name=node.name)
    near = get_close_matches(node.name.lower(), FUNCTIONS, n=1, cutoff=0.75)
    if near:
        return BadExpression("expression_function_near", node.where, name=node.name, near=near[0])
    return BadExpression("expression_function", node.where, name=node.name)


def _check_pattern(node: Call, pattern: str) -> None:
    try:
        re.compile(pattern, re.ASCII)
    except re.error as error:
        raise BadExpression("expression_regex", node.where, pattern=pattern) from error


def _asked_question(node: Call) -> Reference:
    """The question that `jr:choice-name(value, '${question}')` names in its second argument."""
    second = node.arguments[1]
    if not isinstance(second, Literal):
        raise BadExpression("expression_choice_name", node.where)
    return reference(second.text.strip(), node.where)


def kind_of(node: Node) -> Kind:
    """What a node comes to, as far as it can be known without the answers."""
    if isinstance(node, Number | Minus):
        return "number"
    if isinstance(node, Literal):
        return "string"
    if isinstance(node, Operation):
        return "number" if node.operator in ("+", "-", "*", "div", "mod") else "boolean"
    if isinstance(node, Call):
        if node.name not in _BRANCHES:
            return FUNCTIONS[node.name].gives
        kinds = {kind_of(each) for each in node.arguments[_BRANCHES[node.name]]}
        return kinds.pop() if len(kinds) == 1 else "any"
    return "any"


def xpath(node: Node, want: Kind) -> str:
    """XPath whose result is of the kind `want`; «any» leaves it as it is."""
    if isinstance(node, Reference):
        return _node(f"/d/{'l' if node.last_saved else 'q'}/{node.name}", want)
    if isinstance(node, Here):
        return _node(".", want)
    if isinstance(node, Number):
        return _converted(node.text, "number", want)
    if isinstance(node, Literal):
        return _literal(node.text, want)
    if isinstance(node, Column):
        return _converted(f"${node.name}", "string", want)
    if isinstance(node, Minus):
        return _converted(f"-({xpath(node.operand, 'number')})", "number", want)
    if isinstance(node, Operation):
        return _converted(_operation(node), kind_of(node), want)
    return _call(node, want)


def _node(path: str, want: Kind) -> str:
    number = "@n" if path == "." else f"{path}/@n"
    if want == "number":
        return f"number({number})"
    if want == "boolean":
        return f"({path} != '' and not({path}/@zero))"
    return f"string({path})"


def _literal(text: str, want: Kind) -> str:
    if want == "boolean":
        return "true()" if text else "false()"
    if want == "number" and (day := days(text)) == day:
        return number_text(day)
    quote = '"' if "'" in text else "'"
    return _converted(f"{quote}{text}{quote}", "string", want)


def _converted(code: str, kind: Kind, want: Kind) -> str:
    if want in (kind, "any"):
        return code
    if kind == "boolean":
        return f"{want}({code})"
    if kind == "number" and want == "boolean":
        return f"boolean({code})"
    return f"o:{want}({code})"


def _operation(node: Operation) -> str:
    if node.operator in ("and", "or"):
        return f"({xpath(node.left, 'boolean')} {node.operator} {xpath(node.right, 'boolean')})"
    if node.operator not in ("=", "!="):
        return f"({xpath(node.left, 'number')} {node.operator} {xpath(node.right, 'number')})"
    kinds = {kind_of(node.left), kind_of(node.right)}
    want: Kind = "boolean" if "boolean" in kinds else "number" if "number" in kinds else "string"
    left, right = xpath(node.left, want), xpath(node.right, want)
    if want == "number" and any(_rounds(each) for each in (node.left, node.right)):
        return (
            f"(round(({left} - {right}) * 1000000000000) {node.operator} 0)"  # equal but for rounding, as in JavaRosa
        )
    return f"({left} {node.operator} {right})"


def _rounds(node: Node) -> bool:
    """Whether floating point may have left a rest in its result."""
    return isinstance(node, Operation | Call)


def _call(node: Call, want: Kind) -> str:
    function = FUNCTIONS[node.name]
    if node.name in ("today", "now"):
        return (
            f"number(/d/@{node.name}_number)"
            if want == "number"
            else _converted(f"string(/d/@{node.name})", "string", want)
        )
    if node.name == "jr:choice-name":
        value, question = xpath(node.arguments[0], "string"), _asked_question(node).name
        return _converted(f"o:choice-name({value}, '{question}')", "string", want)
    if node.name in _BRANCHES:
        return _branch(node, want)
    arguments = ", ".join(xpath(each, _LETTERS[takes(function, index)]) for index, each in enumerate(node.arguments))
    prefix = "" if function.run is None else "o:"
    return _converted(f"{prefix}{local_name(node.name)}({arguments})", function.gives, want)


def _branch(node: Call, want: Kind) -> str:
    """`if`, `coalesce` and `once` hand on one of their arguments as it is, and then it is taken as what is wanted.

    Which of the arguments is filled is asked of their texts: one that is no number is handed on too where a number is wanted.
    """
    handed = node.arguments[_BRANCHES[node.name]]
    if node.name == "if":
        condition, then, otherwise = xpath(node.arguments[0], "boolean"), *(xpath(each, want) for each in handed)
        return f"o:if({condition}, {then}, {otherwise})"
    if node.name == "once":
        handed = (Here(node.where), *handed)
    if len(handed) == 2 and want != "boolean" and all(map(_is_plain, handed)):
        return _coalesced(handed[0], handed[1], want)
    if want == "boolean":
        return _first_filled(handed)
    inner: Kind = "any" if want == "number" else want
    return _converted(f"o:coalesce({', '.join(xpath(each, inner) for each in handed)})", inner, want)


def _first_filled(handed: Sequence[Node]) -> str:
    """Whether the first that is filled is true."""
    first, *rest = handed
    if not rest:
        return xpath(first, "boolean")
    is_filled = f"string(o:coalesce({xpath(first, 'any')}, '')) != ''"
    return f"o:if({is_filled}, {xpath(first, 'boolean')}, {_first_filled(rest)})"


def _is_plain(node: Node) -> bool:
    """A node or a number as it is written: XPath can choose between two of them without a call to Python."""
    return isinstance(node, Reference | Here | Number)


def _coalesced(first: Node, second: Node, want: Kind) -> str:
    """`coalesce(${a}, 0)`, the commonest call: the text of the first, and that of the second cut to nothing where there is a first."""
    one, other = (_plain_text(node, want) for node in (first, second))
    chosen = f"concat({one}, substring({other}, 1, 9999 * not({_plain_text(first, 'string')} != '')))"
    return f"number({chosen})" if want == "number" else chosen


def _plain_text(node: Node, want: Kind) -> str:
    if isinstance(node, Number):
        return f"'{number_text(float(node.text))}'"
    path = (
        "."
        if isinstance(node, Here)
        else f"/d/{'l' if node.last_saved else 'q'}/{node.name}"
        if isinstance(node, Reference)
        else ""
    )
    if want != "number":
        return path
    return "@n" if path == "." else f"{path}/@n"
