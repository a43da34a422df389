"""The district of the simulated year: its units and people, its two forms, and how it is read what a message speaks of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property

from reporting.people import Role
from reporting.period_types import PeriodType, period_of
from reporting.reminder_rules import Rule, read_rules
from reporting.rounds.quiet_hours import QuietHours, is_quiet
from tests.reminders.town import REMIND, UNITS, ZONE, at, days

YEARS_UNITS = UNITS + "15772,Vân Sơn,xã,397,,,\n"
HEARERS: dict[str, list[tuple[str, Role]]] = {
    "Thọ Dân": [("Nam", "reporter"), ("Minh", "chair"), ("Lan", "leader")],
    "Dân Lực": [("Hoa", "reporter"), ("Lan", "leader")],
    "Vân Sơn": [("Hoa", "reporter"), ("Lan", "leader")],
    "Nưa": [("Lan", "leader")],
}
"""By unit: who hears about it, and by which receiver's rules. Nobody reports for Nưa."""
REPORTERS = {unit: name for unit, who in HEARERS.items() for name, receiver in who if receiver == "reporter"}
QUIET: QuietHours = (time(21), time(6))

Report = tuple[str, str, date]
"""A form's key, a unit's name, and a period."""


@dataclass(frozen=True)
class Kind:
    """A form of the district; by its topic it is known in a message."""

    key: str
    topic: str
    period: str
    due: str
    remind: str

    @property
    def settings(self) -> dict[str, str]:
        return {"key": self.key, "topic": self.topic, "period": self.period, "due": self.due, "remind": self.remind}

    @cached_property
    def rules(self) -> dict[str, Rule]:
        return {rule.key.spelled: rule for rule in read_rules(self.remind)}

    def ends_on(self, day: date) -> bool:
        return self.period == "daily" or period_of(PeriodType("weekly"), day) == day

    def periods(self, first: date, count: int) -> Iterator[date]:
        return (day for day in days(first, count) if self.ends_on(day))

    def due_at(self, period: date) -> datetime:
        return at(self.due, period)

    def closes_at(self, period: date) -> datetime:
        return at("08:00", period + timedelta(days=1))

    def rules_for(self, receiver: str) -> list[Rule]:
        return [rule for rule in self.rules.values() if rule.to == receiver]

    def comes_due(self, rule: str, period: date) -> datetime:
        """When a rule comes due for a period; that of a snooze says so itself, in UTC («snooze 101600»)."""
        if not rule.startswith("snooze "):
            return self.due_at(period) + self.rules[rule].offset
        day, hour, minute = (int(rule.removeprefix("snooze ")[start : start + 2]) for start in (0, 2, 4))
        until = datetime.combine(period, time(hour, minute), tzinfo=UTC)
        return next(moment for moment in (until, until + timedelta(days=1)) if moment.day == day)


DAILY = Kind("daily", "dịch bệnh", "daily", "16:30", REMIND)
WEEKLY = Kind("weekly", "vệ sinh", "weekly", "16:00", "-30m reporter; +90m reporter; +60m chair; +150m leader")
KINDS = {kind.key: kind for kind in (DAILY, WEEKLY)}
_NAMED = re.compile(r"báo cáo (dịch bệnh|vệ sinh) (?:tuần đến )?ngày (\d\d)/(\d\d)/(\d{4})")


def spoken_of(text: str) -> set[Report]:
    """The reports that a message names as missing: line by line in a list, else paragraph by paragraph."""
    found = set()
    for paragraph in text.split("\n\n"):
        listed = [line for line in paragraph.splitlines() if line.startswith("•")]
        for piece in listed or [paragraph]:
            named = [unit for unit in HEARERS if unit in piece]
            for topic, day, month, year in _NAMED.findall(piece):
                key = next(kind.key for kind in KINDS.values() if kind.topic == topic)
                found |= {(key, unit, date(int(year), int(month), int(day))) for unit in named}
    return found


def is_in_quiet_hours(moment: datetime) -> bool:
    return is_quiet(moment, ZONE, QUIET)
