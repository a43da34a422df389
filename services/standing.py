"""See how units stand with a report: who has sent it, who has not, and why."""

from datetime import date

from reporting.access import Actor
from reporting.forms import Form
from reporting.rounds.standing_table import StandingTable
from reporting.rounds.standings import expected_units
from reporting.units import Unit
from services.access import demand
from services.context import Context
from services.digest_evidence import late_reasons_of
from storage.schedule.rounds_of_day import standings_of_day


def standing(context: Context, actor: Actor, form: Form, unit: Unit, period: date) -> StandingTable | None:
    """Where the units under `unit` stand; None where none is expected to report. Refused for whoever may not see it."""
    demand(context, actor, "standing", unit)
    expected = expected_units(form, context.tree, period, unit)
    if not expected:
        return None
    found = standings_of_day(context.connection, form, period, context.tree, context.now, context.zone, expected)
    reasons = late_reasons_of(context.connection, form, period)
    return StandingTable(form, period, unit, found, reasons, context.tree, context.now, context.zone)
