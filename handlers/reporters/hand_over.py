"""People pass on their duty: leave for some days, coming back, handing over for good."""

from datetime import date, timedelta

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers.common.addresses import address_of, language_of
from handlers.common.filters import Pressed
from reporting.people import Address, Duty, Person, Role
from reporting.presses import press, read_day, read_id
from reporting.say import Button, Rank, Say
from reporting.translator import translator
from reporting.units import Unit
from services.context import Context
from storage.database import audit
from storage.organisation import leaves, people
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
    held = leaves.leave(context.connection, person.id, *days)
    if not held:
        return [Say(to, words("leave_stands", first=days[0], last=days[1]))]
    return [say for duty in held for say in _passed(context, person, to, duty, *days)]


@router.message(private, F.text.regexp(BACK, mode="fullmatch"))
async def come_back(message: Message, context: Context) -> list[Say]:
    """«tôi đi làm lại»: leave ends today."""
    to = address_of(message.chat)
    person = context.person(to)
    words = context.words(person)
    again = leaves.come_back(context.connection, person.id, context.today) if person else []
    if person is None or not again:
        return [Say(to, words("leave_none"))]
    for duty in again:
        audit.write(context.connection, context.now, person.id, "back", unit_id=duty.unit_id, role=duty.role)
    return [Say(to, words("leave_ended", unit=context.unit(duty.unit_id).title)) for duty in again]


@router.message(private, Command("bangiao", "handover"))
async def ask_to_whom(message: Message, context: Context) -> list[Say]:
    """/bangiao: who of the unit's deputies takes over, from when."""
    to = address_of(message.chat)
    person = context.person(to)
    words = context.words(person, language_of(message.from_user))
    held = context.duties(person, "reporter", "chair")
    if person is None or not held:
        return context.not_authorised(to, words)
    says = []
    for unit in dict.fromkeys(context.unit(duty.unit_id) for duty in held):
        others = [each for each in _at(context, unit, "deputy") if each.id != person.id]
        rows = tuple(
            (_button(words.plain("handover_today", name=each.name), unit, each, context.today),
             _button(words.plain("handover_tomorrow", name=each.name), unit, each, context.today + timedelta(days=1)))
            for each in others
        )  # fmt: skip
        says.append(Say(to, words("handover_ask" if rows else "handover_nobody", unit=unit.title), rows))
    return says


@router.callback_query(Pressed("handover"))
async def hand_over(query: CallbackQuery, context: Context, to: Address, arguments: tuple[str, ...]) -> list[Say]:
    """The duty passes; both are told, and the new holder is asked to confirm."""
    person = context.person(to)
    words = context.words(person, query.from_user.language_code)
    try:
        unit, new_id, day = context.unit(read_id(arguments[0])), read_id(arguments[1]), read_day(arguments[2])
    except (ValueError, IndexError, KeyError):
        return [Say(to, words("button_unknown_to_us"))]
    mine = any(duty.unit_id == unit.id for duty in context.duties(person, "reporter", "chair"))
    new = next((each for each in _at(context, unit, "deputy") if each.id == new_id), None)
    if person is None or not mine or new is None or not context.today <= day <= context.today + timedelta(days=31):
        return [Say(to, words("button_unknown_to_us"))]
    old = people.people_of(context.connection, leaves.end(context.connection, unit.id, "reporter", day))
    people.charge(context.connection, Duty(new.id, unit.id, "reporter", day))
    audit.write(
        context.connection, context.now, person.id, "hand over", unit_id=unit.id, to=new.id, since=day.isoformat()
    )
    names = ", ".join(each.name for each in old.values() if each.id != new.id) or person.name
    told = {each.id: each for each in (*old.values(), *_at(context, unit, "chair"), person, new)}
    return [_changed(each, new, names, unit, day) for each in told.values()]


@router.callback_query(Pressed("taken"))
async def confirm(query: CallbackQuery, context: Context, to: Address) -> list[Say]:
    """«Đã nhận bàn giao»."""
    person = context.person(to)
    words = context.words(person, query.from_user.language_code)
    if person is None:
        return [Say(to, words("button_unknown_to_us"))]
    audit.write(context.connection, context.now, person.id, "hand-over confirmed")
    return [Say(to, words("handover_confirmed"))]


def _changed(reader: Person, new: Person, old: str, unit: Unit, day: date) -> Say:
    words = translator(reader.language)
    buttons = ((Button(words.plain("handover_taken"), press("taken", unit.id)),),) if reader == new else ()
    return Say(reader.address, words("handover_done", date=day, new=new.name, old=old, unit=unit.title), buttons)


def _passed(context: Context, person: Person, to: Address, duty: Duty, first: date, last: date) -> list[Say]:
    """What the person, his deputies and the chair are told."""
    unit = context.unit(duty.unit_id)
    deputies = [each for each in _at(context, unit, "deputy") if each.id != person.id]
    names = ", ".join(each.name for each in deputies)
    audit.write(
        context.connection,
        context.now,
        person.id,
        "leave",
        unit_id=unit.id,
        first=first.isoformat(),
        last=last.isoformat(),
    )
    values = {"first": first, "last": last, "unit": unit.title, "name": person.name, "names": names}
    suffix = "" if deputies else "_alone"
    says = [Say(to, context.words(person)(f"leave_noted{suffix}", **values))]
    told = [(each, "leave_deputy") for each in deputies]
    told += [(each, f"leave_chair{suffix}") for each in _at(context, unit, "chair")]
    says += [Say(each.address, translator(each.language)(key, **values), rank=Rank.REMINDER) for each, key in told]
    return says


def _at(context: Context, unit: Unit, role: Role) -> list[Person]:
    return people.with_duty(context.connection, unit.id, (role,), context.today)


def _button(text: str, unit: Unit, to: Person, day: date) -> Button:
    return Button(text, press("handover", unit.id, to.id, day))
