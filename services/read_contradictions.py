"""Read the contradictions that are open, with the rules that found them."""

from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import date

from sqlalchemy import Connection

from reporting.errors import Refused
from reporting.forms import Form
from reporting.units import Unit, UnitTree
from reporting.validation.rule_list import RuleRow, rule_of
from reporting.validation.validation_rule import Contradiction, Importance, ValidationRule
from storage.figures import contradictions
from storage.reports import forms as kept_forms

IMPORTANCES = tuple(Importance)


def rules_in_use(connection: Connection, forms: Sequence[Form]) -> list[ValidationRule]:
    """The rules that are run; one that cannot be read any more, since its forms have changed, is passed over."""
    found = []
    for each in contradictions.rules(connection):
        with suppress(Refused):
            if each.retired_at is None:
                found.append(rule_of(RuleRow(each.place, each.content), forms))
    return found


def open_contradictions(
    connection: Connection, tree: UnitTree, today: date, under: Collection[Unit] | None = None
) -> list[Contradiction]:
    """What is open of these units and all under them (None: of all), the most important rule first, then the newest period."""
    ids = None if under is None else {each.id for unit in under for each in tree.under(unit, today)}
    kept = [each for each in contradictions.open_now(connection) if ids is None or each.unit_id in ids]
    rules = (
        {each.key: each for each in rules_in_use(connection, kept_forms.in_force(connection, today))} if kept else {}
    )
    found = [
        Contradiction(rules[each.rule], each.unit_id, each.period, each.left, each.right, each.found_at)
        for each in kept
        if each.rule in rules
    ]
    return sorted(found, key=lambda each: IMPORTANCES.index(each.rule.importance))
