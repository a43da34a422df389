"""What reminding works on and makes: a form's round for a period, a reminder that is due, and the plan of all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from reporting.forms import Form
from reporting.reminder_key import ReminderKey
from reporting.reminder_rules import Rule
from reporting.rounds.moments import Moments, moments
from reporting.rounds.own_hours import OwnHours
from reporting.rounds.quiet_hours import QuietHours
from reporting.rounds.reminder_record import ReportKey
from reporting.rounds.standings import Standing

UTC = ZoneInfo("UTC")


class OwnMoments(NamedTuple):
    """Somebody's own hours, and when they come due in a round."""

    hours: OwnHours
    at: tuple[datetime, ...]


@dataclass(frozen=True, slots=True)
class Round:
    """One form's round for one period: where each unit that is expected stands, and the quiet hours of its rules."""

    form: Form
    period: date
    standings: Sequence[Standing]
    zone: ZoneInfo = UTC
    quiet: QuietHours | None = None

    def moments(self) -> Moments:
        """When each of the form's rules comes due in it: the same for all units."""
        if not self.standings:
            return []
        return moments(self.form, self.standings[0].deadline, self.zone, self.quiet)

    def own_moments(self, own: Mapping[int, OwnHours]) -> dict[int, OwnMoments]:
        """By person id, the own hours that there are for it, with their moments: the same for all units."""
        if not self.standings:
            return {}
        of = (
            (each, hours, hours.moments(self.standings[0].deadline, self.zone, self.quiet))
            for each, hours in own.items()
        )
        return {each: OwnMoments(hours, tuple(found)) for each, hours, found in of if found}


@dataclass(frozen=True, slots=True)
class Reminder:
    """A rule that a person is told by now, in the words for `rule.to`, by his duty at the unit `seat_id`.

    `count`: the how many-th message about this report he gets with it. `older` are the rules that came due for him meanwhile and
    are said with it.
    """

    rule: Rule
    standing: Standing
    person_id: int
    seat_id: int
    count: int = 1
    older: tuple[Rule, ...] = ()

    @property
    def report(self) -> ReportKey:
        deadline = self.standing.deadline
        return deadline.form, deadline.unit_id, deadline.period

    @property
    def rules(self) -> tuple[ReminderKey, ...]:
        """The keys of all the rules that it says."""
        return self.rule.key, *(each.key for each in self.older)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be said now. `quietly`: rules older than what was said, to be recorded only. `taken_back`: waiting messages."""

    reminders: tuple[Reminder, ...] = ()
    quietly: tuple[Reminder, ...] = ()
    taken_back: frozenset[int] = frozenset()
