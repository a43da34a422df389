"""People pass on their duty: leave for some days, coming back, handing over for good."""

from datetime import date, timedelta

from messages.notices import notices_of
from reporting.incoming import Message, Tap
from reporting.people import Address, Person
from reporting.presses import HandOver, HandOverTaken
from reporting.say import Button, Say
from reporting.translator import Translator
from reporting.units import Unit
from services.context import Context
from services.hand_over import (
    Handover,
    TakenLeave,
    confirm_handover,
    end_leave,
    hand_over_duty,
    handovers,
    take_leave,
)
from understanding.typed_requests import BACK, LEAVE, leave_days


def leave_in_words(message: Message, context: Context) -> list[Say] | None:
    """The same, without a command."""
    return leave(message, context) if LEAVE.fullmatch(message.said) else None


def leave(message: Message, context: Context) -> list[Say]:
    """«tôi nghỉ từ 12/11 đến 15/11»: the duty passes to the deputy, and the chair is told."""
    to = message.chat
    person = context.person(to)
    words = context.words(person, message.language)
    if person is None or not context.duties(person, "reporter"):
        return context.not_authorised(to, words)
    days = leave_days(message.said, context.today)
    if days is None:
        return [Say(to, words("leave_how"))]
    left = take_leave(context, person, *days)
    if not left:
        return [Say(to, words("leave_stands", first=days[0], last=days[1]))]
    return [
        say for each in left for say in (_noted(each, *days, person, to, words), *notices_of(each.events, context.zone))
    ]


def come_back(message: Message, context: Context) -> list[Say] | None:
    """«tôi đi làm lại»: leave ends today."""
    if not BACK.fullmatch(message.said):
        return None
    to = message.chat
    person = context.person(to)
    words = context.words(person)
    again = end_leave(context, person) if person is not None else []
    return [Say(to, words("leave_ended", unit=unit.title)) for unit in again] or [Say(to, words("leave_none"))]


def ask_to_whom(message: Message, context: Context) -> list[Say]:
    """/bangiao: who of the unit's deputies takes over, from when."""
    to = message.chat
    person = context.person(to)
    words = context.words(person, message.language)
    found = handovers(context, person)
    if not found:
        return context.not_authorised(to, words)
    return [_asked(each, context.today, to, words) for each in found]


def hand_over(tap: Tap, press: HandOver, context: Context) -> list[Say]:
    """The duty passes; both are told, and the new holder is asked to confirm."""
    told = None
    if context.tree.has(press.unit_id):
        unit, person = context.unit(press.unit_id), context.person(tap.chat)
        told = hand_over_duty(context, person, unit, press.person_id, press.asked_on)
    if told is None:
        return [Say(tap.chat, context.words_for(tap)("button_unknown_to_us"))]
    return notices_of(told, context.zone)


def confirm(tap: Tap, press: HandOverTaken, context: Context) -> list[Say]:
    """«Đã nhận bàn giao»."""
    to, words = tap.chat, context.words_for(tap)
    person = context.person(to)
    if person is None:
        return [Say(to, words("button_unknown_to_us"))]
    confirm_handover(context, person)
    return [Say(to, words("handover_confirmed"))]


def _noted(taken: TakenLeave, first: date, last: date, person: Person, to: Address, words: Translator) -> Say:
    names = ", ".join(each.name for each in taken.deputies)
    values = {"first": first, "last": last, "unit": taken.unit.title, "name": person.name, "names": names}
    return Say(to, words("leave_noted" if taken.deputies else "leave_noted_alone", **values))


def _asked(each: Handover, today: date, to: Address, words: Translator) -> Say:
    rows = tuple(
        (_button(words.plain("handover_today", name=new.name), each.unit, new, today),
         _button(words.plain("handover_tomorrow", name=new.name), each.unit, new, today + timedelta(days=1)))
        for new in each.deputies
    )  # fmt: skip
    return Say(to, words("handover_ask" if rows else "handover_nobody", unit=each.unit.title), rows)


def _button(text: str, unit: Unit, to: Person, day: date) -> Button:
    return Button(text, HandOver(unit.id, to.id, day))
