"""What happened in a year, and what may be expected of it by whoever lives in it."""

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property

from reporting.reminder_rules import Rule
from reporting.rounds.reminding import HEAD_START
from reporting.rounds.suppression import STILL_AFTER
from tests.reminders.audience import Audience, Message
from tests.reminders.district import KINDS, REPORTERS, Report, is_in_quiet_hours
from tests.reminders.fates import Holiday

NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Snooze:
    name: str
    asked_at: datetime
    until: datetime


@dataclass
class Chronicle:
    """What happened, in order. `ticked`: when a tick by a right clock came to its end and all that was to be said was said.

    `clocks`: what time it really was when a ticking process's clock showed that. `answered`: when whose question of which report was
    answered. `cut_off`: days on which Telegram was not reached, or wanted a chat to be left in peace. `doubts`: how often Telegram,
    the network or a death left us in doubt whether a message had come.
    """

    sent: dict[Report, datetime] = field(default_factory=dict)
    ticked: list[datetime] = field(default_factory=list)
    clocks: dict[datetime, datetime] = field(default_factory=dict)
    answered: list[tuple[datetime, str, Report]] = field(default_factory=list)
    snoozed: list[Snooze] = field(default_factory=list)
    suspended: list[tuple[datetime, Holiday]] = field(default_factory=list)
    cut_off: set[date] = field(default_factory=set)
    doubts: Counter[Message] = field(default_factory=Counter)
    deaths: int = 0

    def is_right(self, shown: datetime) -> bool:
        """Whether the clock that showed this was right."""
        return self.clocks[shown] == shown

    def is_owed(self, report: Report, moment: datetime) -> bool:
        """Whether the report is wanted and has not come."""
        form, unit, period = report
        is_free = any(
            since <= moment
            and each.form in ("", form)
            and each.unit in ("", unit)
            and each.first_on <= period <= each.last_on
            for since, each in self.suspended
        )
        return not is_free and moment < min(self.sent.get(report, NEVER), KINDS[form].closes_at(period))

    def under_way(self, moment: datetime) -> list[tuple[str, Report]]:
        """Whose answers to which reports are in progress."""
        first = bisect_right(self.answered, moment - STILL_AFTER, key=lambda each: each[0])
        last = bisect_right(self.answered, moment, key=lambda each: each[0])
        return [(name, report) for _, name, report in self.answered[first:last]]

    def is_hushed(self, name: str, receiver: str, report: Report, moment: datetime) -> bool:
        """Whether this person is not to hear now of this report, by an answer that is in progress."""
        at_it = self.under_way(moment)
        below = receiver in ("reporter", "chair") and any(report == each for _, each in at_it)
        return below or any(name == each for each, _ in at_it)

    def is_snoozed(self, name: str, moment: datetime) -> bool:
        return any(each.name == name and each.asked_at <= moment < each.until for each in self.snoozed)

    def good_ticks(self, report: Report, since: datetime, until: datetime) -> list[datetime]:
        """Ticks from since up to until at which somebody could have been told of the report."""
        ticked = self.ticked[bisect_left(self.ticked, since) : bisect_left(self.ticked, until)]
        return [tick for tick in ticked if self.is_owed(report, tick) and not is_in_quiet_hours(tick)]

    def must_be_said(self, audience: Audience, name: str, report: Report, rule: Rule) -> bool:
        """Whether a rule had its chance for certain: a tick at which nothing stood against it.

        For those above that is a tick by which the person in trouble had had his head start.
        """
        form, unit, period = report
        since, until = KINDS[form].due_at(period) + rule.offset, KINDS[form].closes_at(period)
        in_trouble = REPORTERS.get(unit)
        if any(audience.was_shut_out(each, since, until) for each in {name, in_trouble or name}):
            return False
        ticks = self.good_ticks(report, since, until)
        told = [tick for tick in ticks if not self.is_hushed(name, rule.to, report, tick)]
        if rule.to == "reporter":
            return any(not self.is_snoozed(name, tick) for tick in told)
        if in_trouble is None:
            return bool(told)
        warned = [
            tick
            for tick in ticks
            if not self.is_snoozed(in_trouble, tick) and not self.is_hushed(in_trouble, "reporter", report, tick)
        ]
        told = [tick for tick in told if not self.was_ahead(tick)]
        return bool(warned) and bool(told) and told[-1] - warned[0] >= HEAD_START

    def was_ahead(self, moment: datetime) -> bool:
        """Whether by a clock that was ahead somebody was told, before this moment, at a time that has not come yet."""
        return any(really <= moment < shown + HEAD_START for shown, really in self._ahead)

    @cached_property
    def _ahead(self) -> list[tuple[datetime, datetime]]:
        return [(shown, really) for shown, really in self.clocks.items() if really < shown]
