"""ODK's functions of days and moments: what names no zone is the form's. `now` is aware, in that zone."""

import calendar
import math
import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

from reporting.expressions.values import EPOCH, NUMBER, NodeDay, Result, number_from, utc_days

_MOMENT = re.compile(r"\+?(\d{1,4})-\+?(\d{1,2})-\+?(\d{1,2})(?:T(.*))?", re.ASCII)
_TIME = re.compile(r"(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d*))?)?(?:(Z)|([+-])(\d{1,2}):?(\d{2})?)?", re.ASCII)
_LATEST = date.max.toordinal() - EPOCH


def instant(text: str, zone: tzinfo | None) -> datetime | None:
    """An ISO date, which is its midnight, or moment, told by `zone`; None for anything else."""
    match = _MOMENT.fullmatch(text)
    if match is None:
        return None
    year, month, day = int(match[1]), int(match[2]), int(match[3])
    try:
        if match[4] is None:
            return NodeDay(year, month, day, tzinfo=zone)
        return _at(match[4], year, month, day, zone)
    except (ValueError, OverflowError):
        return None


def _at(text: str, year: int, month: int, day: int, zone: tzinfo | None) -> datetime | None:
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
    milliseconds = int(f"{match[4] or 0:0<3}"[:3])
    own = zone
    if match[5] or match[6]:
        ahead = timedelta(hours=int(match[7] or 0), minutes=int(match[8] or 0))
        own = timezone(-ahead if match[6] == "-" else ahead)
    at = datetime(year, month, day, hour, minute, second, milliseconds * 1000, own)
    return at if own is zone else at.astimezone(zone)


def as_date(now: datetime, value: Result) -> Result:
    """A day, from a date, an ISO text or a day number; «» for what is none (ODK Collect stops with an error there).

    A day number that our calendar does not reach (before the year 1, after 9999) stays one.
    """
    value = _number_in_text(value)
    if isinstance(value, datetime):
        return NodeDay(value.year, value.month, value.day, tzinfo=now.tzinfo)
    if isinstance(value, str):
        at = instant(value, now.tzinfo)
        return "" if at is None else NodeDay.combine(at.date(), at.timetz())
    if isinstance(value, bool) or not math.isfinite(value):
        return value if isinstance(value, float) and math.isnan(value) else ""
    day = math.trunc(value)
    if not 0 < day + EPOCH <= _LATEST + EPOCH:
        return float(day) if abs(day) < 2**31 else ""
    on = datetime.fromordinal(day + EPOCH)
    return NodeDay(on.year, on.month, on.day, tzinfo=now.tzinfo)


def date_time(now: datetime, value: Result) -> Result:
    """A moment; a day number is one of UTC, as in all of ODK's engines. A date alone stays one; «» for what is none."""
    value = _number_in_text(value)
    if isinstance(value, datetime):
        return value
    if isinstance(value, str):
        return instant(value, now.tzinfo) or ""
    if isinstance(value, bool) or math.isinf(value):
        return ""
    if not abs(value) < _LATEST:
        return value
    try:
        return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=math.trunc(value * 86_400_000))).astimezone(
            now.tzinfo
        )
    except OverflowError:
        return value


def decimal_date_time(now: datetime, value: Result) -> Result:
    """Days since 1/1/1970 in UTC; a day begins, and a moment without a zone is told, by the form's zone."""
    value = _number_in_text(value)
    if isinstance(value, str):
        at = instant(value, now.tzinfo)
        return utc_days(at) if at is not None else value and math.nan
    if isinstance(value, datetime):
        return utc_days(value)
    return math.nan if isinstance(value, bool) or math.isinf(value) else value


def decimal_time(now: datetime, value: Result) -> Result:
    """The fraction of the day that has passed, by the form's clock; a text may be a time alone."""
    value = _number_in_text(value)
    if isinstance(value, str):
        at = instant(value if "T" in value or "-" in value[:5] else f"1970-01-01T{value[:12]}", now.tzinfo)
        return decimal_time(now, at) if at is not None else value and math.nan
    if isinstance(value, datetime):
        midnight = value.replace(hour=0, minute=0, second=0, microsecond=0)
        return (value - midnight) / timedelta(days=1)
    return value - math.floor(value) if isinstance(value, float) and math.isfinite(value) else math.nan


def format_date(now: datetime, value: Result, pattern: str) -> str:
    """ODK's patterns: %Y %y %m %n %b %d %e %a %H %h %M %S %3 %W %%, by the form's zone; any other stays as it is."""
    at = date_time(now, value)
    return re.sub(r"%(.)", lambda match: _said(at, match[1]), pattern) if isinstance(at, datetime) else ""


def date_added(now: datetime, value: Result, *amounts: float) -> Result:
    """`add-date(date, years, months, days, hours, minutes)`; an amount that is no number counts as 0, «» for what is no date."""
    at = date_time(now, value)
    if not isinstance(at, datetime):
        return ""
    years, months, days, hours, minutes = ([0.0 if math.isnan(each) else each for each in amounts] + [0.0] * 5)[:5]
    try:
        later = _months_later(at, math.trunc(years) * 12 + math.trunc(months))
        return later + timedelta(days=days, hours=hours, minutes=minutes)
    except (ValueError, OverflowError):
        return ""


def of_timestamp(now: datetime, milliseconds: float) -> Result:
    """The moment so many milliseconds after 1/1/1970; «» for what is no number."""
    return "" if math.isnan(milliseconds) else date_time(now, milliseconds / 86_400_000)


def whole_months(now: datetime, start: Result, end: Result) -> Result:
    """How many whole months of the calendar lie between, fewer than 0 where `end` is the earlier; «» where one is no date."""
    first, last = date_time(now, start), date_time(now, end)
    if not isinstance(first, datetime) or not isinstance(last, datetime):
        return ""
    count = (last.year - first.year) * 12 + last.month - first.month
    reached = _months_later(first, count)
    return float(count - (reached > last >= first) + (reached < last < first))


def whole_years(now: datetime, start: Result, end: Result) -> Result:
    months = whole_months(now, start, end)
    return months if isinstance(months, str) else float(math.trunc(number_from(months) / 12))


def whole_days(now: datetime, start: Result, end: Result) -> Result:
    """The days between, by the clock on the wall, without what is left of one; «» where one is no date."""
    days = wall_days(now, end) - wall_days(now, start)
    return "" if math.isnan(days) else float(math.trunc(days))


def whole_weeks(now: datetime, start: Result, end: Result) -> Result:
    days = whole_days(now, start, end)
    return days if isinstance(days, str) else float(math.trunc(number_from(days) / 7))


def _months_later(at: datetime, months: int) -> datetime:
    """The same day of another month, or its last where it has no such day."""
    year, month = divmod(at.year * 12 + at.month - 1 + months, 12)
    return at.replace(year=year, month=month + 1, day=min(at.day, calendar.monthrange(year, month + 1)[1]))


def _said(at: datetime, letter: str) -> str:
    if letter in "ymdHMS":
        return at.strftime("%" + letter)
    said = {
        "Y": f"{at.year:04}",
        "n": str(at.month),
        "e": str(at.day),
        "h": str(at.hour),
        "3": f"{at.microsecond // 1000:03d}",
        "b": "JanFebMarAprMayJunJulAugSepOctNovDec"[at.month * 3 - 3 : at.month * 3],
        "a": "MonTueWedThuFriSatSun"[at.weekday() * 3 : at.weekday() * 3 + 3],
        "W": str(at.isocalendar().week),
        "%": "%",
    }
    return said.get(letter, "%" + letter)


def _number_in_text(value: Result) -> Result:
    """A text that is a number is taken as one, where ODK Collect stops with an error."""
    return number_from(value) if isinstance(value, str) and NUMBER.fullmatch(value.strip()) else value


def wall_days(now: datetime, value: Result) -> float:
    """A date, or an ISO text, as days since 1/1/1970 by the clock on the wall, with the fraction of the day."""
    at = date_time(now, value)
    if not isinstance(at, datetime):
        return math.nan
    return at.toordinal() - EPOCH + (at.hour * 3600 + at.minute * 60 + at.second + at.microsecond / 1e6) / 86_400


def is_iso_day(text: str) -> bool:
    return re.fullmatch(r"\d{4}-\d{2}-\d{2}(?:T.*)?", text, re.ASCII) is not None and instant(text, UTC) is not None
