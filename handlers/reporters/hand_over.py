"""/bangiao: a duty is handed over for good, and whoever takes it over confirms."""

from datetime import date, timedelta

from messages.notices import notices_of
from reporting.incoming import Message, Tap
from reporting.people import Address, Person
from reporting.presses.reporters import HandOver, HandOverTaken
from reporting.say import Button, Say
from reporting.translator import Translator
from reporting.units import Unit
from services.context import Context
from services.hand_over import Handover, confirm_handover, hand_over_duty, handovers


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
    if person is None or not confirm_handover(context, person, press.unit_id):
        return [Say(to, words("button_unknown_to_us"))]
    return [Say(to, words("handover_confirmed"))]


def _asked(each: Handover, today: date, to: Address, words: Translator) -> Say:
    rows = tuple(
        (_button(words.plain("handover_today", name=new.name), each.unit, new, today),
         _button(words.plain("handover_tomorrow", name=new.name), each.unit, new, today + timedelta(days=1)))
        for new in each.deputies
    )  # fmt: skip
    return Say(to, words("handover_ask" if rows else "handover_nobody", unit=each.unit.title), rows)


def _button(text: str, unit: Unit, to: Person, day: date) -> Button:
    return Button(text, HandOver(unit.id, to.id, day))
