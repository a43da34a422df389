"""Nudging («đôn đốc»): whoever owes a report hears it at once, by a leader's wish, and not twice within minutes."""

from collections.abc import Sequence
from datetime import date, datetime

from handlers.common.context import Context
from handlers.leaders.leader_access import Asker, place, reasons_said
from messages.leaders.acting_words import NUDGE_AGAIN, Nudged, nudge_say, nudge_told
from messages.reminders.reminder_words import report_named
from reporting.forms import Form
from reporting.receivers import Receiver
from reporting.reminder_key import ReminderKey, ReminderKind
from reporting.rounds.periods import deadline
from reporting.rounds.reminder_record import ReminderRecord
from reporting.rounds.standings import expected_units
from reporting.say import Say
from reporting.units import Unit
from storage.database import audit
from storage.messages import outbox
from storage.organisation import people
from storage.reports import reopening
from storage.schedule import nudges, reminder_log, rounds


def nudge(turn: Context, asker: Asker, form: Form, root: Unit, period: date) -> list[Say]:
    """Tells who owes a report under `root`, which is recorded and audited; what the leader hears of it."""
    owing = _owing(turn, form, root, period)
    recently = nudges.nudged_since(turn.connection, form.key, period, turn.now - NUDGE_AGAIN)
    charges = rounds.charges(turn.connection, turn.tree, turn.today)
    seats = {unit.id: charges.hear(Receiver.REPORTER, unit.id, form) for unit in owing if unit.id not in recently}
    nobody = [unit for unit in owing if unit.id in seats and not seats[unit.id]]
    by_person: dict[int, list[Unit]] = {}
    for unit in owing:
        for person_id, _ in seats.get(unit.id, ()):
            by_person.setdefault(person_id, []).append(unit)
    reached = _tell(turn, asker, form, root, period, by_person)
    nudged = Nudged(
        [unit for unit in owing if unit.id in reached],
        [unit for unit in owing if unit.id not in reached and unit not in nobody],
        nobody,
        reasons_said(turn, form, period, asker.words),
    )
    ids = [unit.id for unit in nudged.units]
    audit.write(
        turn.connection, turn.now, asker.person.id, "nudged", form=form.key, unit_id=root.id, period=period, units=ids
    )
    minutes = int(NUDGE_AGAIN.total_seconds()) // 60
    report = report_named(form, period, asker.words)
    return [nudge_told(nudged, report, minutes, place(turn, asker, root), asker.words)]


def _owing(turn: Context, form: Form, root: Unit, period: date) -> list[Unit]:
    """The units that owe the report by now and can still send it."""
    units = expected_units(form, turn.tree, period, root)
    found = rounds.standings(turn.connection, form, period, turn.tree, turn.now, turn.zone, units)
    owing = [turn.unit(each.deadline.unit_id) for each in found if each.is_open]
    return [unit for unit in owing if turn.now < _closes_at(turn, form, unit, period)]


def _closes_at(turn: Context, form: Form, unit: Unit, period: date) -> datetime:
    due = deadline(form.key, form.schedule, unit.id, period, turn.zone)
    return due.closes_at if turn.now < due.closes_at else reopening.closes_at(turn.connection, due)


def _tell(
    turn: Context, asker: Asker, form: Form, root: Unit, period: date, by_person: dict[int, list[Unit]]
) -> set[int]:
    """The ids of the units whose people are told now, and not by another process at this very moment."""
    known = people.people_of(turn.connection, by_person)
    due_at = deadline(form.key, form.schedule, root.id, period, turn.zone).due_at
    seat = _seat(turn, asker, root)
    readers = [person_id for person_id in by_person if person_id in known]
    says = [
        nudge_say(form, period, by_person[each], known[each], asker.person, seat, due_at, turn.now, turn.zone)
        for each in readers
    ]
    rule = ReminderKey.of_number(ReminderKind.NUDGE, int(turn.now.timestamp() // NUDGE_AGAIN.total_seconds()))
    new = [
        ReminderRecord(rule, form.key, unit.id, period, person_id, turn.now, message)
        for person_id, message in zip(readers, outbox.put(turn.connection, says, turn.now), strict=True)
        for unit in by_person[person_id]
    ]
    recorded = reminder_log.record(turn.connection, new)
    spoken = {each.message for each in recorded}
    reminder_log.take_back(
        turn.connection, [each.message for each in new if each.message and each.message not in spoken]
    )
    return {each.unit_id for each in recorded}


def _seat(turn: Context, asker: Asker, root: Unit) -> Unit:
    """The unit by whose duty the asker acts: the nearest of his to `root` or above it."""
    own: Sequence[int] = [duty.unit_id for duty in asker.duties if duty.role in ("chair", "leader", "admin")]
    return next((unit for unit in turn.tree.above(root) if unit.id in own), root)
