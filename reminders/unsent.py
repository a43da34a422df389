"""Corrections that were begun and not sent: who began them is told once, and when their time is over they are ended."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from messages.reporters.unsent_words import unsent, unsent_due, unsent_over
from reminders.context import Tick
from reporting.filling.drafts import Draft
from reporting.filling.tasks import FILLERS, is_charged
from reporting.forms import Form
from reporting.people import Person
from reporting.reminder_key import ReminderKey, ReminderKind
from reporting.rounds.deadlines import deadline
from reporting.rounds.quiet_hours import quiet_from
from reporting.rounds.reminder_record import ReminderRecord
from reporting.rounds.suppression import STILL_AFTER
from reporting.say import Say
from reporting.tick_parts import TickPart
from reporting.translator import translator
from services.draft_session import save_draft
from storage.organisation import people
from storage.reports import drafts, many_drafts, reopening, reports
from storage.reports.filling import filling
from storage.schedule import reminder_log


def due_unsent(tick: Tick) -> list[Say]:
    """What is to be said of open corrections now, recorded as said; those whose time is over are ended."""
    found = many_drafts.unsent(tick.connection, tick.now - STILL_AFTER, apart=tick.apart)
    says = (
        tick.says(TickPart(form=draft.form, unit_id=draft.unit_id), partial(_follow_up, tick, draft, form))
        for draft, form in found
    )
    return [say for of_draft in says for say in of_draft]


def _follow_up(tick: Tick, draft: Draft, form: Form) -> list[Say]:
    connection, now, zone = tick.connection, tick.now, tick.zone
    planned = deadline(form.key, form.schedule, draft.unit_id, draft.period, zone)
    if tick.holds_back(planned.due_at):
        return []
    closes_at = reopening.closes_at(connection, planned)
    due = unsent_due(draft, closes_at, quiet_from(now, zone, tick.quiet), now)
    if due == "":
        return []
    unit, half = tick.tree.unit(draft.unit_id), filling(connection, draft, form, tick.local)
    at = closes_at.astimezone(zone)
    whose = {each.id: each for each in _whose(tick, draft, form)}

    def told(person_ids: Sequence[int]) -> list[Say]:
        said = []
        for person in (whose[each] for each in person_ids):
            words = translator(person.language)
            if due == "end":
                said.append(unsent_over(half, unit, at, person.address, words))
            elif _is_new(connection, draft, person, now):
                said.append(unsent(half, unit, at, person.address, words))
                if drafts.at(connection, person.address) is None:
                    drafts.go_to(connection, person.address, draft.id)
                    drafts.shown(connection, person.address, draft.turn)
        return [each for each in said if each is not None]

    says = tick.says_to(list(whose), TickPart(form=draft.form, unit_id=draft.unit_id), told)
    if due == "end":
        _end(connection, draft, form, now)
    return says


def _whose(tick: Tick, draft: Draft, form: Form) -> list[Person]:
    """Whoever touched it last, if it is still his to send; else all whose it is."""
    connection, unit, on = tick.connection, tick.tree.unit(draft.unit_id), tick.today
    holder = draft.holder_id or 0
    if is_charged(form, unit, people.duties_of(connection, holder, on), tick.tree):
        return [people.person_of(connection, holder)]
    return people.with_duty(connection, unit.id, FILLERS[form.by], on)


def _is_new(connection: Connection, draft: Draft, person: Person, now: datetime) -> bool:
    """Whether he has not heard yet that the correction, as it is, has not been sent."""
    rule = ReminderKey.of_number(ReminderKind.UNSENT, draft.turn)
    told = ReminderRecord(rule, draft.form, draft.unit_id, draft.period, person.id, now)
    return bool(reminder_log.record(connection, [told]))


def _end(connection: Connection, draft: Draft, form: Form, now: datetime) -> None:
    report = reports.newest(connection, draft.form, draft.unit_id, draft.period)
    ended = draft.ended(report.answers if report is not None else None)
    save_draft(connection, form, ended, draft.holder_id or 0, now)
    drafts.leave(connection, draft.id)
