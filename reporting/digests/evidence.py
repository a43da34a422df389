"""What a digest is derived from: one subtree's standings and figures as they stood at one moment."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from zoneinfo import ZoneInfo

from reporting.digests.look_back import LOOK_BACK, periods_before
from reporting.figures.indicator_targets import TargetProgress
from reporting.figures.usual_range import UsualRange
from reporting.forms import Form, Question
from reporting.period_types import Period, PeriodType
from reporting.reviews import Review
from reporting.rounds.data_query import AskedBack
from reporting.rounds.late_reason import LateReason
from reporting.rounds.standings import Coverage, Standing, Status, coverage, excused
from reporting.rounds.suspensions import Suspension
from reporting.units import Unit, UnitTree
from reporting.units_as_now import is_as_now

Number = int | Decimal

History = Mapping[str, Mapping[int, Mapping[date, Number]]]
"""Indicator to unit id to period to value; what was not reported, or is not known, is not in it."""

Reported = Mapping[str, Mapping[int, Sequence[date]]]
"""Indicator to unit id to periods with a report whose version of the form has the indicator, in order."""

MOST_BARS = 64
"""With more units than this a picture shows the groups between (districts of a province)."""


@dataclass(frozen=True, slots=True)
class State:
    """A unit's state (a level, say) as last set: the choice's name, since which day, and on what ground (a decision's number)."""

    choice: str
    since: date
    ground: str = ""


@dataclass(frozen=True, slots=True)
class States:
    """Where units stand with one `state` indicator, of this form or of one that leaders fill."""

    question: Question
    of_unit: Mapping[int, State]


@dataclass(frozen=True)
class Evidence:
    """All that a digest of `unit` over `periods` (the last days of one or several, in order) is derived from.

    `standings`: one for each expected unit and period, as at `now`. `history`: all numeric indicators for `periods`, the
    headlines also for the `LOOK_BACK` periods and the equally long span before. `earlier`: of what is carried forward the values from
    before these that late units stand in totals with, and `reported`: when they reported. `past`: the standings of earlier periods,
    for a board. `late_reasons`: by unit id, what was said for being late. `provisional`: ids of units with figures that wait for
    approval. `asked`: questions about figures that are open. `returned`: what was returned to these units, of whatever
    period up to now, and not corrected yet. `suspensions`: those that touch the span or the earlier periods.
    `streaks`: of one period, by unit id for how many owed periods in a row nothing has come. `usual`: of one period, by unit id and
    indicator what was usual when its report was filled in. `reasons`: why figures that were doubted are right, likewise.
    `targets`: of the unit and all under it.
    `demonstration`: the figures are made up.
    """

    form: Form
    tree: UnitTree
    unit: Unit
    periods: tuple[date, ...]
    now: datetime
    zone: ZoneInfo
    standings: Sequence[Standing]
    history: History
    earlier: History = field(default_factory=dict)
    reported: Reported = field(default_factory=dict)
    late_reasons: Mapping[int, LateReason] = field(default_factory=dict)
    states: tuple[States, ...] = ()
    provisional: frozenset[int] = frozenset()
    asked: tuple[AskedBack, ...] = ()
    returned: tuple[Review, ...] = ()
    past: Sequence[Standing] = ()
    suspensions: Sequence[Suspension] = ()
    streaks: Mapping[int, int] = field(default_factory=dict)
    targets: Sequence[TargetProgress] = ()
    usual: Mapping[int, Mapping[str, UsualRange]] = field(default_factory=dict)
    reasons: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    demonstration: bool = False

    @property
    def period(self) -> date:
        return self.periods[-1]

    @property
    def last(self) -> Period:
        return Period(self.of, self.period)

    @property
    def of(self) -> PeriodType:
        return self.form.schedule.period_type

    @cached_property
    def before(self) -> tuple[date, ...]:
        """The span of equal length right before."""
        return periods_before(self.of, self.periods[0], len(self.periods))

    @cached_property
    def look_back(self) -> tuple[date, ...]:
        return periods_before(self.of, self.period, LOOK_BACK[self.of.kind])

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """The units that were expected to report, in the order of the standings."""
        return tuple(self.tree.unit(unit_id) for unit_id in dict.fromkeys(s.deadline.unit_id for s in self.standings))

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The periods that a trend and a board are of: those looked back to and the span, from the first with figures on."""
        days = sorted({*self.look_back, *self.periods})
        first = next((place for place, day in enumerate(days) if self.with_figures(day)), 0)
        return tuple(day for place, day in enumerate(days) if place >= first or day in self.periods)

    @cached_property
    def _turns(self) -> list[date]:
        """The days on which the tree changes, or other units report."""
        return sorted({*self.tree.changes, *(day for day, _ in self.form.reports_until)})

    @cached_property
    def _existing(self) -> Mapping[int, tuple[Unit, ...]]:
        """The units that the tree of the days expects, by how many of its turns are over."""
        eras = {bisect_right(self._turns, day): day for day in (*self.look_back, *self.periods)}
        return {era: tuple(self.tree.reporting(self.unit, self.form.reports_on(day), day)) for era, day in eras.items()}

    def existing(self, day: date) -> tuple[Unit, ...]:
        """The units that the form expects on one of the days, suspended or not."""
        return self._existing[bisect_right(self._turns, day)]

    @cached_property
    def _ids(self) -> Mapping[int, frozenset[int]]:
        return {era: frozenset(unit.id for unit in units) for era, units in self._existing.items()}

    def existing_ids(self, day: date) -> frozenset[int]:
        return self._ids[bisect_right(self._turns, day)]

    @cached_property
    def ids_ever(self) -> frozenset[int]:
        """The ids of the units that were expected at some time from the first period that is looked back to."""
        return frozenset(unit.id for units in (self.units, *self._existing.values()) for unit in units)

    @cached_property
    def owing(self) -> Mapping[date, frozenset[int]]:
        """The ids of the units that a report was expected of, for each of the days: they existed, and were not suspended."""
        found = {}
        for day in self.days:
            units = self.existing(day)
            found[day] = (
                frozenset(unit.id for unit in units)
                - excused(self.form, day, units, self.tree, self.suspensions).keys()
            )
        return found

    @cached_property
    def units_by_day(self) -> tuple[Unit, ...]:
        """The units that were expected on any of the days, in the order of the tree: those of the span, and those of before."""
        known = {unit.id: unit for unit in self.units}
        known |= {unit.id: unit for day in self.days for unit in self.existing(day)}
        return tuple(sorted(known.values(), key=lambda unit: [each.code_order for each in self.tree.above(unit)][::-1]))

    @cached_property
    def is_own(self) -> bool:
        """Whether the digest is of one unit that reports itself."""
        return [unit.id for unit in self.units] == [self.unit.id]

    @cached_property
    def _figures_of(self) -> Mapping[date, frozenset[int]]:
        found: dict[date, set[int]] = {}
        for of_unit in self.history.values():
            for unit_id, of_period in of_unit.items():
                for period in of_period:
                    found.setdefault(period, set()).add(unit_id)
        return {period: frozenset(unit_ids) for period, unit_ids in found.items()}

    def with_figures(self, period: date) -> frozenset[int]:
        """The ids of units that have any figure for a period, the archive's included."""
        return self._figures_of.get(period, frozenset())

    @cached_property
    def owed(self) -> tuple[Standing, ...]:
        """The standings of reports that are owed: not those of a suspended period."""
        return tuple(each for each in self.standings if each.deadline.is_owed)

    @cached_property
    def coverage(self) -> Coverage:
        """Received and expected reports over all `periods`."""
        return coverage(self.standings)

    @cached_property
    def archived(self) -> int:
        """How many of the reports received are figures of the archive."""
        return sum(each.in_archive for each in self.owed)

    @cached_property
    def missing(self) -> Mapping[int, int]:
        """Unit id to the number of its reports that have not come."""
        return Counter(each.deadline.unit_id for each in self.owed if not each.has_come)

    @cached_property
    def partly(self) -> frozenset[int]:
        """The ids of units that are missing though some of their figures are there: the archive has not all of them."""
        missing = (each.deadline for each in self.owed if not each.has_come)
        return frozenset(each.unit_id for each in missing if each.unit_id in self.with_figures(each.period))

    @cached_property
    def seen(self) -> Mapping[tuple[int, date], Standing]:
        """The standings of the span, and of the earlier periods that were read, by unit id and period."""
        return {(each.deadline.unit_id, each.deadline.period): each for each in (*self.past, *self.standings)}

    @cached_property
    def late(self) -> tuple[Standing, ...]:
        """The standings of reports that came after they were due."""
        return tuple(standing for standing in self.standings if standing.status is Status.LATE)

    @cached_property
    def _groups(self) -> Mapping[int, Unit]:
        eras = {bisect_right(self._turns, day): day for day in (*self.look_back, *self.periods)}
        found: dict[int, Unit] = {}
        for day in eras.values():
            for child in self.tree.children(self.unit, day):
                found.update({below.id: child for below in self.tree.under(child, day)})
        return found

    @cached_property
    def _followed(self) -> frozenset[int]:
        """By the units of today, those that stand for former ones on some of the days: by themselves they are but a part of it."""
        if not is_as_now(self.tree):
            return frozenset()
        return frozenset(found.id for one, found in self._groups.items() if one in self.ids_ever and found.id != one)

    def group(self, unit: Unit) -> Unit | None:
        """What lies between the digest's unit and `unit`, right under the former: a district in a province. None: nothing."""
        found = self._groups.get(unit.id)
        return found if found is not None and (found.id != unit.id or unit.id in self._followed) else None
