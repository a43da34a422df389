"""Somebody is at a draft: who may fill it in, saving it, leaving it, and what has become of it meanwhile."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from reporting.errors import Refused
from reporting.filling.drafts import Draft
from reporting.filling.moves import Filling
from reporting.filling.tasks import is_charged
from reporting.forms import Form
from reporting.people import Address, Person
from reporting.period_types import Period
from reporting.reports import Report
from reporting.rounds.deadlines import deadline
from services.context import Context
from services.sum_up import sum_up
from services.usual_ranges import usual_ranges
from storage.organisation import people
from storage.reports import drafts, forms, reopening, reports
from storage.reports.filling import filling
from storage.reports.last_saved import EarlierRow, earlier_row
from storage.schedule import reminder_log

STILL = timedelta(minutes=30)
"""A draft untouched for this long is nobody's at the moment."""


@dataclass(frozen=True, slots=True)
class SentMeanwhile:
    """The draft's report has come: the newest revision (None: it is gone), and the name of whoever sent it."""

    draft: Draft
    period: Period
    report: Report | None
    sent_by: str


@dataclass(frozen=True, slots=True)
class OtherHand:
    """Somebody else is at the same draft just now, and touched it last at this moment."""

    person: Person
    touched_at: datetime


def filling_of(context: Context, draft: Draft, form: Form, earlier: EarlierRow | None = None) -> Filling:
    """The draft with what its rules read. `earlier`: the unit's latest earlier period, where it has been read with an answer, which
    works out nothing anew that is kept with the draft."""
    read = earlier or earlier_row(context.connection, form, draft.unit_id, draft.period)
    found = filling(context.connection, draft, form, context.local, read)
    usual = usual_ranges(context.connection, found, read, is_opened=earlier is None)
    proposed = sum_up(context, draft, form)
    return replace(found, summed_up=proposed, usual=usual) if proposed or usual else found


def filler_at(context: Context, to: Address, draft: Draft, form: Form) -> Person | None:
    """The person at this address, if the draft is his to fill in."""
    person = context.person(to)
    if person is not None and draft.is_practice and draft.practice != person.id:
        return None
    if draft.is_trial:
        return person if context.duties(person, "admin") else None
    return person if is_charged(form, context.unit(draft.unit_id), context.duties(person), context.tree) else None


def save_draft(
    connection: Connection, form: Form, draft: Draft, holder_id: int, now: datetime, shown_at: Address | None = None
) -> Draft:
    """Keeps a draft, touched by this person; while it is open, reminders that wait to leave for him are put off. `shown_at`: the
    chat that is shown it as it is now.

    Whether any waits is what the saving itself tells: to ask by a statement of its own would cost each answer one.
    """
    kept, something_waits = drafts.save(connection, form, draft, holder_id, now, shown_at)
    if something_waits and kept.state != "sent" and not kept.is_practice:
        reminder_log.put_off(connection, holder_id)
    return kept


def save_filling(context: Context, person: Person, filling: Filling) -> Filling:
    """The filling with its draft as it is kept."""
    draft = save_draft(context.connection, filling.form, filling.draft, person.id, context.now)
    return filling.with_draft(draft)


def save_and_show(context: Context, person: Person, to: Address, filling: Filling) -> Filling:
    """The same; what it wants now is the last that this chat is shown."""
    draft = save_draft(context.connection, filling.form, filling.draft, person.id, context.now, to)
    return filling.with_draft(draft)


def put_on_screen(context: Context, to: Address, filling: Filling) -> None:
    """What the draft wants, as it is, is the last that this chat is shown: a plain answer is for it."""
    drafts.shown(context.connection, to, filling.draft.turn)


def go_to_draft(context: Context, to: Address, draft: Draft, turn: int | None = None) -> None:
    """From now on the chat is at this draft, which it was shown as it is at this turn; None: it has not been shown it yet."""
    drafts.go_to(context.connection, to, draft.id, turn)


def leave_draft(context: Context, to: Address) -> None:
    """The chat is at no draft any more; the draft is kept."""
    drafts.go_to(context.connection, to, None)


def end_draft(context: Context, person: Person, to: Address, form: Form, ended: Draft) -> None:
    """Nothing of the draft is open any more, and the chat has left it."""
    save_draft(context.connection, form, ended, person.id, context.now)
    leave_draft(context, to)


def sent_meanwhile(context: Context, draft: Draft, to: Address) -> SentMeanwhile:
    """The report that the draft has become: from now on it is on the screen, and not what was asked."""
    person = context.person(to)
    if person is not None:
        drafts.touch(context.connection, draft.id, person.id, context.now)
    drafts.shown(context.connection, to, None)
    report = reports.newest(context.connection, draft.form, draft.unit_id, draft.period)
    by = people.person_of(context.connection, report.sent_by).name if report and report.sent_by else ""
    form = forms.version(context.connection, draft.form, draft.version)
    return SentMeanwhile(draft, form.period(draft.period), report, by)


def refuse_if_closed(context: Context, person: Person, form: Form, draft: Draft) -> None:
    """Raises Refused when the report's time is over."""
    due = deadline(form.key, form.schedule, draft.unit_id, draft.period, context.zone)
    if context.now < due.closes_at or draft.is_practice:
        return
    closes_at = reopening.closes_at(context.connection, due)
    if context.now >= closes_at:
        time = closes_at.astimezone(context.zone)
        raise Refused(
            "report_closed", period=form.period(draft.period), time=time, contact=context.contact(context.words(person))
        )


def other_hand(context: Context, draft: Draft, person: Person) -> OtherHand | None:
    """Who else has just been at the same draft."""
    if not draft.is_held_by_another(person.id) or draft.touched_at is None or context.now - draft.touched_at > STILL:
        return None
    return OtherHand(people.person_of(context.connection, draft.holder_id or 0), draft.touched_at)


def is_moved_by_another(context: Context, draft: Draft, person: Person, to: Address) -> bool:
    """Whether somebody else has changed the draft since this chat was shown it: the person answers what he does not see."""
    if draft.state == "sent" or not draft.is_held_by_another(person.id):
        return False
    found = drafts.on_screen(context.connection, to)
    return found is None or found[0].id != draft.id or found[2] != draft.turn
