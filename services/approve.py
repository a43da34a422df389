"""Approve, tier by tier: a provisional report becomes what the public is told; and un-approve, so that it is so no more."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from reporting.access import Actor
from reporting.approvers import Approvers
from reporting.errors import Refused
from reporting.events.reviews import Approved, Unapproved
from reporting.forms import TIERS, Form, Tier
from reporting.people import Person
from reporting.reports import Report
from reporting.reviews import LONGEST_COMMENT, Review, Reviewed, ReviewStep, reviewed
from reporting.units import Unit, UnitTree
from services.access import refuse
from services.context import Context
from storage.database import audit
from storage.figures import figures
from storage.organisation import leaves, people
from storage.reports import approvals, forms, reports, reviews
from storage.reports.accepting import ripple, stand


@dataclass(frozen=True, slots=True)
class Approval:
    """What came of it. «stale»: there is no such report any more, or a newer revision of it. `number`: the report's.

    «not yet»: a tier below is to approve it first. «passed on»: it waits for the tier `awaited` now.
    """

    state: Literal["stale", "approved before", "not yet", "passed on", "approved"]
    number: str = ""
    events: Sequence[Approved] = ()
    awaited: Tier | None = None


@dataclass(frozen=True, slots=True)
class Unapproval:
    """What came of it; «not approved»: there is no approval that this person could take back. `awaited`: the tier it waits for."""

    state: Literal["stale", "not approved", "unapproved"]
    number: str = ""
    awaited: Tier | None = None
    events: Sequence[Unapproved] = ()


def approvers(connection: Connection, tree: UnitTree, on: datetime, zone: ZoneInfo) -> Approvers:
    """Who approves on that day."""
    day = on.astimezone(zone).date()
    duties = people.duties(connection, day, roles=(*TIERS, "deputy"))
    return Approvers(duties, leaves.away(connection, day, TIERS), tree)


def approve(context: Context, actor: Actor, form: Form, unit: Unit, period: date, revision: int) -> Approval:
    """The tap by which a tier approves the newest revision, if it is this one; the last one accepts it. Refused for whoever may not.

    A return that its unit has not answered is taken back by it.
    """
    by = approvers(context.connection, context.tree, context.now, context.zone)
    mine = by.tiers(form, unit, actor.duties)
    if not mine:
        refuse(context, actor, "approve", unit)
    reviews.hold(context.connection, form.key, unit.id, period)
    report = reports.newest(context.connection, form.key, unit.id, period)
    if report is None or report.revision != revision:
        return Approval("stale")
    here = state_of(context.connection, form, report)
    awaited = here.next_tier(by.vacant(form, unit))
    if awaited is None:
        return Approval("approved before", report.number)
    if awaited not in mine:
        is_below = TIERS.index(awaited) < TIERS.index(mine[0])
        return Approval("not yet" if is_below else "approved before", report.number, awaited=awaited)
    if report.sent_by == actor.person.id and awaited in by.standing_in(form, unit, actor.duties):
        raise Refused("approve_own_as_deputy", number=report.number)
    tier = _highest(here, mine, awaited)
    if tier != form.approval[-1]:
        _keep(context.connection, report, "approved", tier, actor.person.id, context.now)
        now_awaited = state_of(context.connection, form, report).next_tier(by.vacant(form, unit))
        return Approval("passed on", report.number, awaited=now_awaited)
    if not accept(context.connection, report, actor.person.id, context.now, context.zone, tier):
        return Approval("approved before", report.number)
    sender = _sender(context, report, but=actor.person)
    told = Approved(sender, actor.person, unit, form.period(period), report.number) if sender is not None else None
    return Approval("approved", report.number, (told,) if told is not None else ())


def _highest(here: Reviewed, mine: Sequence[Tier], awaited: Tier) -> Tier:
    """Whoever holds the tier above too approves as both at once."""
    tier = awaited
    for each in here.tiers[here.tiers.index(awaited) + 1 :]:
        if each not in mine:
            break
        tier = each
    return tier


def unapprove(
    context: Context, actor: Actor, form: Form, unit: Unit, period: date, revision: int, reason: str
) -> Unapproval:
    """An approval is taken back, for a reason: the report waits again, for the tier below if there is one, and is public no more.

    Refused for whoever may not, and without a reason.
    """
    by = approvers(context.connection, context.tree, context.now, context.zone)
    mine = by.tiers(form, unit, actor.duties)
    if not mine:
        refuse(context, actor, "unapprove", unit)
    said = " ".join(reason.split())[:LONGEST_COMMENT]
    if not said:
        raise Refused("unapprove_reason_needed")
    reviews.hold(context.connection, form.key, unit.id, period)
    report = reports.newest(context.connection, form.key, unit.id, period)
    if report is None or report.revision != revision:
        return Unapproval("stale")
    here = state_of(context.connection, form, report)
    if not here.may_unapprove(mine[-1]):
        return Unapproval("not approved", report.number)
    if not report.provisional:
        withdraw_acceptance(context.connection, report, context.now, context.zone)
    _keep(context.connection, report, "unapproved", mine[-1], actor.person.id, context.now, said)
    awaited = state_of(context.connection, form, replace(report, provisional=True)).next_tier(by.vacant(form, unit))
    sender = _sender(context, report, but=actor.person) if mine[-1] == form.approval[0] else None
    told = Unapproved(sender, actor.person, form, unit, period, report.number, said) if sender is not None else None
    return Unapproval("unapproved", report.number, awaited, (told,) if told is not None else ())


def state_of(connection: Connection, form: Form, report: Report) -> Reviewed:
    """Where a report stands, of which this is the newest revision."""
    return reviewed(report, form.approval, reviews.of_one(connection, form.key, report.unit_id, report.period))


def accept(
    connection: Connection, report: Report, by: int | None, now: datetime, zone: ZoneInfo, tier: Tier | Literal[""] = ""
) -> bool:
    """The revision is provisional no more, and its figures stand; False if there was nothing to approve.

    `tier`: the last one, «» where none is asked for any more.
    """
    if not report.provisional or not approvals.settle(connection, report):
        return False
    form = forms.version(connection, report.form, report.version)
    after = _stood(connection, report, accepted=True) + 1
    stand(connection, form, replace(report, provisional=False), now, max(report.revision, after), zone)
    _keep(connection, report, "approved", tier, by, now)
    return True


def withdraw_acceptance(connection: Connection, report: Report, now: datetime, zone: ZoneInfo) -> None:
    """Nothing of the report is accepted any more: no figure of it is told, and what it says waits. What rests on it follows."""
    approvals.withdraw(connection, report)
    form = forms.version(connection, report.form, report.version)
    place, after = (report.unit_id, report.period), _stood(connection, report) + 1
    figures.put(connection, form, *place, {}, as_of=now, revision=after, source="report")
    ripple(connection, form, *place, now, zone)
    stand(connection, form, replace(report, provisional=True), now, after, zone)


def _stood(connection: Connection, report: Report, *, accepted: bool = False) -> int:
    stood = figures.of_period(connection, report.form, report.unit_id, report.period, accepted=accepted)
    return max((each.revision for each in stood.values()), default=0)


def _keep(
    connection: Connection,
    report: Report,
    step: ReviewStep,
    tier: Tier | Literal[""],
    by: int | None,
    now: datetime,
    reason: str = "",
) -> None:
    """The step, with its audit line."""
    about = (report.form, report.unit_id, report.period, report.revision)
    reviews.keep(connection, Review(0, *about, step, tier, (), reason, by, now))
    audit.write(
        connection,
        now,
        by,
        step,
        form=report.form,
        unit_id=report.unit_id,
        period=report.period,
        number=report.number,
        revision=report.revision,
        tier=tier,
        reason=reason,
    )


def _sender(context: Context, report: Report, but: Person) -> Person | None:
    """Who sent it, if that was somebody else."""
    if report.sent_by is None or report.sent_by == but.id:
        return None
    return people.people_of(context.connection, [report.sent_by]).get(report.sent_by)
