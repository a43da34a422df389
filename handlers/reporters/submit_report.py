"""«Gửi» and «Bỏ»: what became of a draft that was to be sent, or of a correction that is given up."""

from handlers.reporters.draft_session import next_in, sent_already
from messages.admins.form_cards import trial_done_say
from messages.notices import notices_of
from messages.reporters.page_words import with_page
from messages.reporters.receipt_words import receipt
from messages.reporters.review_words import ask_whether_same
from reporting.filling.moves import Filling
from reporting.people import Address, Person
from reporting.say import Say
from services.context import Context
from services.correct_report import drop_correction
from services.form_candidate import ask_about_form, candidate_at
from services.report_page import form_link
from services.submit_report import (
    Accepted,
    AskWhetherSame,
    NeedsReason,
    Overtaken,
    Practised,
    StillOpen,
    Submission,
    submit,
)


def send(
    context: Context, person: Person, to: Address, filling: Filling, reason: str = "", is_sure: bool = False
) -> list[Say]:
    """«Gửi». `is_sure`: that nothing has changed for several periods has been confirmed. Raises Refused where nothing can be sent."""
    outcome = submit(context, person, to, filling, reason, is_sure)
    said = [came_of(context, person, to, filling, outcome)]
    told = outcome.events if isinstance(outcome, Accepted) else ()
    return [*said, *notices_of(told, context.zone)]


def came_of(context: Context, person: Person, to: Address, filling: Filling, outcome: Submission) -> Say:
    """What came of sending it."""
    words, draft = context.words(person), filling.draft
    match outcome:
        case Accepted(report=report, filling=sent):
            said = receipt(report, sent, context.unit(draft.unit_id), context.local, to, words)
            link = form_link(context, person, report.form, report.unit_id, report.period)
            return with_page(said, link, words, is_sent=True)
        case StillOpen(still) | NeedsReason(still):
            return next_in(context, person, to, still)
        case Overtaken(by):
            return sent_already(context, by, to, words)
        case AskWhetherSame(alike, periods):
            return ask_whether_same(alike, periods, to, words)
        case Practised() if draft.is_trial:
            candidate, form = candidate_at(context, to)
            ask_about_form(context, to, "form")
            return trial_done_say(candidate.id, form, to, words)
        case Practised(name):
            return Say(to, words("practice_done", name=name, period=filling.period))


def dropped(context: Context, person: Person, to: Address, filling: Filling) -> list[Say]:
    """«Bỏ»: what was sent stands. Refused where no correction is open."""
    number = drop_correction(context, person, to, filling)
    return [Say(to, context.words(person)("correction_dropped", period=filling.period, number=number))]
