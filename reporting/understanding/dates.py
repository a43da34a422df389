"""A single day named in a line of bare words: ngày 5/11, 5 tháng 11 năm 2021, thứ hai tuần trước, hôm kia, November 5th."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from reporting.understanding.inquiry import Span

Options = tuple[Span, ...]
"""The readings of what was named: one when it is clear, several when it must be asked, none when there is no such day."""
Rule = Callable[[str, int, date], tuple[Options, int] | None]

NUMBERS = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10,
    "muoi mot": 11, "muoi hai": 12, "muoi lam": 15, "muoi bon": 14, "ba muoi": 30, "one": 1, "two": 2, "three": 3,
    "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10, "fourteen": 14, "thirty": 30,
}  # fmt: skip
_MONTH_WORDS = {**NUMBERS, "gieng": 1, "chap": 12}
MONTH_NAMES = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTHS = {name: at for at, full in enumerate(MONTH_NAMES, 1) for name in (full, full[:3])} | {"sept": 9}
_WEEKDAYS = {"hai": 0, "2": 0, "ba": 1, "3": 1, "tu": 2, "4": 2, "nam": 3, "5": 3, "sau": 4, "6": 4, "bay": 5, "7": 5}
WEEKDAY_NAMES = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_SOON = timedelta(days=70)


def any_of(words: dict[str, int] | list[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


NUMBER = rf"(\d{{1,3}}|{any_of(NUMBERS)})"
_END = r"(?= |$)"
_BEFORE = r"(?:(?:vao|on|dung|rieng|trong|ngay|hom|mung|mong|the) )*"
_ISO = re.compile(_BEFORE + r"(\d{4}) ([-/.]) (\d{1,2}) \2 (\d{1,2})" + _END)
_DAY_MONTH = re.compile(
    rf"({_BEFORE})(\d{{1,2}}) (/|-|\.|thang) (\d{{1,2}}|{any_of(_MONTH_WORDS)})(?: (?:/|-|\.|nam|, nam) (\d{{4}}|\d{{2}}))?"
    + _END
)
_ENGLISH = re.compile(
    _BEFORE
    + rf"(?:(\d{{1,2}})(?: (?:st|nd|rd|th))?(?: of)? ({any_of(_MONTHS)})|({any_of(_MONTHS)}) (\d{{1,2}})(?: (?:st|nd|rd|th))?)"
    r"(?:(?: ,)? (\d{4}))?" + _END
)
_DAY_ONLY = re.compile(
    r"(?:vao )?(?:ngay|hom|mung|mong) (?:mung |mong )?(\d{1,2})(?: (?:cua )?(thang nay~?|thang truoc|thang roi))?"
    + _END
)
_WEEKDAY = re.compile(
    rf"(?:(?:ngay|hom|on|last|this|sang|chieu|toi) )*(?:thu ({any_of(_WEEKDAYS)})|(chu nhat)|({any_of(WEEKDAY_NAMES)}))"
    r"(?: (tuan truoc|tuan roi|tuan nay~?|last week|this week|vua roi|vua qua|qua|roi))?" + _END
)
_RELATIVE = re.compile(
    r"(?:(?:ngay|trong) )?(?:(?P<today>(?:hom|bua|ngay|sang|trua|chieu|toi|dem) nay|today|tonight|this (?:morning|afternoon|evening))"
    r"|(?P<before>(?:hom|bua|ngay) kia|the day before yesterday|day before yesterday)"
    r"|(?P<three>(?:hom|bua) kia~)"
    r"|(?P<yesterday>(?:(?:sang|trua|chieu|toi|dem) )?(?:hom|bua|ngay) qua|(?:sang|chieu|toi|dem) qua|yesterday))"
    + _END
)
_AGO = re.compile(rf"(?:cach day {NUMBER} (?:ngay|hom)|{NUMBER} (?:ngay|hom) truoc|{NUMBER} days? ago)(?: day)?" + _END)


def on_day(day: date, today: date) -> Span:
    """That one day; today and yesterday by their names."""
    kind = {today: "today", today - timedelta(days=1): "yesterday"}.get(day, "date")
    return Span(kind, day, day)


def number(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS[word]


def dated(day: int, month: int, year: str | None, today: date) -> date | None:
    """That day; without a year the last one, unless it is near ahead. None if there is no such day."""
    try:
        if year is not None:
            return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
        found = date(today.year, month, day)
        return found if found <= today + _SOON else date(today.year - 1, month, day)
    except ValueError:
        return None


def _options(days: list[date | None], today: date) -> Options:
    return tuple(on_day(day, today) for day in days if day is not None)


def _iso(line: str, at: int, today: date) -> tuple[Options, int] | None:
    match = _ISO.match(line, at)
    return match and (_options([dated(int(match[4]), int(match[3]), match[1], today)], today), match.end())


def _day_month(line: str, at: int, today: date) -> tuple[Options, int] | None:
    match = _DAY_MONTH.match(line, at)
    if match is None or (match[3] == "." and not (match[5] or match[1])):
        return None
    day, month = int(match[2]), int(match[4]) if match[4].isdigit() else _MONTH_WORDS[match[4]]
    if month > 31 or (match[3] in "/-." and not match[1] and not match[5] and not _could_be(day, month)):
        return None
    days = [dated(day, month, match[5], today)]
    if match[3] != "thang" and day != month and is_english(line):
        days.append(dated(month, day, match[5], today))
    return _options(days, today), match.end()


def _could_be(day: int, month: int) -> bool:
    """Whether numbers by themselves are a day and a month in any order, rather than a share or a part."""
    return (1 <= day <= 31 and 1 <= month <= 12) or (1 <= month <= 31 and 1 <= day <= 12)


def is_english(line: str) -> bool:
    return re.search(r"(?<!\S)(?:how|many|cases|what|the|in|on|commune|district|new|of)(?!\S)", line) is not None


def _english(line: str, at: int, today: date) -> tuple[Options, int] | None:
    match = _ENGLISH.match(line, at)
    if match is None:
        return None
    return _options(
        [dated(int(match[1] or match[4]), _MONTHS[match[2] or match[3]], match[5], today)], today
    ), match.end()


def _day_only(line: str, at: int, today: date) -> tuple[Options, int] | None:
    match = _DAY_ONLY.match(line, at)
    if match is None:
        return None
    day = int(match[1])
    last = today.replace(day=1) - timedelta(days=1)
    is_this = match[2].startswith("thang nay") if match[2] else day <= today.day
    month = (today.month, today.year) if is_this else (last.month, last.year)
    return _options([dated(day, month[0], str(month[1]), today)], today), match.end()


def _weekday(line: str, at: int, today: date) -> tuple[Options, int] | None:
    match = _WEEKDAY.match(line, at)
    if match is None or re.search(r"(?:mui|lan|dot|cap|lieu|so|ki|quy) $", line[:at]):
        return None
    weekday = _WEEKDAYS[match[1]] if match[1] else 6 if match[2] else WEEKDAY_NAMES.index(match[3])
    monday = today - timedelta(days=today.weekday())
    which = match[4] or ""
    if which in ("tuan truoc", "tuan roi", "last week"):
        return (on_day(monday + timedelta(days=weekday - 7), today),), match.end()
    if which.startswith("tuan nay") or which == "this week":
        return (on_day(monday + timedelta(days=weekday), today),), match.end()
    back = (today.weekday() - weekday) % 7
    if back == 0 and (which or match[0].startswith("last ")):
        back = 7
    return (on_day(today - timedelta(days=back), today),), match.end()


def _relative(line: str, at: int, today: date) -> tuple[Options, int] | None:
    match = _RELATIVE.match(line, at)
    if match is None:
        return None
    back = {"today": 0, "yesterday": 1, "before": 2, "three": 3}[match.lastgroup or "today"]
    return (on_day(today - timedelta(days=back), today),), match.end()


def _ago(line: str, at: int, today: date) -> tuple[Options, int] | None:
    match = _AGO.match(line, at)
    if match is None:
        return None
    return (on_day(today - timedelta(days=number(match[1] or match[2] or match[3])), today),), match.end()


DAYS: tuple[Rule, ...] = (_iso, _day_month, _english, _weekday, _relative, _ago, _day_only)


def read_day(line: str, at: int, today: date) -> tuple[Options, int] | None:
    """The day named in `line` from offset `at` on, and where its words end; None if none is named there."""
    for rule in DAYS:
        if (found := rule(line, at, today)) is not None:
            return found
    return None
