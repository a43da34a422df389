"""What waits: reports that were returned and not corrected yet, and reports that wait for somebody's approval."""

import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

from sqlalchemy import Connection

from reporting.access import Actor, may
from reporting.approvals import AwaitsApproval, doubts_of, unlooked
from reporting.approvers import Approvers
from reporting.errors import Refused
from reporting.figures.headlines import headlines
from reporting.figures.usual_range import UsualRange
from reporting.forms import TIERS, Form
from reporting.people import Duty
from reporting.reports import Report
from reporting.reviews import LOOK_BACK, Review, Reviewed, reviewed
from reporting.tick_parts import Apart, TickPart, as_one
from reporting.units import Unit, UnitTree
from services.approve import approvers
from services.context import Context
from storage.database.tick_parts import AS_ONE, TickParts
from storage.reports import approvals, forms, reports, reviews, usual_ranges

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class AwaitsCorrection:
    """A report that was returned and that its unit has not corrected yet. `returns`: what was said with it, oldest first."""

    form: Form
    unit: Unit
    period: date
    returns: tuple[Review, ...]

    @property
    def since(self) -> datetime:
        """Since when it waits for its unit."""
        return self.returns[0].at

    @property
    def figures(self) -> tuple[str, ...]:
        """The names of the questions that were returned, each once; none where anybody returned the whole report."""
        if any(not each.figures for each in self.returns):
            return ()
        return tuple(dict.fromkeys(name for each in self.returns for name in each.figures))


def awaiting_correction(context: Context, duties: Sequence[Duty]) -> list[AwaitsCorrection]:
    """Reports that were returned, of the units for which somebody with these duties reports or that he may look at, oldest first."""
    found = returned_reports(context.connection, context.tree, context.today)
    return [each for each in found if may("look", each.unit, duties, context.tree)]


def returned_reports(
    connection: Connection,
    tree: UnitTree,
    today: date,
    unit_ids: Collection[int] | None = None,
    *,
    apart: Apart = as_one,
) -> list[AwaitsCorrection]:
    """All reports that were returned and not corrected yet (of these units), the one that has waited longest first. `apart`: looks at
    each.
    """
    by_report: dict[tuple[str, int, date], list[Review]] = {}
    for each in reviews.waiting_returns(connection, today - LOOK_BACK, unit_ids):
        by_report.setdefault((each.form, each.unit_id, each.period), []).append(each)

    def waiting(key: str, unit_id: int, period: date) -> AwaitsCorrection | None:
        form = forms.published(connection, key, period)
        if form is None:
            return None
        return AwaitsCorrection(form, tree.unit(unit_id), period, tuple(by_report[key, unit_id, period]))

    found = (apart(TickPart(form=each[0], unit_id=each[1]), partial(waiting, *each)) for each in by_report)
    return [each for each in found if each is not None]


def awaiting_approval(context: Context, actor: Actor) -> list[AwaitsApproval]:
    """The reports that this person may approve now, oldest period first, form by form."""
    if not any(duty.role in (*TIERS, "deputy") for duty in actor.duties):
        return []
    by = approvers(context.connection, context.tree, context.now, context.zone)
    return [
        each
        for form in context.forms
        for each in reports_awaiting_approval(context.connection, form, by, context.today)
        if each.awaited in by.tiers(each.form, each.unit, actor.duties)
    ]


def reports_awaiting_approval(
    connection: Connection, form: Form, by: Approvers, today: date, *, apart: Apart = as_one
) -> list[AwaitsApproval]:
    """The newest revisions of a form's reports that wait for approval, oldest period first; none where it never asked for any.

    Each with the form in its version of then, by which it is approved. `apart`: looks at each.
    """
    if not form.approval and not form.approval_until:
        return []
    found = approvals.waiting(connection, form.key, today - LOOK_BACK)
    steps = reviews.of_many(connection, form.key, {(each.unit_id, each.period) for each in found})
    awaited = (
        apart(TickPart(form=form.key, unit_id=report.unit_id), partial(_awaited, then, report, steps, by))
        for report in found
        for then in [_form_then(connection, form, report.period)]
    )
    return [each for each in awaited if each is not None]


def with_doubts(
    connection: Connection, found: Sequence[AwaitsApproval], *, parts: TickParts = AS_ONE
) -> list[AwaitsApproval]:
    """The same, each with what of it is in doubt. Part by part, one at which we stumble is itself in doubt."""
    looked = parts.in_halves(connection, found, part_of_report, partial(_with_doubts, connection))
    known = {part_of_report(each): each for some in looked for each in some}
    return [known.get(part_of_report(each)) or replace(each, doubts=(unlooked(each.form),)) for each in found]


def looked_at(connection: Connection, found: Sequence[AwaitsApproval]) -> list[AwaitsApproval]:
    """The same for somebody who asks: what we stumble at is in the log."""
    return with_doubts(connection, found, parts=noted_parts())


def noted_parts() -> TickParts:
    """All is done part by part where it fails as one; what fails by itself is in the log."""
    return TickParts(lambda part, error: logger.error("A report at which we stumble: %s", part, exc_info=error))


def part_of_report(of: AwaitsApproval) -> TickPart:
    """What a report that waits is among many."""
    return TickPart(form=of.form.key, unit_id=of.unit.id, row=f"period {of.report.period.isoformat()}")


def _with_doubts(connection: Connection, found: Sequence[AwaitsApproval]) -> list[AwaitsApproval]:
    rounds: dict[tuple[str, date], list[AwaitsApproval]] = {}
    for each in found:
        rounds.setdefault((each.form.key, each.report.period), []).append(each)
    usual: dict[tuple[str, int, date], Mapping[str, UsualRange]] = {}
    for (key, period), some in rounds.items():
        names, ids = [each.name for each in headlines(some[0].form)], {each.unit.id for each in some}
        ranges = usual_ranges.of_units(connection, key, period, names, ids)
        usual |= {(key, unit_id, period): of for unit_id, of in ranges.items()}
    return [
        replace(
            each,
            doubts=doubts_of(each.form, each.report, usual.get((each.form.key, each.unit.id, each.report.period), {})),
        )
        for each in found
    ]


def states_of(connection: Connection, form: Form, newest: Iterable[Report]) -> dict[tuple[int, date], Reviewed]:
    """Where these reports of a form stand, of which each is the newest revision; by unit id and period."""
    by_place = {(each.unit_id, each.period): each for each in newest}
    steps = reviews.of_many(connection, form.key, by_place.keys())
    return {place: reviewed(each, form.approval, steps.get(place, ())) for place, each in by_place.items()}


def _form_then(connection: Connection, form: Form, period: date) -> Form:
    """The version that says who approves the reports of a period."""
    return (forms.published(connection, form.key, period) or form) if form.approval_until else form


def _awaited(
    form: Form, report: Report, steps: Mapping[tuple[int, date], Sequence[Review]], by: Approvers
) -> AwaitsApproval | None:
    here = reviewed(report, form.approval, steps.get((report.unit_id, report.period), ()))
    unit = by.tree.unit(report.unit_id)
    awaited = here.next_tier(by.vacant(form, unit))
    if awaited is None or not here.awaits_approval:
        return None
    return AwaitsApproval(form, report, unit, here, awaited)


def report_numbered_for_review(context: Context, number: str) -> tuple[Form, Unit, Report]:
    """The report with this number, of a form in force. Refused where there is none."""
    for report in reports.numbered(context.connection, number.upper()):
        form = next((form for form in context.forms if form.key == report.form), None)
        if form is not None:
            return _form_then(context.connection, form, report.period), context.unit(report.unit_id), report
    raise Refused("approve_unknown", number=number[:40])
