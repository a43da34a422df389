"""People pass on their duty: leave for some days, coming back, handing over for good."""

from datetime import date, timedelta

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers.common.addresses import address_of, language_of
from handlers.common.filters import Pressed
from messages.notices import notices_of
from reporting.people import Address, Person
from reporting.press import read_day, read_id
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

router = Router(name="away")
private = F.chat.type == "private"


@router.message(private, Command("nghi", "leave"))
@router.message(private, F.text.regexp(LEAVE, mode="fullmatch"))
async def leave(message: Message, context: Context) -> list[Say]:
    """«tôi nghỉ từ 12/11 đến 15/11»: the duty passes to the deputy, and the chair is told."""
    to = address_of(message.chat)
    person = context.person(to)
    words = context.words(person, language_of(message.from_user))
    if person is None or not context.duties(person, "reporter"):
        return context.not_authorised(to, words)
    days = leave_days(message.text or "", context.today)
    if days is None:
        return [Say(to, words("leave_how"))]
    left = take_leave(context, person, *days)
    if not left:
        return [Say(to, words("leave_stands", first=days[0], last=days[1]))]
    return [
        say for each in left for say in (_noted(each, *days, person, to, words), *notices_of(each.events, context.zone))
    ]


@router.message(private, F.text.regexp(BACK, mode="fullmatch"))
async def come_back(message: Message, context: Context) -> list[Say]:
    """«tôi đi làm lại»: leave ends today."""
    to = address_of(message.chat)
    person = context.person(to)
    words = context.words(person)
    again = end_leave(context, person) if person is not None else []
    return [Say(to, words("leave_ended", unit=unit.title)) for unit in again] or [Say(to, words("leave_none"))]


@router.message(private, Command("bangiao", "handover"))
async def ask_to_whom(message: Message, context: Context) -> list[Say]:
    """/bangiao: who of the unit's deputies takes over, from when."""
    to = address_of(message.chat)
    person = context.person(to)
    words = context.words(person, language_of(message.from_user))
    found = handovers(context, person)
    if not found:
        return context.not_authorised(to, words)
    return [_asked(each, context.today, to, words) for each in found]


@router.callback_query(Pressed("handover"))
async def hand_over(query: CallbackQuery, context: Context, to: Address, arguments: tuple[str, ...]) -> list[Say]:
    """The duty passes; both are told, and the new holder is asked to confirm."""
    person = context.person(to)
    words = context.words(person, query.from_user.language_code)
    try:
        unit, new_id, day = context.unit(read_id(arguments[0])), read_id(arguments[1]), read_day(arguments[2])
    except (ValueError, IndexError, KeyError):
        return [Say(to, words("button_unknown_to_us"))]
    told = hand_over_duty(context, person, unit, new_id, day)
    return [Say(to, words("button_unknown_to_us"))] if told is None else notices_of(told, context.zone)


@router.callback_query(Pressed("taken"))
async def confirm(query: CallbackQuery, context: Context, to: Address) -> list[Say]:
    """«Đã nhận bàn giao»."""
    person = context.person(to)
    words = context.words(person, query.from_user.language_code)
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
