"""`giaoban calendar`: which days are free and which are worked, by the country's holidays and by what the desk says."""

from argparse import Namespace

from bot.cli.common import database, now, today, words
from bot.settings import read_settings
from reporting.working_days import CalendarDay
from services.keep_calendar import days_of_year, say_day, take_back_day


def show(chosen: Namespace) -> None:
    """`calendar list [--year Y]`: day, free or worked, its name, and the country or the desk that says so; this year if left out."""
    settings = read_settings()
    year = chosen.year or today(settings).year
    with database(settings) as connection:
        found = days_of_year(connection, year, today(settings))
    say = words()
    print(say.plain("calendar_head", n=len(found), year=str(year)))
    for each in found:
        kind = say.plain("calendar_working" if each.day.is_working else "calendar_free")
        print(f"{each.day.on}\t{kind}\t{each.day.name}\t{each.holidays or say.plain('calendar_desk')}")


def add(chosen: Namespace) -> None:
    """`calendar add DATE NAME`: nobody works on that day."""
    _say(chosen, is_working=False)


def work(chosen: Namespace) -> None:
    """`calendar work DATE NAME`: that day is worked, a Saturday instead of a Monday."""
    _say(chosen, is_working=True)


def _say(chosen: Namespace, is_working: bool) -> None:
    settings = read_settings()
    with database(settings, writes=True) as connection:
        say_day(connection, CalendarDay(chosen.day, is_working, chosen.name), now(settings), settings.zone)
    key = "calendar_made_working" if is_working else "calendar_made_free"
    print(words().plain(key, date=chosen.day, name=chosen.name))


def remove(chosen: Namespace) -> None:
    """`calendar remove DATE`: what the desk has said of that day is taken back."""
    settings = read_settings()
    with database(settings, writes=True) as connection:
        take_back_day(connection, chosen.day, now(settings), settings.zone)
    print(words().plain("calendar_removed", date=chosen.day))
