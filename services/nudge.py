"""Nudge («đôn đốc»): whoever owes a report hears it at once, by a leader's wish, and not twice within minutes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from reporting.access import ABOVE, Actor
from reporting.events.queries import Nudge
from reporting.forms import Form
from reporting.people import Person
from reporting.receivers import Receiver
from reporting.rounds.deadlines import deadline
from reporting.rounds.nudge import NUDGE_AGAIN, Nudged, nudge_rule
from reporting.rounds.reminder_record import ReminderRecord
from reporting.rounds.standings import expected_units
from reporting.units import Unit
from services.access import demand
from services.context import Context
from services.digest_evidence import late_reasons_of
from storage.database import audit
from storage.organisation import people
from storage.reports import reopening
from storage.schedule import nudges, reminder_log, rounds


@dataclass(frozen=True, slots=True)
class NudgeRecord:
    """What became of a nudge; `events` are to be put in the outbox, `records` is what says of each of them that it was."""

    nudged: Nudged
    events: Sequence[Nudge]
    records: Sequence[ReminderRecord]


def nudge(context: Context, actor: Actor, form: Form, root: Unit, period: date) -> NudgeRecord:
    """Whoever owes a report under `root` is to be told, once, whichever process does it; recorded and audited.

    Refused for whoever may not. Whoever calls puts the events in the outbox and says so by `queued`.
    """
    demand(context, actor, "nudge", root)
    owing = _owing(context, form, root, period)
    recently = nudges.nudged_since(context.connection, form.key, period, context.now - NUDGE_AGAIN)
    by_person, nobody = _charged(context, form, [unit for unit in owing if unit.id not in recently])
    records = _recorded(context, form, period, by_person)
    told, reached = {each.person_id for each in records}, {each.unit_id for each in records}
    theirs = {person: units for person, units in by_person.items() if person.id in told}
    events = _events(context, actor, form, root, period, theirs)
    units = [unit for unit in owing if unit.id in reached]
    _audit(context, actor, form, root, period, units)
    others = [unit for unit in owing if unit.id not in reached and unit not in nobody]
    return NudgeRecord(
        Nudged(units, others, nobody, late_reasons_of(context.connection, form, period)), events, records
    )


def queued(connection: Connection, of: NudgeRecord, messages: Sequence[int]) -> None:
    """The events were put in the outbox, as the messages with these ids, in their order: so what became of them can be told."""
    by_person = {event.to.id: message for event, message in zip(of.events, messages, strict=True)}
    nudges.put_in_outbox(connection, [each._replace(message=by_person[each.person_id]) for each in of.records])


def _owing(context: Context, form: Form, root: Unit, period: date) -> list[Unit]:
    """The units that owe the report by now and can still send it."""
    units = expected_units(form, context.tree, period, root)
    found = rounds.standings(context.connection, form, period, context.tree, context.now, context.zone, units)
    owing = [context.unit(each.deadline.unit_id) for each in found if each.is_open]
    return [unit for unit in owing if context.now < _closes_at(context, form, unit, period)]


def _closes_at(context: Context, form: Form, unit: Unit, period: date) -> datetime:
    due = deadline(form.key, form.schedule, unit.id, period, context.zone)
    return due.closes_at if context.now < due.closes_at else reopening.closes_at(context.connection, due)


def _charged(context: Context, form: Form, units: Sequence[Unit]) -> tuple[dict[Person, list[Unit]], list[Unit]]:
    """Whom words can reach of those who are charged with these units' reports, each with his units; the units with nobody."""
    recipients = rounds.recipients_of(context.connection, context.tree, context.today, context.channels)
    by_person, nobody = dict[int, list[Unit]](), list[Unit]()
    for unit in units:
        seats = recipients.hear(Receiver.REPORTER, unit.id, form)
        for person_id, _ in seats:
            by_person.setdefault(person_id, []).append(unit)
        if not seats:
            nobody.append(unit)
    known = people.people_of(context.connection, by_person)
    return {known[each]: theirs for each, theirs in by_person.items() if each in known}, nobody


def _recorded(
    context: Context, form: Form, period: date, by_person: Mapping[Person, Sequence[Unit]]
) -> list[ReminderRecord]:
    """What is told now, and not by another process at this very moment."""
    rule = nudge_rule(context.now)
    new = [
        ReminderRecord(rule, form.key, unit.id, period, person.id, context.now)
        for person, units in by_person.items()
        for unit in units
    ]
    return reminder_log.record(context.connection, new)


def _events(
    context: Context, actor: Actor, form: Form, root: Unit, period: date, by_person: Mapping[Person, Sequence[Unit]]
) -> list[Nudge]:
    due_at = deadline(form.key, form.schedule, root.id, period, context.zone).due_at
    seat = _seat(context, actor, root)
    return [
        Nudge(person, actor.person, seat, form, period, units, due_at, context.now)
        for person, units in by_person.items()
    ]


def _audit(context: Context, actor: Actor, form: Form, root: Unit, period: date, told: Sequence[Unit]) -> None:
    audit.write(
        context.connection,
        context.now,
        actor.person.id,
        "nudged",
        form=form.key,
        unit_id=root.id,
        period=period,
        units=[unit.id for unit in told],
    )


def _seat(context: Context, actor: Actor, root: Unit) -> Unit:
    """The unit by whose duty the actor acts: the nearest of his to `root` or above it."""
    own = [duty.unit_id for duty in actor.duties if duty.role in ABOVE]
    return next((unit for unit in context.tree.above(root) if unit.id in own), root)
