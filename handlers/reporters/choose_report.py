"""Which of several reports is meant: by a button, by its number in the list, its day or its unit's name."""

from datetime import date

from handlers.reporters.open_report import open_task
from messages.reporters.offers import TYPED_WITHIN
from messages.reporters.task_words import MOST, choose, report_button
from reporting.filling.offer import OF_LIST, Offer
from reporting.filling.tasks import Task, is_charged
from reporting.forms import Form
from reporting.incoming import Message, Tap
from reporting.people import Address, Person
from reporting.press import OfForm
from reporting.presses.reading import read_press
from reporting.presses.reporters import OpenReport
from reporting.say import Say
from reporting.translator import Translator
from reporting.typed_buttons import fold_typed
from services.context import Context
from storage.reports import drafts, forms, offers
from understanding.typed_requests import part_day


def ask_which(
    context: Context, found: list[Task], to: Address, words: Translator, key: str = "task_choose"
) -> list[Say]:
    """Asks which of these reports is meant; until it is answered no number typed is a figure."""
    shown, first = found[:MOST], found[0]
    text = "\n".join(str(report_button(task, "").press) for task in shown)
    offers.make(context.connection, to, Offer(first.form.key, first.unit.id, first.period, text, OF_LIST, context.now))
    drafts.shown(context.connection, to, None)
    return [choose(found, to, words, key)]


def _listed(message: Message, context: Context) -> list[Task]:
    """The list of reports that is the last that was shown, where a number, a day or a unit's name means one of them; else none."""
    to, text = message.chat, message.said
    made = offers.of(context.connection, to) if text and context.person(to) is not None else None
    if made is None or not made.is_list or context.now - made.made_at > TYPED_WITHIN:
        return []
    open_now = drafts.on_screen(context.connection, to)
    if open_now is not None and open_now[2] == open_now[0].turn:
        return []
    lines = (read_press(line) for line in made.text.split("\n"))
    found = (task_asked_for(context, press) for press in lines if isinstance(press, OpenReport))
    listed = [task for task in found if task is not None]
    return listed if fold_typed(text).isdecimal() or _chosen(listed, text, context.today) else []


def choose_typed(message: Message, context: Context) -> list[Say] | None:
    """«1», «hôm nay», «09/11», «Thọ Dân»: the report is opened; a number that is none of the list's is no figure either."""
    listed, to = _listed(message, context), message.chat
    if not listed:
        return None
    person = context.person(to)
    words = context.words(person)
    chosen = _chosen(listed, message.said, context.today)
    if len(chosen) == 1:
        return _opened(context, person, to, chosen[0], words)
    return ask_which(context, chosen or listed, to, words)


def choose_pressed(tap: Tap, press: OpenReport, context: Context) -> list[Say]:
    """«Báo cáo ngay», or one of several reports chosen."""
    words, task = context.words_for(tap), task_asked_for(context, press)
    if task is None:
        return [Say(tap.chat, words("button_unknown_to_us"))]
    return _opened(context, context.person(tap.chat), tap.chat, task, words)


def _opened(context: Context, person: Person | None, to: Address, task: Task, words: Translator) -> list[Say]:
    if person is None or not is_charged(task.form, task.unit, context.duties(person), context.tree):
        return context.not_authorised(to, words)
    offers.end(context.connection, to)
    return open_task(context, person, to, task)


def _chosen(listed: list[Task], text: str, today: date) -> list[Task]:
    """The reports of the list that a text means; a number that is no place in it may be a unit's code, «01» is one first."""
    said = fold_typed(text)
    if said.isdecimal():
        place = int(said) if len(said) <= len(str(MOST)) else 0
        at_place, coded = listed[place - 1 : place] if place else [], named_so(listed, text)
        return coded or at_place if said.startswith("0") else at_place or coded
    rest, named = part_day(text, today)
    if named.day is not None and not rest:
        return [task for task in listed if task.period == named.day]
    return named_so(listed, text)


def named_so(found: list[Task], text: str, *, in_part: bool = False) -> list[Task]:
    """The reports that a unit's name means, or a form's, or both: «Thọ Dân», «dịch bệnh Thọ Dân». `in_part`: words of the form's title
    are enough.
    """
    said = fold_typed(text)
    return [task for task in found if said and _is_named(task, said, in_part=in_part)]


def _is_named(task: Task, said: str, *, in_part: bool) -> bool:
    rests = [said]
    unit = task.unit
    for called in (unit.name, unit.bare_title, unit.title, unit.title_with_code, unit.code, *unit.aliases):
        name = fold_typed(called)
        if said == name:
            return True
        rests += [said.removeprefix(f"{name} "), said.removesuffix(f" {name}")]
    in_part = in_part and not any(letter.isdigit() for letter in said)  # these may be figures
    return any(is_form(task.form, rest, in_part=in_part) for rest in rests)


def is_form(form: Form, said: str, *, in_part: bool = False) -> bool:
    """Whether the form, or, with `in_part`, words of its title, is named by this folded text."""
    names = [fold_typed(each) for each in (form.key, *form.title.values())]
    return said in names or (in_part and any(f" {said} " in f" {name} " for name in names))


def task_asked_for(context: Context, press: OfForm) -> Task | None:
    """The report that a button is of; None where it is old or forged."""
    form = forms.published(context.connection, press.form, press.period)
    if form is None or not context.tree.has(press.unit_id):
        return None
    return Task(form, context.unit(press.unit_id), press.period)
