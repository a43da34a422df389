"""Weeks, months, quarters and years named in a line of bare words, their beginnings and ends, and so many days up to today."""

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta

from understanding import period_words as words
from understanding.dates import Options, Rule, dated, number_at, on_day
from understanding.inquiry import Span

Reading = tuple[Options, int]
_HALVES = {"thang": 15, "nam": 180, None: 14}
"""How many days half a month, half a year and a fortnight are."""
_SHORT_YEARS = 5
"""«Tháng 10/21» is of one of the last so many years; «tháng 5/11» is rather the fifth of November."""
_DAYS_OF = {"tuan": 7, "week": 7, "thang": 30, "month": 30}


def last_days(days: int, today: date) -> Span:
    """So many days up to and with today."""
    return Span("last_days", today - timedelta(days=days - 1), today)


def _last_days(line: str, at: int, today: date) -> Reading | None:
    if (match := words.LAST_DAYS.match(line, at)) is not None:
        count = number_at(match[1] or match[3] or match[4])
        days = count * _DAYS_OF.get((match[2] or match[5] or "").removesuffix("s"), 1)
        return (last_days(days, today),) if 0 < days <= 3660 else (), match.end()
    match = words.HALF.match(line, at)
    if match is None:
        return None
    return (last_days(_HALVES[match[1]], today),), match.end()


def _hours(line: str, at: int, today: date) -> Reading | None:
    """Whole days in hours: 24 are the newest day, 48 the last two."""
    match = words.HOURS.match(line, at)
    if match is None or (hours := int(match[1] or match[2])) % 24 or not hours:
        return None
    return (Span("latest", today, today) if hours == 24 else last_days(hours // 24, today),), match.end()


def named_span(kind: str, today: date) -> Span:
    """this_week, last_week, past_week (seven days), this_month, last_month, this_year or last_year, never beyond today."""
    monday = today - timedelta(days=today.weekday())
    first = today.replace(day=1)
    before = first - timedelta(days=1)
    match kind:
        case "this_week":
            return Span(kind, monday, today)
        case "last_week":
            return Span(kind, monday - timedelta(days=7), monday - timedelta(days=1))
        case "this_month":
            return Span(kind, first, today)
        case "last_month":
            return Span(kind, before.replace(day=1), before)
        case "this_year":
            return Span(kind, date(today.year, 1, 1), today)
        case "last_year":
            return _year_of(today.year - 1, today)
    return last_days(7, today)


def month_of(first: date, today: date) -> Span:
    """The whole month, but nothing of it beyond today unless all of it is."""
    return _until(Span("month", first, first.replace(day=monthrange(first.year, first.month)[1])), today)


def _year_of(year: int, today: date) -> Span:
    return _until(Span("year", date(year, 1, 1), date(year, 12, 31)), today)


def _until(span: Span, today: date) -> Span:
    """The span without its days ahead, unless all of them are."""
    return replace(span, last_on=min(span.last_on, today)) if span.first_on <= today else span


def months_back(months: int, today: date) -> date:
    """The first day of the month so many months ago."""
    back = today.year * 12 + today.month - 1 - months
    return date(max(back // 12, 1), back % 12 + 1, 1)


def _named(line: str, at: int, today: date) -> Reading | None:
    if (match := words.NAMED.match(line, at)) is None:
        return None
    return (named_span(match.lastgroup or "", today),), match.end()


def _earlier(line: str, at: int, today: date) -> Reading | None:
    """The week, month or year before the last; this month a year ago."""
    match = words.EARLIER.match(line, at)
    if match is None:
        return None
    return (back_in_calendar(match.lastgroup or "", 2, today),), match.end()


def back_in_calendar(unit: str, back: int, today: date) -> Span:
    """The calendar's week, month or year so many before this one."""
    if unit == "week":
        monday = today - timedelta(days=today.weekday() + 7 * back)
        return Span("range", monday, monday + timedelta(days=6))
    if unit == "year":
        return _year_of(max(today.year - back, 1), today)
    return month_of(months_back(12 if unit == "month_last_year" else back, today), today)


def _month(line: str, at: int, today: date) -> Reading | None:
    if (match := words.MONTH.match(line, at)) is None:
        return None
    said = match[1] or match[3]
    month = int(said) if said.isdigit() else words.MONTHS[said]
    year = match[2] or match[4]
    if year is not None and len(year) == 2 and not 0 <= today.year % 100 - int(year) < _SHORT_YEARS:
        return (), match.end()
    first = dated(1, month, year, today)
    return (month_of(first, today),) if first is not None else (), match.end()


def _quarter(line: str, at: int, today: date) -> Reading | None:
    if (match := words.QUARTER.match(line, at)) is None:
        return None
    now = (today.month - 1) // 3
    if (said := match["number"]) is not None:
        roman = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
        which = int(said) if said.isdigit() else roman.get(said) or words.MONTHS[said]
        year = int(match["year"] or (today.year if which - 1 <= now and not match["before"] else today.year - 1))
    else:
        is_last = bool(match["last"] or match["last_en"])
        which, year = ((now - 1) % 4 + 1, today.year - (now == 0)) if is_last else (now + 1, today.year)
    first = dated(1, 3 * which - 2, str(year), today)
    return (quarter_of(first, today),) if first is not None else (), match.end()


def quarter_of(first: date, today: date) -> Span:
    end = date(first.year, first.month + 2, monthrange(first.year, first.month + 2)[1])
    return _until(Span("range", first, end), today)


def _year(line: str, at: int, today: date) -> Reading | None:
    if (match := words.YEAR.match(line, at)) is None:
        return None
    return (_year_of(int(match[1]), today),), match.end()


WHOLES: tuple[Rule, ...] = (_earlier, _named, _quarter, _month, _year)
UP_TO_TODAY: tuple[Rule, ...] = (_hours, _last_days)


def read_whole(line: str, at: int, today: date) -> Reading | None:
    """The week, month, quarter or year named from offset `at` on."""
    return next((read for rule in WHOLES if (read := rule(line, at, today)) is not None), None)


def whole_of(line: str, at: int, today: date) -> tuple[Span, str, bool, int] | None:
    """A whole, ahead or not, with its unit (week, month, quarter, year), whether it was said which, and where its words end."""
    if (read := read_whole(line, at, today)) is not None and len(read[0]) == 1:
        span = read[0][0]
        return full(span, unit_of(span)), unit_of(span), True, read[1]
    match = words.WHOLE.match(line, at - 1) if at else None
    if match is None:
        return None
    unit = {"tuan": "week", "thang": "month", "nam": "year", "qui": "quarter"}.get(match["unit"], match["unit"])
    return full(this_one(unit, today), unit), unit, False, match.end()


def this_one(unit: str, today: date) -> Span:
    """This week, month, quarter or year, up to today."""
    first = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
    return quarter_of(first, today) if unit == "quarter" else named_span(f"this_{unit}", today)


def unit_of(span: Span) -> str:
    for unit in ("week", "month", "year"):
        if span.kind.endswith(unit):
            return unit
    is_week = span.kind == "last_days" or (span.days == 7 and span.first_on.weekday() == 0)
    return "week" if is_week else "quarter"


def full(span: Span, unit: str) -> Span:
    """The span with its days ahead."""
    first = span.first_on
    match unit:
        case "week":
            first -= timedelta(days=first.weekday())
            return Span("range", first, first + timedelta(days=6))
        case "month":
            return Span("range", first, first.replace(day=monthrange(first.year, first.month)[1]))
        case "year":
            return Span("range", first, date(first.year, 12, 31))
    return Span("range", first, date(first.year, first.month + 2, monthrange(first.year, first.month + 2)[1]))


def as_range(first: date, last: date, today: date) -> Span:
    """The days from one to another, none of them ahead unless the first is."""
    last = min(last, today) if first <= today else last
    return on_day(first, today) if first == last else Span("range", first, last)
