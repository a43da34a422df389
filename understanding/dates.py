"""A single day named in a line of bare words: ngày 5/11, 5 tháng 11 năm 2021, thứ hai tuần trước, hôm kia, November 5th."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from understanding import english_days as english
from understanding.english_days import any_of
from understanding.inquiry import Span
from understanding.word_lists import word_list

Options = tuple[Span, ...]
"""The readings of what was named: one when it is clear, several when it must be asked, none when there is no such day."""
Rule = Callable[[str, int, date], tuple[Options, int] | None]

NUMBERS = word_list("time").numbers("numbers")
"""Words that count. «Sáu» comes as 6; without its mark it may be «sau», so that it counts nothing."""
_TENS = ("hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin")
_ONES = {**{word: NUMBERS.get(word, 6) for word in _TENS}, "6": 6, "mot": 1, "tu": 4, "lam": 5}
MONTH_NUMBERS = {**NUMBERS, **word_list("time").numbers("months")}
_WEEKDAYS = {"hai": 0, "2": 0, "ba": 1, "3": 1, "tu": 2, "4": 2, "nam": 3, "5": 3, "sau": 4, "6": 4, "bay": 5, "7": 5}
_SOON = timedelta(days=70)
_FIRST_YEAR = 1900


NUMBER = rf"(\d{{1,3}}|(?:(?:{'|'.join(_TENS)}|6) )?muoi(?: (?:{'|'.join(_ONES)}))?|{any_of(NUMBERS)})"
_END = r"(?= |$)"
_BEFORE = r"(?:(?:vao|on|dung|rieng|trong|ngay|hom|mung|mong|the) )*"
_COMPACT = re.compile(_BEFORE + r"(\d{8}|\d{6})" + _END)
_ISO = re.compile(_BEFORE + r"(\d{4}) ([-/.]) (\d{1,2}) \2 (\d{1,2})" + _END)
_SPELT = rf"(?<=mung |mong |ngay )(?:{NUMBER[NUMBER.index('|') + 1 : -1]})"
"""A day of the month that is not written in digits: «mùng năm»."""
_DAY_MONTH = re.compile(
    rf"({_BEFORE})(\d{{1,2}}|{_SPELT}) (/|-|\.|thang) (\d{{1,2}}|{any_of(MONTH_NUMBERS)})(?: (?:/|-|\.|nam|, nam) (\d{{4}}|\d{{2}}))?"
    + _END
)
_ENGLISH = re.compile(
    _BEFORE
    + rf"(?:({english.ORDINAL})(?: of)? ({any_of(english.MONTHS)})"
    + rf"|({any_of(english.MONTHS)})(?: \.)? (?:the )?({english.ORDINAL}))"
    r"(?:(?: ,)? (\d{4}))?" + _END
)
_DAY_ONLY = re.compile(
    r"(?:(?:vao )?(?:ngay|hom|mung|mong) (?:mung |mong )?(\d{1,2})(?! (?:h|gio|tieng))"
    r"(?: (?:cua )?(thang nay~?|thang truoc|thang roi))?"
    rf"|on the (?P<english>{english.MARKED_ORDINAL})(?= (?:in|at|for|of|~|[?.,!])|$))" + _END
)
_WEEKDAY = re.compile(
    r"(?:(?:ngay|hom|on|last|this|past|next|sang|chieu|toi~?) )*"
    rf"(?:thu ({any_of(_WEEKDAYS)})|(chu nhat)|({english.WEEKDAY}))"
    rf"{english.TIME_OF_DAY}"
    r"(?: (tuan truoc nua|tuan (?:truoc|roi|nay~?|sau|toi\+?)|(?:last|this|next) week|vua roi|vua qua|qua|roi|toi\+?|sau))?"
    + _END
)
_NO_WEEKDAY = re.compile(r"(?:(?:dot|song|vu|mua)(?: dich)?|mui|lan|cap|lieu|so|ki|qui) $")
"""Before «thứ tư» these words make it the fourth of them."""
_RELATIVE = re.compile(
    r"(?:(?:ngay|trong) )?(?:(?P<today>(?:hom|bua|ngay|sang|trua|chieu|toi~?|dem) nay"
    r"|today|tonight|this (?:morning|afternoon|evening))"
    r"|(?P<since_morning>(?:tu\+? )?(?:sang|trua|chieu)(?: som| nay)? (?:den|toi\+?) (?:gio|bay gio|nay)|sang gio|since this morning)"
    r"|(?P<before>(?:hom|bua) kia|the day before yesterday|day before yesterday)"
    r"|(?P<three>(?:hom|bua) kia~)"
    r"|(?P<yesterday>(?:(?:sang|trua|chieu|toi~?|dem) )?(?:hom|bua|ngay) qua|(?:sang|chieu|toi~?|dem) qua|yesterday"
    + english.TIME_OF_DAY
    + r"|last night))"
    + _END
)
_AGO = re.compile(
    rf"(?:cach day {NUMBER} (?:ngay|hom)(?: truoc)?|{NUMBER} (?:ngay|hom) truoc|{NUMBER} days? ago)(?: day)?(?! nua)"
    + _END
)

PATTERNS_OF_DAYS = (_COMPACT, _ISO, _DAY_MONTH, _ENGLISH, _DAY_ONLY, _WEEKDAY, _RELATIVE, _AGO)


def on_day(day: date, today: date) -> Span:
    """That one day; today and yesterday by their names."""
    kind = {today: "today", today - timedelta(days=1): "yesterday"}.get(day, "date")
    return Span(kind, day, day)


def number_at(word: str) -> int:
    """What a `NUMBER` counts: «10», «muoi», «hai muoi mot»."""
    if word.isdigit() or word in NUMBERS:
        return int(word) if word.isdigit() else NUMBERS[word]
    tens, _, ones = (part.strip() for part in word.partition("muoi"))
    return 10 * (_ONES[tens] if tens else 1) + (_ONES[ones] if ones else 0)


def dated(day: int, month: int, year: str | None, today: date) -> date | None:
    """That day; without a year the last one, unless it is near ahead. None if there is no such day, or none of our times."""
    try:
        if year is not None:
            found = date(int(year) + (2000 if len(year) == 2 else 0), month, day)
            return found if found.year >= _FIRST_YEAR else None
        found = date(today.year, month, day)
        return found if found <= today + _SOON else date(today.year - 1, month, day)
    except ValueError:
        return None


def no_such_date(line: str, at: int, end: int, today: date) -> str:
    """The first day named between two offsets that is in no calendar, «31/11»; empty: there is none such."""
    for start in (at, *(space.end() for space in re.finditer(" ", line[:end]) if space.end() > at)):
        if (match := _DAY_MONTH.match(line, start)) is not None:
            day, month, year = (
                number_at(match[2]),
                int(match[4]) if match[4].isdigit() else MONTH_NUMBERS[match[4]],
                match[5],
            )
        elif (match := _ENGLISH.match(line, start)) is not None:
            day, month, year = (
                english.day_of_month(match[1] or match[4]),
                english.MONTHS[match[2] or match[3]],
                match[5],
            )
        elif (match := _ISO.match(line, start)) is not None:
            year, month, day = match[1], int(match[3]), int(match[4])
        elif (match := _DAY_ONLY.match(line, start)) is not None:
            return match[1] or match["english"]
        else:
            continue
        of_year = today.year if year is None else int(year) + (2000 if len(year) == 2 else 0)
        if not (1 <= month <= 12 and 1 <= day <= monthrange(of_year, month)[1]):
            return f"{day}/{month}" if year is None and (day, month) != (29, 2) else f"{day}/{month}/{of_year}"
    return ""


def _options(days: list[date | None], today: date) -> Options:
    return tuple(on_day(day, today) for day in days if day is not None)


def _compact(line: str, at: int, today: date) -> tuple[Options, int] | None:
    """«20211105», «05112021»; of six digits whichever days they may be."""
    match = _COMPACT.match(line, at)
    if match is None:
        return None
    said = match[1]
    if len(said) == 8:
        parts = [(said[:4], said[4:6], said[6:]), (said[4:], said[2:4], said[:2])]
        days = [dated(int(day), int(month), year, today) for year, month, day in parts if year[:2] in ("19", "20")]
    else:
        days = [
            dated(int(said[4:]), int(said[2:4]), said[:2], today),
            dated(int(said[:2]), int(said[2:4]), said[4:], today),
        ]
    found = [day for day in days if day is not None and (len(said) == 8 or day <= today)]
    return _options([*dict.fromkeys(found)], today), match.end()


def _iso(line: str, at: int, today: date) -> tuple[Options, int] | None:
    match = _ISO.match(line, at)
    return match and (_options([dated(int(match[4]), int(match[3]), match[1], today)], today), match.end())


def _day_month(line: str, at: int, today: date) -> tuple[Options, int] | None:
    match = _DAY_MONTH.match(line, at)
    if match is None or (match[3] == "." and not (match[5] or match[1])):
        return None
    day, month = number_at(match[2]), int(match[4]) if match[4].isdigit() else MONTH_NUMBERS[match[4]]
    if month > 31 or (match[3] in "/-." and not match[1] and not match[5] and not _could_be(day, month)):
        return None
    days = [dated(day, month, match[5], today)]
    if match[3] != "thang" and day != month and _may_be_english(line):
        days.append(dated(month, day, match[5], today))
    return _options(days, today), match.end()


def _could_be(day: int, month: int) -> bool:
    """Whether numbers by themselves are a day and a month in any order, rather than a share or a part."""
    return (1 <= day <= 31 and 1 <= month <= 12) or (1 <= month <= 31 and 1 <= day <= 12)


def _may_be_english(line: str) -> bool:
    """Whether the month may stand first («5/11» is the eleventh of May to some)."""
    return not (english.CERTAINLY_ENGLISH | english.PERHAPS_ENGLISH).isdisjoint(line.split())


def _english(line: str, at: int, today: date) -> tuple[Options, int] | None:
    match = _ENGLISH.match(line, at)
    if match is None:
        return None
    return _options(
        [dated(english.day_of_month(match[1] or match[4]), english.MONTHS[match[2] or match[3]], match[5], today)],
        today,
    ), match.end()


def _day_only(line: str, at: int, today: date) -> tuple[Options, int] | None:
    match = _DAY_ONLY.match(line, at)
    if match is None:
        return None
    day = english.day_of_month(match[1] or match["english"])
    last = today.replace(day=1) - timedelta(days=1)
    is_this = match[2].startswith("thang nay") if match[2] else day <= today.day
    month = (today.month, today.year) if is_this else (last.month, last.year)
    return _options([dated(day, month[0], str(month[1]), today)], today), match.end()


def _weekday(line: str, at: int, today: date) -> tuple[Options, int] | None:
    match = _WEEKDAY.match(line, at)
    if match is None or _NO_WEEKDAY.search(line[:at]):
        return None
    weekday = _WEEKDAYS[match[1]] if match[1] else 6 if match[2] else english.weekday(match[3])
    monday = today - timedelta(days=today.weekday())
    which = match[4] or ""
    if (weeks := _weeks_from_now(which)) is not None:
        return (on_day(monday + timedelta(days=weekday + 7 * weeks), today),), match.end()
    if which.rstrip("+") in ("toi", "sau") or match[0].startswith("next "):
        return (on_day(today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1), today),), match.end()
    back = (today.weekday() - weekday) % 7
    if back == 0 and (which or match[0].startswith("last ")):
        back = 7
    return (on_day(today - timedelta(days=back), today),), match.end()


def _weeks_from_now(which: str) -> int | None:
    """How many weeks a week lies ahead; None if none is named."""
    if which == "tuan truoc nua":
        return -2
    if which in ("tuan truoc", "tuan roi", "last week"):
        return -1
    if which.startswith("tuan nay") or which == "this week":
        return 0
    return 1 if which.startswith("tuan ") or which == "next week" else None


def _relative(line: str, at: int, today: date) -> tuple[Options, int] | None:
    match = _RELATIVE.match(line, at)
    if match is None:
        return None
    back = {"today": 0, "since_morning": 0, "yesterday": 1, "before": 2, "three": 3}[match.lastgroup or "today"]
    return (on_day(today - timedelta(days=back), today),), match.end()


def _ago(line: str, at: int, today: date) -> tuple[Options, int] | None:
    match = _AGO.match(line, at)
    if match is None:
        return None
    return (on_day(today - timedelta(days=number_at(match[1] or match[2] or match[3])), today),), match.end()


DAYS: tuple[Rule, ...] = (_compact, _iso, _day_month, _english, _weekday, _relative, _ago, _day_only)


def read_spoken_date(line: str, at: int, today: date) -> tuple[Options, int] | None:
    """The day named in `line` from offset `at` on, and where its words end; None if none is named there."""
    for rule in DAYS:
        if (found := rule(line, at, today)) is not None:
            return found
    return None
