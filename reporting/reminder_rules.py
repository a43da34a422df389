"""A reminder rule of a form: who hears how long before or after the due time («-60m reporter», «+1wd chair»)."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from reporting.local_time import local_moment
from reporting.receivers import Receiver
from reporting.reminder_key import ReminderKey
from reporting.working_days import WorkingDays

_RULE = re.compile(r"(?P<sign>[+-]?)(?P<count>\d+)(?P<unit>m|h|d|wd)\s+(?P<to>\S+)")
_MINUTES = {"m": 1, "h": 60, "d": 24 * 60, "wd": 24 * 60}


@dataclass(frozen=True, slots=True)
class Rule:
    """At the due time plus `offset`, whoever is `to` of a unit that has not sent is told. `key` is unique in its form.

    `working_days`: so many of these after the due time (before it, if negative); `offset` counts each as a day then.
    """

    key: ReminderKey
    offset: timedelta
    to: Receiver
    working_days: int | None = None

    @property
    def level(self) -> int:
        """How far above the person in trouble it is heard: 0 by himself."""
        return self.to.level

    def at(self, due_at: datetime, calendar: WorkingDays, zone: ZoneInfo) -> datetime:
        """When it comes due by itself: of working days at the same local hour as the report."""
        if self.working_days is None:
            return due_at + self.offset
        local = due_at.astimezone(zone)
        on = calendar.shifted(local.date(), self.working_days)
        return local_moment(on, local.time(), zone)


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
    count = int(match["count"]) * (-1 if match["sign"] == "-" else 1)
    offset = timedelta(minutes=count * _MINUTES[match["unit"]])
    return Rule(ReminderKey.reminder(offset, to), offset, to, count if match["unit"] == "wd" else None)
