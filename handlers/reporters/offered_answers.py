"""A reporter types figures when nothing is asked («F0 5»): he is asked whether they are to go into his report."""

from dataclasses import replace
from datetime import date

from handlers.reporters.choose_report import ask_which
from handlers.reporters.draft_session import marked, shown_again
from handlers.reporters.edits import change_of, could_be
from handlers.reporters.unit_in_heading import of_unit_named, read_of_unit
from messages.reporters.batch_words import taken
from messages.reporters.offers import (
    TYPED_WITHIN,
    answer_typed,
    ask_whether,
    ask_which_is_meant,
    figures_in,
    figures_told,
    has_figures,
    in_doubt,
    is_whole,
    may_hold_figures,
    picked,
)
from reporting.errors import NotUnderstood, Refused
from reporting.filling.drafts import Draft
from reporting.filling.line_results import TAKEN_BACK
from reporting.filling.moves import Filling
from reporting.filling.offer import Offer
from reporting.filling.tasks import Task, is_charged
from reporting.filling.typed_answer import read_answer
from reporting.incoming import Message, Tap
from reporting.people import Address, Person
from reporting.presses.reporters import AnswerOffer
from reporting.questions.names import Names
from reporting.questions.question import Question
from reporting.questions.typed_text import echo
from reporting.say import Say
from services.context import Context
from services.draft_session import filling_of
from services.open_report import as_it_stands, last_dealt_with, open_tasks, sent_of
from storage.reports import drafts, forms, offers
from understanding import DaysSaid
from understanding.days import past_days
from understanding.reasons_said import SaidWithReason, part_day_and_reason

ASKING = ("asking", "mending")
"""The states of a draft in which it asks one question."""


def fitting(context: Context, person: Person, text: str) -> list[Task]:
    """The open reports that figures which come unasked may be for: of the day they name, else of the one on the screen."""
    if not may_hold_figures(text) or text.startswith("/"):
        return []
    held = context.duties(person, "reporter", "deputy")
    rest, named = _parted(context, text)
    day = named.day
    found = [task for task in open_tasks(context, held) if task.form.by == "reporter" and day in (None, task.period)]
    read = [(task, read_of_unit(context, as_it_stands(context, task), rest, context.words(person))) for task in found]
    ways = (is_whole, in_doubt, has_figures)
    fit = next(filter(None, ([task for task, lines in read if fits_in(lines)] for fits_in in ways)), [])
    if len({task.period for task in fit}) < 2:
        return fit
    last = last_dealt_with(context, person, fit)
    return [task for task in fit if task.period == last.period]


def unasked(context: Context, person: Person, to: Address, text: str, message_id: int) -> list[Say] | None:
    """What is said to figures that come though nothing on the screen asks for them; None where it is something else.

    Refused where they are of a day whose report is closed.
    """
    found = fitting(context, person, text)
    if not found and (day := _closed_day(context, person, text)) is not None:
        raise Refused("update_none", date=day)
    return _offered(context, person, to, found, text, message_id) if found else _taken_back(context, person, to, text)


def offer_to_other_form(
    context: Context, person: Person, to: Address, draft: Draft, text: str, message_id: int
) -> list[Say]:
    """Figures at one form's question that only another's names: they are offered to that report of the unit; [] for any other text."""
    found = [task for task in fitting(context, person, text) if fits(context, person, task, text)]
    if not found or any(task.form.key == draft.form for task in found):
        return []
    own = [task for task in found if task.unit.id == draft.unit_id]
    return _offered(context, person, to, own or found, text, message_id)


def _taken_back(context: Context, person: Person, to: Address, text: str) -> list[Say] | None:
    """What is said to figures of which nobody knows which is right («f0 3, nhầm 5»); None to any other text."""
    if not may_hold_figures(text) or text.startswith("/"):
        return None
    rest, named = _parted(context, text)
    words = context.words(person)
    for task in open_tasks(context, context.duties(person, "reporter", "deputy")):
        if task.form.by == "reporter" and named.day in (None, task.period):
            filling = as_it_stands(context, task)
            lines = read_of_unit(context, filling, rest, words)
            if any(each.key == TAKEN_BACK for each in lines.doubtful):
                return [Say(to, taken(filling, lines, words))]
    return None


def _closed_day(context: Context, person: Person, text: str) -> date | None:
    """The day over by now of which a text has figures of a report that the person makes; None for any other text."""
    if not may_hold_figures(text) or text.startswith("/"):
        return None
    rest, named = _parted(context, text)
    day, words = named.day, context.words(person)
    if day is None or day >= context.today:
        return None
    units = {context.unit(duty.unit_id) for duty in context.duties(person, "reporter", "deputy")}
    closed = (Task(form, unit, day) for form in context.forms if form.by == "reporter" for unit in units)
    return day if any(could_be(context, task, rest, words) for task in closed) else None


def answer_typed_to(message: Message, context: Context) -> list[Say] | None:
    """«Sửa» or «không», typed where an offer has just been made."""
    verb, to = answer_typed(message.said), message.chat
    made = offers.of(context.connection, to) if verb else None
    if verb is None or made is None or not made.is_of_figures or context.now - made.made_at > TYPED_WITHIN:
        return None
    open_now = drafts.on_screen(context.connection, to)
    if open_now is not None and open_now[2] == open_now[0].turn:
        return None
    return _answered(context, to, made, verb, 0)


def answer_pressed(tap: Tap, press: AnswerOffer, context: Context) -> list[Say]:
    """«Sửa» or «Không» under an offer, or one of several figures that a name may mean."""
    to, words = tap.chat, context.words_for(tap)
    if press.answer == "pick" and press.place is None:
        return [Say(to, words("button_unknown_to_us"))]
    made = offers.of(context.connection, to)
    if made is None or not made.is_of_figures or made.message_id != press.message_id:
        return [Say(to, words("offer_over"))]
    return _answered(context, to, made, press.answer, press.place or 0)


def offer(message: Message, context: Context) -> list[Say] | None:
    """Figures that come unasked change nothing by themselves."""
    person = context.person(message.chat)
    if person is None or message.is_forwarded:
        return None
    return unasked(context, person, message.chat, message.said, message.message_id)


def _offered(context: Context, person: Person, to: Address, found: list[Task], text: str, message_id: int) -> list[Say]:
    """Refused where the day that they are said to be of is none, or ahead."""
    past_days(_parted(context, text)[1], context.today)
    found = of_unit_named(context, text, found)
    if len(found) > 1:
        return ask_which(context, found, to, context.words(person), "lines_which")
    return offer_for(context, person, to, found[0], text, message_id)


def offer_for(context: Context, person: Person, to: Address, task: Task, text: str, message_id: int) -> list[Say]:
    """Asks whether what a text says shall go into this report, or which of several figures it means."""
    words, filling = context.words(person), as_it_stands(context, task)
    said = _apart(context, text)
    lines = read_of_unit(context, filling, said.figures, words)
    doubtful = in_doubt(lines)
    if doubtful is not None:
        say: Say | None = ask_which_is_meant(doubtful, filling, message_id, to, words)
    else:
        was_sent = sent_of(context, task) is not None
        lines = lines.beside_reason(said.unread)
        say = ask_whether(filling, lines, task.unit, message_id, to, words, was_sent=was_sent)
    if say is None:
        return [Say(to, words("nothing_changed"))]
    made = Offer(task.form.key, task.unit.id, task.period, text, message_id, context.now)
    offers.make(context.connection, to, made)
    drafts.shown(context.connection, to, None)
    return [say]


def offered_for_question(
    context: Context, person: Person, to: Address, filling: Filling, text: str, message_id: int
) -> list[Say] | None:
    """Asks whether what was typed is the answer to the open question, which perhaps never came; None where it cannot be one."""
    draft, question, words = filling.draft, filling.question, context.words(person)
    if question is None or draft.is_practice or draft.state not in ASKING or draft.is_held_by_another(person.id):
        return None
    try:
        read_answer(question, text, words, filling.choices_of(question), filling.now)
    except NotUnderstood:
        return None
    task, named = Task(filling.form, context.unit(draft.unit_id), draft.period), _for_question(question, text)
    return offer_for(context, person, to, task, named, message_id) if fits(context, person, task, named) else None


def still_offered(context: Context, person: Person, to: Address, filling: Filling, text: str) -> list[Say] | None:
    """What is offered for the open question is to be answered first; None where nothing is.

    Were the question asked again instead, the next number of whoever types on without waiting would be its answer.
    """
    draft, question, made = filling.draft, filling.question, offers.of(context.connection, to)
    if made is None or question is None or not made.text.startswith(_for_question(question, "")):
        return None
    if (made.form, made.unit_id, made.period) != (draft.form, draft.unit_id, draft.period):
        return None
    task = Task(filling.form, context.unit(draft.unit_id), draft.period)
    first = context.words(person)("offer_first", text=echo(text or "…"))
    again = offer_for(context, person, to, task, made.text, made.message_id)
    return [replace(say, text=f"{first}\n\n{say.text}") for say in again]


def _for_question(question: Question, text: str) -> str:
    """An answer to a question as a line that names it."""
    return f"{question.name}: {text}"


def in_question(context: Context, person: Person, to: Address, text: str, message_id: int) -> list[Say] | None:
    """What is said to figures none of which can be taken as they are, though their names are known; None to any other."""
    words, held = context.words(person), context.duties(person, "reporter", "deputy", "leader")
    rest, named = _parted(context, text)
    span = past_days(named, context.today)
    day = span.last_on if span is not None else None
    read = []
    for task in open_tasks(context, held):
        if day in (None, task.period):
            filling = as_it_stands(context, task)
            read.append((task, filling, read_of_unit(context, filling, rest, words)))
    if any(lines.answers for _, _, lines in read):
        return None
    for task, filling, lines in read:
        if in_doubt(lines):
            return offer_for(context, person, to, task, text, message_id)
        if any(each.key != "line_unknown" for each in lines.doubtful):
            return [Say(to, taken(filling, lines, words))]
    return None


def _answered(context: Context, to: Address, made: Offer, verb: str, place: int) -> list[Say]:
    person = context.person(to)
    words, unit = context.words(person), context.unit(made.unit_id)
    form = forms.published(context.connection, made.form, made.period)
    if person is None or form is None or not is_charged(form, unit, context.duties(person), context.tree):
        return context.not_authorised(to, words)
    task = Task(form, unit, made.period)
    text, _, reason, unread = _apart(context, made.text)
    filling = as_it_stands(context, task)
    doubtful = in_doubt(read_of_unit(context, filling, text, words))
    if verb == "pick" and doubtful is not None and place < len(doubtful.among):
        text = picked(doubtful, place)
    elif verb == "yes" and doubtful is not None:
        return [ask_which_is_meant(doubtful, filling, made.message_id, to, words)]
    elif verb not in ("yes", "no"):
        return [Say(to, words("button_unknown_to_us"))]
    offers.end(context.connection, to)
    if verb == "no":
        return _dropped(context, person, to)
    return change_of(context, person, to, task, text, made.message_id, reason, unread)


def _dropped(context: Context, person: Person, to: Address) -> list[Say]:
    """«Không»: nothing is changed; the question that was open before is asked again."""
    why, now_at = context.words(person)("offer_dropped"), drafts.at(context.connection, to)
    if now_at is None or now_at[0].state == "sent":
        return [Say(to, why)]
    return marked(context, now_at[0], shown_again(context, person, to, filling_of(context, *now_at), why))


def fits(context: Context, person: Person, task: Task, text: str) -> bool:
    """Whether a text is figures with their names for this report, or one name that may mean several of its figures."""
    lines = read_of_unit(context, as_it_stands(context, task), _parted(context, text)[0], context.words(person))
    return is_whole(lines) or in_doubt(lines) is not None


def _parted(context: Context, text: str) -> tuple[str, DaysSaid]:
    """The figures alone, and the day that they are said to be of."""
    said = _apart(context, text)
    return said.figures, said.day


def _apart(context: Context, text: str) -> SaidWithReason:
    said = part_day_and_reason(text, context.today, [Names.of(form) for form in context.forms])
    return said._replace(figures=figures_told(figures_in(said.figures, context.forms)))
