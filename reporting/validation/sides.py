"""What the sides of a validation rule come to for a unit and a period; or that too little is known of it."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from math import isfinite

from reporting.amounts import to_keep
from reporting.expressions.expression import Instance
from reporting.figures.usual_range import Number
from reporting.validation.validation_rule import BELOW, MissingValues, ValidationRule

Known = Callable[[str, bool], Number | None]
"""A figure by the name that a side has it by, without `below.`: of the period, or (True) of the one before."""


def sides(rule: ValidationRule, known: Known, now: datetime) -> tuple[Number, Number] | None:
    """Left and right, as far as what is not known allows by the rule; None where it is passed over."""
    expressions = (rule.left, rule.right)
    names = frozenset[str]().union(*(each.names for each in expressions))
    before = frozenset[str]().union(*(each.last_saved for each in expressions))
    here = {name: known(name, False) for name in names}
    last = {name: known(name, True) for name in before}
    values = [*here.values(), *last.values()]
    is_passed = {
        MissingValues.SKIP_IF_ANY: None in values,
        MissingValues.SKIP_IF_ALL: bool(values) and all(each is None for each in values),
        MissingValues.NEVER_SKIP: False,
    }
    if is_passed[rule.missing]:
        return None
    instance = Instance(
        {name: value or 0 for name, value in here.items()},
        {name: value or 0 for name, value in last.items()},
        now,
        (*here, *last),
    )
    left, right = (_number(each.number(instance)) for each in expressions)
    return None if left is None or right is None else (left, right)


def names_in(rule: ValidationRule) -> frozenset[str]:
    """All that its sides read, as they have it."""
    return rule.left.names | rule.right.names | rule.left.last_saved | rule.right.last_saved


def form_and_indicator(name: str, forms: tuple[str, ...]) -> tuple[str, str] | None:
    """«below.covid_daily.f0_new» as the form's key and the indicator; None where it is none of these forms'."""
    plain = name.removeprefix(BELOW)
    found = [key for key in forms if plain.startswith(f"{key}.")]
    key = max(found, key=len, default="")
    return (key, plain[len(key) + 1 :]) if key else None


def _number(figure: float) -> Number | None:
    """A side as a number that can be kept; None where it is none."""
    kept = to_keep(Decimal(str(figure))) if isfinite(figure) else None
    if kept is None:
        return None
    return int(kept) if kept == int(kept) else kept
