"""Which days a question is about: hôm qua, ngày 5/11, tuần này, từ … đến …, tháng 11, and their English."""

import re
from calendar import monthrange
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from reporting.understanding.dates import (
    MONTH_NAMES,
    NUMBER,
    NUMBERS,
    WEEKDAY_NAMES,
    Options,
    Rule,
    any_of,
    dated,
    number,
    on_day,
    read_day,
)
from reporting.understanding.folding import Agreement, agreement, sign_of
from reporting.understanding.inquiry import Span
from reporting.understanding.tokens import Token

WORDS = frozenset(
    [
        "hom",
        "nay",
        "qua",
        "kia",
        "ngay",
        "tuan",
        "thang",
        "nam",
        "quy",
        "dau",
        "cuoi",
        "tu",
        "den",
        "toi",
        "truoc",
        "sau",
        "roi",
        "vua",
        "gan",
        "day",
        "tro",
        "lai",
        "cach",
        "gio",
        "thu",
        "chu",
        "nhat",
        "mai",
        "mot",
        "mung",
        "mong",
    ]
    + [
        "today",
        "yesterday",
        "tomorrow",
        "tonight",
        "morning",
        "afternoon",
        "evening",
        "day",
        "days",
        "week",
        "weeks",
        "month",
        "months",
        "year",
        "last",
        "past",
        "next",
        "this",
        "since",
        "from",
        "until",
    ]
    + [*MONTH_NAMES, *(name[:3] for name in MONTH_NAMES), *WEEKDAY_NAMES, *" ".join(NUMBERS).split()]
)
_MARKED = {
    "nay": "nay", "may": "may", "mai": "mai", "thang": "tháng", "tuan": "tuần", "dau": "đầu", "den": "đến", "tu": "từ tư", "qua": "qua", "kia": "kia", "sau": "sau sáu",
    "nam": "năm", "thu": "thứ", "ba": "ba", "bay": "bảy", "hai": "hai", "hom": "hôm", "ngay": "ngày ngay", "truoc": "trước", "toi": "tới tối", "mot": "một mốt",
    "bon": "bốn", "tam": "tám", "roi": "rồi", "chu": "chủ", "nhat": "nhật", "mung": "mùng", "mong": "mồng", "gio": "giờ", "gan": "gần", "vua": "vừa",
}  # fmt: skip
_ALLOWED = {base: tuple(sign_of(word) for word in words.split()) for base, words in _MARKED.items()}
_END = r"(?= |$)"
_IN = r"(?:(?:trong|suot|in|over|during|the|vong|khoang|of) )*"
_LAST_DAYS = re.compile(
    rf"{_IN}(?:{NUMBER} (ngay|hom|tuan|thang) (?:vua qua|vua roi|gan nhat|gan day nhat|gan day|tro lai day|lien tiep|qua|nay|do lai day|lai day|cuoi)"
    rf"|(?:last|past|previous) {NUMBER} (days?|weeks?|months?))" + _END
)
_HOURS = re.compile(
    rf"{_IN}(?:24 (?:h|gio|tieng|hours?)(?: (?:qua|vua qua|gan day|gan nhat))?|(?:last|past) 24 (?:h|hours))" + _END
)
_NAMED = re.compile(
    r"(?:(?:trong|ca|suot|of|in|tu dau|tu|dau|since the start of|so far) )*(?:(?P<this_week>tuan nay~?|this week)|(?P<last_week>tuan truoc|tuan roi|last week)"
    r"|(?P<past_week>tuan qua|tuan vua qua|tuan vua roi|past week|the past week)|(?P<this_month>thang nay~?|this month)"
    r"|(?P<last_month>thang truoc|thang roi|thang qua|thang vua qua|thang vua roi|last month)|(?P<this_year>nam nay~?|this year)|(?P<last_year>nam ngoai|nam truoc|last year))"
    r"(?: (?:den nay|den gio|toi nay|den hom nay|toi gio|tro lai day|so far))?" + _END
)
_SO_FAR = re.compile(r"(?:ke )?(?:tu )?dau (tuan|thang|nam)(?: nay~?)?(?: (?:den|toi) (?:nay|gio|hom nay))?" + _END)
_MONTH = re.compile(
    rf"(?:(?:trong|ca|in|during) )*(?:thang (\d{{1,2}}|{any_of({**NUMBERS, 'gieng': 1, 'chap': 12})})(?: (?:/|-|nam) (\d{{4}}|\d{{2}}))?"
    rf"|({any_of(MONTH_NAMES[:4] + MONTH_NAMES[5:])}|(?<=in )may)(?: (\d{{4}}))?)" + _END
)
_YEAR = re.compile(r"(?:(?:trong|ca|in) )*(?:nam |year )?((?:19|20)\d\d)" + _END)
_FROM = re.compile(r"(?:ke )?(?:tu|since|from|between) (?:sau )?")
_TO = re.compile(r" (?:cho )?(?:den het|den|toi|-|to|until|till|through|and) ")
_NOW = re.compile(r"(?:nay|gio|bay gio|hien nay|hom nay|now|today)" + _END)
_TAIL = re.compile(r" (?:(?:cho )?(?:den|toi)|tro lai|until|to) (?:nay|gio|day|bay gio|hien nay|now)" + _END)
_FIRST = re.compile(
    rf"(?:(?:tu|from|between) )?(?:ngay |mung |mong |hom )?(\d{{1,2}})(?= (?:-|den|toi|to|and) (?:ngay |mung |mong |hom )?\d{{1,2}} (?:/|-|thang|{any_of(MONTH_NAMES)}))"
)
_AS_OF_NOW = re.compile(
    r"(?:(?:tinh|ke|cho|cap nhat) )*(?:den|toi|until|up to|as of) (?:(?:ngay )?hom nay|ngay nay|nay|gio|bay gio|hien nay|hien tai|now|today)"
    + _END
)
_FUTURE = re.compile(
    r"(?:(?:sang|chieu|trua|toi|ngay) )?(?:ngay mai|ngay mot|mai|ngay kia(?= se)|(?:tuan|thang|nam|ngay) (?:sau|toi)|sap toi|du bao|du doan|du kien|tomorrow"
    r"|next (?:day|days|week|weeks|month|months|year)|forecast|predict|prediction|will be|in the future|tuong lai|(?:bao gio|khi nao|chung nao|bao lau nua)(?: thi| moi| se)? (?:het|xong|ket thuc|cham dut|on dinh))"
    + _END
)
_VAGUE = re.compile(
    r"(?:trong )?(?:(?:may~?|nhung|vai|cac|it) (?:ngay|hom|bua|tuan) (?:vua qua|vua roi|gan day|qua|nay|truoc|roi)|dao nay~?|thoi gian (?:qua|gan day|vua qua)|gan day|hom truoc|bua truoc"
    r"|hom no|bua hom|recently|lately|(?:the )?(?:other|past few|last few) days?|hom roi|dot nay~?|dot truoc|dip tet|tet)"
    + _END
)
_TODAY_ALONE = re.compile(r"nay" + _END)
_NOT_TODAY_AFTER = re.compile(
    r"(?:den|toi|hien|lau|xua|luc|tuan|thang|nam|xa|huyen|tinh|phuong|tran|quan|lieu|bot|kenh|so|cai|dot|benh|dich|tin|bang|tieu|giai|khu|cho|noi) $"
)


@dataclass(slots=True)
class Periods:
    """The periods named: each one's readings with the tokens it took; whether days ahead are asked for; whether only vaguely past ones."""

    named: list[Options] = field(default_factory=list)
    at: set[int] = field(default_factory=set)
    is_ahead: bool = False
    is_vague: bool = False
    as_of_now: bool = False
    broken: bool = False


def _last_days(line: str, at: int, today: date) -> tuple[Options, int] | None:
    if (match := _LAST_DAYS.match(line, at)) is None:
        return None
    count = number(match[1] or match[3])
    unit = match[2] or match[4]
    days = count * (7 if unit.startswith(("tuan", "week")) else 30 if unit.startswith(("thang", "month")) else 1)
    return (last_days(days, today),) if 0 < days <= 3660 else (), match.end()


def last_days(days: int, today: date) -> Span:
    """So many days up to and with today."""
    return Span("last_days", today - timedelta(days=days - 1), today)


def _hours(line: str, at: int, today: date) -> tuple[Options, int] | None:
    match = _HOURS.match(line, at)
    return match and ((Span("latest", today, today),), match.end())


def _named(line: str, at: int, today: date) -> tuple[Options, int] | None:
    if (match := _NAMED.match(line, at)) is None:
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
    if (match := _SO_FAR.match(line, at)) is None:
        return None
    return (named_span({"tuan": "this_week", "thang": "this_month", "nam": "this_year"}[match[1]], today),), match.end()


def _month(line: str, at: int, today: date) -> tuple[Options, int] | None:
    if (match := _MONTH.match(line, at)) is None:
        return None
    said = match[1] or match[3]
    month = (
        int(said)
        if said.isdigit()
        else {**NUMBERS, "gieng": 1, "chap": 12, **{m: n for n, m in enumerate(MONTH_NAMES, 1)}}[said]
    )
    first = dated(1, month, match[2] or match[4], today)
    if first is None:
        return (), match.end()
    last = first.replace(day=monthrange(first.year, first.month)[1])
    return (Span("month", first, min(last, today) if first <= today else last),), match.end()


def _year(line: str, at: int, today: date) -> tuple[Options, int] | None:
    if (match := _YEAR.match(line, at)) is None:
        return None
    year = int(match[1])
    last = date(year, 12, 31)
    return (Span("year", date(year, 1, 1), min(last, today) if year <= today.year else last),), match.end()


def _range(line: str, at: int, today: date) -> tuple[Options, int] | None:
    if (short := _FIRST.match(line, at)) is not None and (to := _TO.match(line, short.end())) is not None:
        last = read_day(line, to.end(), today)
        if last is not None and len(last[0]) == 1 and 1 <= int(short[1]) <= 31:
            end = last[0][0].first_on
            first = dated(int(short[1]), end.month, str(end.year), today)
            return (Span("range", first, end),) if first is not None and first <= end else (), last[1]
    start = _FROM.match(line, at)
    first_day = read_day(line, start.end() if start else at, today)
    if first_day is None:
        return None
    options, end_at = first_day
    if start and (tail := _TAIL.match(line, end_at)) is not None:
        return _spans(options, (on_day(today, today),)), tail.end()
    if (to := _TO.match(line, end_at)) is not None and (start or to[0].strip() not in ("and", "cho den")):
        last = _last_day(line, to.end(), today)
        if last is not None:
            return _spans(options, last[0]), last[1]
    return (_spans(options, (on_day(today, today),)), end_at) if start else None


def _last_day(line: str, at: int, today: date) -> tuple[Options, int] | None:
    if (now := _NOW.match(line, at)) is not None:
        return (on_day(today, today),), now.end()
    return read_day(line, at, today)


def _months(line: str, at: int, today: date) -> tuple[Options, int] | None:
    start = _FROM.match(line, at)
    if (
        start is None
        or (first := _month(line, start.end(), today)) is None
        or (to := _TO.match(line, first[1])) is None
    ):
        return None
    last = _month(line, to.end(), today)
    return None if last is None else (_spans(first[0], last[0]), last[1])


def _spans(first: Options, last: Options) -> Options:
    return tuple(Span("range", a.first_on, b.last_on) for a in first for b in last if a.first_on <= b.last_on)


RULES: tuple[Rule, ...] = (_range, _months, _hours, _last_days, _so_far, _named, read_day, _month, _year)


def read_periods(tokens: Sequence[Token], taken: Collection[int], today: date) -> Periods:
    """The periods that the tokens name, but for those `taken` by the names of units."""
    words = ["~" if at in taken else _marked(token) for at, token in enumerate(tokens)]
    line = " ".join(words)
    starts: list[int] = []
    at = 0
    for word in words:
        starts.append(at)
        at += len(word) + 1
    found = Periods()
    index = 0
    while index < len(words):
        end = _take(line, starts[index], today, found)
        after = (
            index + 1 if end is None else next((n for n in range(index, len(words)) if starts[n] >= end), len(words))
        )
        if end is not None:
            found.at.update(range(index, after))
        index = after
    return found


def _take(line: str, at: int, today: date, found: Periods) -> int | None:
    """Reads what begins at an offset into `found`; the offset after it, or None if nothing begins there."""
    if (match := _AS_OF_NOW.match(line, at)) is not None:
        found.as_of_now = True
        return match.end()
    if (match := _FUTURE.match(line, at)) is not None:
        found.is_ahead = True
        return match.end()
    for rule in RULES:
        if (read := rule(line, at, today)) is not None:
            options, end = read
            found.broken |= not options
            found.is_ahead |= any(span.last_on > today and span.first_on > today for span in options)
            found.named.append(options)
            return end
    if (match := _VAGUE.match(line, at)) is not None:
        found.is_vague = True
        return match.end()
    if (match := _TODAY_ALONE.match(line, at)) is not None and not _NOT_TODAY_AFTER.search(line[:at]):
        found.named.append((on_day(today, today),))
        return match.end()
    return None


def _marked(token: Token) -> str:
    """The token's bare word; with «~» behind it if its marks make it another word («này» is no «nay»)."""
    word = token.word
    if word.isdigit() and len(word) > 4:
        return "#"
    if word == "mai" and token.is_capital:
        return "mai~"
    allowed = _ALLOWED.get(word)
    if allowed is None or any(agreement(token.readings[0], sign) is not Agreement.AGAINST for sign in allowed):
        return word.replace(" ", "")
    return word + "~"
