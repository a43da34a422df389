"""Compare units: all those under one, ranked by a figure, or some of them beside each other."""

from collections.abc import Sequence
from datetime import date

from reporting.access import Actor
from reporting.digests.evidence import Evidence
from reporting.errors import Refused
from reporting.figures.headlines import headlines, numeric
from reporting.forms import Form, Question
from reporting.units import Unit
from services.access import demand
from services.context import Context
from services.read_digest import evidence_for, evidence_of, no_form_then

MOST_COMPARED = 6


def ranked_units(
    context: Context, actor: Actor, form: Form, unit: Unit, period: date, question: Question | None = None
) -> tuple[Evidence, Question]:
    """All units under one, and the figure that they are ranked by: this one, or the first that a leader reads where it is None or
    not of those days. Refused where there is nothing to compare, and for whoever may not see it.
    """
    found = evidence_for(context, actor, form, unit, [period])
    if not headlines(found.form):
        raise Refused("task_nothing_open")
    same = [each for each in numeric(found.form) if question is not None and each.name == question.name]
    return found, (same or headlines(found.form))[0]


def units_side_by_side(
    context: Context, actor: Actor, form: Form, units: Sequence[Unit], period: date
) -> tuple[Evidence, Sequence[Unit]]:
    """The first of the units, each a row of the evidence of the nearest unit above them all. Refused like the ranking.

    The unit above need not be the actor's to read: only the rows of these units are told.
    """
    for unit in units:
        demand(context, actor, "digest", unit)
    some = units[:MOST_COMPARED]
    within = context.tree.is_within
    above = [unit for unit in context.tree.above(some[0]) if all(within(each, unit) for each in some)]
    found = evidence_of(context, form, above[0], [period]) if above else None
    if found is None:
        raise no_form_then(form, period)
    return found, some
