"""Leave for some days, by a command, in words or by a button, and coming back from it."""

from datetime import date

from handlers.residents.public_answer import vocabulary_of
from messages.notices import notices_of
from messages.reporters.leave_words import back_button, leave_buttons
from messages.reporters.offers import TYPED_WITHIN
from reporting.filling.offer import OF_LEAVE, Offer
from reporting.incoming import Message, Tap
from reporting.people import Address, Person
from reporting.presses.reporters import EndLeave, TakeLeave
from reporting.say import Say
from reporting.translator import Translator
from services.context import Context
from services.leave import RESTING, TakenLeave, end_leave, take_leave
from storage.reports import drafts, offers
from understanding.leave_days import days_of_leave
from understanding.staff_words import says_leave
from understanding.typed_requests import BACK, LEAVE, LONGEST


def leave_in_words(message: Message, context: Context) -> list[Say] | None:
    """The same, without a command: «ngày mai tôi nghỉ»; or the days alone, where they have just been asked for."""
    if LEAVE.fullmatch(message.said):
        return leave(message, context)
    if context.person(message.chat) is None:
        return None
    is_leave = says_leave(message.said) and not message.is_forwarded and "?" not in message.said
    if not is_leave and not _are_asked_for(message, context):
        return None
    may_rest = context.duties(context.person(message.chat), *RESTING)
    return leave(message, context) if may_rest and _days(message, context) is not None else None


def _are_asked_for(message: Message, context: Context) -> bool:
    """Whether the days of leave are what this chat was asked for last."""
    made = offers.of(context.connection, message.chat)
    return made is not None and made.is_leave and context.now - made.made_at <= TYPED_WITHIN


def _days(message: Message, context: Context) -> tuple[date, date] | None:
    return days_of_leave(message.said, vocabulary_of(context), context.today)


def leave(message: Message, context: Context) -> list[Say]:
    """«tôi nghỉ từ 12/11 đến 15/11»: the duty passes to the deputy, and the chair is told."""
    to = message.chat
    person = context.person(to)
    words = context.words(person, message.language)
    held = context.duties(person, *RESTING)
    if person is None or not held:
        return context.not_authorised(to, words)
    days = _days(message, context)
    if days is None:
        asked = Offer("", held[0].unit_id, context.today, "", OF_LEAVE, context.now)
        offers.make(context.connection, to, asked)
        drafts.shown(context.connection, to, None)
        return [Say(to, words("leave_how"), leave_buttons(context.today, words))]
    if _are_asked_for(message, context):
        offers.end(context.connection, to)
    return _taken(context, person, to, *days)


def leave_pressed(tap: Tap, press: TakeLeave, context: Context) -> list[Say]:
    """Days of leave by a button: those that are over by now are asked for again."""
    to, words = tap.chat, context.words_for(tap)
    person = context.person(to)
    if person is None or not context.duties(person, *RESTING):
        return context.not_authorised(to, words)
    first, last = max(press.first_on, context.today), press.last_on
    if last < first or last - first > LONGEST:
        return [Say(to, words("leave_how"), leave_buttons(context.today, words))]
    made = offers.of(context.connection, to)
    if made is not None and made.is_leave:
        offers.end(context.connection, to)
    return _taken(context, person, to, first, last)


def _taken(context: Context, person: Person, to: Address, first: date, last: date) -> list[Say]:
    words, left = context.words(person), take_leave(context, person, first, last)
    if not left:
        return [Say(to, words("leave_stands", first=first, last=last))]
    return [
        say
        for each in left
        for say in (_noted(each, first, last, person, to, words), *notices_of(each.events, context.zone))
    ]


def come_back(message: Message, context: Context) -> list[Say] | None:
    """«tôi đi làm lại»: leave ends today."""
    if not BACK.fullmatch(message.said):
        return None
    return _ended(context, message.chat)


def end_pressed(tap: Tap, press: EndLeave, context: Context) -> list[Say]:
    """The same by the button under what was noted."""
    return _ended(context, tap.chat)


def _ended(context: Context, to: Address) -> list[Say]:
    person = context.person(to)
    words = context.words(person)
    over = end_leave(context, person) if person is not None else None
    if over is None or not over.units:
        return [Say(to, words("leave_none"))]
    mine = [
        Say(to, words("leave_ended" if role == "reporter" else "leave_approver_ended", unit=unit.title))
        for unit, role in over.seats
    ]
    return [*mine, *notices_of(over.events, context.zone)]


def _noted(taken: TakenLeave, first: date, last: date, person: Person, to: Address, words: Translator) -> Say:
    names = ", ".join(each.name for each in taken.deputies)
    is_told = any(each.to_chair for each in taken.events)
    chair = words("leave_chair_told" if is_told else "leave_no_chair", unit=taken.unit.title)
    values = {
        "first": first,
        "last": last,
        "unit": taken.unit.title,
        "name": person.name,
        "names": names,
        "chair": chair,
    }
    key = "leave_noted" if taken.deputies else "leave_noted_alone"
    if taken.role != "reporter":
        key = "leave_approver_noted" if taken.deputies else "leave_approver_alone"
    return Say(to, words(key, **values), back_button(words))
