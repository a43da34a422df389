"""What people type beside answers: a day, a reason, leave, a report's number; in either language, with accents or without."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from reporting.days_without_year import next_so_named
from reporting.typed_buttons import fold_typed
from understanding.dates import dated, on_day
from understanding.days import no_such_day
from understanding.inquiry import DaysSaid

NUMBER = re.compile(r"\b[A-Z]{1,12}-[\w.]{1,20}-\d{6}-\d{1,4}\b")
"""A report's number, as its receipt shows it."""
DAY = re.compile(
    r"\b(?P<on>(?:ngày|ngay|on)\s+)?(?:(?P<day>\d{1,2})/(?P<month>\d{1,2})(?:/(?P<year>\d{4}))?"
    r"|hôm qua|hom qua|yesterday|hôm nay|hom nay|today|(?P<ahead>(?:(?:ngày|ngay)\s+)?(?:mai|mốt)|tomorrow))\b",
    re.IGNORECASE,
)
_SHOWN = re.compile(r"\b(\d{2})/(\d{2})/(\d{4})\b")
REASON = re.compile(r"[,;\s]*\b(?:lý do|ly do|vì|reason|because)\s*[:\-–]?\s+(?P<why>\S.*)$", re.IGNORECASE | re.DOTALL)
_DATE = r"(\d{1,2})/(\d{1,2})(?:/(\d{4}))?"
LEAVE = re.compile(
    r"(?:(?:/nghi|/leave)|(?:tôi|toi|em|anh|chị|mình)?\s*(?:xin\s+|sẽ\s+|se\s+|được\s+)?(?:nghỉ|nghi)(?:\s+phép|\s+phep)?"
    rf"|(?:i am|i'm|i will be)\s+(?:away|on leave))\s*(?:(?P<since>từ|tu|from)|on)?\s*(?:ngày|ngay)?\s*{_DATE}"
    rf"(?:\s*(?:đến|den|tới|toi|to|until|-|–)?\s*(?:hết\s+)?(?:ngày|ngay)?\s*{_DATE})?\s*[.!]?",
    re.IGNORECASE,
)
BACK = re.compile(
    r"(?:tôi|em|mình)?\s*(?:đã\s+)?(?:đi làm lại|di lam lai|hết nghỉ|het nghi)|i am back|i'm back", re.IGNORECASE
)
MY_DATA = re.compile(
    r"(?:(?:xem|cho (?:tôi|toi|em) xem|kiểm tra|kiem tra|show)\s+)?"
    r"(?:(?:dữ liệu|du lieu|thông tin|thong tin)(?:\s+cá nhân|\s+ca nhan)?\s+(?:của|cua)\s+(?:tôi|toi|em|mình|minh)"
    r"|my (?:personal )?data)"
    r"\s*[.?!]?",
    re.IGNORECASE,
)
ERASE_MINE = re.compile(
    r"(?:(?:(?:tôi|toi|em|mình)\s+)?(?:muốn|muon|đề nghị|de nghi|xin|yêu cầu|yeu cau|hãy|hay)\s+)?"
    r"(?:(?:xóa|xoá|xoa|hủy|huỷ|huy)\s+(?:hết\s+|toàn bộ\s+)?(?:dữ liệu|du lieu|thông tin|thong tin)(?:\s+cá nhân|\s+ca nhan)?"
    r"\s+(?:của|cua|về|ve)\s+(?:tôi|toi|em|mình|minh)|(?:please )?(?:erase|delete) my (?:personal )?data)"
    r"(?P<sure>,?\s*(?:đồng ý|dong y|yes))?\s*[.!]?",
    re.IGNORECASE,
)
LONGEST = LONG_AGO = timedelta(days=180)
NEAR = timedelta(days=60)
"""A day further away is none: «6/12» may be six of twelve."""


def part_day(text: str, today: date) -> tuple[str, DaysSaid]:
    """A message without the day that it names («hôm qua», «ngày 09/11»), and what it says of it; the year may be left out.

    «1/20» without «ngày» is no day.
    """
    found = next((each for each in DAY.finditer(text) if _is_day(each)), None)
    if found is None:
        return text, DaysSaid()
    said = found[0].removeprefix(found["on"] or "")
    rest = re.sub(" {2,}", " ", text[: found.start()] + text[found.end() :]).strip(" ,;:")
    if found["ahead"]:
        return rest, DaysSaid(found[0], wrong="ahead")
    if found["day"] is None:
        is_yesterday = fold_typed(said).endswith(("qua", "yesterday"))
        return rest, DaysSaid(said, on_day(today - timedelta(days=1) if is_yesterday else today, today))
    day = dated(int(found["day"]), int(found["month"]), found["year"], today)
    if day is None:
        return rest, DaysSaid(said, wrong="none")
    return rest, DaysSaid(said, on_day(day, today), "ahead" if day > today else "")


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


def day_shown(text: str) -> date | None:
    """The first day that one of our own messages shows in full («10/11/2021»): of a report's message it is the report's."""
    for found in _SHOWN.finditer(text):
        try:
            return date(int(found[3]), int(found[2]), int(found[1]))
        except ValueError:
            continue
    return None


def part_reason(text: str) -> tuple[str, str]:
    """A message without its reason, and the reason («f0 5, lý do: nhập nhầm»)."""
    found = REASON.search(text)
    return (text[: found.start()], " ".join(found["why"].split())) if found else (text, "")


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
