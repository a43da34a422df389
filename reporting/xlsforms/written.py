"""An expression's tree written as text again, with nothing but what it needs in parentheses."""

from reporting.expressions.syntax import (
    LEVELS,
    Call,
    Column,
    Here,
    Literal,
    Minus,
    Node,
    Number,
    Operation,
    Reference,
)

_LEVEL = {operator: level for level, operators in enumerate(LEVELS) for operator in operators}
_TIGHTEST = len(LEVELS)


def written(node: Node) -> str:
    """Text that is read as this very tree."""
    if isinstance(node, Number):
        return node.text
    if isinstance(node, Literal):
        quote = '"' if "'" in node.text else "'"
        return f"{quote}{node.text}{quote}"
    if isinstance(node, Reference):
        return f"${{{'last-saved#' if node.last_saved else ''}{node.name}}}"
    if isinstance(node, Here):
        return "."
    if isinstance(node, Column):
        return node.name
    if isinstance(node, Minus):
        return f"-{_within(node.operand, _TIGHTEST)}"
    if isinstance(node, Call):
        return f"{node.name}({', '.join(map(written, node.arguments))})"
    level = _LEVEL[node.operator]
    return f"{_within(node.left, level)} {node.operator} {_within(node.right, level + 1)}"


def _within(node: Node, level: int) -> str:
    """In parentheses where it binds more loosely than what stands around it."""
    text = written(node)
    return f"({text})" if isinstance(node, Operation) and _LEVEL[node.operator] < level else text
