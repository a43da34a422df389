"""Parts of weeks, months and years: đầu tháng 10 (its days 1 to 10), giữa (11 to 20), cuối (from 21); cuối tuần; 6 tháng đầu năm."""

from datetime import date, timedelta

from understanding import period_words as words
from understanding.dates import Options, number_at, on_day
from understanding.inquiry import Span
from understanding.spans import Reading, as_range, month_of, months_back, named_span, whole_of

_PARTS = {
    **dict.fromkeys(("dau", "early", "beginning"), "dau"),
    **dict.fromkeys(("giua", "mid"), "giua"),
    **dict.fromkeys(("cuoi", "late", "end"), "cuoi"),
}
_UNITS = {"day": "ngay", "week": "tuan", "month": "thang"}


def read_part(line: str, at: int, today: date) -> Reading | None:
    """The part named from offset `at` on; of what «đầu tuần trước» or «cuối năm» may mean, the readings that are not all ahead."""
    if (match := words.FIRST_OF.match(line, at)) is not None:
        return _so_many_of(match[1], match[2], match[3], line, match.end(), today)
    if (match := words.FIRST_OF_IN_ENGLISH.match(line, at)) is not None:
        part, unit = "dau" if match["part"] == "first" else "cuoi", _UNITS[match["unit"]]
        if (of_whole := _so_many_of(match[2] or "1", unit, part, line, match.end(), today)) is not None:
            return of_whole
    if (half := _half_of_month(line, at, today)) is not None:
        return half
    if (found := part_of(line, at, today)) is not None:
        return _drop_ahead(found[0], today), found[1]
    return _weekend(line, at, today)


def _half_of_month(line: str, at: int, today: date) -> Reading | None:
    """«Nửa đầu tháng 10»: its days 1 to 15; «nửa cuối»: from 16."""
    match = words.HALF_OF.match(line, at)
    found = whole_of(line, match.end() + 1, today) if match is not None else None
    if match is None or found is None or found[1] != "month":
        return None
    whole, _, _, end = found
    first, last = (1, 15) if match["part"] == "dau" else (16, whole.last_on.day)
    return (as_range(whole.first_on.replace(day=first), whole.last_on.replace(day=last), today),), end


def part_of(line: str, at: int, today: date) -> tuple[Options, int, str, Span] | None:
    """The part's readings, where its words end, which part it is (dau, giua, cuoi), and the whole that it is of."""
    match = words.PART.match(line, at)
    if match is None or (found := whole_of(line, match.end() + 1, today)) is None:
        return None
    whole, unit, is_said, end = found
    part = _PARTS[match["part"]]
    readings = {"month": _of_month, "week": _of_week}.get(unit, _of_longer)(part, whole, is_said, today)
    return readings, end, part, whole


def _drop_ahead(options: Options, today: date) -> Options:
    """Of several readings those that are not all ahead."""
    return tuple(span for span in options if span.first_on <= today) or options


def _of_month(part: str, whole: Span, is_said: bool, today: date) -> Options:
    third = _third(part, whole, today)
    if is_said:
        return (third,)
    now = named_span("this_month", today)
    if part == "dau":
        return (now,) if third.last_on == today else (third, now)
    if third.first_on <= today:
        return (third,)
    return _third(part, month_of(months_back(1, today), today), today), named_span("last_month", today)


def _third(part: str, whole: Span, today: date) -> Span:
    first, last = {"dau": (1, 10), "giua": (11, 20), "cuoi": (21, whole.last_on.day)}[part]
    return as_range(whole.first_on.replace(day=first), whole.last_on.replace(day=last), today)


def _of_week(part: str, whole: Span, is_said: bool, today: date) -> Options:
    monday = whole.first_on
    if part == "cuoi":
        weekend = as_range(monday + timedelta(days=5), monday + timedelta(days=6), today)
        if is_said:
            return (weekend,)
        before = as_range(monday - timedelta(days=2), monday - timedelta(days=1), today)
        return (before, named_span("last_week", today), *((weekend,) if weekend.first_on <= today else ()))
    day = monday + timedelta(days=0 if part == "dau" else 2)
    whole_week = as_range(monday, whole.last_on, today)
    several = as_range(
        day if part == "dau" else monday + timedelta(days=1), monday + timedelta(days=2 if part == "dau" else 3), today
    )
    return tuple(dict.fromkeys((on_day(day, today), several, whole_week)))


def _of_longer(part: str, whole: Span, is_said: bool, today: date) -> Options:
    """A year's or a quarter's: how much of it is meant nobody knows."""
    months = {"dau": 0, "giua": 4, "cuoi": 9}[part] if whole.days > 100 else {"dau": 0, "giua": 1, "cuoi": 2}[part]
    size = 3 if whole.days > 100 else 1
    first = whole.first_on.replace(month=whole.first_on.month + months)
    last = month_of(first.replace(month=first.month + size - 1), date.max).last_on
    return tuple(dict.fromkeys((as_range(first, last, today), as_range(whole.first_on, whole.last_on, today))))


def _so_many_of(count: str, unit: str, part: str, line: str, at: int, today: date) -> Reading | None:
    """«6 tháng đầu năm», «10 ngày cuối tháng 10»."""
    found = whole_of(line, at, today)
    if found is None:
        return None
    (whole, kind, _, end), many = found, number_at(count)
    longest = {"ngay": whole.days, "tuan": whole.days // 7, "thang": {"year": 12, "quarter": 3}.get(kind, 0)}[unit]
    if not 0 < many < longest:
        return (), end
    if unit == "thang":
        start = whole.first_on.month + (0 if part == "dau" else longest - many)
        first = whole.first_on.replace(month=start)
        last = month_of(first.replace(month=start + many - 1), date.max).last_on
    else:
        days = timedelta(days=many * (7 if unit == "tuan" else 1) - 1)
        first, last = (
            (whole.first_on, whole.first_on + days) if part == "dau" else (whole.last_on - days, whole.last_on)
        )
    return (as_range(first, last, today),), end


def _weekend(line: str, at: int, today: date) -> Reading | None:
    match = words.WEEKEND.match(line, at)
    if match is None:
        return None
    monday = today - timedelta(days=today.weekday())
    ahead = {"next": 7, "this": 0}.get(match.lastgroup or "")
    weekend = monday + timedelta(days=5 + (ahead if ahead is not None else -7))
    span = as_range(weekend, weekend + timedelta(days=1), today)
    return (span, named_span("last_week", today)) if match.lastgroup == "bare" else (span,), match.end()
