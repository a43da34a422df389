"""People change what they said: a message of answers is edited, or the receipt is answered."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

from handlers.reporters.choose_report import ask_which
from handlers.reporters.draft_session import cannot_open, moved_meanwhile, next_in, sent_away, shown_again
from handlers.reporters.submit_report import came_of
from handlers.reporters.unit_in_heading import check_unit, of_unit_named, read_of_unit
from messages.reporters.batch_words import not_taken, taken
from messages.reporters.draft_words import refusal_said
from messages.reporters.rest_words import rest_asked
from reporting.errors import NotUnderstood, Refused
from reporting.filling.drafts import Draft, message_key
from reporting.filling.line_results import Lines
from reporting.filling.moves import Filling
from reporting.filling.tasks import Task, tasks
from reporting.filling.typed_answer import read_answer
from reporting.forms import Form
from reporting.incoming import Message
from reporting.people import Address, Person
from reporting.questions.names import Names
from reporting.say import Say
from reporting.translator import Html, Translator
from services.context import Context
from services.correct_report import (
    Change,
    Changed,
    MovedByAnother,
    NothingChanged,
    NotTaken,
    Read,
    change_figures,
)
from services.draft_session import filler_at, filling_of
from services.open_report import form_of_report, last_dealt_with, open_draft, open_tasks
from storage.reports import drafts, many_drafts, reports
from understanding.days import past_days
from understanding.reasons_said import days_in_reason, part_day_and_reason
from understanding.typed_requests import NUMBER

FOLLOWED = timedelta(days=7)
"""An edit of an older message changes nothing."""


def _once_heard(message: Message, context: Context) -> tuple[Draft, Form, str] | None:
    """The draft that an edited message once answered, and what of it; None for any other edit."""
    to = message.chat
    held = context.duties(context.person(to), "reporter", "deputy", "leader")
    if not held or message.text is None:
        return None
    key, first_on = message_key(to, message.message_id), context.today - FOLLOWED
    open_now = {task.unit.id for task in tasks(context.forms, held, context.tree, context.now, context.zone)}
    units = open_now | {duty.unit_id for duty in held}
    now_at = drafts.at(context.connection, to)
    practises = now_at is not None and now_at[0].is_practice
    for draft, form in many_drafts.since(context.connection, units, first_on):
        if key in draft.heard and draft.is_practice == practises:
            return draft, form, draft.heard[key]
    return None


def _of_receipt(message: Message, context: Context) -> tuple[Draft, Form] | None:
    """The draft of the report whose receipt is answered; None for any other message."""
    answered = message.replied
    number = NUMBER.search(answered.text) if answered is not None else None
    if number is None or message.text is None:
        return None
    for report in reports.numbered(context.connection, number[0]):
        found = drafts.of_unit(context.connection, report.form, report.unit_id, report.period)
        if found is not None:
            return found
    return None


def edited(message: Message, context: Context) -> list[Say] | None:
    """An edited answer is the answer now; of a report that was sent it is a correction."""
    found = _once_heard(message, context)
    if found is None:
        return None
    (draft, form, what), to, text = found, message.chat, message.said
    words = context.words(context.person(to))

    def read(filling: Filling) -> Lines:
        if what == "*":
            check_unit(context, text, Task(form, context.unit(draft.unit_id), draft.period))
            return read_of_unit(context, filling, text, words)
        question = form.by_name[what]
        choices = filling.choices_of(question)
        return Lines({what: read_answer(question, text, words, choices, filling.now)})

    return change(context, to, draft, form, read, message.message_id, what)


def answered(message: Message, context: Context) -> list[Say] | None:
    """«F0 5» as an answer to the receipt."""
    found = _of_receipt(message, context)
    if found is None:
        return None
    (draft, form), to, text = found, message.chat, message.said
    words = context.words(context.person(to))

    def read(filling: Filling) -> Lines:
        return named_figures(context, filling, text, words)

    return change(context, to, draft, form, read, message.message_id)


def named_figures(context: Context, filling: Filling, text: str, words: Translator) -> Lines:
    """Names and figures. NotUnderstood where there are none."""
    lines = read_of_unit(context, filling, text, words)
    if not lines.answers:
        raise NotUnderstood("lines_nothing")
    return lines


def change(
    context: Context,
    to: Address,
    draft: Draft,
    form: Form,
    read: Read,
    message_id: int,
    what: str = "*",
    reason: str = "",
) -> list[Say]:
    """Changes answers of a report, open or sent. A correction says what it changes and asks why, unless `reason` says it."""
    person = filler_at(context, to, draft, form)
    if person is None:
        return sent_away(context, to)
    filling = filling_of(context, draft, form)
    return _said(context, person, to, change_figures(context, person, to, filling, read, message_id, what, reason))


def _said(context: Context, person: Person, to: Address, change: Change) -> list[Say]:
    """What came of a change."""
    words = context.words(person)
    match change:
        case MovedByAnother(filling, other):
            return shown_again(context, person, to, filling, moved_meanwhile(context, other, words))
        case NotTaken(filling, refused, was_sent):
            why = refusal_said(words, refused)
            return [Say(to, why)] if was_sent else shown_again(context, person, to, filling, why)
        case NothingChanged(before, lines):
            told = taken(before, lines, words)
            return [Say(to, "\n".join(filter(None, [told, words("nothing_changed")])))]
        case Changed(before, lines, now):
            if isinstance(now, Filling):
                said = next_in(context, person, to, now, taken(before, lines, words))
                return [said, *rest_asked(now, lines.rest, to, words)]
            came = came_of(context, person, to, before, now)
            return [replace(came, text=Html("\n".join([came.text, *not_taken(before, lines, words)])))]


def update_figures(context: Context, person: Person, to: Address, text: str, message_id: int) -> list[Say]:
    """«/capnhat f0 5 ngày 09/11, lý do: nhập nhầm»: figures of any open day, sent or not; today's if no day is named."""
    words, held = context.words(person), context.duties(person, "reporter", "deputy", "leader")
    text, named, reason, unread = part_day_and_reason(text, context.today, [Names.of(form) for form in context.forms])
    span = past_days(named, context.today)
    day = span.last_on if span is not None else None
    found = [task for task in open_tasks(context, held) if day in (None, task.period)]
    found = [task for task in found if could_be(context, task, text, words)]
    hinted = _hinted(reason, text, context.today) if day is None else set[date]()
    if hinted and not any(task.period in hinted for task in found):
        return [Say(to, words("update_none", date=min(hinted)))]
    if len({task.period for task in found}) > 1 and not hinted:
        last = last_dealt_with(context, person, found)
        found = [task for task in found if task.period == last.period]
    if not found:
        return [Say(to, words("update_none" if day else "lines_nothing", date=day or context.today))]
    found = of_unit_named(context, text, found)
    if len(found) > 1:
        return ask_which(context, found, to, words, "lines_which")
    return change_of(context, person, to, found[0], text, message_id, reason, unread)


def _hinted(reason: str, figures: str, today: date) -> set[date]:
    """The days that a reason names which may be those of the figures."""
    found = set[date]()
    for day in days_in_reason(reason, figures, today):
        with suppress(Refused):  # a day ahead, or none that there is: no report is meant by it
            span = past_days(day, today)
            found |= {span.last_on} if span is not None else set()
    return found


def change_of(
    context: Context,
    person: Person,
    to: Address,
    task: Task,
    text: str,
    message_id: int,
    reason: str = "",
    unread: Sequence[str] = (),
) -> list[Say]:
    """Puts what a text says into a report: into its draft, or as a correction where it was sent.

    `unread`: the pieces of the reason with numbers that were not read.
    """
    words = context.words(person)
    standing = drafts.of_unit(context.connection, task.form.key, task.unit.id, task.period)
    if standing is None:
        opened = open_draft(context, person, to, task)
        if not isinstance(opened, Filling):
            return [cannot_open(context, opened, to, words)]
        standing = (opened.draft, opened.form)

    def read(filling: Filling) -> Lines:
        return named_figures(context, filling, text, words).beside_reason(unread)

    return change(context, to, *standing, read, message_id, reason=reason)


def could_be(context: Context, task: Task, text: str, words: Translator) -> bool:
    """Whether the report has something of these names, in its own version of the form."""
    blank = Filling.blank(form_of_report(context, task), task.unit.id, task.period, context.local)
    return bool(read_of_unit(context, blank, text, words).answers)
