"""Made-up facts for briefing pages: the digests' made-up district, with what waits and what was told."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from reporting.announcement import Announcement, Audience
from reporting.briefings.briefing_content import Matter
from reporting.briefings.facts import BriefingFacts, RoundFacts, WaitingApproval
from reporting.figures.indicator_targets import IndicatorTarget, TargetProgress, TargetState
from reporting.figures.turns import KnownTurn, Turn, TurnKind, TurnPoint
from reporting.forms import Form
from reporting.period_types import PeriodType
from reporting.reports import Report
from reporting.rounds.data_query import AskedBack
from reporting.rounds.periods import moment
from reporting.units import Unit, UnitTree
from reporting.validation.rule_list import read_rule_list
from reporting.validation.validation_rule import Contradiction
from tests.rules.digests_made import FORM, NOW, TODAY, ZONE, evidence

YESTERDAY = TODAY - timedelta(days=1)
MORNING = NOW - timedelta(hours=9)


def round_facts(
    form: Form = FORM, missing: Iterable[int] = (), tree: UnitTree | None = None, **more: Any
) -> RoundFacts:
    """Today's round of a form, in which these units are late; `unit_id` and `figure` as of `evidence`."""
    seen = {name: more.pop(name) for name in ("unit_id", "figure") if name in more}
    made = evidence(tree, missing=missing, **seen)
    late = [made.tree.unit(one) for one in missing]
    covered = made.coverage
    due_at = moment(form.schedule.due, TODAY, ZONE)
    facts = RoundFacts(
        form,
        TODAY,
        due_at,
        covered.received,
        covered.expected,
        late,
        evidence=replace(made, form=form),
        can_be_nudged=True,
    )
    return replace(facts, **more)


def facts(*rounds: RoundFacts, unit_id: int = 1, now: datetime = NOW, **more: Any) -> BriefingFacts:
    """A page's facts; no round given: today's, of which nobody is late."""
    given = rounds or (round_facts(),)
    seen = given[0].evidence
    assert seen is not None
    return BriefingFacts(seen.tree.unit(unit_id), seen.tree, now, ZONE, given, **more)


def asked(unit_id: int, period: date = TODAY, indicator: str = "f0_new", state: str = "open") -> AskedBack:
    """A question about a figure, due in two hours."""
    about = (unit_id, FORM.key, unit_id, period, indicator, "3", 1, "", 1)
    return AskedBack(*about, NOW, NOW + timedelta(hours=2), state)  # type: ignore[arg-type]  # a test's shorthand


def waiting(unit_id: int, tree: UnitTree) -> WaitingApproval:
    """A report of today that waits."""
    unit = tree.unit(unit_id)
    report = Report(f"CD-{unit.code}", FORM.key, "1", unit_id, TODAY, 1, {}, 7, NOW, NOW, provisional=True)
    return WaitingApproval(FORM, report, unit)


def announcement() -> Announcement:
    """One that was sent in the morning, to be acknowledged by noon."""
    text = "Đề nghị các đơn vị rà soát người cách ly tại nhà và gửi danh sách về phòng y tế."
    return Announcement(
        4,
        7,
        1,
        Audience("reporters", ()),
        text,
        None,
        "sent",
        MORNING,
        due_at=NOW - timedelta(hours=5),
        sent_at=MORNING,
    )


WEEKLY = IndicatorTarget(FORM.key, "f0_new", 1, "at most", 10, "weekly", date(2021, 10, 1), id=1)


def missed(unit_id: int) -> TargetProgress:
    """Ten new cases a week at most, and there were twelve."""
    target = replace(WEEKLY, unit_id=unit_id)
    span = (TODAY - timedelta(days=9), TODAY - timedelta(days=3))
    return TargetProgress(target, FORM.by_name["f0_new"], *span, 12, Decimal(10), 7, 7, TargetState.MISSED)


RULES = """key,name,left,operator,right,hour
parts,Ca cộng đồng không quá ca mắc mới,${{{form}.f0_new_community}},<=,${{{form}.f0_new}},18:00
"""


def contradiction(unit_id: int) -> Contradiction:
    """More of the part than of the whole."""
    ((_, rule),) = read_rule_list(RULES.format(form=FORM.key), [FORM], ["xã"])
    return Contradiction(rule, unit_id, TODAY, 5, 3, NOW)


def turn(unit: Unit) -> KnownTurn:
    """Three weeks of more and more."""
    points = tuple(TurnPoint(TODAY - timedelta(days=3 + 7 * ago), value) for ago, value in ((2, 4), (1, 7), (0, 12)))
    seen = Turn(TurnKind.RISING, WEEKLY, unit.id, points)
    return KnownTurn(seen, FORM, FORM.by_name["f0_new"], None, unit, PeriodType("weekly"))


def was_missing(unit_id: int, period: date = TODAY) -> Matter:
    """A report that the page before named."""
    return Matter("missing_reports", unit_id, FORM.key, period)
