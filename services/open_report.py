"""Open a report: which reports somebody may fill in now, which of them is meant, and why one cannot be opened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from reporting.filling.drafts import Draft
from reporting.filling.moves import Filling
from reporting.filling.opening import OpeningWanted
from reporting.filling.tasks import Task, expects, is_charged, tasks
from reporting.forms import Form
from reporting.people import Address, Duty, Person
from reporting.rounds.deadlines import deadline
from reporting.rounds.periods import current_period
from reporting.rounds.standings import Sent
from services.context import Context
from services.draft_session import (
    SentMeanwhile,
    filling_of,
    go_to_draft,
    save_and_show,
    save_filling,
    sent_meanwhile,
)
from services.opening_balance import opening_wanted
from storage.reports import drafts, forms, reopening, reports


@dataclass(frozen=True, slots=True)
class NotOpened:
    """Why a report cannot be opened: the unit owes none, or it opens, or closed, `at` a moment."""

    task: Task
    why: Literal["not expected", "not open yet", "closed"]
    at: datetime | None = None


def open_draft(
    context: Context, person: Person, to: Address, task: Task
) -> Filling | SentMeanwhile | NotOpened | OpeningWanted:
    """Takes the chat to a report's draft, which this person holds now; or why it does not, or what is to be confirmed first."""
    if not expects(task.form, task.unit, context.tree, task.period):
        return NotOpened(task, "not expected")
    due = deadline(task.form.key, task.form.schedule, task.unit.id, task.period, context.zone)
    if context.now < due.opens_at:
        return NotOpened(task, "not open yet", due.opens_at)
    found = drafts.of_unit(context.connection, task.form.key, task.unit.id, task.period)
    opening = opening_wanted(context, task) if found is None else None
    if opening is not None:
        return opening
    draft, form = found or _begun(context, task)
    if draft.state == "sent":
        return sent_meanwhile(context, draft, to)
    closes_at = reopening.closes_at(context.connection, due)
    if context.now >= closes_at:
        return NotOpened(task, "closed", closes_at)
    filling = filling_of(context, draft, form)
    if draft.turn == 0:
        filling = save_filling(context, person, filling.settled())
    go_to_draft(context, to, draft, filling.draft.turn)
    return filling


def _begun(context: Context, task: Task) -> tuple[Draft, Form]:
    """A new draft, in the version that is in force for the period."""
    form = _version_of(context, task)
    return drafts.begin(context.connection, form, task.unit.id, task.period), form


def _version_of(context: Context, task: Task) -> Form:
    """The version that is in force for the period: today's may be a newer one."""
    if task.period >= context.today:
        return task.form
    return forms.published(context.connection, task.form.key, task.period) or task.form


def form_of_report(context: Context, task: Task) -> Form:
    """The version in which a report was begun or sent, or else would be."""
    found = drafts.of_unit(context.connection, task.form.key, task.unit.id, task.period)
    return found[1] if found is not None else _version_of(context, task)


def open_practice(context: Context, person: Person, duties: Sequence[Duty], to: Address) -> Filling | None:
    """Takes the chat to a report to practise with, of the first form that a unit of these duties owes; None: there is none."""
    for form in context.forms:
        period = current_period(form.schedule, context.now, context.zone)
        for unit in (context.unit(duty.unit_id) for duty in duties):
            if form.by == "reporter" and expects(form, unit, context.tree, period):
                found = drafts.of_unit(context.connection, form.key, unit.id, period, person.id)
                draft, published = found or (drafts.begin(context.connection, form, unit.id, period, person.id), form)
                go_to_draft(context, to, draft, draft.turn)
                filling = filling_of(context, draft, published)
                is_begun = draft.turn > 0 and draft.at
                return filling if is_begun else save_and_show(context, person, to, filling.settled())
    return None


def open_tasks(context: Context, duties: Sequence[Duty]) -> list[Task]:
    """All that somebody with these duties may fill in now, with what is open again for his units."""
    found = tasks(context.forms, duties, context.tree, context.now, context.zone)
    own = [duty.unit_id for duty in duties]
    for key, unit_id, period in reopening.open_again(context.connection, own, context.now):
        form, unit = forms.published(context.connection, key, period), context.unit(unit_id)
        if form is not None and is_charged(form, unit, duties, context.tree):
            known = any((task.form.key, task.unit, task.period) == (key, unit, period) for task in found)
            found += [] if known else [Task(form, unit, period)]
    return found


def last_dealt_with(context: Context, person: Person, found: Sequence[Task]) -> Task:
    """Of several open reports the one that is on the person's screen: last touched by him, opened again, or just opened."""
    return max(found, key=lambda task: _dealt_with_at(context, person, task))


def _dealt_with_at(context: Context, person: Person, task: Task) -> datetime:
    key, unit_id, period = task.form.key, task.unit.id, task.period
    moments = [deadline(key, task.form.schedule, unit_id, period, context.zone).opens_at]
    opened_at = reopening.opened_at(context.connection, key, unit_id, period, context.now)
    found = drafts.of_unit(context.connection, key, unit_id, period)
    if opened_at is not None:
        moments.append(opened_at)
    if found is not None and found[0].holder_id == person.id and found[0].touched_at is not None:
        moments.append(found[0].touched_at)
    return max(moments)


def sent_of(context: Context, task: Task) -> Sent | None:
    """The stamps of a report that has come."""
    return reports.sent(context.connection, task.form.key, task.period, [task.unit.id]).get(task.unit.id)


def was_opened_again(context: Context, task: Task) -> bool:
    """Whether a report that has come was opened again after that, and still is: there is but its correction to be done."""
    opened_at = reopening.opened_at(context.connection, task.form.key, task.unit.id, task.period, context.now)
    sent = sent_of(context, task)
    return opened_at is not None and sent is not None and opened_at > sent.sent_at


def as_it_stands(context: Context, task: Task) -> Filling:
    """What stands of a report: its draft, or what was sent."""
    found = drafts.of_unit(context.connection, task.form.key, task.unit.id, task.period)
    draft, form = found or (Draft.blank(task.form, task.unit.id, task.period), task.form)
    report = reports.newest(context.connection, draft.form, draft.unit_id, draft.period)
    if report is not None and not draft.correcting:
        draft = draft.with_answers(report.answers)
    return filling_of(context, draft, form)
