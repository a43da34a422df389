"""Keep the calendar of working days: a day is made free or worked, what was said of it is taken back, and a year is shown."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from reporting.errors import Refused
from reporting.working_days import CalendarDay, free_days
from storage.database import audit
from storage.reports import forms
from storage.schedule import calendar


@dataclass(frozen=True, slots=True)
class KnownDay:
    """A day that the calendar says something of: `holidays` names the country whose it is, «» where the desk has said so."""

    day: CalendarDay
    holidays: str = ""


def say_day(connection: Connection, new: CalendarDay, now: datetime, zone: ZoneInfo, by: int | None = None) -> None:
    """The desk says that a day is free, or worked. `by`: a person's id, None for the desk's command line.

    Refused for a day that is not ahead: what was due by then, and what was not owed, stays as it was.
    """
    _check_ahead(new.on, now, zone)
    calendar.say_day(connection, new, by, now)
    audit.write(connection, now, by, "calendar", day=new.on.isoformat(), working=new.is_working, name=new.name)


def take_back_day(connection: Connection, on: date, now: datetime, zone: ZoneInfo, by: int | None = None) -> None:
    """The day is again what the country's holidays make of it. Refused where the desk has said nothing of it, or it is not ahead."""
    _check_ahead(on, now, zone)
    if not calendar.unsay_day(connection, on):
        raise Refused("calendar_unknown", date=on)
    audit.write(connection, now, by, "calendar day taken back", day=on.isoformat())


def days_of_year(connection: Connection, year: int, today: date) -> Sequence[KnownDay]:
    """What the calendar says of a year's days, in order: what the desk says, and the holidays that forms in force keep."""
    said = [each for each in calendar.said_days(connection) if each.on.year == year]
    own = {each.on for each in said}
    in_force = forms.in_force(connection, max(today, date(year, 12, 31)))
    kept = filter(None, dict.fromkeys(form.schedule.calendar.holidays for form in in_force))
    found = [KnownDay(each) for each in said]
    found += [each for holidays in kept for each in _holidays(holidays, year) if each.day.on not in own]
    return sorted(found, key=lambda each: (each.day.on, each.holidays))


def _holidays(holidays: str, year: int) -> Iterator[KnownDay]:
    for on, name in free_days(holidays, year).items():
        if name:
            yield KnownDay(CalendarDay(on, False, name), holidays)


def _check_ahead(on: date, now: datetime, zone: ZoneInfo) -> None:
    first = now.astimezone(zone).date() + timedelta(days=1)
    if on < first:
        raise Refused("calendar_past", date=on, first=first)
