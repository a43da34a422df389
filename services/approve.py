"""Approve: a provisional report becomes what the public is told; whoever sent it hears so, and whoever may sees what waits."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from reporting.access import Actor, may_approve
from reporting.errors import Refused
from reporting.events import ApprovalWanted, Approved
from reporting.forms import Form
from reporting.people import Role
from reporting.reports import Report
from reporting.units import Unit, UnitTree
from services.access import refuse
from services.context import Context
from storage.database import audit
from storage.figures import figures
from storage.organisation import people
from storage.reports import approving, forms, reports
from storage.reports.accepting import stand

LOOK_BACK = timedelta(days=31)
"""A report that nobody has approved for so long is not shown any more, and nobody is told of it."""


@dataclass(frozen=True, slots=True)
class Approval:
    """What came of it; «stale»: there is no such report any more, or a newer revision of it. `number`: the report's."""

    state: Literal["stale", "approved before", "approved"]
    number: str = ""
    events: Sequence[Approved] = ()


@dataclass(frozen=True, slots=True)
class WaitingReport:
    """A report that waits for approval."""

    form: Form
    report: Report
    unit: Unit


def approve(context: Context, actor: Actor, form: Form, unit: Unit, period: date, revision: int) -> Approval:
    """The tap by which the newest revision, if it is this one, is accepted. Refused for whoever may not."""
    if not may_approve(form, unit, actor.duties, context.tree):
        refuse(context, actor, "approve", unit)
    report = reports.newest(context.connection, form.key, unit.id, period)
    if report is None or report.revision != revision:
        return Approval("stale")
    if not accept(context.connection, report, actor.person.id, context.now, context.zone):
        return Approval("approved before", report.number)
    if report.sent_by is None or report.sent_by == actor.person.id:
        return Approval("approved", report.number)
    sender = people.person_of(context.connection, report.sent_by)
    return Approval(
        "approved", report.number, (Approved(sender, actor.person, unit, form.period(period), report.number),)
    )


def accept(connection: Connection, report: Report, by: int, now: datetime, zone: ZoneInfo) -> bool:
    """The revision is provisional no more, and its figures stand, with its audit line; False if there was nothing to approve."""
    if not report.provisional or not approving.settle(connection, report):
        return False
    place = (report.form, report.unit_id, report.period)
    stood = figures.of_period(connection, *place, accepted=True)
    after = max((each.revision for each in stood.values()), default=0) + 1
    form = forms.version(connection, report.form, report.version)
    stand(connection, form, replace(report, provisional=False), now, max(report.revision, after), zone)
    audit.write(
        connection,
        now,
        by,
        "approved",
        form=report.form,
        unit_id=report.unit_id,
        period=report.period,
        number=report.number,
        revision=report.revision,
    )
    return True


def numbered(context: Context, number: str) -> WaitingReport:
    """The report with this number, of a form in force. Refused where there is none."""
    for report in reports.numbered(context.connection, number.upper()):
        form = next((form for form in context.forms if form.key == report.form), None)
        if form is not None:
            return WaitingReport(form, report, context.unit(report.unit_id))
    raise Refused("approve_unknown", number=number[:40])


def waiting_for(context: Context, actor: Actor) -> list[WaitingReport]:
    """The reports that this person may approve, oldest period first, form by form."""
    found = []
    for form in context.forms:
        if any(duty.role == form.approval for duty in actor.duties):
            for report in waiting(context.connection, form, context.today):
                unit = context.unit(report.unit_id)
                if may_approve(form, unit, actor.duties, context.tree):
                    found.append(WaitingReport(form, report, unit))
    return found


def waiting(connection: Connection, form: Form, today: date) -> list[Report]:
    """The newest revisions of a form that wait for approval, oldest period first; none where it asks for none."""
    return approving.waiting(connection, form.key, today - LOOK_BACK) if form.approval != "none" else []


def wanted_of(connection: Connection, form: Form, tree: UnitTree, today: date) -> list[ApprovalWanted]:
    """Each report of a form that waits, to each of those who may approve it, in the order of their ids."""
    found = waiting(connection, form, today)
    roles: tuple[Role, ...] = (form.approval,) if form.approval != "none" else ()
    duties = people.duties(connection, today, roles=roles) if found else []
    known = people.people_of(connection, {duty.person_id for duty in duties}) if duties else {}
    events = list[ApprovalWanted]()
    for report in found:
        unit = tree.unit(report.unit_id)
        ids = {duty.person_id for duty in duties if may_approve(form, unit, [duty], tree)}
        events += [ApprovalWanted(known[each], form, report, unit) for each in sorted(ids) if each in known]
    return events
