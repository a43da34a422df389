"""Opening a report: its draft, who else is at it, and why it cannot be opened."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from handlers.reporters.draft_session import filling_of, go_on, keep, sent_already
from handlers.reporters.submit_report import correcting
from messages.reporters.draft_words import say_what_is_next
from reporting.filling.drafts import Draft
from reporting.filling.moves import Filling
from reporting.filling.tasks import Task, expects, is_charged, tasks
from reporting.forms import Form
from reporting.people import Address, Duty, Person
from reporting.rounds.periods import deadline
from reporting.rounds.standings import Sent
from reporting.say import Say
from reporting.translator import Html
from services.context import Context
from storage.organisation import people
from storage.reports import drafts, forms, reopening, reports

STILL = timedelta(minutes=30)
"""A draft untouched for this long is nobody's at the moment."""


def open_task(context: Context, person: Person, to: Address, task: Task) -> list[Say]:
    """Takes the chat to a report's draft and says what is next in it."""
    found = drafts.of_unit(context.connection, task.form.key, task.unit.id, task.period)
    if found is not None and found[0].state == "sent" and was_opened_again(context, task):
        return correct(context, person, to, *found)
    other = who_else(context, found[0], person) if found else ""
    opened = open_draft(context, person, to, task)
    if isinstance(opened, Say):
        return [opened]
    return [say_what_is_next(opened, task.unit, to, context.words(person), other)]


def correct(context: Context, person: Person, to: Address, draft: Draft, form: Form) -> list[Say]:
    """The report that was sent is open in its review, to be corrected. Raises Refused where it is not, or too late."""
    filling = correcting(context, person, filling_of(context, draft, form))
    drafts.go_to(context.connection, to, draft.id)
    return go_on(context, person, to, filling)


def was_opened_again(context: Context, task: Task) -> bool:
    """Whether a report that has come was opened again after that, and still is: there is but its correction to be done."""
    opened_at = reopening.opened_at(context.connection, task.form.key, task.unit.id, task.period, context.now)
    sent = newest(context, task)
    return opened_at is not None and sent is not None and opened_at > sent.sent_at


def open_draft(context: Context, person: Person, to: Address, task: Task) -> Filling | Say:
    """Takes the chat to a report's draft, which this person holds now; or what is said instead."""
    words = context.words(person)
    if not expects(task.form, task.unit, context.tree, task.period):
        return Say(
            to, words("report_not_expected", unit=task.unit.title, date=task.period, contact=context.contact(words))
        )
    due = deadline(task.form.key, task.form.schedule, task.unit.id, task.period, context.zone)
    if context.now < due.opens_at:
        return Say(to, words("report_not_open", date=task.period, time=due.opens_at.astimezone(context.zone)))
    found = drafts.of_unit(context.connection, task.form.key, task.unit.id, task.period)
    draft, form = found or (drafts.begin(context.connection, task.form, task.unit.id, task.period), task.form)
    if draft.state == "sent":
        return sent_already(context, draft, to, words)
    closes_at = reopening.closes_at(context.connection, due)
    if context.now >= closes_at:
        closed = closes_at.astimezone(context.zone)
        return Say(to, words("report_closed", date=task.period, time=closed, contact=context.contact(words)))
    filling = filling_of(context, draft, form)
    if draft.turn == 0:
        filling = keep(context, person, filling.settled())
    drafts.go_to(context.connection, to, draft.id, filling.draft.turn)
    return filling


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


def newest(context: Context, task: Task) -> Sent | None:
    """The stamps of a report that has come."""
    return reports.sent(context.connection, task.form.key, task.period, [task.unit.id]).get(task.unit.id)


def who_else(context: Context, draft: Draft, person: Person) -> Html | str:
    """That somebody else has just been at the same draft."""
    if draft.holder_id in (None, person.id) or draft.touched_at is None or context.now - draft.touched_at > STILL:
        return ""
    other = people.person_of(context.connection, draft.holder_id or 0)
    return context.words(person)("draft_shared", name=other.name, time=draft.touched_at.astimezone(context.zone).time())


def is_others(context: Context, draft: Draft, person: Person, to: Address) -> bool:
    """Whether somebody else has changed the draft since this chat was shown it: the person answers what he does not see."""
    if draft.state == "sent" or draft.holder_id in (None, person.id):
        return False
    found = drafts.on_screen(context.connection, to)
    return found is None or found[0].id != draft.id or found[2] != draft.turn


def what_happened(context: Context, draft: Draft, person: Person) -> Html:
    """That the draft has been changed, and by whom."""
    return Html(f"{context.words(person)('draft_moved')} {who_else(context, draft, person)}")
