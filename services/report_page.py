"""Fill in a whole report on a page: come in by a link, save what is typed, send it; the same draft as in chat, by the same rules."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from secrets import token_urlsafe

from reporting.errors import Refused
from reporting.filling.moves import Filling
from reporting.filling.opening import OpeningWanted
from reporting.filling.sheet import Entered, left_empty
from reporting.filling.tasks import Task, is_charged
from reporting.people import Address, Person
from reporting.report_page_links import MARK_BYTES, FormVisit, PublicSite
from reporting.reports import Report
from services.context import Context
from services.correct_report import open_correction
from services.draft_session import SentMeanwhile, filling_of, refuse_if_closed, save_filling
from services.open_report import NotOpened, as_it_stands, open_draft
from services.submit_report import Accepted, StillOpen, Submission, submit
from services.waiting_reviews import AwaitsCorrection, returned_reports
from storage.database import audit
from storage.organisation import people
from storage.organisation.report_page_sessions import (
    FormSession,
    begin_form_session,
    form_session_of,
    is_used,
    note_sent,
    use_form_link,
)
from storage.reports import drafts, forms, reports

SESSION_HOLDS = timedelta(hours=12)
"""Somebody types where there is no network, and it is sent when he is back."""
RANDOM_BYTES = 32
PAGE = "page"
"""The channel of whoever is at a page: no chat is there, so none is shown anything."""


@dataclass(frozen=True, slots=True)
class AtPage:
    """Somebody at a report's page, who may fill it in now."""

    context: Context
    person: Person
    task: Task
    to: Address


def form_link(context: Context, person: Person, form: str, unit_id: int, period: date) -> str:
    """A link for this person to a report's page; «» where there is no page."""
    if context.site is None:
        return ""
    return signed_link(context.site, FormVisit(person.id, form, unit_id, period), context.now)


def signed_link(site: PublicSite, visit: FormVisit, now: datetime) -> str:
    """The same where who, and that he may, is known already."""
    return site.link(visit, now, token_urlsafe(MARK_BYTES))


def look_at_link(context: Context, token: str) -> AtPage | None:
    """Whom a link would let in where; None where it would not. Nothing is used up by it."""
    found = context.site.read(token, context.now) if context.site is not None else None
    if found is None or is_used(context.connection, token):
        return None
    return at_page(context, found[0])


def come_in(context: Context, token: str) -> tuple[str, AtPage] | None:
    """The link is used: what the browser is to hold from now on. None where it was used, has expired, or lets nobody in any more."""
    found = context.site.read(token, context.now) if context.site is not None else None
    there = at_page(context, found[0]) if found is not None else None
    if found is None or there is None:
        return None
    (visit, expires_at), now = found, context.now
    if not use_form_link(context.connection, token, visit.person_id, now, expires_at):
        return None
    held = token_urlsafe(RANDOM_BYTES)
    begin_form_session(context.connection, held, visit, now, now + SESSION_HOLDS)
    by, what = visit.person_id, "enter report"
    audit.write(context.connection, now, by, what, form=visit.form, unit_id=visit.unit_id, period=visit.period)
    return held, there


def form_visitor(context: Context, held: str) -> tuple[AtPage, FormSession] | None:
    """Who fills in what with this browser; None where it is over, or his duty has ended."""
    session = form_session_of(context.connection, held, context.now) if held else None
    there = at_page(context, session.visit) if session is not None else None
    return (there, session) if there is not None and session is not None else None


def at_page(context: Context, visit: FormVisit) -> AtPage | None:
    """The visit of somebody who may fill the report in today; None for anybody else."""
    form = forms.published(context.connection, visit.form, visit.period)
    try:
        person, unit = people.person_of(context.connection, visit.person_id), context.unit(visit.unit_id)
    except KeyError:
        return None
    if form is None or not is_charged(form, unit, context.duties(person), context.tree):
        return None
    return AtPage(context, person, Task(form, unit, visit.period), Address(PAGE, str(person.id)))


def open_page(at: AtPage) -> Filling | SentMeanwhile | NotOpened | OpeningWanted:
    """The report's draft as it stands, begun where there is none; or why it is not open."""
    return open_draft(at.context, at.person, at.to, at.task)


def correct_on_page(at: AtPage) -> Filling:
    """The report that was sent is opened again, to be replaced. Refused where it was not, or too late."""
    found = drafts.of_unit(at.context.connection, at.task.form.key, at.task.unit.id, at.task.period)
    if found is None:
        raise Refused("button_stale")
    opened = open_correction(at.context, at.person, filling_of(at.context, *found))
    return save_filling(at.context, at.person, opened)


def save_page(at: AtPage, entered: Entered) -> Filling:
    """Keeps what was taken; the chat's next question follows from it. Refused where the report's time is over."""
    if not entered.is_changed:
        return entered.filling
    refuse_if_closed(at.context, at.person, entered.filling.form, entered.filling.draft)
    return save_filling(at.context, at.person, entered.filling)


def send_page(at: AtPage, filling: Filling, held: str, reason: str, is_sure: bool) -> Submission:
    """«Gửi»: what was not touched and need not be answered is left empty. Refused where a correction changes nothing."""
    whole = left_empty(filling.settled())
    if whole.draft.answers != filling.draft.answers:
        whole = save_filling(at.context, at.person, whole)
    if whole.draft.state != "review":
        return StillOpen(whole)
    if whole.draft.correcting and _changes_nothing(at, whole):
        raise Refused("sheet_nothing_changed")
    outcome = submit(at.context, at.person, at.to, whole, reason, is_sure)
    if isinstance(outcome, Accepted):
        note_sent(at.context.connection, held, outcome.report.number)
    return outcome


def _changes_nothing(at: AtPage, filling: Filling) -> bool:
    report = reports.newest(at.context.connection, filling.form.key, filling.draft.unit_id, filling.draft.period)
    return report is not None and report.answers == filling.draft.answers and filling.results == filling.stands


def report_standing(at: AtPage) -> tuple[Filling, Report | None]:
    """What stands of the report, and its newest revision if it was sent."""
    stands = as_it_stands(at.context, at.task)
    return stands, reports.newest(at.context.connection, at.task.form.key, at.task.unit.id, at.task.period)


def returned_here(at: AtPage) -> AwaitsCorrection | None:
    """What was returned of the report and is not corrected yet."""
    found = returned_reports(at.context.connection, at.context.tree, at.context.today, [at.task.unit.id])
    return next((each for each in found if (each.form.key, each.period) == (at.task.form.key, at.task.period)), None)
