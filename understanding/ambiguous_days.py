"""Words for days that may be meant in more than one way: their readings are offered, none is taken for granted."""

from calendar import monthrange
from datetime import date, timedelta
from itertools import pairwise

from understanding import period_words as words
from understanding.dates import Rule, dated, number_at, on_day, read_spoken_date
from understanding.inquiry import Span
from understanding.parts_of_periods import part_of, read_part
from understanding.spans import (
    Reading,
    as_range,
    back_in_calendar,
    last_days,
    read_whole,
    this_one,
    unit_of,
    whole_of,
)

_DAYS_OF = {"week": 7, "month": 30, "quarter": 91, "year": 365}


def to_date(until: date) -> Span:
    """From the first figure there is; when that was, whoever answers finds out."""
    return Span("to_date", date.min, until)


def _listed(line: str, at: int, today: date) -> Reading | None:
    """«5, 6, 7/11»: each of the days, and all of them if they follow each other."""
    match = words.LISTED.match(line, at)
    if match is None:
        return None
    month = int(match[2]) if match[2].isdigit() else words.MONTHS[match[2]]
    numbers = [int(word) for word in match[1].split() if word.isdigit()]
    days = [dated(day, month, match[3], today) for day in numbers]
    found = [day for day in dict.fromkeys(days) if day is not None]
    if len(found) < len(numbers):
        return (), match.end()
    each = tuple(on_day(day, today) for day in found)
    is_run = all((b - a).days == 1 for a, b in pairwise(found))
    return (*each, as_range(found[0], found[-1], today)) if is_run else each, match.end()


def _ago(line: str, at: int, today: date) -> Reading | None:
    """«2 tuần trước»: the second week before this one, the day two weeks ago, or all the days since."""
    match = words.AGO.match(line, at)
    if match is None:
        return None
    count = number_at(match[1] or match[3] or match[5])
    unit = {"tuan": "week", "thang": "month", "nam": "year"}.get(match[2] or match[4] or "", match[6])
    days = count * _DAYS_OF[unit]
    if not 0 < days <= 3660:
        return (), match.end()
    day = on_day(today - timedelta(days=days), today)
    since = last_days(days, today)
    calendar = back_in_calendar(unit, count, today)
    return ((calendar, day, since) if unit == "week" else (calendar, since)), match.end()


def _same_time(line: str, at: int, today: date) -> Reading | None:
    """«Cùng kỳ tháng trước»: as much of it as there is of this one, or all of it."""
    start = words.SAME_TIME.match(line, at)
    if start is None or (read := read_whole(line, start.end(), today)) is None or len(read[0]) != 1:
        return None
    span = read[0][0]
    unit = unit_of(span)
    so_far = min(_as_far(span.first_on, this_one(unit, today), unit), span.last_on)
    return tuple(dict.fromkeys((as_range(span.first_on, so_far, today), span))), read[1]


def _as_far(first: date, now: Span, unit: str) -> date:
    """The day of another week, month or year that is as far in it as the last day of `now` is in its own.

    It is the same day of the month, or the last where there is none: of 29/02/2024 it is 28/02/2023, of 01/03/2024 01/03/2023.
    """
    if unit == "week":
        return first + (now.last_on - now.first_on)
    month = first.month + now.last_on.month - now.first_on.month
    return date(first.year, month, min(now.last_on.day, monthrange(first.year, month)[1]))


def _before(line: str, at: int, today: date) -> Reading | None:
    start = words.BEFORE.match(line, at)
    read = _days(line, start.end(), today) if start is not None else None
    if read is None or not read[0]:
        return read
    last = min(read[0][0].first_on - timedelta(days=1), today)
    return (to_date(last), on_day(last, today)), read[1]


def _after(line: str, at: int, today: date) -> Reading | None:
    start = words.AFTER.match(line, at)
    read = _days(line, start.end(), today) if start is not None else None
    if read is None or not read[0]:
        return read
    first = read[0][0].last_on + timedelta(days=1)
    return tuple(dict.fromkeys((as_range(first, max(first, today), today), on_day(first, today)))), read[1]


def _days(line: str, at: int, today: date) -> Reading | None:
    return read_part(line, at, today) or read_spoken_date(line, at, today) or read_whole(line, at, today)


def _before_yesterday(line: str, at: int, today: date) -> Reading | None:
    """«Ngày kia» is said of the day after tomorrow too, «tuần kia» of any week but this and the last."""
    match = words.THAT_ONE.match(line, at)
    if match is None:
        return None
    if match["unit"] == "ngay":
        return (on_day(today - timedelta(days=2), today),), match.end()
    unit = {"tuan": "week", "thang": "month"}[match["unit"]]
    return (back_in_calendar(unit, 2, today), back_in_calendar(unit, 1, today)), match.end()


def _this_whole(line: str, at: int, today: date) -> Reading | None:
    """«Trong tuần»: this one's days so far, or as many days up to today."""
    match = words.THIS_WHOLE.match(line, at)
    found = whole_of(line, match.start(1), today) if match is not None else None
    if found is None:
        return None
    return (as_range(found[0].first_on, today, today), last_days(_DAYS_OF[found[1]], today)), found[3]


def _part(line: str, at: int, today: date) -> Reading | None:
    """«Đầu tuần trước», «cuối năm»: how many days those are nobody says."""
    found = part_of(line, at, today)
    return read_part(line, at, today) if found is not None and len(found[0]) > 1 else None


OFFERS: tuple[Rule, ...] = (_part, _same_time, _ago, _listed, _before, _after, _before_yesterday, _this_whole)
