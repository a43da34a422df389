"""Expressions at random over the functions that a form may call, the same ones for the same seed."""

from collections.abc import Iterator, Sequence
from random import Random

LITERALS = (
    "0",
    "1",
    "2.5",
    "-3",
    "10",
    "''",
    "'0'",
    "'a'",
    "'7'",
    "' 7 '",
    "'a b'",
    "'2021-11-10'",
    "'xã'",
    "true()",
    "false()",
)
CALLS = (
    ("not", 1, 1), ("boolean", 1, 1), ("boolean-from-string", 1, 1), ("if", 3, 3), ("coalesce", 2, 2), ("string", 1, 1),
    ("concat", 1, 3), ("join", 2, 4), ("substr", 2, 3), ("substring-before", 2, 2), ("substring-after", 2, 2),
    ("translate", 3, 3), ("string-length", 1, 1), ("contains", 2, 2), ("starts-with", 2, 2), ("ends-with", 2, 2),
    ("number", 1, 1), ("int", 1, 1), ("round", 1, 2), ("min", 2, 3), ("max", 2, 3), ("abs", 1, 1), ("pow", 2, 2), ("log", 1, 1),
    ("exp", 1, 1), ("sqrt", 1, 1), ("selected", 2, 2), ("selected-at", 2, 2), ("count-selected", 1, 1), ("checklist", 3, 5),
    ("weighted-checklist", 4, 6), ("decimal-date-time", 1, 1), ("normalize-space", 1, 1), ("count-non-empty", 1, 1),
)  # fmt: skip
OPERATORS = ("+", "-", "*", "div", "mod", "=", "!=", "<", "<=", ">", ">=", "and", "or")
DEEPEST = 3


def expressions(source: Random, count: int, names: Sequence[str]) -> Iterator[str]:
    for _ in range(count):
        yield _expression(source, names, DEEPEST)


def _expression(source: Random, names: Sequence[str], depth: int) -> str:
    kind = source.random()
    if depth == 0 or kind < 0.15:
        return f"${{{source.choice(names)}}}" if source.random() < 0.6 else source.choice(LITERALS)
    if kind < 0.45:
        left, right = (_expression(source, names, depth - 1) for _ in range(2))
        return f"({left} {source.choice(OPERATORS)} {right})"
    name, least, most = source.choice(CALLS)
    arguments = [_expression(source, names, depth - 1) for _ in range(source.randint(least, most))]
    if name == "weighted-checklist" and len(arguments) % 2:
        arguments.append("1")
    if name == "count-non-empty":
        arguments = [f"${{{source.choice(names)}}}"]
    return f"{name}({', '.join(arguments)})"
