"""Reopen: a closed report of one unit may be sent and corrected again, until a time; its people are told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from reporting.access import Actor
from reporting.events.reviews import Reopened
from reporting.filling.tasks import expects
from reporting.forms import Form
from reporting.people import Person
from reporting.rounds.deadlines import deadline
from reporting.units import Unit
from services.access import demand
from services.context import Context
from storage.database import audit
from storage.organisation import people
from storage.reports import drafts, reopening


@dataclass(frozen=True, slots=True)
class Reopening:
    """What came of it. `until`: when the report closes now; `people`: who reports for the unit, and is told."""

    state: Literal["not expected", "open already", "reopened"]
    until: datetime
    people: Sequence[Person] = ()
    events: Sequence[Reopened] = ()


def reopen(context: Context, actor: Actor, form: Form, unit: Unit, period: date, until: datetime) -> Reopening:
    """Opens the report, unless the unit owes none or it is open as long anyway. Refused for whoever may not."""
    demand(context, actor, "reopen", unit)
    if not expects(form, unit, context.tree, period):
        return Reopening("not expected", until)
    due = deadline(form.key, form.schedule, unit.id, period, context.zone)
    closes_at = reopening.closes_at(context.connection, due)
    if until <= closes_at:
        return Reopening("open already", closes_at)
    open_until(context, actor.person, form, unit, period, until)
    theirs = people.with_duty(context.connection, unit.id, ("reporter", "deputy"), context.today)
    for each in theirs:
        drafts.shown(context.connection, each.address, None)
    events = [Reopened(each, actor.person, form, unit, period, until) for each in theirs]
    return Reopening("reopened", until, theirs, events)


def open_until(context: Context, by: Person, form: Form, unit: Unit, period: date, until: datetime) -> None:
    """From now until then the unit may send and correct this report; with its audit line, and nobody is told."""
    reopening.open_until(context.connection, form.key, unit.id, period, until, by.id, context.now)
    audit.write(
        context.connection,
        context.now,
        by.id,
        "reopened",
        form=form.key,
        unit_id=unit.id,
        period=period,
        until=until.isoformat(timespec="minutes"),
    )
