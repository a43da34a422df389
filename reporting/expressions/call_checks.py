"""Whether the functions that an expression calls are there, and are given what they take."""

import re
from difflib import get_close_matches

from reporting.expressions.functions import FUNCTIONS, LEFT_OUT
from reporting.expressions.patterns import compiled_pattern
from reporting.expressions.syntax import (
    BadExpression,
    Call,
    Literal,
    Node,
    Reference,
    reference,
    walk,
)


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
            asked_question(node)
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
        compiled_pattern(pattern)
    except re.error as error:
        raise BadExpression("expression_regex", node.where, pattern=pattern) from error


def asked_question(node: Call) -> Reference:
    """The question that `jr:choice-name(value, '${question}')` names in its second argument."""
    second = node.arguments[1]
    if not isinstance(second, Literal):
        raise BadExpression("expression_choice_name", node.where)
    return reference(second.text.strip(), node.where)
