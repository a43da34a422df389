"""What every row of the survey sheet is read by: the sections that it stands in, and how its expressions and texts are read."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from reporting.expressions.expression import BadExpression, Expression
from reporting.expressions.syntax import NAME

YES = frozenset({"yes", "true", "true()"})
NO = frozenset({"no", "false", "false()"})


@dataclass(frozen=True, slots=True)
class Above:
    """The sections that a row stands in, outermost first: names, conditions (as text), labels, and which are repeats."""

    path: tuple[str, ...] = ()
    relevant: tuple[str, ...] = ()
    labels: tuple[Mapping[str, str], ...] = ()
    repeats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """How the texts of the row `key` are read: `resolved` puts `${key}` for every path and name of an expression, `filled` for those
    of a label; `compiled` reads the result. Each raises BadExpression."""

    key: str
    resolved: Callable[[str], str]
    filled: Callable[[str], str]
    compiled: Callable[[str], Expression]


def without_chance(expression: Expression) -> Expression:
    """A rule that hangs on no chance. Raises BadExpression: what is drawn must be a value, which a rule can then read."""
    drawn = expression.chance
    if drawn is not None:
        raise BadExpression("expression_chance", drawn.where, name=drawn.name)
    return expression


def as_truth(text: str) -> str:
    """What a spreadsheet makes of a truth that was typed bare."""
    return "true()" if text.lower() in YES else "false()" if text.lower() in NO else text


def is_name(text: str) -> bool:
    """Whether `text` can name a question: a letter or «_», then letters, digits, «_», «-», «.»."""
    return re.fullmatch(NAME, text) is not None and len(text) <= 64
