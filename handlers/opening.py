"""Opening a report: its draft, who else is at it, and why it cannot be opened."""

from collections.abc import Sequence
from datetime import timedelta

from handlers.drafting import filling_of, keep, sent_already
from handlers.turn import Turn
from reporting.filling.drafts import Draft
from reporting.filling.moves import Filling
from reporting.filling.tasks import Task, expects, is_charged, tasks
from reporting.filling.words import say_what_is_next
from reporting.people import Address, Duty, Person
from reporting.rounds.periods import deadline
from reporting.rounds.standings import Sent
from reporting.say import Say
from reporting.words import Html
from storage import drafts, forms, people, reopening, reports

STILL = timedelta(minutes=30)
"""A draft untouched for this long is nobody's at the moment."""


def open_task(turn: Turn, person: Person, to: Address, task: Task) -> list[Say]:
    """Takes the chat to a report's draft and says what is next in it."""
    found = drafts.of_unit(turn.connection, task.form.key, task.unit.id, task.period)
    other = who_else(turn, found[0], person) if found else ""
    opened = open_draft(turn, person, to, task)
    if isinstance(opened, Say):
        return [opened]
    return [say_what_is_next(opened, task.unit, to, turn.words(person), other)]


def open_draft(turn: Turn, person: Person, to: Address, task: Task) -> Filling | Say:
    """Takes the chat to a report's draft, which this person holds now; or what is said instead."""
    words = turn.words(person)
    if not expects(task.form, task.unit, turn.tree, task.period):
        return Say(
            to, words("report_not_expected", unit=task.unit.title, date=task.period, contact=turn.contact(words))
        )
    due = deadline(task.form.key, task.form.schedule, task.unit.id, task.period, turn.zone)
    if turn.now < due.opens_at:
        return Say(to, words("report_not_open", date=task.period, time=due.opens_at.astimezone(turn.zone)))
    found = drafts.of_unit(turn.connection, task.form.key, task.unit.id, task.period)
    draft, form = found or (drafts.begin(turn.connection, task.form, task.unit.id, task.period), task.form)
    if draft.state == "sent":
        return sent_already(turn, draft, to, words)
    closes_at = reopening.closes_at(turn.connection, due)
    if turn.now >= closes_at:
        closed = closes_at.astimezone(turn.zone)
        return Say(to, words("report_closed", date=task.period, time=closed, contact=turn.contact(words)))
    drafts.go_to(turn.connection, to, draft.id)
    filling = filling_of(turn, draft, form)
    if draft.turn == 0:
        filling = keep(turn, person, filling.settled())
    drafts.shown(turn.connection, to, filling.draft.turn)
    return filling


def open_tasks(turn: Turn, duties: Sequence[Duty]) -> list[Task]:
    """All that somebody with these duties may fill in now, with what is open again for his units."""
    found = tasks(turn.forms, duties, turn.tree, turn.now, turn.zone)
    own = [duty.unit_id for duty in duties]
    for key, unit_id, period in reopening.open_again(turn.connection, own, turn.now):
        form, unit = forms.published(turn.connection, key, period), turn.unit(unit_id)
        if form is not None and is_charged(form, unit, duties, turn.tree):
            known = any((task.form.key, task.unit, task.period) == (key, unit, period) for task in found)
            found += [] if known else [Task(form, unit, period)]
    return found


def newest(turn: Turn, task: Task) -> Sent | None:
    """The stamps of a report that has come."""
    return reports.sent(turn.connection, task.form.key, task.period, [task.unit.id]).get(task.unit.id)


def who_else(turn: Turn, draft: Draft, person: Person) -> Html | str:
    """That somebody else has just been at the same draft."""
    if draft.holder_id in (None, person.id) or draft.touched_at is None or turn.now - draft.touched_at > STILL:
        return ""
    other = people.person_of(turn.connection, draft.holder_id or 0)
    return turn.words(person)("draft_shared", name=other.name, time=draft.touched_at.astimezone(turn.zone).time())


def is_others(turn: Turn, draft: Draft, person: Person, to: Address) -> bool:
    """Whether somebody else has changed the draft since this chat was shown it: the person answers what he does not see."""
    if draft.state == "sent" or draft.holder_id in (None, person.id):
        return False
    return drafts.last_shown(turn.connection, to) != draft.turn


def what_happened(turn: Turn, draft: Draft, person: Person) -> Html:
    """That the draft has been changed, and by whom."""
    return Html(f"{turn.words(person)('draft_moved')} {who_else(turn, draft, person)}")
