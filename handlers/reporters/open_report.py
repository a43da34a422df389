"""Opening a report: the chat is taken to it, or told why not."""

from handlers.reporters.draft_session import cannot_open, next_in, who_else
from reporting.filling.drafts import Draft
from reporting.filling.moves import Filling
from reporting.filling.tasks import Task
from reporting.forms import Form
from reporting.people import Address, Person
from reporting.say import Say
from services.context import Context
from services.correct_report import begin_correction
from services.draft_session import other_hand
from services.open_report import open_draft, was_opened_again
from storage.reports import drafts


def open_task(context: Context, person: Person, to: Address, task: Task) -> list[Say]:
    """Takes the chat to a report's draft and says what is next in it."""
    found = drafts.of_unit(context.connection, task.form.key, task.unit.id, task.period)
    if found is not None and found[0].state == "sent" and was_opened_again(context, task):
        return correct(context, person, to, *found)
    other, words = other_hand(context, found[0], person) if found else None, context.words(person)
    opened = open_draft(context, person, to, task)
    if not isinstance(opened, Filling):
        return [cannot_open(context, opened, to, words)]
    return [next_in(context, person, to, opened, who_else(context, other, words))]


def open_again(context: Context, person: Person, to: Address, task: Task, at: str = "") -> list[Say]:
    """What «Điều chỉnh» does: the report that was sent is open in its review, or `at` a question, to be corrected."""
    found = drafts.of_unit(context.connection, task.form.key, task.unit.id, task.period)
    if found is None or found[0].state != "sent":
        return open_task(context, person, to, task)
    return correct(context, person, to, *found, at)


def correct(context: Context, person: Person, to: Address, draft: Draft, form: Form, at: str = "") -> list[Say]:
    """The same of a draft that was sent. Raises Refused where it is not, or too late."""
    return [next_in(context, person, to, begin_correction(context, person, to, draft, form, at))]
