"""What people type beside answers: a day, leave, a report's number; in either language, with accents or without."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise

from reporting.commands import COMMANDS
from reporting.days_without_year import next_so_named
from reporting.questions.dates import read_time
from reporting.questions.typed_words import any_typed
from understanding.dates import dated, on_day
from understanding.days import no_such_day
from understanding.inquiry import DaysSaid
from understanding.ways_typed import any_way_of, not_behind, with_marks
from understanding.word_lists import word_list

_FLAGS = re.IGNORECASE | re.VERBOSE

NUMBER = re.compile(r"\b[A-Z]{1,12}-[\w.]{1,20}-\d{6}-\d{1,4}\b")
"""A report's number, as its receipt shows it."""
_ON = any_way_of(word_list("requests").words("on"))
_YESTERDAY = any_way_of(word_list("requests").words("yesterday"))
_TODAY = any_way_of(word_list("requests").words("today"))
_AHEAD = rf"""(?:
    {any_way_of(word_list("requests").words("tomorrow"))}
    | {not_behind(word_list("requests").words("tens"))}{with_marks(word_list("requests").words("tomorrow if marked"))}
)"""
_DATE = r"(\d{1,2})/(\d{1,2})(?:/(\d{4}))?"
SINCE = any_way_of(word_list("requests").words("since"))
UNTIL = rf"(?:{any_way_of(word_list('requests').words('until'))}|-|–)"
_TIME = rf"(\d{{1,2}}\s*(?:{any_typed('hours_words')}|[hg:])(?:\s*\d{{2}})?)\s*"
_WINDOW_OPENS = re.compile(rf"(?:\b{SINCE}\s+)?{_TIME}$", _FLAGS)
_WINDOW_CLOSES = re.compile(rf"\s*{UNTIL}\s*{_TIME}", _FLAGS)
DAY = re.compile(
    rf"""
    \b(?P<on>{_ON}\s+)?(?:
        (?P<day>\d{{1,2}})/(?P<month>\d{{1,2}})(?:/(?P<year>\d{{4}}))?
        | (?P<yesterday>{_YESTERDAY}) | {_TODAY} | (?P<ahead>(?:{_ON}\s+)?{_AHEAD})
    )\b
    """,
    _FLAGS,
)
_LIKE = re.compile(rf"\b{any_way_of(word_list('requests').words('like'))}\s+(?:{_ON}\s+)?$", _FLAGS)
_NUMBER = re.compile(r"[\s:=]+\d")
_SHOWN = re.compile(r"\b(\d{2})/(\d{2})/(\d{4})\b")

_I = any_way_of(word_list("requests").words("i"))
_MAY = any_way_of(word_list("requests").words("may"))
_AWAY = any_way_of(word_list("requests").words("away"))
_AWAY_IN_ENGLISH = (
    rf"{any_way_of(word_list('requests').words('i am'))}\s+{any_way_of(word_list('requests').words('away in english'))}"
)
_TO_THE_END = any_way_of(word_list("requests").words("to the end of"))
_COMMANDS = "|".join(next(each for each in COMMANDS if each.names["en"] == "leave").names.values())
LEAVE = re.compile(
    rf"""
    (?: /(?:{_COMMANDS}) | {_I}?\s*(?:{_MAY}\s+)?{_AWAY} | {_AWAY_IN_ENGLISH} )
    \s*(?:(?P<since>{SINCE})|{_ON})?\s*{_ON}?\s*{_DATE}
    (?:\s*{UNTIL}?\s*(?:{_TO_THE_END}\s+)?{_ON}?\s*{_DATE})?\s*[.!]?
    """,
    _FLAGS,
)
_DONE = any_way_of(word_list("requests").words("done"))
_BACK_IN_ENGLISH = any_way_of(word_list("requests").words("back in english"))
BACK = re.compile(
    rf"{_I}?\s*(?:{_DONE}\s+)?{any_way_of(word_list('requests').words('back'))}|{_BACK_IN_ENGLISH}", _FLAGS
)

_ME = any_way_of(word_list("requests").words("me"))
_OF_MINE = (
    rf"{any_way_of(word_list('requests').words('data'))}\s+{any_way_of(word_list('requests').words('of'))}\s+{_ME}"
)
_MY_DATA = rf"(?:{_OF_MINE}|{any_way_of(word_list('requests').words('my data'))})"
MY_DATA = re.compile(rf"(?:{any_way_of(word_list('requests').words('show'))}\s+)?{_MY_DATA}\s*[.?!]?", _FLAGS)
ERASE_MINE = re.compile(
    rf"""
    (?:(?:{_I}\s+)?{any_way_of(word_list("requests").words("want"))}\s+)?
    {any_way_of(word_list("requests").words("erase"))}\s+{_MY_DATA}
    (?P<sure>,?\s*{any_way_of(word_list("requests").words("sure"))})?\s*[.!]?
    """,
    _FLAGS,
)
LONGEST = LONG_AGO = timedelta(days=180)
NEAR = timedelta(days=60)
"""A day further away is none: «6/12» may be six of twelve."""


def part_day(text: str, today: date) -> tuple[str, DaysSaid]:
    """A message without the day that it names («hôm qua», «ngày 09/11»), and what it says of it; the year may be left out.

    «1/20» without «ngày» is no day.
    """
    if (window := _window(text, today)) is not None:
        return window
    found = next((each for each in DAY.finditer(text) if _is_day(each) and not _is_by_the_way(each)), None)
    if found is None:
        return text, DaysSaid()
    said = found[0].removeprefix(found["on"] or "")
    rest = _without(text, found.start(), found.end())
    if found["ahead"]:
        return rest, DaysSaid(found[0], wrong="ahead")
    day = _day_named(found, today)
    if day is None:
        return rest, DaysSaid(said, wrong="none")
    return rest, DaysSaid(said, on_day(day, today), "ahead" if day > today else "")


def _window(text: str, today: date) -> tuple[str, DaysSaid] | None:
    """The same of «từ 16 giờ hôm qua đến 16 giờ hôm nay»: a day and a night are of the day on which they end."""
    days = [each for each in DAY.finditer(text) if _is_day(each) and not each["ahead"]]
    for first, last in pairwise(days):
        opens = _WINDOW_OPENS.search(text, 0, first.start())
        closes = _WINDOW_CLOSES.fullmatch(text, first.end(), last.start())
        begun, ended = _day_named(first, today), _day_named(last, today)
        if opens is None or closes is None or begun is None or ended is None:
            continue
        if read_time(opens[1]) == read_time(closes[1]) and ended - begun == timedelta(days=1):
            named = DaysSaid(text[opens.start() : last.end()], on_day(ended, today), "ahead" if ended > today else "")
            return _without(text, opens.start(), last.end()), named
    return None


def _day_named(found: re.Match[str], today: date) -> date | None:
    if found["day"] is None:
        return today - timedelta(days=1) if found["yesterday"] else today
    return dated(int(found["day"]), int(found["month"]), found["year"], today)


def _without(text: str, start: int, end: int) -> str:
    return re.sub(" {2,}", " ", text[:start] + text[end:]).strip(" ,;:")


def other_day(said: Iterable[str], period: date, today: date) -> date | None:
    """The day that pieces of a message name beside its figures, where it is not the report's: then they are not for that report."""
    for piece in said:
        span = part_day(piece, today)[1].span
        if span is not None and span.last_on != period and abs(today - span.last_on) <= NEAR:
            return span.last_on
    return None


def _is_day(found: re.Match[str]) -> bool:
    """Whether numbers are written as a day and a month, or are said to be («ngày 45/45»)."""
    return found["day"] is None or bool(found["on"]) or (0 < int(found["day"]) < 32 and 0 < int(found["month"]) < 13)


def _is_by_the_way(found: re.Match[str]) -> bool:
    """Whether a day is named only to compare: «như hôm qua», «f0 3, hôm qua 5», or in brackets beside a number of its own."""
    text, start = found.string, found.start()
    if _LIKE.search(text, 0, start) or (_NUMBER.match(text, found.end()) and _NUMBER.search(text, 0, start)):
        return True
    begun = text.rfind("(", 0, start)
    if begun < 0 or ")" in text[begun:start]:
        return False
    end = text.find(")", found.end())
    return any(map(str.isdigit, text[begun:start] + text[found.end() : end if end >= 0 else len(text)]))


def day_shown(text: str) -> date | None:
    """The first day that one of our own messages shows in full («10/11/2021»): of a report's message it is the report's."""
    for found in _SHOWN.finditer(text):
        try:
            return date(int(found[3]), int(found[2]), int(found[1]))
        except ValueError:
            continue
    return None


def code_in(said: str, digits: int) -> str:
    """The code in what stands behind «mã»: one of so many digits also in groups; «» where it is none."""
    joined = said.replace(" ", "")
    if joined.isdecimal() and len(joined) == digits:
        return joined
    return "" if " " in said else said


def leave_days(text: str, today: date) -> tuple[date, date] | None:
    """The first and the last day of leave in «tôi nghỉ từ 12/11 đến 15/11»; None where none are named, or past, or too many.

    «Từ 12/11» alone is no day: until when is not said.
    Refused where there is no such day.
    """
    found = LEAVE.fullmatch(text.strip())
    if found is None:
        return None
    _, *parts = found.groups()
    if found["since"] and not parts[3]:
        return None
    first = _day(parts[:3], today)
    last = _day(parts[3:], first) if parts[3] else first
    return (max(first, today), last) if first <= last and last >= today and last - first <= LONGEST else None


def _day(parts: Sequence[str | None], after: date) -> date:
    day, month = int(parts[0] or 0), int(parts[1] or 0)
    try:
        return date(int(parts[2]), month, day) if parts[2] else next_so_named(day, month, after - LONG_AGO)
    except ValueError:
        raise no_such_day("/".join(part for part in parts if part)) from None
