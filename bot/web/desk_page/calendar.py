"""The calendar of working days: what the desk has said of a year's days, and the holidays that forms keep."""

from collections.abc import Mapping
from typing import Any

from bot.web.desk_page.suspensions import is_of_whole_tree
from bot.web.desk_page.visit import ADMINS, Deed, Done, Page, Visit
from reporting.errors import Refused
from reporting.working_days import CalendarDay
from services.keep_calendar import days_of_year, say_day, take_back_day


def _show(visit: Visit) -> Mapping[str, Any]:
    today, year = visit.context.today, visit.text("year")
    shown = int(year) if year.isdecimal() and 1900 < int(year) < 2200 else today.year
    rows = [
        {"on": each.day.on, "working": each.day.is_working, "name": each.day.name, "of": each.holidays}
        for each in days_of_year(visit.connection, shown, today)
    ]
    return {"rows": rows, "year": shown, "today": today, "may": is_of_whole_tree(visit)}


def _demand(visit: Visit) -> None:
    """One calendar for all units is for whoever answers for all of them."""
    if not is_of_whole_tree(visit):
        raise Refused("page_whole_tree")


def _say(visit: Visit) -> Done:
    _demand(visit)
    context = visit.context
    if not visit.text("on"):
        raise Refused("page_no_day", day="")
    new = CalendarDay(visit.day("on", context.today), visit.text("working") == "1", visit.text("name")[:100])
    say_day(visit.connection, new, context.now, context.zone, visit.actor.person.id)
    key = "page_day_worked" if new.is_working else "page_day_free"
    return Done(CALENDAR.path, visit.words(key, date=new.on))


def _take_back(visit: Visit) -> Done:
    _demand(visit)
    context = visit.context
    on = visit.day("on", context.today)
    take_back_day(visit.connection, on, context.now, context.zone, visit.actor.person.id)
    return Done(CALENDAR.path, visit.words("page_day_back", date=on))


CALENDAR = Page("/calendar", "page_calendar", "calendar.html", _show, ADMINS)
CALENDAR_DEEDS = (Deed("/calendar/say", CALENDAR, _say), Deed("/calendar/back", CALENDAR, _take_back))
