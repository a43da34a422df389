"""Period types: how long a form's periods are, and on which day they end. The official cut-off is the form's, none is ours."""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

PeriodKind = Literal["daily", "weekly", "monthly", "quarterly", "half-yearly", "nine-monthly", "yearly", "on change"]
"""«nine-monthly»: the nine months of official reporting, January to September, once a year."""

LENGTHS: dict[PeriodKind, int] = {"monthly": 1, "quarterly": 3, "half-yearly": 6, "nine-monthly": 9, "yearly": 12}
"""How many months a period has, of those that are counted in months."""

LAST_DAY, LAST_MONTH = 31, 12


@dataclass(frozen=True, slots=True)
class PeriodType:
    """`cutoff`: the day of the month on which a month or longer ends; where a month has no such day, its last.

    `year_ends`: the month in which a year ends (only a yearly form may say another than December). `week_starts`: the day on which
    a week begins, 0 for Monday to 6 for Sunday.
    """

    kind: PeriodKind
    cutoff: int = LAST_DAY
    year_ends: int = LAST_MONTH
    week_starts: int = 0

    @property
    def key(self) -> str:
        """The kind as it stands in the keys of sentences."""
        return self.kind.replace(" ", "_").replace("-", "_")

    @property
    def months(self) -> int:
        """How many months a period has; 0 for a day or a week."""
        return LENGTHS.get(self.kind, 0)

    @property
    def apart(self) -> int:
        """How many months lie between the ends of two periods: the nine months come once a year."""
        return LAST_MONTH if self.kind == "nine-monthly" else self.months

    @property
    def length(self) -> int:
        """About how many days a period has; 0 «on change»."""
        return {"daily": 1, "weekly": 7, "on change": 0}.get(self.kind, 30 * self.months)

    @property
    def is_long(self) -> bool:
        """Whether a period is longer than a day."""
        return self.kind not in ("daily", "on change")

    @property
    def is_calendar(self) -> bool:
        """Whether its months and years are the calendar's."""
        return self.cutoff == LAST_DAY and self.year_ends == LAST_MONTH


@dataclass(frozen=True, slots=True)
class Period:
    """The period of a type that ends on a day; as a value of a sentence it is named: «quý III năm 2026»."""

    of: PeriodType
    last_on: date

    @property
    def first_on(self) -> date:
        return first_day(self.of, self.last_on)

    @property
    def in_calendar(self) -> "Period":
        """The calendar's period of the same name: of 15/08–14/09 that of 01/09–30/09."""
        of = replace(self.of, cutoff=LAST_DAY)
        return Period(of, period_of(of, self.last_on))

    def is_named_by(self, first: date, last: date, today: date) -> bool:
        """Whether these days name it («quý 3»), and are not only a part of it; of a week, or of a single day, always."""
        if not self.of.months or first == last:
            return True
        whole = self.in_calendar
        return whole.first_on >= first and (whole.last_on <= last or last >= today)


def period_of(of: PeriodType, on: date) -> date:
    """The last day of the period that `on` lies in; a period goes by that day everywhere («on change»: the day itself).

    After the nine months of a year those of the next are meant.
    """
    if of.kind == "weekly":
        return on + timedelta(days=(of.week_starts - 1 - on.weekday()) % 7)
    if not of.apart:
        return on
    month = on.year * 12 + on.month - 1
    month += on > _end_of(of, month)
    last_month = 9 if of.kind == "nine-monthly" else of.year_ends
    return _end_of(of, month + (last_month - 1 - month) % of.apart)


def period_before(of: PeriodType, period: date) -> date:
    """The period before the one that ends on `period`."""
    end = period_of(of, period)
    if of.kind == "weekly":
        return end - timedelta(days=7)
    return _months_before(of, end, of.apart) if of.apart else end - timedelta(days=1)


def first_day(of: PeriodType, period: date) -> date:
    """The first day of the period that ends on `period`."""
    if of.kind == "weekly":
        return period - timedelta(days=6)
    return _months_before(of, period, of.months) + timedelta(days=1) if of.months else period


def _months_before(of: PeriodType, end: date, months: int) -> date:
    return _end_of(of, end.year * 12 + end.month - 1 - months)


def _end_of(of: PeriodType, month: int) -> date:
    """The cut-off day of a month, which is counted from the year 0 on."""
    year, at = divmod(month, 12)
    return date(year, at + 1, min(of.cutoff, monthrange(year, at + 1)[1]))


def periods_between(of: PeriodType, first: date, last: date) -> list[date]:
    """The periods that end from `first` to `last`, oldest first."""
    period = period_of(of, last)
    if period > last:
        period = period_before(of, period)
    found = []
    while period >= first:
        found.append(period)
        period = period_before(of, period)
    return found[::-1]


def period_meant(of: PeriodType, first: date, last: date) -> date:
    """The period that days stand for: the last that ends in them, else the one that the last of them lies in."""
    ended = periods_between(of, first, last)
    return ended[-1] if ended else period_of(of, last)
