"""Dates and times of day as people type them."""

import re
from datetime import date, datetime, time, timedelta

from reporting.days_without_year import last_so_named
from reporting.questions.number_words import fold_words
from reporting.questions.typed_text import clean

NEAR_AHEAD = timedelta(days=70)
"""A day of a report may lie ahead (an appointment); what would be farther ahead is over."""
_ISO = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})")
_DAY_FIRST = re.compile(
    r"(?:ngay\s*)?(?P<day>\d{1,2})(?:\s*[-/.]\s*|\s+thang\s+|\s*/\s*)(?P<month>\d{1,2})(?:(?:\s*[-/.,]\s*|\s+nam\s+)(?P<year>\d{4}|\d{2}))?"
)
_CLOCK = re.compile(
    r"(?:luc\s+)?(?P<hour>\d{1,2})(?:\s*(?::|h|g|gio)\s*(?P<minute>\d{1,2})?\s*(?:phut|p|')?)?\s*(?P<part>sang|trua|chieu|toi|dem|am|pm)?"
)
_DAYS = {
    "hom nay": 0,
    "nay": 0,
    "today": 0,
    "hom qua": -1,
    "qua": -1,
    "yesterday": -1,
    "hom kia": -2,
    "ngay mai": 1,
    "mai": 1,
    "tomorrow": 1,
}
_AFTERNOON = frozenset({"chieu", "toi", "pm"})


def read_date(text: str, now: datetime | None = None) -> date | None:
    """A date as people type it, the day first (10/11/2021, 10-11-21, «ngày 5 tháng 11», «hôm qua»); None if it is none.

    Without a year it is the last of that name, or one that is near ahead, if `now` is given.
    """
    said = fold_words(clean(text))
    if now is not None and said in _DAYS:
        return now.date() + timedelta(days=_DAYS[said])
    match = _ISO.fullmatch(said) or _DAY_FIRST.fullmatch(said)
    if match is None:
        return None
    if match["year"] is None and now is None:
        return None
    day, month, year = int(match["day"]), int(match["month"]), int(match["year"] or 0)
    try:
        if match["year"] is None and now is not None:
            return _nearest(day, month, now.date())
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


def _nearest(day: int, month: int, today: date) -> date:
    """The last of that name, or the one that is near ahead; «29/2» is this year's or none."""
    try:
        return last_so_named(day, month, today + NEAR_AHEAD)
    except ValueError:
        return date(today.year, month, day)


def read_time(text: str) -> time | None:
    """A time of day as people type it: 16:30, 16h30, «16 giờ 30», «4 giờ chiều»; None if it is none (a bare number too)."""
    said = fold_words(clean(text))
    match = _CLOCK.fullmatch(said)
    if match is None or said.isdecimal():
        return None
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if match["part"] in _AFTERNOON and hour < 12:
        hour += 12
    if match["part"] in ("am", "dem") and hour == 12:
        hour = 0
    return time(hour, minute) if hour < 24 and minute < 60 else None


def read_moment(text: str, now: datetime | None = None) -> datetime | None:
    """A date and a time in either order («10/11/2021 16:30», «16h30 hôm nay»), in `now`'s zone; naive without `now`."""
    parts = [part for part in re.split(r"[\s,]+", clean(text)) if fold_words(part) not in ("luc", "ngay", "vao")]
    for cut in range(1, len(parts)):
        first, second = " ".join(parts[:cut]), " ".join(parts[cut:])
        for on, at in ((read_date(first, now), read_time(second)), (read_date(second, now), read_time(first))):
            if on is not None and at is not None:
                return datetime.combine(on, at, tzinfo=now.tzinfo if now else None)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}t\d{2}:\d{2}.*", text.strip().lower()):
        try:
            return datetime.fromisoformat(text.strip())
        except ValueError:
            return None
    return None
