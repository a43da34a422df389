"""A reminder rule of a form: who hears how long before or after the due time («-60m reporter»)."""

import re
from dataclasses import dataclass
from datetime import timedelta

from reporting.receivers import Receiver
from reporting.reminder_key import ReminderKey

_RULE = re.compile(r"(?P<sign>[+-]?)(?P<count>\d+)(?P<unit>[mhd])\s+(?P<to>\S+)")
_MINUTES = {"m": 1, "h": 60, "d": 24 * 60}


@dataclass(frozen=True, slots=True)
class Rule:
    """At the due time plus `offset`, whoever is `to` of a unit that has not sent is told. `key` is unique in its form."""

    key: ReminderKey
    offset: timedelta
    to: Receiver

    @property
    def level(self) -> int:
        """How far above the person in trouble it is heard: 0 by himself."""
        return self.to.level


def read_rules(text: str) -> tuple[Rule, ...]:
    """«-60m reporter; 0m reporter; +60m chair» as rules in the order in which they are said.

    Raises ValueError with the part that is wrong, or that says again what another part says.
    """
    rules: dict[ReminderKey, Rule] = {}
    for part in filter(None, (piece.strip() for piece in text.split(";"))):
        rule = _read(part)
        if rule.key in rules:
            raise ValueError(part)
        rules[rule.key] = rule
    return tuple(sorted(rules.values(), key=lambda rule: (rule.offset, rule.level)))


def _read(part: str) -> Rule:
    match = _RULE.fullmatch(part)
    to = Receiver.written(match["to"]) if match else None
    if match is None or to is None:
        raise ValueError(part)
    minutes = int(match["count"]) * _MINUTES[match["unit"]] * (-1 if match["sign"] == "-" else 1)
    offset = timedelta(minutes=minutes)
    return Rule(ReminderKey.reminder(offset, to), offset, to)
