"""Run the validation rules: at each one's hour, and again when reports have come since; what is found is kept until figures agree."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from reporting.figures.usual_range import Number
from reporting.forms import Form
from reporting.period_types import period_before, period_of
from reporting.rounds.periods import moment
from reporting.tick_parts import Apart, TickPart, as_one
from reporting.units import UnitTree
from reporting.validation.validation_rule import Contradiction, ValidationRule
from services.compare_sides import RuleFigures, compared_apart, part_of_rule
from services.read_contradictions import rules_in_use
from storage.figures import contradictions

T = TypeVar("T")

AGAIN_AFTER = timedelta(hours=1)
"""A rule is run over all units again at the soonest so long after, while reports come in; what is open is looked at at once."""
SLACK = timedelta(seconds=30)
"""A run that is not finished is made again with the next minute, then after two, after four, at last once an hour; a minute's tick is
somewhat early or late."""
LOOKED_BACK = timedelta(days=7)
"""For so long a period is looked at again."""

Ran = Mapping[tuple[str, date], tuple[datetime, int]]
"""When each rule was last run over a period, and the newest report then; or, below 0, how many runs in a row were not finished."""


@dataclass(frozen=True, slots=True)
class RuleRun:
    """A rule was run over a period. `newest`: the newest report then; `tries`: how many runs before it were not finished;
    `told_until`: what was found by then was told. `found`: what is to be told; `is_whole`: it was run over all units, and none has
    failed.
    """

    rule: ValidationRule
    period: date
    newest: int
    tries: int = 0
    told_until: datetime | None = None
    found: Sequence[Contradiction] = ()
    is_whole: bool = False


def run_due(
    connection: Connection,
    forms: Sequence[Form],
    tree: UnitTree,
    now: datetime,
    zone: ZoneInfo,
    *,
    apart: Apart = as_one,
    waits: Callable[[TickPart], None] = lambda _: None,
) -> list[RuleRun]:
    """Runs what is due by now; whoever calls tells what was found, and says so by `have_run`. What agrees by now is closed. `apart`:
    runs each rule; `waits` is told of each that was not finished and is not run again yet.
    """
    rules = rules_in_use(connection, forms)
    if not rules:
        return []
    newest, since = contradictions.newest_report(connection), now.astimezone(zone).date() - LOOKED_BACK
    ran = contradictions.runs(connection, since)
    still_open: dict[tuple[str, date], set[int]] = {}
    for each in contradictions.open_now(connection):
        still_open.setdefault((each.rule, each.period), set()).add(each.unit_id)

    def run(due: RuleRun, units: Collection[int], apart: Apart = apart, *, whole: bool = True) -> RuleRun:
        read = RuleFigures(
            connection, due.rule, {form.key: form for form in forms}, tree, due.period, None if whole else units
        )
        noting = _Noting(apart)
        found = _found(due, read, units, now, noting)
        return replace(due, found=found, is_whole=whole and not noting.has_failed)

    runs = []
    for rule in rules:
        for due in apart(part_of_rule(rule), partial(_due_runs, rule, ran, newest, now, zone, waits)) or ():
            is_open = still_open.pop((rule.key, due.period), set[int]())
            runs.append(apart(part_of_rule(rule), partial(run, due, is_open)) or due)
    seen_last = max((seen for _, seen in ran.values()), default=-1)
    by_key = {rule.key: rule for rule in rules}
    for (key, period), unit_ids in still_open.items() if newest > seen_last else ():
        if (found := by_key.get(key)) is not None:
            apart(part_of_rule(found), partial(run, RuleRun(found, period, newest), unit_ids, whole=False))
    return runs


def have_run(connection: Connection, runs: Sequence[RuleRun], untold: Collection[Contradiction], now: datetime) -> None:
    """These are not run again before new reports have come; but those that are not whole, or of whose finds some are `untold`,
    are after a while, whichever period has come meanwhile.
    """
    for each in runs:
        is_finished = each.is_whole and not any(one in untold for one in each.found)
        seen = each.newest if is_finished else -each.tries - 1
        contradictions.has_run(connection, each.rule.key, each.period, now, seen)


@dataclass
class _Noting:
    """Does each part apart, and notes whether one has failed."""

    apart: Apart
    has_failed: bool = False

    def __call__(self, part: TickPart, work: Callable[[], T], /) -> T | None:
        done = self.apart(part, lambda: (work(),))
        self.has_failed = self.has_failed or done is None
        return done[0] if done is not None else None


def _due_runs(
    rule: ValidationRule, ran: Ran, newest: int, now: datetime, zone: ZoneInfo, waits: Callable[[TickPart], None]
) -> list[RuleRun]:
    """The runs of a rule that are to be made."""
    found = []
    for period in _due_periods(rule, now, zone):
        at, seen = ran.get((rule.key, period), (None, 0))
        if at is None:
            if period == _latest_due(rule, now, zone):
                found.append(RuleRun(rule, period, newest))
        elif seen < 0:
            if now - at >= _pause(-seen):
                found.append(RuleRun(rule, period, newest, tries=-seen))
            else:
                waits(part_of_rule(rule))
        elif newest > seen and now - at >= AGAIN_AFTER:
            found.append(RuleRun(rule, period, newest, told_until=at))
    return found


def _pause(tries: int) -> timedelta:
    """How long after the last of so many runs that were not finished the next is made."""
    minutes = 1 << min(tries - 1, 10)
    return min(timedelta(minutes=minutes), AGAIN_AFTER) - SLACK


def _due_periods(rule: ValidationRule, now: datetime, zone: ZoneInfo) -> Iterator[date]:
    """The periods of which the hour has come in the time that is looked back to, the newest first."""
    period = _latest_due(rule, now, zone)
    while True:
        yield period
        period = period_before(rule.period_type, period)
        if moment(rule.runs, period, zone) < now - LOOKED_BACK:
            return


def _latest_due(rule: ValidationRule, now: datetime, zone: ZoneInfo) -> date:
    period = period_of(rule.period_type, now.astimezone(zone).date())
    while moment(rule.runs, period, zone) > now:
        period = period_before(rule.period_type, period)
    return period


def _found(
    due: RuleRun, read: RuleFigures, is_open: Collection[int], now: datetime, apart: Apart
) -> list[Contradiction]:
    """Compares the sides of the units that were read; those that were not known at `told_until`. Of these (by id) it `is_open`.

    What is open of a unit that is not looked at any more, since a merger was entered late, is closed.
    """
    rule, key, period, connection = due.rule, due.rule.key, due.period, read.connection
    broken, agreeing = dict[int, tuple[Number, Number]](), set(is_open) - {unit.id for unit in read.units}
    for unit_id, (left, right) in compared_apart(read, now, apart).items():
        if rule.holds(left, right):
            agreeing.add(unit_id)
        else:
            broken[unit_id] = (left, right)
    new = contradictions.find(connection, key, period, broken, now, due.told_until)
    contradictions.close(connection, key, period, agreeing, now)
    return [
        Contradiction(rule, unit_id, period, *broken[unit_id], now, new[unit_id])
        for unit_id in broken
        if unit_id in new
    ]
