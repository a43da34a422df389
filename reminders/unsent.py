"""Corrections that were begun and not sent: who began them is told once, and when their time is over they are ended."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from messages.reporters.unsent_words import over, unsent, what_is_due
from reporting.filling.drafts import Draft
from reporting.filling.tasks import FILLERS, is_charged
from reporting.forms import Form
from reporting.people import Person
from reporting.rounds.periods import deadline
from reporting.rounds.quiet_hours import QuietHours, holds_back, quiet_from
from reporting.rounds.reminder_record import ReminderRecord
from reporting.rounds.suppression import STILL_AFTER
from reporting.say import Say
from reporting.translator import translator
from reporting.units import UnitTree
from storage.organisation import people, units
from storage.reports import drafts, reopening, reports
from storage.reports.filling import filling
from storage.schedule import reminder_log


def due_unsent(connection: Connection, now: datetime, zone: ZoneInfo, quiet: QuietHours | None = None) -> list[Say]:
    """What is to be said of open corrections at `now`, recorded as said; those whose time is over are ended."""
    found = drafts.unsent(connection, now - STILL_AFTER)
    tree = units.tree(connection) if found else None
    return [say for draft, form in found if tree for say in _follow_up(connection, draft, form, tree, now, zone, quiet)]


def _follow_up(
    connection: Connection,
    draft: Draft,
    form: Form,
    tree: UnitTree,
    now: datetime,
    zone: ZoneInfo,
    quiet: QuietHours | None,
) -> list[Say]:
    planned = deadline(form.key, form.schedule, draft.unit_id, draft.period, zone)
    if holds_back(planned.due_at, now, zone, quiet):
        return []
    closes_at = reopening.closes_at(connection, planned)
    due = what_is_due(draft, closes_at, quiet_from(now, zone, quiet), now)
    if due == "":
        return []
    local, unit = now.astimezone(zone), tree.unit(draft.unit_id)
    half, at = filling(connection, draft, form, local), closes_at.astimezone(zone)
    says = []
    for person in _whose(connection, draft, form, tree, now, zone):
        words = translator(person.language)
        if due == "end":
            says.append(over(half, unit, at, person.address, words))
        elif _is_new(connection, draft, person, now):
            says.append(unsent(half, unit, at, person.address, words))
            if drafts.at(connection, person.address) is None:
                drafts.go_to(connection, person.address, draft.id)
                drafts.shown(connection, person.address, draft.turn)
    if due == "end":
        _end(connection, draft, form, now)
    return [each for each in says if each is not None]


def _whose(
    connection: Connection, draft: Draft, form: Form, tree: UnitTree, now: datetime, zone: ZoneInfo
) -> list[Person]:
    """Whoever touched it last, if it is still his to send; else all whose it is."""
    unit, on = tree.unit(draft.unit_id), now.astimezone(zone).date()
    holder = draft.holder_id or 0
    if is_charged(form, unit, people.duties_of(connection, holder, on), tree):
        return [people.person_of(connection, holder)]
    return people.with_duty(connection, unit.id, FILLERS[form.by], on)


def _is_new(connection: Connection, draft: Draft, person: Person, now: datetime) -> bool:
    """Whether he has not heard yet that the correction, as it is, has not been sent."""
    told = ReminderRecord(f"unsent {draft.turn}", draft.form, draft.unit_id, draft.period, person.id, now)
    return bool(reminder_log.record(connection, [told]))


def _end(connection: Connection, draft: Draft, form: Form, now: datetime) -> None:
    report = reports.newest(connection, draft.form, draft.unit_id, draft.period)
    ended = draft.ended(report.answers if report is not None else None)
    drafts.save(connection, form, ended, draft.holder_id or 0, now)
    drafts.leave(connection, draft.id)
