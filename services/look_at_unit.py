"""Look at one unit: its page with its figures and their history; of a unit above those that report, the list of these."""

from datetime import date

from reporting.access import ACTIONS, Actor, may
from reporting.digests.unit_page import UnitPage
from reporting.forms import Form
from reporting.reviews import Reviewed, reviewed
from reporting.rounds.rates import rates
from reporting.rounds.standings import expected_units
from reporting.units import Unit
from services.access import demand
from services.approve import approvers
from services.context import Context
from services.digest_evidence import late_reasons_of
from services.read_digest import evidence_of
from services.usual_ranges import ranges_of
from storage.figures import figures
from storage.organisation import people
from storage.reports import data_queries, reports, reviews
from storage.schedule import reminder_evidence, rounds

MOST_LISTED = 60
"""With more units than this the tier right below is listed, to go down by."""


def units_below(context: Context, actor: Actor, form: Form, unit: Unit, period: date) -> list[Unit]:
    """The units to go on to, as their names sort; none where the unit itself reports. Refused for whoever may not look."""
    demand(context, actor, "look", unit)
    below = expected_units(form, context.tree, period, unit)
    if not below or below == [unit]:
        return []
    found = context.tree.children(unit, period) if len(below) > MOST_LISTED else below
    return sorted(found, key=lambda each: each.name_order)


def look_at_unit(context: Context, actor: Actor, form: Form, unit: Unit, period: date) -> UnitPage | None:
    """The unit's page; None where it is not expected to report. Refused for whoever may not look."""
    demand(context, actor, "look", unit)
    evidence = evidence_of(context, form, unit, [period])
    if evidence is None:
        return None
    connection, form = context.connection, evidence.form
    place = (form.key, unit.id, period)
    revisions = reports.revisions(connection, *place)
    steps = reviews.of_one(connection, *place)
    here = reviewed(revisions[0], form.approval, steps) if revisions else None
    doers = {*(each.sent_by for each in revisions), *(each.by for each in steps)}
    known = people.people_of(connection, {each for each in doers if each is not None})
    first_on, now = period.replace(day=1), context.now
    month = rounds.standings_between(connection, form, first_on, period, context.tree, now, context.zone, unit)
    contacts = people.with_duty(connection, unit.id, ("reporter", "deputy"), context.today)
    return UnitPage(
        evidence=evidence,
        standing=evidence.standings[0] if evidence.standings else None,
        figures=figures.of_period(connection, *place),
        revisions=revisions,
        asked=data_queries.of_report(connection, *place),
        names={person_id: person.name for person_id, person in known.items()},
        reviews=steps,
        reviewed=here,
        reason=late_reasons_of(connection, form, period).get(unit.id),
        told=reminder_evidence.words_about(connection, form.key, period, [unit.id]),
        rates=rates(month, now),
        contacts=[each.name for each in contacts],
        may=_allowed(context, actor, form, unit, here),
        usual=ranges_of(connection, form, unit.id, period),
    )


def _allowed(context: Context, actor: Actor, form: Form, unit: Unit, here: Reviewed | None) -> frozenset[str]:
    """What the reader may do to the unit, and to its report as it stands."""
    allowed: set[str] = {action for action in ACTIONS if may(action, unit, actor.duties, context.tree)}
    if here is None or not form.approval:
        return frozenset(allowed)
    by = approvers(context.connection, context.tree, context.now, context.zone)
    mine = by.tiers(form, unit, actor.duties)
    if mine:
        allowed.add("return")
        if here.next_tier(by.vacant(form, unit)) in mine:
            allowed.add("approve")
        if here.may_unapprove(mine[-1]):
            allowed.add("unapprove")
    return frozenset(allowed)
