"""From one day to another: từ ngày 1 đến ngày 5/11, từ đầu tháng 10, từ thứ hai đến nay, từ tháng 8 đến tháng 10."""

from datetime import date

from understanding import period_words as words
from understanding.dates import Options, dated, on_day, read_spoken_date
from understanding.inquiry import Span
from understanding.parts_of_periods import part_of
from understanding.spans import Reading, named_span, read_whole, whole_of


def read_range(line: str, at: int, today: date) -> Reading | None:
    """The days from one to another that are named from offset `at` on."""
    if (short := _short(line, at, today)) is not None:
        return short
    opened, first = _opening(line, at, today)
    if first is None:
        return None
    options, end = first
    now: Options = (on_day(today, today),)
    if (tail := words.TAIL.match(line, end)) is not None:
        return _spans(options, now, today), tail.end()
    to = words.TO.match(line, end)
    if to is not None and (opened or to[0].strip() not in ("and", "cho den")):
        last = _last(line, to.end(), today)
        if last is not None:
            return _spans(options, last[0], today), last[1]
    if not opened:
        return None
    since = _spans(options, now, today)
    return (*options, *since) if opened == "from or of" else since, end


def _short(line: str, at: int, today: date) -> Reading | None:
    """«1 đến 5/11»: the month is said once."""
    if (short := words.FIRST_DAY.match(line, at)) is None or (to := words.TO.match(line, short.end())) is None:
        return None
    last = read_spoken_date(line, to.end(), today)
    if last is None or len(last[0]) != 1 or not 1 <= int(short[1]) <= 31:
        return None
    end = last[0][0].first_on
    first = dated(int(short[1]), end.month, str(end.year), today)
    return (Span("range", first, end),) if first is not None and first <= end else (), last[1]


def _opening(line: str, at: int, today: date) -> tuple[str, Reading | None]:
    """What a range begins with, and whether that is said: «cases from last week» may be those of that week."""
    if (start := words.FROM_START.match(line, at)) is not None:
        found = whole_of(line, start.end(), today)
        return "from", None if found is None else ((_beginning(found[0], found[1], today),), found[3])
    for opened, pattern in (("from", words.FROM), ("from or of", words.FROM_OR_OF)):
        if (start := pattern.match(line, at)) is not None:
            return opened, _edge(line, start.end(), today, is_last=False)
    return "", _edge(line, at, today, is_last=False)


def _beginning(whole: Span, unit: str, today: date) -> Span:
    """«Từ đầu tháng» is since its first day, which of this one is the whole by its name."""
    is_now = whole.first_on <= today <= whole.last_on
    return named_span(f"this_{unit}", today) if is_now and unit != "quarter" else on_day(whole.first_on, today)


def _last(line: str, at: int, today: date) -> Reading | None:
    if (now := words.NOW.match(line, at)) is not None:
        return (on_day(today, today),), now.end()
    return _edge(line, at, today, is_last=True)


def _edge(line: str, at: int, today: date, *, is_last: bool) -> Reading | None:
    """What a range begins or ends with. «Từ giữa tháng 10» may be since any day of those."""
    if (found := part_of(line, at, today)) is None:
        return read_spoken_date(line, at, today) or read_whole(line, at, today)
    options, end, part, whole = found
    if part == "dau" and not is_last:
        unit = "week" if whole.days == 7 else "year" if whole.days > 360 else "month" if whole.days < 32 else "quarter"
        return (_beginning(whole, unit, today),), end
    if part == "cuoi" and is_last:
        return (on_day(min(whole.last_on, today), today),), end
    days = [day for span in options for day in (span.first_on, span.last_on)]
    return tuple(dict.fromkeys(on_day(day, today) for day in days)), end


def read_end(line: str, at: int, today: date) -> Reading | None:
    """«Tính đến ngày 5/11», «đến hết tháng 10»: the day as of which it is asked; none where «cuối tháng» is still ahead."""
    start = words.AS_OF.match(line, at)
    part = part_of(line, start.end(), today) if start is not None else None
    if part is not None and part[3].last_on > today:
        return (), part[1]
    found = _edge(line, start.end(), today, is_last=True) if start is not None else None
    if found is None:
        return None
    days = dict.fromkeys(span.last_on for span in found[0])
    return tuple(on_day(day, today) for day in days), found[1]


def _spans(first: Options, last: Options, today: date) -> Options:
    return tuple(_from_to(a, b, today) for a in first for b in last if a.first_on <= b.last_on)


def _from_to(first: Span, last: Span, today: date) -> Span:
    if first.last_on == last.last_on:
        return first
    return (
        on_day(first.first_on, today) if first.first_on == last.last_on else Span("range", first.first_on, last.last_on)
    )
