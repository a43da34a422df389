"""A reporter sees and changes at which hours he is reminded: «nhắc tôi lúc 15 giờ», «nhắc theo biểu mẫu», or by the buttons."""

from datetime import time

from messages.reporters.own_hours_words import own_hours_say
from reporting.errors import Refused
from reporting.incoming import Message, Tap
from reporting.people import Address, Person
from reporting.presses.reporters import OwnHoursPress
from reporting.say import Say
from reporting.typed_buttons import phrase_said
from services.context import Context
from services.own_hours import HoursKept, choose_own_hours, go_by_the_form, hours_kept
from understanding.hours_ahead import hours_said

_SET, _FORM = "typed_own_hours", "typed_own_hours_form"
DAY_MINUTES = 24 * 60


def own_hours_typed(message: Message, context: Context) -> list[Say] | None:
    """«nhắc tôi lúc 14 giờ và 15 giờ 30 thứ 2 đến thứ 6», «đổi giờ nhắc», «nhắc theo biểu mẫu»; None for anything else."""
    found = phrase_said(message.said, (_SET, _FORM))
    person = context.person(message.chat)
    if found is None or person is None or not context.duties(person):
        return None
    if found[0] == _FORM:
        kept = go_by_the_form(context, person) if not found[1] else None
        return [_told(context, kept, message.chat, is_changed=True)] if kept is not None else None
    said = hours_said(found[1])
    if not said.hours:
        return [_told(context, hours_kept(context, person), message.chat)] if not found[1] else None
    if said.rest:
        return None
    return [_told(context, choose_own_hours(context, person, said.hours, said.weekdays), message.chat, is_changed=True)]


def own_hours_pressed(tap: Tap, press: OwnHoursPress, context: Context) -> list[Say]:
    """«Đổi giờ nhắc», an hour, «Theo biểu mẫu»."""
    person = context.person(tap.chat)
    if person is None:
        return context.not_authorised(tap.chat, context.words_for(tap))
    return [_pressed(context, person, tap.chat, press)]


def _pressed(context: Context, person: Person, to: Address, press: OwnHoursPress) -> Say:
    if press.move == "form":
        return _told(context, go_by_the_form(context, person), to, is_changed=True)
    if press.move == "set" and press.minute is not None and press.minute < DAY_MINUTES:
        hour = time(press.minute // 60, press.minute % 60)
        return _told(context, choose_own_hours(context, person, [hour], None), to, is_changed=True)
    if press.move != "show":
        raise Refused("button_unknown_to_us")
    return _told(context, hours_kept(context, person), to)


def _told(context: Context, kept: HoursKept, to: Address, *, is_changed: bool = False) -> Say:
    words = context.words(context.person(to))
    return own_hours_say(kept.own, kept.forms, context.zone, to, words, is_changed=is_changed)
