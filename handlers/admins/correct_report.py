"""The desk corrects a report, after closing too: /dieuchinh <number> <figures>, lý do: <why>."""

from dataclasses import replace

from handlers.reporters.edits import named_figures
from messages.notices import notices_of
from messages.reporters.batch_words import not_taken, taken
from messages.reporters.draft_words import refusal_said
from messages.reporters.receipt_words import receipt
from messages.reporters.review_words import corrections
from reporting.errors import Refusal
from reporting.filling.line_results import Lines
from reporting.incoming import Message
from reporting.people import Address, Person
from reporting.questions.names import Names
from reporting.reports import Report
from reporting.say import Say
from reporting.translator import Html
from services.context import Context
from services.correct_report import correct_by_desk, report_numbered
from understanding.reasons_said import numbers_in_reason, reason_apart
from understanding.typed_requests import NUMBER


def correct(message: Message, context: Context) -> list[Say]:
    """/dieuchinh: at once, with its reason; the unit's people are told who changed what and why."""
    to = message.chat
    person = context.person(to)
    words = context.words(person, message.language)
    held = context.duties(person, "admin")
    if person is None or not held:
        return context.not_authorised(to, words)
    text, reason = reason_apart(message.arguments)
    number = NUMBER.search(text)
    if number is None or not reason:
        return [Say(to, words("desk_correct_how"))]
    try:
        report = report_numbered(context, person, number[0])
        return _corrected(context, person, to, report, text.replace(number[0], " ").strip(" ,;:"), reason)
    except Refusal as refused:
        return [Say(to, refusal_said(words, refused))]


def _corrected(context: Context, person: Person, to: Address, report: Report, text: str, reason: str) -> list[Say]:
    words, unit = context.words(person), context.unit(report.unit_id)
    found = correct_by_desk(
        context, person, report, lambda filling: named_figures(context, filling, text, words), reason
    )
    if not found.is_clear:
        taken_not = taken(found.before, replace(found.lines, answers={}), words)
        return [Say(to, Html("\n".join([taken_not, words("desk_not_done")])))]
    if found.new is None:
        return [Say(to, words("nothing_changed"))]
    done = receipt(found.new, found.moved, unit, context.local, to, words)
    unread = numbers_in_reason(reason, text, context.today, [Names.of(found.moved.form)])
    beside = not_taken(found.before, Lines().beside_reason(unread), words)
    said = replace(done, text="\n".join([done.text, *corrections(found.moved, words), *beside]))
    return [said, *notices_of(found.events, context.zone)]
