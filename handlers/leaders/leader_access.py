"""What everything that leaders do begins with: who asks, about which unit and days, whether he may, and where he is answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NoReturn

from aiogram.types import CallbackQuery, Chat, Message, User

from handlers.common.addresses import CHANNEL, address_of, language_of
from handlers.residents.public_answer import vocabulary_of
from messages.reminders.reminder_words import reason_said
from reporting.access import Action, may
from reporting.errors import Refused
from reporting.filling.tasks import expects
from reporting.forms import Form
from reporting.people import Address, Duty, Person
from reporting.presses import read_day, read_id
from reporting.rounds.periods import current_period, period_of, periods_between
from reporting.say import Say
from reporting.translator import Translator
from reporting.units import Unit
from services.context import Context
from storage.database import audit
from storage.figures import public_figures
from storage.messages import group_chats
from storage.reports import forms
from storage.schedule import snoozes
from understanding import Inquiry, Span, understand
from understanding.days import before_all, past_days
from understanding.inquiry import ABOUT_FIGURES

MOST_PERIODS = 92


@dataclass(frozen=True, slots=True)
class Asker:
    """Somebody known who asks. `to`: the chat where he asked, maybe a group's; `home`: his own chat with the bot."""

    person: Person
    duties: tuple[Duty, ...]
    words: Translator
    to: Address
    home: Address


def asker_of(context: Context, message: Message, what: str) -> Asker:
    """Who has typed a command. Raises Refused, with an audit line, for whoever has no duty."""
    topic = message.message_thread_id if message.is_topic_message else None
    return _asker(context, message.from_user, message.chat, topic, what)


def asker_pressed(context: Context, query: CallbackQuery, to: Address, what: str) -> Asker:
    """Who has pressed a button; an old message's chat is taken for his own."""
    message = query.message if isinstance(query.message, Message) else None
    topic = message.message_thread_id if message is not None and message.is_topic_message else None
    chat = query.message.chat if query.message is not None else Chat(id=query.from_user.id, type="private")
    return _asker(context, query.from_user, chat, topic, what)


def _asker(context: Context, user: User | None, chat: Chat, topic: int | None, what: str) -> Asker:
    home = Address(CHANNEL, str(user.id if user is not None and chat.type != "private" else chat.id))
    person = context.person(home)
    duties = context.duties(person)
    words = context.words(person, language_of(user))
    if person is None or not duties:
        audit.write(context.connection, context.now, person.id if person else None, "refused", wanted=what)
        raise Refused(context.refusal_of(person), contact=context.contact(words))
    return Asker(person, tuple(duties), words, address_of(chat, topic), home)


def demand(context: Context, asker: Asker, action: Action, unit: Unit) -> None:
    """Raises Refused, with an audit line, unless one of the asker's duties allows it for the unit."""
    if not may(action, unit, asker.duties, context.tree):
        refuse(context, asker, action, unit)


def refuse(context: Context, asker: Asker, what: str, unit: Unit) -> NoReturn:
    """The polite refusal and its audit line."""
    audit.write(context.connection, context.now, asker.person.id, "refused", unit_id=unit.id, wanted=what)
    raise Refused("lead_not_allowed", unit=unit.title, contact=context.contact(asker.words))


def place(context: Context, asker: Asker, unit: Unit) -> Address:
    """Where he is answered about a unit: in a group only if it was set up for that unit or one above, else in his own chat."""
    if asker.to == asker.home:
        return asker.home
    above = {each.id for each in context.tree.above(unit)}
    told = {each.unit_id for each in group_chats.at(context.connection, asker.to)}
    return asker.to if told & above else asker.home


def told(asker: Asker, says: Sequence[Say]) -> list[Say]:
    """What is said; and in the group, if the answer went to the asker's own chat, that it did."""
    said = list(says)
    if any(each.to == asker.home for each in said) and asker.to != asker.home:
        said.append(Say(asker.to, asker.words("lead_told_privately")))
    return said


def inquired(context: Context, text: str | None) -> Inquiry | None:
    """What was typed behind a command. Raises Refused where any of it names days or a unit that cannot be told, or nothing of ours."""
    if not text or not text.strip():
        return None
    inquiry = understand(text, vocabulary_of(context), context.today)
    if "exclusion" in inquiry.doubts:
        raise Refused("lead_no_exclusion")
    past_days(inquiry.days, context.today)
    names = ", ".join(unit.title for unit in inquiry.unit_choices[:12])
    unknown = _unknown(inquiry, " ".join(text.split()))
    if unknown:
        raise Refused("lead_no_such_unit_but" if names else "lead_no_such_unit", name=unknown[:60], names=names)
    if "unit" in inquiry.doubts and names:
        raise Refused("lead_which_unit", names=names)
    return inquiry


def _unknown(inquiry: Inquiry, typed: str) -> str:
    """What of the words is nothing of ours: otherwise all units would be told of, or nudged, for one that was misspelt."""
    is_about_nothing = inquiry.wanted not in ABOUT_FIGURES and not inquiry.units
    is_no_unit = "unit" in inquiry.doubts and not inquiry.unit_choices
    return inquiry.named_outside or inquiry.unknown or (typed if is_about_nothing or is_no_unit else "")


def units_meant(context: Context, asker: Asker, inquiry: Inquiry | None, action: Action) -> list[Unit]:
    """The units that were named, each allowed; none named: those of the asker's duties that allow it."""
    if inquiry is not None and inquiry.units:
        for unit in inquiry.units:
            demand(context, asker, action, unit)
        return list(inquiry.units)
    own = list(dict.fromkeys(context.unit(duty.unit_id) for duty in asker.duties if _allows(context, duty, action)))
    if not own:
        refuse(context, asker, action, context.unit(asker.duties[0].unit_id))
    return [unit for unit in own if not any(other != unit and context.tree.is_within(unit, other) for other in own)]


def asked_about(
    context: Context, message: Message, typed: str | None, action: Action
) -> tuple[Asker, Inquiry | None, list[Unit]]:
    """Who has typed a command, what he named behind it, and the units that he means, each allowed."""
    asker = asker_of(context, message, action)
    inquiry = inquired(context, typed)
    return asker, inquiry, units_meant(context, asker, inquiry, action)


def _allows(context: Context, duty: Duty, action: Action) -> bool:
    return may(action, context.unit(duty.unit_id), [duty], context.tree)


def scheduled(context: Context) -> list[Form]:
    """The forms in force that come by the calendar."""
    return [form for form in context.forms if form.schedule.period != "on change"]


def periods_meant(context: Context, form: Form, inquiry: Inquiry | None) -> list[date]:
    """The form's periods of the days that were named, oldest first; no day named: the current one. Never what is to come.

    Raises Refused for more than can be put together at once, and for days before the form was in force or had any figure.
    """
    newest = current_period(form.schedule, context.now, context.zone)
    span = days_named(context, inquiry)
    if span is None:
        return [newest]
    kind, first = form.schedule.period, first_known(context, form, span.first_on)
    found = periods_between(kind, max(span.first_on, first), min(span.last_on, newest))
    if len(found) > MOST_PERIODS:
        raise Refused("days_too_many", n=MOST_PERIODS)
    last = min(period_of(kind, span.last_on), newest)
    if not found and last < first:
        raise before_all(first)
    return found or [last]


def days_named(context: Context, inquiry: Inquiry | None) -> Span | None:
    """The days that were named behind a command; None: none was."""
    return past_days(inquiry.days, context.today) if inquiry is not None else None


def first_known(context: Context, form: Form, asked_from: date) -> date:
    """The first period of which a form has anything to tell: for which it was in force, or of which the archive has figures."""
    began = forms.first_day(context.connection, form.key) or context.today
    if began <= asked_from:
        return began
    oldest = (public_figures.oldest_period(context.connection, form.key, each.name) for each in form.indicators)
    return min([began, *(day for day in oldest if day is not None)])


def with_periods(context: Context, among: Sequence[Form], inquiry: Inquiry | None) -> list[tuple[Form, list[date]]]:
    """The forms that have anything to tell of the days that were named, with their periods of them. Refused where none has."""
    found, refusals = list[tuple[Form, list[date]]](), list[Refused]()
    for form in among:
        try:
            found.append((form, periods_meant(context, form, inquiry)))
        except Refused as refused:
            refusals.append(refused)
    if refusals and not found:
        raise refusals[0]
    return found


def form_of(context: Context, unit: Unit, period: date) -> Form:
    """The first form by the calendar that is expected of the unit, or of units under it. Refused if there is none."""
    for form in scheduled(context):
        if expects(form, unit, context.tree, period) or context.tree.reporting(unit, form.reports, period):
            return form
    raise Refused("task_nothing_open")


def form_meant(context: Context, unit: Unit, inquiry: Inquiry | None) -> Form:
    """The same, on the last of the days that were named: a unit that is no more had its form then."""
    days = days_named(context, inquiry)
    return form_of(context, unit, context.today if days is None else days.last_on)


def pressed(context: Context, arguments: Sequence[str]) -> tuple[Form, Unit, date]:
    """The form, unit and period that a button carries. Refused where it is old or forged."""
    try:
        key, unit, period = arguments[0], context.unit(read_id(arguments[1])), read_day(arguments[2])
    except (ValueError, IndexError, KeyError):
        raise Refused("button_unknown_to_us") from None
    form = forms.published(context.connection, key, period) if key else form_of(context, unit, period)
    if form is None:
        raise Refused("button_unknown_to_us")
    return form, unit, period


def reasons_said(context: Context, form: Form, period: date, words: Translator) -> dict[int, str]:
    """Why reports of a period are late, by unit id, as staff read it."""
    given = snoozes.late_reasons(context.connection, form.key, period)
    return {unit_id: reason_said(each.reason, each.words, words) for unit_id, each in given.items()}


def number_in(arguments: Sequence[str], at: int, most: int = 10**6) -> int:
    """A number among a button's arguments, below `most`. Refused where there is none."""
    try:
        number = read_id(arguments[at])
    except (ValueError, IndexError):
        raise Refused("button_unknown_to_us") from None
    if number >= most:
        raise Refused("button_unknown_to_us")
    return number
