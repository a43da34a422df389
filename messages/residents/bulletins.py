"""The bulletin of the public channel: when a period's is due, what it tells, and what of that has changed since."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from reporting.amounts import from_amount, sum_to_amount
from reporting.digests.evidence import MOST_BARS
from reporting.figures.areas import Areas
from reporting.figures.facts import Fact
from reporting.figures.headlines import HEADLINES, headlines
from reporting.figures.known import Known, Wanted
from reporting.figures.open_figures import OpenFigure, fact_on
from reporting.figures.sums import Spread, Withheld
from reporting.figures.told_amounts import Amount
from reporting.forms import Form, Question
from reporting.local_time import local_moment
from reporting.period_types import period_before, period_of
from reporting.rounds.periods import moment
from reporting.rounds.standings import Coverage
from reporting.schedule import Schedule
from reporting.units import Unit

CATCH_UP = timedelta(hours=16)
"""A bulletin that could not be told in time is told later, but not as late as this; of several periods only the newest is."""
KEPT_IN_MIND = timedelta(days=31)
"""What changes in a bulletin that was told longer ago is told to whoever asks."""
APART = timedelta(minutes=15)
"""Corrections of one form come no closer than this: what is corrected meanwhile comes in one message."""
TREND = 14

Kept = list[int] | str | dict[str, int] | None
"""A value as it is kept: (low, high) in millionths, a choice's name, how many units stand at each choice; None: a total that is
not told, as it cannot be worked out.
"""


def told_questions(form: Form) -> tuple[Question, ...]:
    """What a bulletin tells: the form's public headlines; of a form that has none, its first public indicators."""
    public = [question for question in form.indicators if question.is_public]
    first = headlines(form)
    return tuple(question for question in public if question in first) or tuple(public[:HEADLINES])


def due_at(schedule: Schedule, period: date, zone: ZoneInfo) -> datetime:
    """When a period's bulletin is due: at the first hour of the form's digest after its reports are due, else when they close."""
    due = moment(schedule.due, period, zone)
    first = due.astimezone(zone).date()
    hours = (local_moment(first + timedelta(days), at, zone) for days in (0, 1) for at in schedule.digest)
    return min((at for at in hours if at >= due), default=moment(schedule.closes, period, zone))


def newest_bulletin_due(form: Form, now: datetime, zone: ZoneInfo) -> date | None:
    """The newest period whose bulletin is due, unless that is too long ago, or a free day that the form skips, or there is none."""
    schedule = form.schedule
    if schedule.period == "on change":
        return None
    period = period_of(schedule.period_type, now.astimezone(zone).date())
    while due_at(schedule, period, zone) > now:
        period = period_before(schedule.period_type, period)
    is_told = now - due_at(schedule, period, zone) < CATCH_UP and not schedule.is_free(period)
    return period if is_told else None


def units_shown(areas: Areas, form: Form, root: Unit, period: date) -> tuple[Unit, ...]:
    """The units whose bars stand in the picture: those that report, or of too many those right under the root."""
    members = areas.members(form, root, period)
    if len(members) > MOST_BARS:
        below = areas.tree.children(root, period)
        found = [unit for unit in below if areas.members(form, unit, period)]
    else:
        found = [areas.tree.unit(one) for one in members if one != root.id]
    return tuple(sorted(found, key=lambda unit: unit.name_order))


@dataclass(frozen=True)
class Bulletin:
    """What is told of a period. `shown`: the first question's figures of units; `revisions`: by question, of each unit (by its id
    as text) whose figure is in the total, which revision that is of; `known`: what was read for it.
    """

    form: Form
    unit: Unit
    period: date
    questions: tuple[Question, ...]
    facts: Mapping[str, Fact]
    shown: tuple[OpenFigure, ...]
    revisions: Mapping[str, Mapping[str, int]]
    known: Known

    @cached_property
    def main(self) -> Fact:
        """The figure that says what is covered: that of most units."""
        return max(self.facts.values(), key=lambda fact: fact.coverage.received if fact.coverage else 0)

    @property
    def is_complete(self) -> bool:
        covered = self.main.coverage
        return covered is None or covered.received >= covered.expected

    def kept(self, mark: Sequence[object], before: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """What is kept of it, to know later what was told. `mark`: of the figures it was made from; `before`: what was kept before."""
        totals = {name: [_kept(fact), *_counted(fact.coverage)] for name, fact in self.facts.items()}
        units = {
            str(each.unit.id): [_kept(each.fact), _counted(each.fact.coverage)[0]] for each in self.shown if each.fact
        }
        withdrawn = {unit_id: [None, 0] for unit_id in (before or {}).get("units", {})}
        revisions = {name: dict(of) for name, of in self.revisions.items()}
        return {"mark": list(mark), "totals": totals, "units": withdrawn | units, "revisions": revisions}


def wanted_of(areas: Areas, form: Form, root: Unit, period: date) -> Wanted:
    """What has to be read for a bulletin."""
    return Wanted(form, told_questions(form), (root, *units_shown(areas, form, root, period)), (period,), each=True)


def bulletin_of(known: Known, rows: Iterable[OpenFigure]) -> Bulletin | None:
    """The bulletin of the one period that was read; None where there is no figure at all. `rows`: of the units beside each other."""
    form, (root, *_), questions = known.form, known.wanted.units, known.wanted.questions
    (period,) = known.wanted.periods
    facts = {q.name: fact for q in questions if (fact := fact_on(known, root, q, period)) is not None}
    if not facts:
        return None
    shown = (each for each in rows if each.question == questions[0])
    members = known.areas.members(form, root, period)
    revisions = {
        name: {
            str(one): cell.revision
            for one in members
            if (cell := known.cells.get((one, name), {}).get(period)) is not None
        }
        for name in facts
    }
    bars = tuple(each for each in shown if each.unit != root)
    return Bulletin(form, root, period, questions, facts, bars, revisions, known)


@dataclass(frozen=True, slots=True)
class BulletinChange:
    """What was told of a question, of a unit or (`unit` None) in total, and what is told now; None: nothing (any more).

    `was_untold`: what was told is that it could not be worked out.
    """

    question: Question
    unit: Unit | None
    before: Amount | str | Spread | None
    now: Fact | None
    was_untold: bool = False


@dataclass(frozen=True, slots=True)
class Changes:
    """What has changed in a bulletin since it was told.

    `added`: the units shown whose report has come since; `covers_more`: so has that of any unit.
    """

    bulletin: Bulletin
    totals: tuple[BulletinChange, ...]
    units: tuple[BulletinChange, ...]
    added: tuple[Unit, ...]
    covers_more: bool
    is_correction: bool

    def __bool__(self) -> bool:
        return bool(self.totals or self.units or self.added or self.covers_more)


def bulletin_changes(told: Mapping[str, Any], now: Bulletin) -> Changes:
    """`told`: what was kept of the bulletin. A figure that was told and is another is a correction. More units alone are none,
    however often they have revised what was never told; nor is a total that could not be worked out, and now is.
    """
    totals, is_correction = [], False
    for question in now.questions:
        if question.name not in told["totals"] or question.name not in now.facts:
            continue
        kept, received, *_ = told["totals"][question.name]
        fact = now.facts[question.name]
        if kept == _kept(fact):
            continue
        totals.append(BulletinChange(question, None, _told(kept), fact, was_untold=kept is None))
        if kept is None:
            continue
        before = told.get("revisions", {}).get(question.name, {})
        is_revised = any(now.revisions[question.name].get(one, old) > old for one, old in before.items())
        is_correction |= is_revised or _counted(fact.coverage)[0] <= received
    units, added = [], []
    for each in now.shown:
        before = told["units"].get(str(each.unit.id))
        after = [_kept(each.fact), _counted(each.fact.coverage)[0]] if each.fact else None
        if before is None and each.fact is not None:
            added.append(each.unit)
        elif before is not None and before[0] != (after[0] if after else None):
            was_untold = before[0] is None and before[1] > 0
            units.append(BulletinChange(each.question, each.unit, _told(before[0]), each.fact, was_untold))
            is_correction |= not was_untold and (after is None or after[1] <= before[1])
    covered = max(received for _, received, *_ in told["totals"].values())
    covers_more = _counted(now.main.coverage)[0] > covered
    return Changes(now, tuple(totals), tuple(units), tuple(added), covers_more, is_correction)


def _kept(fact: Fact) -> Kept:
    if isinstance(fact.value, Withheld):
        return None
    if isinstance(fact.value, Amount):
        return [sum_to_amount(fact.value.low), sum_to_amount(fact.value.high)]
    return fact.value if isinstance(fact.value, str) else dict(fact.value.counts)


def _told(kept: Kept) -> Amount | str | Spread | None:
    if isinstance(kept, list):
        low, high = map(from_amount, kept)
        return Amount(low, high)
    return Spread(tuple(kept.items())) if isinstance(kept, dict) else kept


def _counted(coverage: Coverage | None) -> tuple[int, int]:
    return (coverage.received, coverage.expected) if coverage else (1, 1)


def bulletin_periods(form: Form, period: date) -> Sequence[date]:
    """The periods of the trend, oldest first."""
    found = [period]
    while len(found) < TREND:
        found.insert(0, period_before(form.schedule.period_type, found[0]))
    return found
