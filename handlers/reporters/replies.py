"""A reply to one of our messages means what that message is about: its report, and its question if it asks one."""

import re
from dataclasses import dataclass
from datetime import date

from handlers.reporters.offered_answers import fits, offer_for
from messages.reporters.offers import may_hold_figures
from messages.reporters.task_words import report_button
from reporting.errors import NotUnderstood
from reporting.filling.drafts import Draft
from reporting.filling.moves import Filling
from reporting.filling.tasks import Task
from reporting.filling.typed_answer import read_answer
from reporting.forms import Question
from reporting.incoming import Earlier, Message
from reporting.people import Person
from reporting.presses.reading import read_press
from reporting.presses.reporters import DraftPress, OpenReport
from reporting.questions.typed_text import echo
from reporting.say import Say
from reporting.translator import Translator
from services.context import Context
from services.open_report import as_it_stands, open_tasks
from storage.reports import drafts
from understanding.typed_requests import day_shown

_PLACE = re.compile(r"^\(\d+/\d+\)\s*")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a message of ours is about: the report of a form, a unit and a period; no form: whatever is of that day.

    `turn`: the draft's when it was said, -1 if the message does not say; `draft_id`: 0 likewise.
    """

    period: date
    form: str = ""
    unit_id: int = 0
    draft_id: int = 0
    turn: int = -1
    is_practice: bool = False


def _meant(message: Message, context: Context) -> tuple[Person, Subject] | None:
    """Whose figures these are, in reply to a message of ours about a report; None for any other message.

    A reply to the question that is on the screen is its answer, like any other.
    """
    answered, to = message.replied, message.chat
    if answered is None or not answered.is_bots or message.is_forwarded or not may_hold_figures(message.said):
        return None
    person = context.person(to)
    if person is None or not context.duties(person, "reporter", "deputy", "leader"):
        return None
    subject = _subject(context, answered)
    if subject is None:
        return None
    now_at = drafts.on_screen(context.connection, to)
    is_asked = now_at is not None and subject.draft_id == now_at[0].id and subject.turn == now_at[0].turn
    return None if is_asked else (person, subject)


def reply(message: Message, context: Context) -> list[Say] | None:
    """«F0 6», or «6» in reply to a question, in reply to a message about a report: it is that report's, asked first."""
    meant, to, text = _meant(message, context), message.chat, message.said
    if meant is None or message.replied is None:
        return None
    person, subject = meant
    words, asked = context.words(person), message.replied.text
    if subject.is_practice:
        return [Say(to, words("reply_practice", text=echo(text)))]
    found = [task for task in open_tasks(context, context.duties(person)) if _is_about(subject, task, asked)]
    if not found:
        return [Say(to, words("update_none", date=subject.period))]
    for task in found:
        if fits(context, person, task, text):
            return offer_for(context, person, to, task, text, message.message_id)
    for task in found:
        filling = as_it_stands(context, task)
        question = _question_in(asked, filling, words)
        if question is not None and _can_read(filling, question, text, words):
            return offer_for(context, person, to, task, f"{question.name}: {text}", message.message_id)
    button = report_button(found[0], words.plain("round_button_report"))
    values = {"text": echo(text), "period": found[0].form.period(found[0].period), "unit": found[0].unit.title}
    return [Say(to, words("reply_not_read", **values), ((button,),))]


def _subject(context: Context, answered: Earlier) -> Subject | None:
    """What a message of ours is about: by its buttons if they are of one report, else by the first day that it shows."""
    found = {_pressed(context, each) for each in answered.presses} - {None}
    if len(found) == 1:
        return found.pop()
    day = day_shown(answered.text)
    return Subject(day) if day is not None else None


def _pressed(context: Context, carried: str) -> Subject | None:
    """The report that a button is about."""
    match read_press(carried):
        case OpenReport(form, unit_id, period):
            return Subject(period, form, unit_id)
        case DraftPress(draft_id, turn):
            found = drafts.draft_of(context.connection, draft_id)
            return _of_draft(found[0], turn) if found is not None else None
    return None


def _of_draft(draft: Draft, at: int) -> Subject:
    return Subject(draft.period, draft.form, draft.unit_id, draft.id, at, draft.is_practice)


def _is_about(subject: Subject, task: Task, said: str) -> bool:
    """Whether a report is what a message is about; where only its day is known, of the units that it names if it names any."""
    if task.period != subject.period:
        return False
    if subject.form:
        return (subject.form, subject.unit_id) == (task.form.key, task.unit.id)
    return task.form.by == "reporter" and task.unit.name in said


def _question_in(said: str, filling: Filling, words: Translator) -> Question | None:
    """The question that a message asks, by its label in the first lines."""
    lines = {_PLACE.sub("", line).strip() for line in said.split("\n")[:3]}
    for question in filling.asked:
        if lines & {filling.filled(each, words.language) for each in (question.label, question.alone)}:
            return question
    return None


def _can_read(filling: Filling, question: Question, text: str, words: Translator) -> bool:
    try:
        read_answer(question, text, words, filling.choices_of(question), filling.now)
    except NotUnderstood:
        return False
    return True
