"""Read what lies on the table before a meeting: each form's round, what waits for the reader, what the last page had to be done."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from reporting.access import Actor, may
from reporting.briefings.briefing_content import BriefingContent, Matter
from reporting.briefings.facts import BriefingFacts, LateAnnouncement, ReturnedReport, RoundFacts, WaitingApproval
from reporting.errors import Refused
from reporting.forms import Form
from reporting.period_types import period_before
from reporting.rounds.data_query import AskedBack
from reporting.rounds.periods import moment
from reporting.rounds.standings import Standing, Status, coverage, expected_units, is_large
from reporting.undelivered import of_desk
from reporting.units import Unit
from services import propose_indicator
from services.access import demand
from services.context import Context
from services.follow_announcement import unacknowledged_since
from services.indicator_turns import newest_turns_of
from services.read_contradictions import open_contradictions
from services.read_digest import evidence_of
from services.waiting_reviews import awaiting_approval, awaiting_correction
from storage.figures import briefings, digests
from storage.figures.briefings import KeptBriefing
from storage.messages import undelivered
from storage.reports import data_queries, forms
from storage.schedule import rounds
from storage.schedule.rounds_of_day import rounds_of
from storage.schedule.streaks import streaks

SAME_MEETING = timedelta(hours=3)
"""Pages that are asked for so soon after each other are of one meeting: none is compared with the other."""

MOST_READ = 3
"""Of so many forms, the most urgent ones, figures are read; of the others only how they stand."""

LOOK_BACK = timedelta(days=7)
"""What was to be done so long ago and was not is asked for no more."""

REPORTS = ("missing_reports", "owed_still")
"""The kinds of what a page told of reports that have not come."""


def read_briefing(context: Context, actor: Actor, unit: Unit) -> BriefingFacts:
    """What the page of the unit is made from. Refused for whoever may not read its digest, and where no unit owes any report.

    Reads a few statements for each form, whatever the number of units; of a very large subtree the figures of its last digest.
    """
    demand(context, actor, "digest", unit)
    last = briefings.last_before(context.connection, actor.person.id, unit.id, context.now - SAME_MEETING)
    found = _rounds(context, unit, last)
    if not found:
        raise Refused("task_nothing_open")
    asked = [each for each in data_queries.open_questions(context.connection) if _is_under(context, each.unit_id, unit)]
    told = last.content.matters if last is not None else ()
    return BriefingFacts(
        unit,
        context.tree,
        context.now,
        context.zone,
        [*(_with_figures(context, unit, each) for each in found[:MOST_READ]), *found[MOST_READ:]],
        since=last.as_of if last is not None else _yesterday(context, unit),
        met=last is not None,
        told=told,
        still=tuple(_still(context, told, found)),
        approvals=[
            WaitingApproval(each.form, each.report, each.unit)
            for each in awaiting_approval(context, actor)
            if context.tree.is_within(each.unit, unit)
        ],
        asked=asked,
        unanswered=_unanswered(context, unit, asked),
        returned=[
            ReturnedReport(each.form, each.unit, each.period)
            for each in awaiting_correction(context, actor.duties)
            if context.tree.is_within(each.unit, unit)
        ],
        turns=[
            each
            for each in newest_turns_of(context.connection, context.tree, unit, context.now, context.zone)
            if each.turn.is_bad
        ],
        unacknowledged=_unacknowledged(context, actor, unit),
        contradictions=open_contradictions(context.connection, context.tree, context.today, [unit]),
        proposals=sum(each.state == "open" for each in propose_indicator.waiting(context, actor.person)),
        unsaid=_unsaid(context, actor),
        demonstration=context.demonstration,
    )


def keep_briefing(context: Context, actor: Actor, page: BriefingContent) -> int:
    """Keeps the page as it is shown: the next meeting asks what became of it. Its id."""
    return briefings.keep(context.connection, page, actor.person.id)


def kept_briefing(context: Context, actor: Actor, briefing_id: int) -> BriefingContent:
    """The page as it was shown. Refused where there is none, and for whoever may not read it."""
    kept = briefings.kept(context.connection, briefing_id)
    if kept is None:
        raise Refused("button_unknown_to_us")
    demand(context, actor, "digest", context.unit(kept.content.unit_id))
    return kept.content


def _rounds(context: Context, unit: Unit, last: KeptBriefing | None) -> list[RoundFacts]:
    """The forms by the calendar with the period that is talked of, those with the most missing reports first."""
    found = []
    for form, period in rounds_of(context.connection, None, context.now, context.zone):
        if form.schedule.period != "on change":
            round_of = _round(context, form, unit, period, last)
            if round_of is not None and _is_early(round_of, context.now):
                before = period_before(form.schedule.period_type, period)
                version = forms.published(context.connection, form.key, before)
                earlier = _round(context, version, unit, before, last) if version is not None else None
                round_of = earlier or round_of
            if round_of is not None:
                found.append(round_of)
    return sorted(found, key=lambda each: (-len(each.missing), -each.due_at.timestamp()))


def _is_early(of: RoundFacts, now: datetime) -> bool:
    """Whether the report is not due and fewer than half of the units have sent it: the period before is talked of."""
    return now < of.due_at and 2 * of.received < of.expected


def _round(context: Context, form: Form, unit: Unit, period: date, last: KeptBriefing | None) -> RoundFacts | None:
    expected = expected_units(form, context.tree, period, unit)
    if not expected:
        return None
    due_at = moment(form.schedule.due, period, context.zone)
    made = RoundFacts(
        form, period, due_at, 0, len(expected), (),
        can_be_nudged=context.now < moment(form.schedule.closes, period, context.zone),
    )  # fmt: skip
    if is_large(form, context.tree, period, unit):
        owing, silent = rounds.silent(context.connection, form, period, context.tree, expected)
        return replace(
            made,
            received=owing - len(silent),
            expected=owing,
            missing=silent if context.now >= due_at else (),
        )
    stand = rounds.standings(context.connection, form, period, context.tree, context.now, context.zone, expected)
    covered = coverage(stand)
    met_at = _met_at(last, form, period)
    return replace(
        made,
        received=covered.received,
        expected=covered.expected,
        missing=[context.unit(each.deadline.unit_id) for each in stand if each.status is Status.MISSING],
        streaks=streaks(context.connection, form, period, stand, context.tree, context.now),
        came=None if met_at is None else sum(_came_after(each, met_at) for each in stand),
        corrected=() if met_at is None else [each.deadline.unit_id for each in stand if _mended_after(each, met_at)],
    )


def _met_at(last: KeptBriefing | None, form: Form, period: date) -> datetime | None:
    """When the same period was last talked of."""
    is_same = last is not None and any((each.form, each.period) == (form.key, period) for each in last.content.sources)
    return last.as_of if last is not None and is_same else None


def _came_after(standing: Standing, at: datetime) -> bool:
    return standing.sent is not None and standing.sent.first_sent_at > at


def _mended_after(standing: Standing, at: datetime) -> bool:
    return standing.sent is not None and standing.sent.first_sent_at <= at < standing.sent.sent_at


def _with_figures(context: Context, unit: Unit, of: RoundFacts) -> RoundFacts:
    """With its figures, or those of its last digest where making one takes seconds."""
    if not is_large(of.form, context.tree, of.period, unit):
        return replace(of, evidence=evidence_of(context, of.form, unit, [of.period]))
    kept = digests.frozen_of(context.connection, of.form.key, [unit.id], of.period, most=1)
    return replace(of, kept=kept[0].digest.content if kept else None)


def _yesterday(context: Context, unit: Unit) -> datetime | None:
    """As of when the newest digest of an earlier day was."""
    midnight = context.local.replace(hour=0, minute=0, second=0, microsecond=0)
    return digests.last_as_of(context.connection, unit.id, midnight)


def _still(context: Context, told: Sequence[Matter], found: Sequence[RoundFacts]) -> Iterable[Matter]:
    """Of the reports that were missing at the last meeting those of earlier periods that have not come yet."""
    now = {(each.form.key, each.period) for each in found}
    wanted: dict[tuple[str, date], list[Matter]] = {}
    for each in told:
        if each.period is None or each.kind not in REPORTS or (each.form, each.period) in now:
            continue
        if each.period >= context.today - LOOK_BACK:
            wanted.setdefault((each.form, each.period), []).append(each)
    for (key, period), matters in wanted.items():
        form = forms.published(context.connection, key, period)
        units = [context.unit(each.unit_id) for each in matters]
        silent = rounds.silent(context.connection, form, period, context.tree, units)[1] if form is not None else []
        yield from (each for each in matters if each.unit_id in {unit.id for unit in silent})


def _unanswered(context: Context, unit: Unit, asked: Sequence[AskedBack]) -> list[AskedBack]:
    """Questions that ended without an answer, of figures that stand as they were and are not asked about again."""
    again = {(each.form, each.unit_id, each.period, each.indicator) for each in asked}
    found = {
        (each.form, each.unit_id, each.period, each.indicator): each
        for each in data_queries.unanswered(context.connection, context.now - LOOK_BACK)
        if _is_under(context, each.unit_id, unit)
    }
    return [each for about, each in found.items() if about not in again]


def _unacknowledged(context: Context, actor: Actor, unit: Unit) -> list[LateAnnouncement]:
    """For whoever may remind of them."""
    if not may("announce", unit, actor.duties, context.tree):
        return []
    since = context.now - LOOK_BACK
    found = unacknowledged_since(context.connection, context.tree, unit, since, context.now)
    return [
        LateAnnouncement(
            each.announcement,
            list(dict.fromkeys(each.units[one.unit_id] for one in each.receipts)),
            len({one.person_id for one in each.receipts}),
        )
        for each in found
    ]


def _unsaid(context: Context, actor: Actor) -> int:
    held = [duty for duty in actor.duties if duty.role == "admin"]
    if not held:
        return 0
    found = of_desk(undelivered.unsaid(context.connection, context.today), held, context.tree)
    return sum(each.can_be_said_again(context.channels, context.now) for each in found)


def _is_under(context: Context, unit_id: int, unit: Unit) -> bool:
    return context.tree.has(unit_id) and context.tree.is_within(context.unit(unit_id), unit)
