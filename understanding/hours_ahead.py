"""Hours that somebody names: a moment to come («8 giờ sáng mai»), or hours of days of the week («15h30 thứ 2 đến thứ 6»)."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from reporting.local_time import local_moment, next_time
from reporting.questions.dates import read_time
from understanding.english_days import WEEKDAY_NAMES
from understanding.folding import fold
from understanding.start_days import start_day

EVERY_DAY = frozenset(range(7))
WORKING_WEEK = frozenset(range(5))
_CLOCK = re.compile(
    r"\b(?:(?:luc|vao|at)\s+)?(?P<clock>\d{1,2}\s*(?:gio|h|g|:)(?:\s*\d{1,2}(?!\s*(?:gio|h|[/:\d]))(?:\s*(?:phut|p)\b)?)?"
    r"(?:\s+ruoi)?(?:\s*(?:sang|trua|chieu|toi|dem|am|pm)\b)?"
    r"|\d{1,2}(?::\d{2})?\s*(?:am|pm))(?![\w:])"
)
_AROUND = re.compile(r"^(?:luc|vao|truoc|den|at|by|before|ngay)\s+|[\s,;.]+$")
_PART_OF_DAY = re.compile(r"^(?P<part>sang|trua|chieu|toi)\s+(?P<day>mai|mot|kia|nay|hom nay)$")
_AFTERNOON = ("chieu", "toi")
_NUMBERS = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5, **{str(n): n - 2 for n in range(2, 8)}}
_WEEKDAY = rf"(?:thu\s+(?:{'|'.join(_NUMBERS)})|t[2-7]|chu nhat|cn|{'|'.join(WEEKDAY_NAMES)})"
_WEEKDAYS = re.compile(rf"\b(?P<first>{_WEEKDAY})(?:\s*(?:den|toi|-|to)\s*(?:het\s+)?(?P<last>{_WEEKDAY}))?\b")
_WORKING = re.compile(r"\b(?:cac\s+)?(?:ngay\s+(?:lam viec|thuong)|trong tuan|weekdays|working days)\b")
_DAILY = re.compile(r"\b(?:hang ngay|moi ngay|hang hom|cac ngay trong tuan|every day|daily)\b")
_JOINING = re.compile(r"\b(?:va|and|cac|ngay|vao|moi|on|every|each|thu)\b|[,;.+&]")


@dataclass(frozen=True, slots=True)
class HoursSaid:
    """Hours in order, each once; `weekdays` (0 is Monday): None where no day was named. `rest`: what else was said, folded."""

    hours: tuple[time, ...]
    weekdays: frozenset[int] | None
    rest: str = ""


def moment_ahead(text: str, now: datetime) -> datetime | None:
    """The moment to come that is named, in the zone of the local `now`; an hour alone is the next one. None: there is none in it.

    Raises Refused for what is written as a day and is in no calendar.
    """
    said = _trimmed(" ".join(fold(text).replace(",", " ").split()))
    for match in _CLOCK.finditer(said):
        at = read_clock_said(match["clock"])
        if at is None:
            continue
        rest = _trimmed(f"{said[: match.start()]} {said[match.end() :]}".strip())
        if not rest:
            return next_time(at, now)
        part = _PART_OF_DAY.match(rest)
        if part is not None and part["part"] in _AFTERNOON and at.hour < 12:
            at = at.replace(hour=at.hour + 12)
        day = _day(rest, now.date())
        if day is not None:
            return local_moment(day, at, now.tzinfo or UTC).astimezone(now.tzinfo)
    return None


def hours_said(text: str) -> HoursSaid:
    """The hours and the days of the week that a text names, and what else it says."""
    said = " ".join(fold(text).split())
    hours = {at for match in _CLOCK.finditer(said) if (at := read_clock_said(match["clock"])) is not None}
    rest = _CLOCK.sub(" ", said)
    weekdays: set[int] | None = None
    for pattern, days in ((_DAILY, EVERY_DAY), (_WORKING, WORKING_WEEK)):
        if pattern.search(rest):
            weekdays, rest = {*(weekdays or ()), *days}, pattern.sub(" ", rest)
    for match in _WEEKDAYS.finditer(rest):
        first = _weekday(match["first"])
        last = _weekday(match["last"]) if match["last"] else first
        weekdays = {*(weekdays or ()), *((first + n) % 7 for n in range((last - first) % 7 + 1))}
    rest = " ".join(_JOINING.sub(" ", _WEEKDAYS.sub(" ", rest)).split())
    return HoursSaid(tuple(sorted(hours)), frozenset(weekdays) if weekdays is not None else None, rest)


def read_clock_said(said: str) -> time | None:
    """«3 giờ rưỡi chiều», «15h30»: an hour of the day, folded."""
    half = " ruoi" in said
    at = read_time(said.replace(" ruoi", ""))
    return at.replace(minute=30) if at is not None and half else at


def _trimmed(said: str) -> str:
    shorter = _AROUND.sub("", said)
    while shorter != said:
        said, shorter = shorter, _AROUND.sub("", shorter)
    return said


def _day(said: str, today: date) -> date | None:
    part = _PART_OF_DAY.match(said)
    if part is not None:
        said = "hom nay" if part["day"].endswith("nay") else f"ngay {part['day']}"
    named = _WEEKDAYS.fullmatch(said)
    if named is not None and not named["last"]:
        return today + timedelta(days=(_weekday(named["first"]) - today.weekday() - 1) % 7 + 1)
    return start_day(said, today)


def _weekday(said: str) -> int:
    if said in ("chu nhat", "cn"):
        return 6
    if said in WEEKDAY_NAMES:
        return WEEKDAY_NAMES.index(said)
    return _NUMBERS[said.removeprefix("thu").removeprefix("t").strip()]
