"""Nudging («đôn đốc»): whoever owes a report hears it at once, by a leader's wish, and not twice within minutes."""

from collections.abc import Sequence
from datetime import date, datetime

from handlers.leaders.leader_access import Asker, place, reasons_said
from messages.leaders.acting_words import NUDGE_AGAIN, Nudged, nudge_say, nudge_told
from messages.reminders.reminder_words import report_named
from reporting.forms import Form
from reporting.rounds.periods import deadline
from reporting.rounds.reminder_record import ReminderRecord
from reporting.rounds.standings import expected_units
from reporting.say import Say
from reporting.units import Unit
from services.context import Context
from storage.database import audit
from storage.messages import outbox
from storage.organisation import people
from storage.reports import reopening
from storage.schedule import nudges, reminder_log, rounds


def nudge(context: Context, asker: Asker, form: Form, root: Unit, period: date) -> list[Say]:
    """Tells who owes a report under `root`, which is recorded and audited; what the leader hears of it."""
    owing = _owing(context, form, root, period)
    recently = nudges.nudged_since(context.connection, form.key, period, context.now - NUDGE_AGAIN)
    charges = rounds.charges(context.connection, context.tree, context.today)
    seats = {unit.id: charges.hear("reporter", unit.id, form) for unit in owing if unit.id not in recently}
    nobody = [unit for unit in owing if unit.id in seats and not seats[unit.id]]
    by_person: dict[int, list[Unit]] = {}
    for unit in owing:
        for person_id, _ in seats.get(unit.id, ()):
            by_person.setdefault(person_id, []).append(unit)
    reached = _tell(context, asker, form, root, period, by_person)
    nudged = Nudged(
        [unit for unit in owing if unit.id in reached],
        [unit for unit in owing if unit.id not in reached and unit not in nobody],
        nobody,
        reasons_said(context, form, period, asker.words),
    )
    ids = [unit.id for unit in nudged.units]
    audit.write(
        context.connection,
        context.now,
        asker.person.id,
        "nudged",
        form=form.key,
        unit_id=root.id,
        period=period,
        units=ids,
    )
    minutes = int(NUDGE_AGAIN.total_seconds()) // 60
    report = report_named(form, period, asker.words)
    return [nudge_told(nudged, report, minutes, place(context, asker, root), asker.words)]


def _owing(context: Context, form: Form, root: Unit, period: date) -> list[Unit]:
    """The units that owe the report by now and can still send it."""
    units = expected_units(form, context.tree, period, root)
    found = rounds.standings(context.connection, form, period, context.tree, context.now, context.zone, units)
    owing = [context.unit(each.deadline.unit_id) for each in found if each.is_open]
    return [unit for unit in owing if context.now < _closes_at(context, form, unit, period)]


def _closes_at(context: Context, form: Form, unit: Unit, period: date) -> datetime:
    due = deadline(form.key, form.schedule, unit.id, period, context.zone)
    return due.closes_at if context.now < due.closes_at else reopening.closes_at(context.connection, due)


def _tell(
    context: Context, asker: Asker, form: Form, root: Unit, period: date, by_person: dict[int, list[Unit]]
) -> set[int]:
    """The ids of the units whose people are told now, and not by another process at this very moment."""
    known = people.people_of(context.connection, by_person)
    due_at = deadline(form.key, form.schedule, root.id, period, context.zone).due_at
    seat = _seat(context, asker, root)
    readers = [person_id for person_id in by_person if person_id in known]
    says = [
        nudge_say(form, period, by_person[each], known[each], asker.person, seat, due_at, context.now, context.zone)
        for each in readers
    ]
    rule = f"nudge {int(context.now.timestamp() // NUDGE_AGAIN.total_seconds())}"
    new = [
        ReminderRecord(rule, form.key, unit.id, period, person_id, context.now, message)
        for person_id, message in zip(readers, outbox.put(context.connection, says, context.now), strict=True)
        for unit in by_person[person_id]
    ]
    recorded = reminder_log.record(context.connection, new)
    spoken = {each.message for each in recorded}
    reminder_log.take_back(
        context.connection, [each.message for each in new if each.message and each.message not in spoken]
    )
    return {each.unit_id for each in recorded}


def _seat(context: Context, asker: Asker, root: Unit) -> Unit:
    """The unit by whose duty the asker acts: the nearest of his to `root` or above it."""
    own: Sequence[int] = [duty.unit_id for duty in asker.duties if duty.role in ("chair", "leader", "admin")]
    return next((unit for unit in context.tree.above(root) if unit.id in own), root)
