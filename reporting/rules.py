"""A reminder rule of a form: who hears how long before or after the due time («-60m reporter»)."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal, cast

Receiver = Literal["reporter", "deputy", "chair", "leader", "desk"]
RECEIVERS: tuple[Receiver, ...] = ("reporter", "deputy", "chair", "leader", "desk")
"""Who can hear, from the person in trouble upwards."""

_RULE = re.compile(r"(?P<sign>[+-]?)(?P<count>\d+)(?P<unit>[mhd])\s+(?P<to>reporter|deputy|chair|leader|desk)")
_MINUTES = {"m": 1, "h": 60, "d": 24 * 60}


@dataclass(frozen=True, slots=True)
class Rule:
    """At the due time plus `offset`, whoever is `to` of a unit that has not sent is told. `key` is unique in its form."""

    key: str
    offset: timedelta
    to: Receiver

    @property
    def level(self) -> int:
        """How far above the person in trouble it is heard: 0 by himself."""
        return max(0, RECEIVERS.index(self.to) - 1)


def read_rules(text: str) -> tuple[Rule, ...]:
    """«-60m reporter; 0m reporter; +60m chair» as rules in the order in which they are said.

    Raises ValueError with the part that is wrong, or that says again what another part says.
    """
    rules: dict[str, Rule] = {}
    for part in filter(None, (piece.strip() for piece in text.split(";"))):
        match = _RULE.fullmatch(part)
        if match is None:
            raise ValueError(part)
        minutes = int(match["count"]) * _MINUTES[match["unit"]] * (-1 if match["sign"] == "-" else 1)
        rule = Rule(f"{minutes:+d}m {match['to']}", timedelta(minutes=minutes), cast(Receiver, match["to"]))
        if rule.key in rules:
            raise ValueError(part)
        rules[rule.key] = rule
    return tuple(sorted(rules.values(), key=lambda rule: (rule.offset, rule.level)))
