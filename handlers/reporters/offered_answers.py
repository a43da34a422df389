"""A reporter types figures when nothing is asked («F0 5»): he is asked whether they are to go into his report."""

from dataclasses import replace
from typing import Any

from aiogram import F, Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from handlers.common.addresses import address_of
from handlers.common.filters import Pressed
from handlers.reporters.choose_report import ask_which
from handlers.reporters.draft_session import filling_of, marked, shown_again
from handlers.reporters.edits import change_of
from handlers.reporters.open_report import last_dealt_with, newest, open_tasks
from messages.reporters.batch_words import taken
from messages.reporters.offers import (
    TYPED_WITHIN,
    VERB,
    answer_typed,
    ask_whether,
    ask_which_is_meant,
    figures_in,
    in_doubt,
    is_whole,
    may_hold_figures,
    picked,
)
from reporting.filling.drafts import Draft
from reporting.filling.lines import read_lines
from reporting.filling.moves import Filling
from reporting.filling.offer import Offer
from reporting.filling.tasks import Task, is_charged
from reporting.people import Address, Person
from reporting.presses import read_id
from reporting.say import Say
from services.context import Context
from storage.reports import drafts, forms, offers, reports
from understanding import DaysSaid
from understanding.days import past_days
from understanding.typed_requests import part_day, part_reason

router = Router(name="offering")
typed = Router(name="offer answered")
"""Offered before the answers to a draft: an offer may stand on the screen while a draft is open."""
private = F.chat.type == "private"


class Figures(Filter):
    """Passes figures from somebody who reports, at no draft; the handler gets `person` and `found`, the reports they fit."""

    async def __call__(self, message: Message, context: Context) -> bool | dict[str, Any]:
        person = context.person(address_of(message.chat))
        found = fitting(context, person, message) if person is not None else []
        return {"person": person, "found": found} if found else False


def fitting(context: Context, person: Person, message: Message) -> list[Task]:
    """The open reports that figures which come unasked may be for: of the day they name, else of the one on the screen."""
    text = message.text or ""
    if not may_hold_figures(text) or text.startswith("/") or message.forward_origin is not None:
        return []
    held = context.duties(person, "reporter", "deputy")
    rest, named = _parted(context, text)
    day = named.day
    found = [task for task in open_tasks(context, held) if task.form.by == "reporter" and day in (None, task.period)]
    read = [(task, read_lines(standing(context, task), rest, context.words(person))) for task in found]
    fit = [task for task, lines in read if is_whole(lines)] or [task for task, lines in read if in_doubt(lines)]
    if len({task.period for task in fit}) < 2:
        return fit
    last = last_dealt_with(context, person, fit)
    return [task for task in fit if task.period == last.period]


def unasked(context: Context, person: Person, to: Address, message: Message) -> list[Say] | None:
    """What is said to figures that come though nothing on the screen asks for them; None where it is something else."""
    found = fitting(context, person, message)
    return _offered(context, person, to, found, message) if found else None


class OfOffer(Filter):
    """Passes «sửa» or «không» where an offer has just been made; the handler gets the `offer` and the `verb`."""

    async def __call__(self, message: Message, context: Context) -> bool | dict[str, Any]:
        verb = answer_typed(message.text or "")
        to = address_of(message.chat)
        made = offers.of(context.connection, to) if verb else None
        if made is None or made.is_list or context.now - made.made_at > TYPED_WITHIN:
            return False
        open_now = drafts.on_screen(context.connection, to)
        if open_now is not None and open_now[2] == open_now[0].turn:
            return False
        return {"offer": made, "verb": verb}


@typed.message(private, F.text, OfOffer())
async def answer_typed_to(message: Message, context: Context, offer: Offer, verb: str) -> list[Say]:
    """«Sửa», typed."""
    return _answered(context, address_of(message.chat), offer, verb, 0)


@router.callback_query(Pressed(VERB))
async def answer_pressed(query: CallbackQuery, context: Context, to: Address, arguments: tuple[str, ...]) -> list[Say]:
    """«Sửa» or «Không» under an offer, or one of several figures that a name may mean."""
    words = context.words(context.person(to), query.from_user.language_code)
    try:
        message_id, verb = read_id(arguments[0]), arguments[1]
        place = read_id(arguments[2]) if verb == "pick" else 0
    except (ValueError, IndexError):
        return [Say(to, words("button_unknown_to_us"))]
    made = offers.of(context.connection, to)
    if made is None or made.is_list or made.message_id != message_id:
        return [Say(to, words("offer_over"))]
    return _answered(context, to, made, verb, place)


@router.message(private, F.text, Figures())
async def offer(message: Message, context: Context, person: Person, found: list[Task]) -> list[Say]:
    """Figures that come unasked change nothing by themselves."""
    return _offered(context, person, address_of(message.chat), found, message)


def _offered(context: Context, person: Person, to: Address, found: list[Task], message: Message) -> list[Say]:
    """Refused where the day that they are said to be of is none, or ahead."""
    past_days(_parted(context, message.text or "")[1], context.today)
    if len(found) > 1:
        return ask_which(context, found, to, context.words(person), "lines_which")
    return offer_for(context, person, to, found[0], message.text or "", message.message_id)


def offer_for(context: Context, person: Person, to: Address, task: Task, text: str, message_id: int) -> list[Say]:
    """Asks whether what a text says shall go into this report, or which of several figures it means."""
    words, filling = context.words(person), standing(context, task)
    lines = read_lines(filling, _parted(context, text)[0], words)
    doubtful = in_doubt(lines)
    if doubtful is not None:
        say: Say | None = ask_which_is_meant(doubtful, filling, message_id, to, words)
    else:
        was_sent = newest(context, task) is not None
        say = ask_whether(filling, lines, task.unit, message_id, to, words, was_sent=was_sent)
    if say is None:
        return [Say(to, words("nothing_changed"))]
    made = Offer(task.form.key, task.unit.id, task.period, text, message_id, context.now)
    offers.make(context.connection, to, made)
    drafts.shown(context.connection, to, None)
    return [say]


def in_question(context: Context, person: Person, to: Address, text: str, message_id: int) -> list[Say] | None:
    """What is said to figures none of which can be taken as they are, though their names are known; None to any other."""
    words, held = context.words(person), context.duties(person, "reporter", "deputy", "leader")
    rest, named = _parted(context, text)
    span = past_days(named, context.today)
    day = span.last_on if span is not None else None
    read = []
    for task in open_tasks(context, held):
        if day in (None, task.period):
            filling = standing(context, task)
            read.append((task, filling, read_lines(filling, rest, words)))
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
    text, reason = part_reason(made.text)
    text = _parted(context, text)[0]
    filling = standing(context, task)
    doubtful = in_doubt(read_lines(filling, text, words))
    if verb == "pick" and doubtful is not None and place < len(doubtful.among):
        text = picked(doubtful, place)
    elif verb == "yes" and doubtful is not None:
        return [ask_which_is_meant(doubtful, filling, made.message_id, to, words)]
    elif verb not in ("yes", "no"):
        return [Say(to, words("button_unknown_to_us"))]
    offers.end(context.connection, to)
    if verb == "no":
        return _dropped(context, person, to)
    return change_of(context, person, to, task, text, made.message_id, reason)


def _dropped(context: Context, person: Person, to: Address) -> list[Say]:
    """«Không»: nothing is changed; the question that was open before is asked again."""
    why, now_at = context.words(person)("offer_dropped"), drafts.at(context.connection, to)
    if now_at is None or now_at[0].state == "sent":
        return [Say(to, why)]
    return marked(context, now_at[0], shown_again(context, person, to, filling_of(context, *now_at), why))


def fits(context: Context, person: Person, task: Task, text: str) -> bool:
    """Whether a text is figures with their names for this report, or one name that may mean several of its figures."""
    lines = read_lines(standing(context, task), _parted(context, text)[0], context.words(person))
    return is_whole(lines) or in_doubt(lines) is not None


def _parted(context: Context, text: str) -> tuple[str, DaysSaid]:
    """The figures alone, and the day that they are said to be of."""
    rest, named = part_day(part_reason(text)[0], context.today)
    return figures_in(rest), named


def standing(context: Context, task: Task) -> Filling:
    """What stands of a report: its draft, or what was sent."""
    found = drafts.of_unit(context.connection, task.form.key, task.unit.id, task.period)
    blank = Draft(0, task.form.key, task.form.version, task.unit.id, task.period)
    draft, form = found or (blank, task.form)
    report = reports.newest(context.connection, draft.form, draft.unit_id, draft.period)
    if report is not None and not draft.correcting:
        draft = replace(draft, answers=report.answers)
    return filling_of(context, draft, form)
