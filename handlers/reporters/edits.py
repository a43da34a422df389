"""People change what they said: a message of answers is edited, or the receipt is answered."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from aiogram import F, Router
from aiogram.filters import Filter
from aiogram.types import Message

from handlers.common.addresses import address_of
from handlers.reporters.choose_report import ask_which
from handlers.reporters.draft_session import charged, filling_of, go_on, noted, sent_away, shown_again
from handlers.reporters.open_report import is_others, last_dealt_with, open_draft, open_tasks, what_happened
from handlers.reporters.submit_report import correcting, send
from messages.reporters.batch_words import taken
from messages.reporters.draft_words import refusal
from reporting.errors import NotUnderstood, Refusal
from reporting.filling.drafts import Draft
from reporting.filling.fast import together
from reporting.filling.lines import Lines, read_answer, read_lines
from reporting.filling.moves import Filling
from reporting.filling.tasks import Task, tasks
from reporting.forms import Form
from reporting.people import Address, Person
from reporting.questions import checks
from reporting.say import Say
from reporting.translator import Html, Translator
from services.context import Context
from storage.reports import drafts, reports
from understanding.days import past_days
from understanding.typed_requests import NUMBER, part_day, part_reason

router = Router(name="edits")
private = F.chat.type == "private"
FOLLOWED = timedelta(days=7)
"""An edit of an older message changes nothing."""


class OfDraft(Filter):
    """Passes an edit of a message that once answered a draft; the handler gets `draft`, `form` and `what` it answered."""

    async def __call__(self, message: Message, context: Context) -> bool | dict[str, Any]:
        to = address_of(message.chat)
        held = context.duties(context.person(to), "reporter", "deputy", "leader")
        if not held or message.text is None:
            return False
        key, first_on = f"{to.address}/{message.message_id}", context.today - FOLLOWED
        open_now = {task.unit.id for task in tasks(context.forms, held, context.tree, context.now, context.zone)}
        units = open_now | {duty.unit_id for duty in held}
        now_at = drafts.at(context.connection, to)
        practises = now_at is not None and now_at[0].is_practice
        for draft, form in drafts.since(context.connection, units, first_on):
            if key in draft.heard and draft.is_practice == practises:
                return {"draft": draft, "form": form, "what": draft.heard[key]}
        return False


class OfReceipt(Filter):
    """Passes an answer to a receipt; the handler gets `draft` and `form` of the report."""

    async def __call__(self, message: Message, context: Context) -> bool | dict[str, Any]:
        answered = message.reply_to_message
        number = NUMBER.search(answered.text or "") if answered is not None else None
        if number is None or (message.text or "/").startswith("/"):
            return False
        for report in reports.numbered(context.connection, number[0]):
            found = drafts.of_unit(context.connection, report.form, report.unit_id, report.period)
            if found is not None:
                return {"draft": found[0], "form": found[1]}
        return False


@router.edited_message(private, OfDraft())
async def edited(message: Message, context: Context, draft: Draft, form: Form, what: str) -> list[Say]:
    """An edited answer is the answer now; of a report that was sent it is a correction."""
    text = message.text or ""

    def read(filling: Filling, words: Translator) -> Lines:
        if what == "*":
            return read_lines(filling, text, words)
        question = form.by_name[what]
        choices = checks.choices(question, filling.instance)
        return Lines({what: read_answer(question, text, words, choices, filling.now)})

    return change(context, address_of(message.chat), draft, form, read, message.message_id, what)


@router.message(private, OfReceipt())
async def answered(message: Message, context: Context, draft: Draft, form: Form) -> list[Say]:
    """«F0 5» as an answer to the receipt."""
    text = message.text or ""
    return change(
        context,
        address_of(message.chat),
        draft,
        form,
        lambda filling, words: said(filling, text, words),
        message.message_id,
    )


def said(filling: Filling, text: str, words: Translator) -> Lines:
    """Names and figures. NotUnderstood where there are none."""
    lines = read_lines(filling, text, words)
    if not lines.answers:
        raise NotUnderstood("lines_nothing")
    return lines


def change(
    context: Context,
    to: Address,
    draft: Draft,
    form: Form,
    read: Callable[[Filling, Translator], Lines],
    message_id: int,
    what: str = "*",
    reason: str = "",
) -> list[Say]:
    """Changes answers of a report, open or sent. A correction says what it changes and asks why, unless `reason` says it."""
    person = charged(context, to, draft, form)
    if person is None:
        return sent_away(context, to)
    words = context.words(person)
    filling = filling_of(context, draft, form)
    was_sent = draft.state == "sent"
    if is_others(context, draft, person, to):
        drafts.go_to(context.connection, to, draft.id)
        return shown_again(context, person, to, filling, what_happened(context, draft, person))
    try:
        if was_sent:
            filling = correcting(context, person, filling)
        lines = read(filling, words)
    except Refusal as refused:
        if was_sent:
            return [Say(to, refusal(words, refused))]
        drafts.go_to(context.connection, to, draft.id)
        return shown_again(context, person, to, filling, refusal(words, refused))
    drafts.go_to(context.connection, to, draft.id)
    return _changed(context, person, to, filling, lines, message_id, what, reason)


def _changed(
    context: Context,
    person: Person,
    to: Address,
    filling: Filling,
    lines: Lines,
    message_id: int,
    what: str,
    reason: str,
) -> list[Say]:
    words = context.words(person)
    told: Html = taken(filling, lines, words)
    moved = noted(explained(together(filling, lines.answers), reason), to, message_id, what)
    if not moved.draft.correcting or moved.draft.state != "review":
        return go_on(context, person, to, moved, told)
    if moved.results == moved.stands and moved.draft.answers == filling.draft.answers:
        drafts.go_to(context.connection, to, None)
        return [Say(to, "\n".join(filter(None, [told, words("nothing_changed")])))]
    if reason:
        return send(context, person, to, moved, reason)
    return go_on(context, person, to, moved.awaiting_reason(), told)


def update_figures(context: Context, person: Person, to: Address, text: str, message_id: int) -> list[Say]:
    """«/capnhat f0 5 ngày 09/11, lý do: nhập nhầm»: figures of any open day, sent or not; today's if no day is named."""
    words, held = context.words(person), context.duties(person, "reporter", "deputy", "leader")
    text, reason = part_reason(text)
    text, named = part_day(text, context.today)
    span = past_days(named, context.today)
    day = span.last_on if span is not None else None
    found = [task for task in open_tasks(context, held) if day in (None, task.period)]
    found = [task for task in found if could_be(context, task, text, words)]
    if len({task.period for task in found}) > 1:
        last = last_dealt_with(context, person, found)
        found = [task for task in found if task.period == last.period]
    if not found:
        return [Say(to, words("update_none" if day else "lines_nothing", date=day or context.today))]
    if len(found) > 1:
        return ask_which(context, found, to, words, "lines_which")
    return change_of(context, person, to, found[0], text, message_id, reason)


def change_of(
    context: Context, person: Person, to: Address, task: Task, text: str, message_id: int, reason: str = ""
) -> list[Say]:
    """Puts what a text says into a report: into its draft, or as a correction where it was sent."""
    standing = drafts.of_unit(context.connection, task.form.key, task.unit.id, task.period)
    if standing is None:
        opened = open_draft(context, person, to, task)
        if isinstance(opened, Say):
            return [opened]
        standing = (opened.draft, opened.form)
    return change(context, to, *standing, lambda filling, words: said(filling, text, words), message_id, reason=reason)


def could_be(context: Context, task: Task, text: str, words: Translator) -> bool:
    """Whether the form has something of these names."""
    draft = Draft(0, task.form.key, task.form.version, task.unit.id, task.period)
    return bool(read_lines(Filling(task.form, draft, {}, None, context.local), text, words).answers)


def explained(filling: Filling, reason: str) -> Filling:
    """The reason of a correction, if one was given, is the reason for what a soft check doubts in it too."""
    while reason and filling.draft.state == "awaiting a reason" and filling.draft.at:
        filling = filling.explain(reason)
    return filling
