"""Working days: which days are worked, by a country's holidays and by the days that the desk has added or taken away."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property, lru_cache

DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """What is said of one day: that it is worked, or that it is free, and what it is called."""

    on: date
    is_working: bool
    name: str = ""


@dataclass(frozen=True)
class WorkingDays:
    """A calendar of working days.

    `holidays`: whose are kept, a country («VN») or a part of one («DE-BY»), as the library `holidays` has them, with its weekend and
    the Saturdays that are worked instead; «»: Saturday and Sunday alone are free. `said`: what the desk says of single days, which
    goes before that.
    """

    holidays: str = ""
    said: frozenset[CalendarDay] = field(default=frozenset())

    @cached_property
    def _said(self) -> Mapping[date, CalendarDay]:
        return {each.on: each for each in self.said}

    def is_working(self, on: date) -> bool:
        said = self._said.get(on)
        if said is not None:
            return said.is_working
        return on not in free_days(self.holidays, on.year) if self.holidays else on.weekday() < SATURDAY

    def name(self, on: date) -> str:
        """What a free day is called; «» where it has no name, as a Sunday."""
        said = self._said.get(on)
        if said is not None:
            return said.name
        return free_days(self.holidays, on.year).get(on, "") if self.holidays else ""

    def shifted(self, on: date, count: int) -> date:
        """The `count`-th working day after `on` (before it, if negative); 0: `on` itself, or the next working day if it is free."""
        step = -DAY if count < 0 else DAY
        left = abs(count)
        if not left:
            on, left = on - step, 1
        while left:
            on += step
            left -= self.is_working(on)
        return on


WEEKENDS = WorkingDays()
"""Saturdays and Sundays are free, and nothing else."""


@lru_cache(maxsize=256)
def free_days(holidays: str, year: int) -> Mapping[date, str]:
    """All the days of a year that are not worked there, weekends too, with the names of the holidays in the country's own language.

    The library is loaded when such a calendar is first asked: it takes some 20 MB. KeyError for a country that it does not know.
    """
    from holidays import country_holidays

    country, _, part = holidays.partition("-")
    try:
        language = country_holidays(country).default_language
        kept = country_holidays(country, subdiv=part or None, years=year, language=language)
    except NotImplementedError:
        raise KeyError(holidays) from None
    days = (date.fromordinal(each) for each in range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1))
    return {day: kept.get(day) or "" for day in days if not kept.is_working_day(day)}


def is_known(holidays: str) -> bool:
    """Whether there are holidays of this country, or part of one."""
    try:
        free_days(holidays, 2000)
    except KeyError:
        return False
    return True
