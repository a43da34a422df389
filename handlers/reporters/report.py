"""People come to report: /baocao, the answers one after the other, the review, sending."""

from collections.abc import Sequence
from datetime import date

from handlers.reporters.choose_report import ask_which
from handlers.reporters.edits import update_figures
from handlers.reporters.offered_answers import fits, in_question, offer_for
from handlers.reporters.open_report import open_again, open_task
from handlers.residents.public_answer import vocabulary_of
from messages.reporters.draft_words import draft_kept_key
from messages.reporters.offers import may_hold_figures
from messages.reporters.task_words import nothing_open, units_ended
from reporting.errors import Refused
from reporting.filling.tasks import Task
from reporting.incoming import Message
from reporting.people import Address, Duty, Person
from reporting.period_types import period_meant
from reporting.say import Say
from reporting.translator import Translator
from reporting.typed_buttons import fold_typed
from reporting.units import Unit
from services.context import Context
from services.draft_session import leave_draft
from services.open_report import open_tasks, sent_of
from storage.reports import drafts
from understanding import Span, understand
from understanding.days import past_days, unclear
from understanding.typed_requests import part_day


def begin(message: Message, context: Context) -> list[Say]:
    """/baocao [day]: the one report that is open, of that day if one is named, or which of them; figures behind it are offered."""
    to = message.chat
    person = context.person(to)
    words = context.words(person, message.language)
    duties = context.duties(person)
    if person is None or not any(duty.role in ("reporter", "deputy", "leader") for duty in duties):
        return context.not_authorised(to, words)
    found, rest = of_day(context, open_tasks(context, duties), message.arguments)
    if rest:
        return _with_more(context, person, to, found, rest, message.message_id)
    return _opened(context, person, to, found, words)


def _with_more(
    context: Context, person: Person, to: Address, found: list[Task], more: str, message_id: int
) -> list[Say]:
    """What is typed behind /baocao beside a day: a unit's name, or figures. Refused where it is neither: it may be another day."""
    of_unit = [task for task in found if fold_typed(more) in _called(task.unit)]
    if of_unit:
        return _opened(context, person, to, of_unit, context.words(person))
    fitting = [task for task in found if may_hold_figures(more) and fits(context, person, task, more)]
    if fitting:
        return offer_for(context, person, to, fitting[0], more, message_id)
    raise unclear(more)


def _called(unit: Unit) -> set[str]:
    """What a unit is named by: its name, with its kind or its code, or the code alone."""
    return {fold_typed(each) for each in (unit.name, unit.bare_title, unit.title, unit.title_with_code, unit.code)}


def _opened(context: Context, person: Person, to: Address, found: list[Task], words: Translator) -> list[Say]:
    """The report that waits, or the only one; of several, which."""
    waiting = [each for each in found if sent_of(context, each) is None]
    if len(waiting) == 1 or len(found) == 1:
        return open_task(context, person, to, (waiting or found)[0])
    if not found:
        duties = context.duties(person)
        return [
            _ended(context, duties, to, words) or nothing_open(context.forms, context.local, context.zone, to, words)
        ]
    return ask_which(context, waiting or found, to, words)


def of_day(context: Context, found: Sequence[Task], typed: str) -> tuple[list[Task], str]:
    """The reports of the day, or of the period («quý 3»), that is named behind a command, all where none is; and what else is typed.

    Refused where none of that day is open.
    """
    rest, named = part_day(typed, context.today)
    if not named.said and typed.strip():
        whole = understand(typed, vocabulary_of(context), context.today).days
        is_period = whole.span is not None and whole.span.first_on < whole.span.last_on and not whole.wrong
        if is_period and fold_typed(whole.said) == fold_typed(typed):
            rest, named = "", whole
    span = past_days(named, context.today)
    if span is None:
        return list(found), rest.strip()
    fitting = [task for task in found if _is_of(task, span, context.today)]
    if not fitting:
        raise Refused("update_none", date=span.last_on)
    named_so = [task for task in fitting if task.form.period(task.period).in_calendar.first_on == span.first_on]
    return named_so or fitting, rest.strip()


def _is_of(task: Task, span: Span, today: date) -> bool:
    meant = period_meant(task.form.schedule.period_type, span.first_on, span.last_on)
    return task.period == meant and task.form.period(meant).is_named_by(span.first_on, span.last_on, today)


def update(message: Message, context: Context) -> list[Say]:
    """/capnhat: which of the reports that were sent is to be corrected; with figures behind it, those of an open day."""
    to = message.chat
    person = context.person(to)
    words = context.words(person, message.language)
    held = context.duties(person, "reporter", "deputy", "leader")
    if person is None or not held:
        return context.not_authorised(to, words)
    if message.arguments:
        asked = in_question(context, person, to, message.arguments, message.message_id)
        return asked or update_figures(context, person, to, message.arguments, message.message_id)
    found = [each for each in open_tasks(context, held) if sent_of(context, each)]
    if not found:
        return [_ended(context, held, to, words) or Say(to, words("nothing_sent"))]
    return open_again(context, person, to, found[0]) if len(found) == 1 else ask_which(context, found, to, words)


def _ended(context: Context, duties: Sequence[Duty], to: Address, words: Translator) -> Say | None:
    """That all units of these duties have ended, by a merger or otherwise."""
    units = dict.fromkeys(context.unit(duty.unit_id) for duty in duties)
    return units_ended(units, context.tree, context.today, context.contact(words), to, words)


def leave(message: Message, context: Context) -> list[Say]:
    """/huy: the chat leaves the draft that it is at; the draft is kept."""
    to = message.chat
    person = context.person(to)
    words = context.words(person, message.language)
    at = drafts.at(context.connection, to)
    if at is None:
        return [Say(to, words("draft_none"))]
    leave_draft(context, to)
    return [Say(to, words(draft_kept_key(at[0]), period=at[1].period(at[0].period)))]
