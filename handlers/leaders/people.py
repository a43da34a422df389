"""Who is charged with what, and who is silent: /nhansu; a duty is ended by a button, or by its number, after a second look."""

from handlers.leaders.leader_access import Asker, asker_of, demand_of, inquired, units_meant
from messages.admins.people_words import (
    end_sure,
    ended_text,
    silence_text,
    take_over_buttons,
    unit_people_say,
)
from messages.notices import notices_of
from reporting.access import may_end
from reporting.errors import Refused
from reporting.incoming import Message, Tap
from reporting.people import Duty, Role
from reporting.press import read_id
from reporting.presses.admins import AskEndDuty, EndDutyPress
from reporting.say import Say
from reporting.translator import LANGUAGES, translator
from reporting.typed_buttons import fold_typed
from reporting.units import Unit
from services.context import Context
from services.end_duty import end_duty
from services.silent_people import SILENT_DAYS, silence
from storage.organisation import people
from storage.organisation.roster import roster

DEPUTY: tuple[Role, ...] = ("deputy",)


def show(message: Message, context: Context) -> list[Say]:
    """/nhansu: who is lacking or silent; /nhansu <unit>: its people; /nhansu thôi <number>: that duty ends, once it is confirmed."""
    asker = asker_of(context, message, "people")
    typed = message.arguments.split()
    if typed and fold_typed(typed[0]) in _phrases("people_typed_end"):
        is_sure = fold_typed(" ".join(typed[2:])) in _phrases("people_typed_sure")
        return _ended(context, asker, _number(typed), is_sure=is_sure)
    inquiry = inquired(context, message.arguments, asker.duties)
    units = units_meant(context, asker, inquiry, "people")
    if inquiry is not None and inquiry.units:
        return [_unit(context, asker, unit) for unit in units]
    tree, on, zone = context.tree, context.today, context.zone
    found = silence(context.connection, context.forms, tree, on, context.now, units, channels=context.channels)
    told = silence_text(found, SILENT_DAYS, tree, zone, asker.words)
    return [Say(asker.home, told), *(_unit(context, asker, unit) for unit in units)]


def end_pressed(tap: Tap, press: AskEndDuty, context: Context) -> list[Say]:
    """«Thôi»: asks whether it is meant."""
    return _ended(context, asker_of(context, tap, "people"), press.duty_id, is_sure=False)


def end_for_sure(tap: Tap, press: EndDutyPress, context: Context) -> list[Say]:
    """«Kết thúc nhiệm vụ»."""
    return _ended(context, asker_of(context, tap, "people"), press.duty_id, is_sure=True)


def _ended(context: Context, asker: Asker, duty_id: int, *, is_sure: bool) -> list[Say]:
    duty = people.duty_with(context.connection, duty_id, context.today)
    if duty is None:
        raise Refused("people_duty_gone", id=str(duty_id))
    unit, words = context.unit(duty.unit_id), asker.words
    demand_of(context, asker, "people", unit)
    if not is_sure:
        person = people.person_of(context.connection, duty.person_id)
        return [end_sure(duty_id, duty, person, unit, asker.home, words)]
    done = end_duty(context, duty, asker.actor)
    said = ended_text(done.person.name, duty, unit, done.drafts, done.questions, done.reporting, words)
    others = [event for event in done.events if event.to.id != asker.person.id]
    return [Say(asker.home, said), *notices_of(others, context.zone)]


def _unit(context: Context, asker: Asker, unit: Unit) -> Say:
    lines = roster(context.connection, context.today, [unit.id], context.channels)
    ends = [line.duty_id for line in lines if _may_end(context, asker, line.duty, unit)]
    reports = any(line.duty.role == "reporter" for line in lines)
    deputies = people.with_duty(context.connection, unit.id, DEPUTY, context.today) if reports else []
    takers = take_over_buttons(unit, deputies, context.today, asker.words)
    return unit_people_say(unit, lines, ends, asker.home, context.zone, asker.words, takers)


def _may_end(context: Context, asker: Asker, duty: Duty, unit: Unit) -> bool:
    return duty.person_id != asker.person.id and may_end(duty, unit, asker.duties, context.tree)


def _number(typed: list[str]) -> int:
    try:
        return read_id(typed[1]) if len(typed) > 1 else 0
    except ValueError:
        raise Refused("people_duty_gone", id=typed[1][:20]) from None


def _phrases(key: str) -> set[str]:
    """What may be typed, in any of our languages."""
    return {fold_typed(each) for language in LANGUAGES for each in translator(language).plain(key).split(";")}
