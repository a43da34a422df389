"""Which days a question is about: hôm qua, ngày 5/11, tuần này, từ … đến …, tháng 11, and their English."""

from calendar import monthrange
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from reporting.understanding import period_words as words
from reporting.understanding.dates import Options, Rule, dated, number, on_day, read_day
from reporting.understanding.inquiry import Span
from reporting.understanding.tokens import Token


@dataclass(slots=True)
class Periods:
    """The periods named, each one's readings, and the tokens that name them.

    `is_ahead`: days to come are asked for; `is_vague`: days past, but not which; `as_of_now`: up to now; `broken`: no such day.
    """

    named: list[Options] = field(default_factory=list)
    at: set[int] = field(default_factory=set)
    is_ahead: bool = False
    is_vague: bool = False
    as_of_now: bool = False
    broken: bool = False


def _last_days(line: str, at: int, today: date) -> tuple[Options, int] | None:
    if (match := words.LAST_DAYS.match(line, at)) is None:
        return None
    count = number(match[1] or match[3])
    unit = match[2] or match[4]
    days = count * (7 if unit.startswith(("tuan", "week")) else 30 if unit.startswith(("thang", "month")) else 1)
    return (last_days(days, today),) if 0 < days <= 3660 else (), match.end()


def last_days(days: int, today: date) -> Span:
    """So many days up to and with today."""
    return Span("last_days", today - timedelta(days=days - 1), today)


def _hours(line: str, at: int, today: date) -> tuple[Options, int] | None:
    match = words.HOURS.match(line, at)
    return match and ((Span("latest", today, today),), match.end())


def _named(line: str, at: int, today: date) -> tuple[Options, int] | None:
    if (match := words.NAMED.match(line, at)) is None:
        return None
    return (named_span(match.lastgroup or "", today),), match.end()


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
            return Span("year", date(today.year - 1, 1, 1), date(today.year - 1, 12, 31))
    return last_days(7, today)


def _so_far(line: str, at: int, today: date) -> tuple[Options, int] | None:
    if (match := words.SO_FAR.match(line, at)) is None:
        return None
    return (named_span({"tuan": "this_week", "thang": "this_month", "nam": "this_year"}[match[1]], today),), match.end()


def _month(line: str, at: int, today: date) -> tuple[Options, int] | None:
    if (match := words.MONTH.match(line, at)) is None:
        return None
    said = match[1] or match[3]
    month = int(said) if said.isdigit() else words.MONTH_NUMBERS[said]
    first = dated(1, month, match[2] or match[4], today)
    if first is None:
        return (), match.end()
    last = first.replace(day=monthrange(first.year, first.month)[1])
    return (Span("month", first, min(last, today) if first <= today else last),), match.end()


def _year(line: str, at: int, today: date) -> tuple[Options, int] | None:
    if (match := words.YEAR.match(line, at)) is None:
        return None
    year = int(match[1])
    last = date(year, 12, 31)
    return (Span("year", date(year, 1, 1), min(last, today) if year <= today.year else last),), match.end()


def _range(line: str, at: int, today: date) -> tuple[Options, int] | None:
    if (short := words.FIRST_DAY.match(line, at)) is not None and (to := words.TO.match(line, short.end())) is not None:
        last = read_day(line, to.end(), today)
        if last is not None and len(last[0]) == 1 and 1 <= int(short[1]) <= 31:
            end = last[0][0].first_on
            first = dated(int(short[1]), end.month, str(end.year), today)
            return (Span("range", first, end),) if first is not None and first <= end else (), last[1]
    start = words.FROM.match(line, at)
    first_day = read_day(line, start.end() if start else at, today)
    if first_day is None:
        return None
    options, end_at = first_day
    if start and (tail := words.TAIL.match(line, end_at)) is not None:
        return _spans(options, (on_day(today, today),)), tail.end()
    if (to := words.TO.match(line, end_at)) is not None and (start or to[0].strip() not in ("and", "cho den")):
        last = _last_day(line, to.end(), today)
        if last is not None:
            return _spans(options, last[0]), last[1]
    return (_spans(options, (on_day(today, today),)), end_at) if start else None


def _last_day(line: str, at: int, today: date) -> tuple[Options, int] | None:
    if (now := words.NOW.match(line, at)) is not None:
        return (on_day(today, today),), now.end()
    return read_day(line, at, today)


def _months(line: str, at: int, today: date) -> tuple[Options, int] | None:
    start = words.FROM.match(line, at)
    if (
        start is None
        or (first := _month(line, start.end(), today)) is None
        or (to := words.TO.match(line, first[1])) is None
    ):
        return None
    last = _month(line, to.end(), today)
    return None if last is None else (_spans(first[0], last[0]), last[1])


def _spans(first: Options, last: Options) -> Options:
    return tuple(Span("range", a.first_on, b.last_on) for a in first for b in last if a.first_on <= b.last_on)


RULES: tuple[Rule, ...] = (_range, _months, _hours, _last_days, _so_far, _named, read_day, _month, _year)


def read_periods(tokens: Sequence[Token], taken: Collection[int], today: date) -> Periods:
    """The periods that the tokens name, but for those `taken` by the names of units."""
    line_words = ["~" if at in taken else words.marked(token) for at, token in enumerate(tokens)]
    line = " ".join(line_words)
    starts: list[int] = []
    at = 0
    for word in line_words:
        starts.append(at)
        at += len(word) + 1
    found = Periods()
    index = 0
    while index < len(line_words):
        end = _take(line, starts[index], today, found)
        after = (
            index + 1
            if end is None
            else next((n for n in range(index, len(line_words)) if starts[n] >= end), len(line_words))
        )
        if end is not None:
            found.at.update(range(index, after))
        index = after
    return found


def _take(line: str, at: int, today: date, found: Periods) -> int | None:
    """Reads what begins at an offset into `found`; the offset after it, or None if nothing begins there."""
    if (match := words.AS_OF_NOW.match(line, at)) is not None:
        found.as_of_now = True
        return match.end()
    if (match := words.FUTURE.match(line, at)) is not None:
        found.is_ahead = True
        return match.end()
    for rule in RULES:
        if (read := rule(line, at, today)) is not None:
            options, end = read
            found.broken |= not options
            found.is_ahead |= any(span.last_on > today and span.first_on > today for span in options)
            found.named.append(options)
            return end
    if (match := words.VAGUE.match(line, at)) is not None:
        found.is_vague = True
        return match.end()
    if (match := words.TODAY_ALONE.match(line, at)) is not None and not words.NOT_TODAY_AFTER.search(line[:at]):
        found.named.append((on_day(today, today),))
        return match.end()
    return None
