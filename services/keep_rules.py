"""Keep the validation rules: a file of them is brought in, one is retired, and whoever asks sees which there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from reporting.errors import Refused
from reporting.units import UnitTree
from reporting.validation.rule_list import RuleRow, read_rule_list, rule_of
from reporting.validation.validation_rule import ValidationRule
from storage.database import audit
from storage.figures import contradictions
from storage.organisation import units
from storage.reports import forms


@dataclass(frozen=True, slots=True)
class KnownRule:
    """A rule that was brought in. `rule`: None where it cannot be read any more, for the reason `why`. `found`: how much is open."""

    key: str
    rule: ValidationRule | None
    why: Refused | None
    retired_at: datetime | None
    found: int


@dataclass(frozen=True, slots=True)
class BroughtRules:
    """What a file does: the rules that are new, or otherwise than before; the others stand already as they are in it."""

    rules: Sequence[ValidationRule]
    changed: Sequence[ValidationRule]


def bring_rules(
    connection: Connection, text: str, now: datetime, today: date, by: int | None = None, *, dry_run: bool = False
) -> BroughtRules:
    """The rules of a file are in use from now on; those that it does not name stay as they are. `dry_run`: nothing is changed.

    `by`: a person's id, None for the desk's command line. Refused with every row that cannot be taken.
    """
    known = {each.key: each for each in contradictions.rules(connection)}
    read = read_rule_list(text, forms.in_force(connection, today), kinds_of(units.tree(connection)))
    changed = [
        (row, rule)
        for row, rule in read
        if (before := known.get(rule.key)) is None or before.retired_at or dict(before.content) != dict(row.cells)
    ]
    for row, rule in changed if not dry_run else ():
        contradictions.put_rule(connection, rule.key, row.row, row.cells, now, by)
        audit.write(connection, now, by, "validation rule", rule=rule.key, content=dict(row.cells))
    return BroughtRules([rule for _, rule in read], [rule for _, rule in changed])


def retire_rule(connection: Connection, key: str, now: datetime, by: int | None = None) -> None:
    """It is run no more, and what it found is closed. Refused where there is none in use."""
    if not contradictions.retire_rule(connection, key, now):
        raise Refused("rules_unknown", rule=key)
    audit.write(connection, now, by, "validation rule retired", rule=key)


def rules_known(connection: Connection, today: date) -> list[KnownRule]:
    """All that were brought in, in the order of their files."""
    in_force, found = forms.in_force(connection, today), list[KnownRule]()
    still_open = [each.rule for each in contradictions.open_now(connection)]
    for each in contradictions.rules(connection):
        rule, why = None, None
        try:
            rule = rule_of(RuleRow(each.place, each.content), in_force)
        except Refused as refused:
            why = refused
        found.append(KnownRule(each.key, rule, why, each.retired_at, still_open.count(each.key)))
    return found


def kinds_of(tree: UnitTree) -> set[str]:
    """The kinds of units that there are."""
    return {unit.kind for unit in tree}
