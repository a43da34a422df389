"""Expressions at random over every function and operator that a form may use and every kind of operand, the same for the same seed."""

from collections.abc import Iterator, Mapping, Sequence
from random import Random

LITERALS: Mapping[str, Sequence[str]] = {
    "number": ("0", "1", "2", "2.5", "-3", "10", "0.1", "-2.5", "1000000", "100.25", "18941", "18941.5", "1 div 3"),
    "text": ("''", "'0'", "'a'", "'7'", "' 7 '", "'a b'", "'xã'", "'red'", "'blue'", "'red blue'", "'1,5'", "'-2.5'", "'true'",
             "'1'", "'Thọ  Dân'", "'a-b-c'", "'2021-11-10'"),
    "day": ("'2021-11-10'", "'2021-02-28'", "date('2021-11-10')", "today()", "date(18941)", "'2021-11-10T10:00:00.000+07:00'",
            "date-time('2021-11-10T23:30:00.000+07:00')"),
    "condition": ("true()", "false()", "1 = 1", "1 > 2"),
    "chosen": ("'a b c'", "'red blue'", "''", "'red'"),
    "pattern": ("'[a-z]+'", "'[0-9]+'", "'.*'", r"'\d+'", r"'\w+ ?\w*'", r"'-?\d+(\.\d+)?'",
                "'(red|blue)( .*)?'", "'^a'", "'[^0-9]*'"),
    "format": ("'%Y-%m-%d'", "'%d/%m/%y'", "'%e.%n.%Y'", "'%H:%M'", "'%h giờ %M'", "'%b %a'", "'%Y'", "'%H:%M:%S'"),
    "weight": ("1", "2", "2.5", "0", "-1"),
    "place": ("0", "1", "2", "3", "-1", "5"),
}  # fmt: skip
NAMES: Mapping[str, Sequence[str]] = {
    "number": ("n", "half", "zero", "unit", "two", "minus", "large", "empty_int"),
    "text": ("text", "nought", "one_letter", "spaced", "letters", "seven", "day_text", "empty", "one"),
    "day": ("day", "moment", "day_text", "empty_day", "other_day"),
    "chosen": ("colours", "one", "empty"),
    "condition": ("n", "zero", "nought", "text", "empty", "empty_int"),
}
"""The questions of the form by what they are asked for; a time stands apart, as docs/forms.md says."""
ARITHMETIC, COMPARED, EQUAL = ("+", "-", "*", "div", "mod"), ("<", "<=", ">", ">="), ("=", "!=")
CALLS: Mapping[str, Sequence[tuple[str, ...]]] = {
    "number": (
        ("number", "any"), ("int", "number"), ("round", "number"), ("round", "number", "place"), ("sum", "node"),
        ("min", "number", "number"), ("max", "number", "number"), ("min", "number", "number", "number"),
        ("max", "number", "number", "number"), ("min", "node"), ("max", "node"), ("abs", "number"), ("pow", "number", "place"),
        ("log", "number"), ("log10", "number"), ("exp", "place"), ("exp10", "place"), ("sqrt", "number"), ("sin", "number"),
        ("cos", "number"), ("tan", "number"), ("asin", "number"), ("acos", "number"), ("atan", "number"),
        ("atan2", "number", "number"), ("pi",), ("count", "node"), ("count-non-empty", "node"), ("string-length", "text"),
        ("count-selected", "chosen"), ("decimal-date-time", "day"), ("decimal-time", "day"), ("coalesce", "number", "number"),
        ("if", "condition", "number", "number"), ("number", "day"),
    ),
    "text": (
        ("string", "any"), ("concat", "text"), ("concat", "text", "any"), ("concat", "any", "text", "any"),
        ("join", "text", "text", "any"),
        ("join", "text", "any", "any", "any"), ("join", "text", "node"), ("substr", "text", "place"),
        ("substr", "text", "place", "place"),
        ("substring-before", "text", "text"), ("substring-after", "text", "text"), ("translate", "text", "text", "text"),
        ("normalize-space", "text"), ("selected-at", "chosen", "place"), ("format-date", "day", "format"),
        ("format-date-time", "day", "format"), ("coalesce", "text", "any"), ("coalesce", "any", "any"),
        ("if", "condition", "text", "text"), ("if", "condition", "any", "any"), ("concat", "node"),
        ("digest", "text", "'SHA-256'"), ("digest", "text", "'MD5'", "'hex'"),
    ),
    "condition": (
        ("not", "condition"), ("boolean", "any"), ("boolean-from-string", "text"), ("contains", "text", "text"),
        ("starts-with", "text", "text"), ("ends-with", "text", "text"), ("regex", "text", "pattern"), ("selected", "chosen", "text"),
        ("checklist", "place", "place", "condition", "condition"), ("checklist", "place", "place", "any", "any", "condition"),
        ("weighted-checklist", "place", "place", "condition", "weight", "any", "number"), ("true",), ("false",),
    ),
    "day": (
        ("date", "day"), ("date-time", "day"), ("today",), ("coalesce", "day", "day"), ("if", "condition", "day", "day"),
        ("date", "number"),
    ),
}  # fmt: skip
OPERATIONS: Mapping[str, Sequence[tuple[str, Sequence[str]]]] = {
    "number": (("number", ARITHMETIC), ("number", ARITHMETIC), ("number", ARITHMETIC), ("day", ARITHMETIC), ("any", ARITHMETIC)),
    "condition": (
        ("condition", ("and", "or")), ("number", COMPARED), ("day", COMPARED + EQUAL), ("text", EQUAL), ("any", EQUAL + COMPARED),
    ),
}  # fmt: skip
KINDS = ("number", "text", "day", "condition")
DEEPEST = 3


def expressions(source: Random, count: int, names: Sequence[str]) -> Iterator[str]:
    for _ in range(count):
        yield _expression(source, source.choice((*KINDS, "any")), names, DEEPEST)


def _expression(source: Random, kind: str, names: Sequence[str], depth: int) -> str:
    """One whose result is of `kind` as a rule, and of any other now and then, as in people's forms."""
    if kind.startswith("'"):
        return kind
    if kind == "node":
        return f"${{{source.choice(names)}}}"
    if kind in ("pattern", "format", "weight", "place") and source.random() < 0.8:
        return source.choice(LITERALS[kind])
    if kind not in (*KINDS, "chosen") or source.random() < 0.2:
        kind = source.choice(KINDS)
    if depth == 0 or source.random() < 0.2 or (kind == "chosen" and source.random() < 0.7):
        return _leaf(source, kind, names)
    if kind in ("number", "condition") and source.random() < 0.4:
        return _operation(source, kind, names, depth - 1)
    name, *kinds = source.choice(CALLS.get(kind, CALLS["text"]))
    return f"{name}({', '.join(_expression(source, each, names, depth - 1) for each in kinds)})"


def _operation(source: Random, kind: str, names: Sequence[str], depth: int) -> str:
    of, operators = source.choice(OPERATIONS[kind])
    left, right = (_expression(source, of, names, depth) for _ in range(2))
    made = f"({left} {source.choice(operators)} {right})"
    return f"-{made}" if kind == "number" and source.random() < 0.1 else made


def _leaf(source: Random, kind: str, names: Sequence[str]) -> str:
    if source.random() < 0.6:
        return f"${{{source.choice(NAMES[kind] if source.random() < 0.8 else names)}}}"
    return source.choice(LITERALS[kind])
