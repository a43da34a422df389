"""Return a report with a comment: its unit is to look at it, or at single figures of it, again; only the unit changes figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from reporting.access import Actor
from reporting.errors import Refused
from reporting.filling.tasks import FILLERS, is_charged
from reporting.forms import Form
from reporting.people import Person
from reporting.reports import Report
from reporting.reviews import LONGEST_COMMENT, Review, returnable
from reporting.rounds.deadlines import deadline
from reporting.units import Unit
from services.access import demand
from services.approve import approvers, withdraw_acceptance
from services.context import Context
from services.reopen import open_until
from storage.database import audit
from storage.organisation import people
from storage.reports import forms, reopening, reports, reviews

OPEN_FOR = timedelta(days=7)
"""So long a report that was returned can be corrected, where it closes earlier."""


@dataclass(frozen=True, slots=True)
class ReportReturn:
    """What came of it; «stale»: a newer revision has come, or there is no report.

    `review`: the step as it is kept; `people`: who reports for the unit today, and is told by the clock; `until`: when it closes.
    """

    state: Literal["stale", "returned"]
    review: Review | None = None
    people: Sequence[Person] = ()
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Returnable:
    """A report that somebody may return, as it stands: the revision, and what was said with it already and is not answered."""

    form: Form
    unit: Unit
    report: Report
    returns: Sequence[Review]


def report_to_return(
    context: Context, actor: Actor, form: Form, unit: Unit, period: date, revision: int | None = None
) -> Returnable | None:
    """The newest revision; None where there is none, or another than the one meant. Refused for whoever may not return it."""
    by = approvers(context.connection, context.tree, context.now, context.zone)
    if not by.tiers(form, unit, actor.duties):
        demand(context, actor, "return", unit)
    report = reports.newest(context.connection, form.key, unit.id, period)
    if report is None or revision not in (None, report.revision):
        return None
    kept = forms.version(context.connection, form.key, report.version)
    steps = reviews.of_one(context.connection, form.key, unit.id, period)
    waiting = [each for each in steps if each.revision == report.revision and each.step == "returned"]
    return Returnable(kept, unit, report, waiting)


def return_report(
    context: Context,
    actor: Actor,
    form: Form,
    unit: Unit,
    period: date,
    revision: int,
    figures: Sequence[str],
    comment: str,
) -> ReportReturn:
    """The report is returned, whole or for these figures (names of its questions), for the reason in the comment.

    It can be corrected from now on though it was closed. Of a form with approval its figures are public no more. Somebody else's
    return of the same revision stands beside this one. Refused for whoever may not, and without a comment.
    """
    if not comment.strip():
        raise Refused("return_comment_needed")
    reviews.hold(context.connection, form.key, unit.id, period)
    found = report_to_return(context, actor, form, unit, period, revision)
    if found is None:
        return ReportReturn("stale")
    known = [question.name for question in returnable(found.form, found.report.answers) if question.name in figures]
    about = (form.key, unit.id, period, revision)
    said = " ".join(comment.split())[:LONGEST_COMMENT]
    new = Review(0, *about, "returned", "", tuple(known), said, actor.person.id, context.now)
    kept = reviews.keep(context.connection, new)
    audit.write(
        context.connection,
        context.now,
        actor.person.id,
        "returned",
        form=form.key,
        unit_id=unit.id,
        period=period,
        number=found.report.number,
        revision=revision,
        figures=known,
        comment=said,
    )
    if form.approval and not found.report.provisional:
        withdraw_acceptance(context.connection, found.report, context.now, context.zone)
    until = _open(context, actor, form, unit, period)
    return ReportReturn("returned", kept, charged_with(context, form, unit, found.report), until)


def charged_with(context: Context, form: Form, unit: Unit, report: Report) -> list[Person]:
    """Who is to correct it: the unit's reporters and deputies today; of a form that leaders fill whoever sent it, if he still may."""
    if form.by == "reporter":
        return people.with_duty(context.connection, unit.id, FILLERS["reporter"], context.today)
    held = people.duties(context.connection, context.today, roles=FILLERS["leader"])
    ids = {duty.person_id for duty in held if is_charged(form, unit, [duty], context.tree)}
    found = people.people_of(context.connection, [each for each in ids if each == report.sent_by] or ids)
    return list(found.values())


def _open(context: Context, actor: Actor, form: Form, unit: Unit, period: date) -> datetime:
    """When the report closes now, which is some days from now at least: whoever returns it wants it corrected."""
    due = deadline(form.key, form.schedule, unit.id, period, context.zone)
    closes_at, until = reopening.closes_at(context.connection, due), context.now + OPEN_FOR
    if closes_at >= until:
        return closes_at
    open_until(context, actor.person, form, unit, period, until)
    return until
