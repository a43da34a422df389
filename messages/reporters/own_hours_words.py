"""His own hours: what holds, what the form says, and how they are changed."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from reporting.forms import Form
from reporting.people import Address
from reporting.presses.reporters import OwnHoursPress
from reporting.rounds.deadlines import Deadline
from reporting.rounds.own_hours import OwnHours, replaced_rules
from reporting.say import Button, Say
from reporting.texts import in_language
from reporting.translator import Html, Translator

EVERY_DAY = 7
OFFERED = (timedelta(hours=3), timedelta(hours=2), timedelta(hours=1), timedelta(minutes=30))
"""So long before the deadline are the hours that have a button."""
A_MONDAY = date(2024, 1, 1)


def own_hours_button(words: Translator) -> Button:
    """«Đổi giờ nhắc», under a reminder and under the guide."""
    return Button(words.plain("own_hours_button"), OwnHoursPress("show"))


def own_hours_say(
    own: OwnHours | None,
    forms: Sequence[tuple[Form, Deadline]],
    zone: ZoneInfo,
    to: Address,
    words: Translator,
    *,
    is_changed: bool = False,
) -> Say:
    """What holds now, the deadlines that it is before, and the buttons to choose."""
    lines = [own_hours_said(own, words, is_changed=is_changed)]
    for form, due in forms:
        title = in_language(form.title, words.language) or form.key
        early = _early(form, due, zone, words)
        key = "own_hours_form" if early else "own_hours_form_none"
        lines.append(words(key, title=title, due=due.due_at.astimezone(zone).time(), early=early))
    lines += [words("own_hours_stand"), words("own_hours_how")]
    back = ((Button(words.plain("own_hours_button_form"), OwnHoursPress("form")),),) if own is not None else ()
    return Say(to, Html("\n".join(lines)), (_offered(forms[0][1], zone, words), *back))


def own_hours_said(own: OwnHours | None, words: Translator, *, is_changed: bool) -> Html:
    """«Đồng chí được nhắc lúc 14 giờ 00 và 15 giờ 30, hằng ngày.»"""
    if own is None:
        return words("own_hours_by_form_now" if is_changed else "own_hours_by_form")
    hours = words.plain("own_hours_and").join(words.show(each) for each in own.hours)
    key = "own_hours_now" if is_changed else "own_hours_are"
    return words(key, hours=hours, days=_days(own.weekdays, words))


def _days(weekdays: frozenset[int], words: Translator) -> str:
    if len(weekdays) == EVERY_DAY:
        return words.plain("own_hours_every_day")
    return ", ".join(words.weekday(A_MONDAY + timedelta(days=each)) for each in sorted(weekdays))


def _early(form: Form, due: Deadline, zone: ZoneInfo, words: Translator) -> str:
    """When the form reminds by itself before the deadline, where own hours stand in for it."""
    replaced = replaced_rules(form.schedule.remind)
    at: list[datetime] = [due.due_at + each.offset for each in form.schedule.remind if each.key in replaced]
    return ", ".join(words.show(each.astimezone(zone).time()) for each in sorted(at))


def _offered(due: Deadline, zone: ZoneInfo, words: Translator) -> tuple[Button, ...]:
    at: list[time] = [
        (due.due_at - each).astimezone(zone).time() for each in OFFERED if due.due_at - each >= due.opens_at
    ]
    return tuple(Button(words.show(each), OwnHoursPress("set", each.hour * 60 + each.minute)) for each in at)
