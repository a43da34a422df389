"""Several answers in one message, at an open draft or without one."""

import re
from datetime import date

from handlers.reporters.choose_report import ask_which
from handlers.reporters.draft_session import cannot_open, go_on
from handlers.reporters.offered_answers import fits, offer_for
from handlers.reporters.unit_in_heading import of_unit_named, read_of_unit
from messages.reporters.batch_words import taken
from messages.reporters.rest_words import rest_asked
from messages.reporters.template import head_of
from reporting.errors import NotUnderstood, Refused
from reporting.filling.fast import together
from reporting.filling.line_results import Lines
from reporting.filling.moves import Filling
from reporting.filling.tasks import Task, tasks
from reporting.incoming import Message
from reporting.people import Address, Person
from reporting.say import Say
from reporting.translator import LANGUAGES, translator
from reporting.typed_buttons import fold_typed
from services.context import Context
from services.open_report import form_of_report, open_draft, open_tasks, sent_of
from understanding.days import past_days
from understanding.mergers import everything_before
from understanding.typed_requests import other_day, part_day

LONGEST = 4000
LEAST = 2
"""Without an open draft, so many answers must be understood for a message to be taken for a report."""
MOST = 20
_MAYBE = re.compile(r"\d[\s\S]*[,;\n]|[,;\n][\s\S]*\d|:\s*\d")


def _meant(message: Message, context: Context) -> tuple[Person, list[Task]] | None:
    """Somebody who owes a report, and the reports that his message of answers may be; None for any other message."""
    text = message.said
    if "?" in text or not _MAYBE.search(text) or len(text) > LONGEST or message.is_forwarded:
        return None
    person = context.person(message.chat)
    held = context.duties(person, "reporter", "deputy", "leader")
    if person is None or not held:
        return None
    found = tasks(context.forms, held, context.tree, context.now, context.zone)
    headed = [task for task in found if is_headed(text, task)]
    waiting = headed or [task for task in found if sent_of(context, task) is None]
    read = [(task, _read_empty(context, person, task, text)) for task in waiting[:MOST]]
    whole = [(task, lines) for task, lines in read if len(lines.answers) >= LEAST]
    days = [(task, other_day(lines.unread, task.period, context.today)) for task, lines in whole]
    meant = [task for task, day in days if day is None]
    open_on = {task.period for task in open_tasks(context, held)}
    if not meant and not any(day in open_on for _, day in days):
        meant = [task for task, _ in days]  # of a day of which no report is open: refused, not put into another's
    return (person, meant) if meant else None


def is_headed(text: str, task: Task) -> bool:
    """Whether the message begins as the template of this report does, in any language."""
    first = fold_typed(text.strip().split("\n", 1)[0])
    return any(first == fold_typed(head_of(task.unit, task.period, translator(language))) for language in LANGUAGES)


def begin(message: Message, context: Context) -> list[Say] | None:
    """A whole report, or part of one, in one message."""
    meant = _meant(message, context)
    if meant is None:
        return None
    (person, found), to, text = meant, message.chat, message.said
    _check_head(context, text, found[0])
    day = other_day(_read_empty(context, person, found[0], text).unread, found[0].period, context.today)
    if day is not None:
        raise Refused("update_none", date=day)
    found = of_unit_named(context, text, found)
    if len(found) > 1:
        return ask_which(context, found, to, context.words(person), "lines_which")
    return into(context, person, to, found[0], text, message.message_id)


def into(context: Context, person: Person, to: Address, task: Task, text: str, message_id: int) -> list[Say]:
    """Opens the report and takes the answers."""
    opened = open_draft(context, person, to, task)
    if not isinstance(opened, Filling):
        return [cannot_open(context, opened, to, context.words(person))]
    return take(context, person, to, opened, text, message_id)


def take(context: Context, person: Person, to: Address, filling: Filling, text: str, message_id: int) -> list[Say]:
    """Takes what is clear of a message; what is not is named. NotUnderstood where nothing in it can be an answer."""
    words = context.words(person)
    other = _other_report(context, person, filling, text)
    if other is not None:
        return into(context, person, to, other, text, message_id)
    task = Task(filling.form, context.unit(filling.draft.unit_id), filling.draft.period)
    lines = read_of_unit(context, filling, text, words)
    day = other_day(lines.unread, filling.draft.period, context.today)
    if day is not None:
        return _of_other_day(context, person, to, filling, day, text, message_id)
    _check_head(context, text, task)
    if lines.answers and (named := of_unit_named(context, text, _beside(context, person, task)))[0] != task:
        return offer_for(context, person, to, named[0], text, message_id)
    if not lines.answers and not any(each.among for each in lines.doubtful):
        raise NotUnderstood("lines_nothing")
    said = taken(filling, lines, words)
    moved = together(filling, lines.answers)
    noted = moved.with_draft(moved.draft.heard_in(to, message_id, "*"))
    return [*go_on(context, person, to, noted, said), *rest_asked(noted, lines.rest, to, words)]


def _of_other_day(
    context: Context, person: Person, to: Address, filling: Filling, day: date, text: str, message_id: int
) -> list[Say]:
    """Figures of a day that is not the open report's are offered to that day's report, of the unit or of one that it was made of.

    Refused where it is not open.
    """
    unit = context.unit(filling.draft.unit_id)
    theirs = {unit.id, *(each.id for each in everything_before(unit, context.tree))}
    for task in open_tasks(context, context.duties(person)):
        if task.period == day and task.unit.id in theirs and fits(context, person, task, text):
            return offer_for(context, person, to, task, text, message_id)
    raise Refused("lines_other_day", date=day, open=filling.draft.period)


def _beside(context: Context, person: Person, task: Task) -> list[Task]:
    """An open report, and those of the person's other units for the same form and period."""
    of_others = (
        each
        for each in open_tasks(context, context.duties(person))
        if (each.form.key, each.period) == (task.form.key, task.period) and each.unit.id != task.unit.id
    )
    return [task, *of_others]


def _other_report(context: Context, person: Person, filling: Filling, text: str) -> Task | None:
    """The report that the message's first line names, if it is another than the open one."""
    if not read_head(text):
        return None
    draft, held = filling.draft, context.duties(person)
    found = [
        task for task in tasks(context.forms, held, context.tree, context.now, context.zone) if is_headed(text, task)
    ]
    if any((each.form.key, each.unit.id, each.period) == (draft.form, draft.unit_id, draft.period) for each in found):
        return None
    return found[0] if len(found) == 1 else None


def _check_head(context: Context, text: str, task: Task) -> None:
    """Refused where the message's first line says that it is of another day than this report, and that report is not open."""
    if not read_head(text) or is_headed(text, task):
        return
    span = past_days(part_day(text.strip().split("\n", 1)[0], context.today)[1], context.today)
    if span is not None and span.last_on != task.period:
        raise Refused("update_none", date=span.last_on)


def read_head(text: str) -> bool:
    """Whether a message begins like a template."""
    return bool(re.match(r"(?:bao cao|report)\b.*\d", fold_typed(text.strip().split("\n", 1)[0]))) and "\n" in text


def _read_empty(context: Context, person: Person, task: Task, text: str) -> Lines:
    blank = Filling.blank(form_of_report(context, task), task.unit.id, task.period, context.local)
    return read_of_unit(context, blank, text, context.words(person))
