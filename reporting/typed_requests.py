"""What people type beside answers: a day, a reason, leave, a report's number; in either language, with accents or without."""

import re
from datetime import date, timedelta

from reporting.typed import fold

NUMBER = re.compile(r"\b[A-Z]{1,12}-[\w.]{1,20}-\d{6}-\d{1,4}\b")
"""A report's number, as its receipt shows it."""
DAY = re.compile(
    r"\b(?:ngày\s+|on\s+)?(?:(?P<day>\d{1,2})/(?P<month>\d{1,2})(?:/(?P<year>\d{4}))?"
    r"|hôm qua|hom qua|yesterday|hôm nay|hom nay|today)\b",
    re.IGNORECASE,
)
_SHOWN = re.compile(r"\b(\d{2})/(\d{2})/(\d{4})\b")
REASON = re.compile(r"[,;\s]*\b(?:lý do|ly do|vì|reason|because)\s*[:\-–]?\s+(?P<why>\S.*)$", re.IGNORECASE | re.DOTALL)
_DATE = r"(\d{1,2})/(\d{1,2})(?:/(\d{4}))?"
LEAVE = re.compile(
    r"(?:(?:/nghi|/leave)|(?:tôi|toi|em|anh|chị|mình)?\s*(?:xin\s+|sẽ\s+|se\s+|được\s+)?(?:nghỉ|nghi)(?:\s+phép|\s+phep)?"
    rf"|(?:i am|i'm|i will be)\s+(?:away|on leave))\s*(?:từ|tu|from|on)?\s*(?:ngày|ngay)?\s*{_DATE}"
    rf"(?:\s*(?:đến|den|tới|toi|to|until|-|–)?\s*(?:hết\s+)?(?:ngày|ngay)?\s*{_DATE})?\s*[.!]?",
    re.IGNORECASE,
)
BACK = re.compile(
    r"(?:tôi|em|mình)?\s*(?:đã\s+)?(?:đi làm lại|di lam lai|hết nghỉ|het nghi)|i am back|i'm back", re.IGNORECASE
)
LONGEST = timedelta(days=180)


def part_day(text: str, today: date) -> tuple[str, date | None]:
    """A message without the day that it names, and that day («hôm qua», «ngày 09/11»); the year may be left out."""
    found = DAY.search(text)
    if found is None:
        return text, None
    rest = (text[: found.start()] + text[found.end() :]).strip(" ,;:")
    if found["day"] is None:
        return rest, today - timedelta(days=1) if fold(found[0]).endswith(("qua", "yesterday")) else today
    try:
        day = date(int(found["year"] or today.year), int(found["month"]), int(found["day"]))
        return rest, day.replace(year=day.year - 1) if found["year"] is None and day > today else day
    except ValueError:
        return text, None


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


def leave_days(text: str, today: date) -> tuple[date, date] | None:
    """The first and the last day of leave in «tôi nghỉ từ 12/11 đến 15/11»; None where they are no days, past, or too many."""
    found = LEAVE.fullmatch(text.strip())
    if found is None:
        return None
    parts = found.groups()
    try:
        first = _day(parts[:3], today)
        last = _day(parts[3:], first) if parts[3] else first
    except ValueError:
        return None
    return (max(first, today), last) if first <= last and last >= today and last - first <= LONGEST else None


def _day(parts: tuple[str | None, ...], after: date) -> date:
    day = date(int(parts[2] or after.year), int(parts[1] or 0), int(parts[0] or 0))
    return day.replace(year=day.year + 1) if parts[2] is None and (after - day).days > 180 else day
