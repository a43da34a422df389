"""Submit a report: a filled draft becomes a report, or the revision that replaces one, and its figures stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from reporting.errors import Refused
from reporting.events.units import BothReported
from reporting.filling import sameness
from reporting.filling.drafts import Draft
from reporting.filling.moves import Filling, relevant_answers
from reporting.forms import Form
from reporting.people import Address, Person
from reporting.reports import Report, next_revision
from reporting.road import answers_by_road
from services.context import Context
from services.draft_session import (
    SentMeanwhile,
    end_draft,
    leave_draft,
    refuse_if_closed,
    save_and_show,
    save_draft,
    sent_meanwhile,
)
from services.settle_ended import both_reported
from storage.database import audit
from storage.figures import figures
from storage.organisation import people
from storage.reports import reports
from storage.reports.accepting import stand
from storage.schedule import reminder_log


@dataclass(frozen=True, slots=True)
class Accepted:
    """The report that came of the draft, and stands now; what was sent (`filling`); and what others are to be told of it."""

    report: Report
    filling: Filling
    events: Sequence[BothReported] = ()


@dataclass(frozen=True, slots=True)
class StillOpen:
    """Nothing is sent: something is to be done first, and the draft asks for it."""

    filling: Filling


@dataclass(frozen=True, slots=True)
class NeedsReason:
    """Nothing is sent: the report replaces one that was sent, and the draft asks why."""

    filling: Filling


@dataclass(frozen=True, slots=True)
class Overtaken:
    """Nothing is sent: somebody else's revision came first, and what has happened is to be shown."""

    by: SentMeanwhile


@dataclass(frozen=True, slots=True)
class AskWhetherSame:
    """Nothing is sent: the report is just like those of so many periods before it, which is to be confirmed."""

    filling: Filling
    periods: int


@dataclass(frozen=True, slots=True)
class Practised:
    """A report to practise with has come to its end: it counts nowhere, and its draft is empty again."""

    name: str


Submission = Accepted | StillOpen | NeedsReason | Overtaken | AskWhetherSame | Practised


def submit(
    context: Context, person: Person, to: Address, filling: Filling, reason: str = "", is_sure: bool = False
) -> Submission:
    """«Gửi»: the draft becomes a report, if nothing is open in it; one that replaces another wants a reason.

    `is_sure`: that nothing has changed for several periods has been confirmed. Raises Refused where the draft is not at its
    review, and where the report's time is over.
    """
    draft = filling.draft
    if draft.state != "review" and not reason:
        raise Refused("not_in_review")
    settled = filling.settled()
    if settled.draft.state != "review":
        return StillOpen(save_and_show(context, person, to, settled))
    if draft.is_practice:
        return _practised(context, person, to, filling)
    if draft.correcting and not reason:
        return NeedsReason(save_and_show(context, person, to, filling.awaiting_reason()))
    refuse_if_closed(context, person, filling.form, draft)
    newest = reports.newest(context.connection, draft.form, draft.unit_id, draft.period)
    if draft.is_overtaken(newest):
        return _overtaken(context, person, to, filling)
    same = _same_before(context, filling) if not draft.correcting else 0
    if sameness.is_asked_about(same) and not is_sure:
        return AskWhetherSame(filling, same)
    new = send_draft(context, person, filling, newest, reason)
    if is_sure:
        _confirm_same(context, person, draft, same)
    leave_draft(context, to)
    return Accepted(new, filling, both_reported(context, filling.form, new) if newest is None else ())


def _overtaken(context: Context, person: Person, to: Address, filling: Filling) -> Overtaken:
    """Two at once: nothing is sent over what has come; the draft ends, and the chat has left it."""
    sent = filling.draft.ended()
    end_draft(context, person, to, filling.form, sent)
    return Overtaken(sent_meanwhile(context, sent, to))


def send_draft(context: Context, person: Person, filling: Filling, old: Report | None, reason: str) -> Report:
    """The report that came of a draft in its review and stands now; it replaces the `old` one. The draft is sent."""
    draft, form, unit = filling.draft, filling.form, context.unit(filling.draft.unit_id)
    answers = relevant_answers(filling)
    new = next_revision(old, form, unit, draft.period, answers, by=person.id, at=context.now, reason=reason)
    if not accept(context.connection, form, new, context.zone):
        new = reports.newest(context.connection, form.key, unit.id, draft.period) or new
    save_draft(context.connection, form, draft.ended(), person.id, context.now)
    return new


def accept(connection: Connection, form: Form, new: Report, zone: ZoneInfo) -> bool:
    """Keeps a report and all that follows from it; False if this revision stands already.

    Its figures stand, or wait for approval; those of later periods that rest on them are computed anew, in order; nobody is
    reminded of it any more.
    """
    if not reports.add(connection, form, new):
        return False
    stand(connection, form, new, new.sent_at, new.revision, zone)
    reminder_log.withdraw(connection, form.key, new.unit_id, new.period)
    roads = answers_by_road(new.answers, audit.road_here(connection))
    answered: dict[str, Any] = {"answered": roads} if len(roads) > 1 else {}
    audit.write(
        connection,
        new.sent_at,
        new.sent_by,
        "report" if new.revision == 1 else "correction",
        form=form.key,
        unit_id=new.unit_id,
        period=new.period,
        number=new.number,
        replaces=new.replaces,
        reason=new.reason,
        **answered,
    )
    return True


def _same_before(context: Context, filling: Filling) -> int:
    """How many periods before were just like this report."""
    if not sameness.is_like_the_last(filling):
        return 0
    draft, names = filling.draft, sameness.compared(filling)
    first_on, last_on = sameness.periods_compared(filling)[-1], draft.period - timedelta(days=1)
    found = figures.of_units(context.connection, draft.form, names, [draft.unit_id], first_on, last_on)
    return sameness.same_before(filling, found)


def _practised(context: Context, person: Person, to: Address, filling: Filling) -> Practised:
    end_draft(context, person, to, filling.form, filling.emptied().draft)
    return Practised(people.person_of(context.connection, person.id).name)


def _confirm_same(context: Context, person: Person, draft: Draft, periods: int) -> None:
    audit.write(
        context.connection,
        context.now,
        person.id,
        "same confirmed",
        form=draft.form,
        unit_id=draft.unit_id,
        period=draft.period,
        periods=periods,
    )
