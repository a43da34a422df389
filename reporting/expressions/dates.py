"""ODK's functions of days and moments: what names no zone is the form's."""

import math
import re
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

from reporting.expressions.values import EPOCH, NUMBER, day_fraction, moment, number, scalar, string

ChoiceName = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class Around:
    """What functions know of the form beside their arguments: its zone, and a choice's label by (question, choice)."""

    zone: tzinfo | None
    choice_name: ChoiceName


NOTHING_AROUND = Around(None, lambda _question, name: name)
AROUND: ContextVar[Around] = ContextVar("AROUND", default=NOTHING_AROUND)
"""It is set while an expression that calls one of these is evaluated."""
ASK_AROUND = frozenset(("jr:choice-name", "date", "date-time", "format-date", "format-date-time", "decimal-date-time"))


def as_date(value: Any) -> str:
    """A date, or a day number as an ISO date; «» when it is neither (ODK stops with an error)."""
    value = scalar(value)
    if isinstance(value, str) and not NUMBER.fullmatch(value.strip()):
        at = moment(value, AROUND.get().zone)
        return at.date().isoformat() if at is not None else ""
    figure = number(value)
    if not math.isfinite(figure) or abs(figure) > 700_000 or isinstance(value, bool):
        return ""
    return (EPOCH + timedelta(days=math.floor(figure))).isoformat()


def _moment(value: Any) -> datetime | None:
    """What a text says, or a day number with its fraction by the wall clock of the form's zone."""
    value, zone = scalar(value), AROUND.get().zone
    if isinstance(value, str) and not NUMBER.fullmatch(value.strip()):
        return moment(value, zone)
    on = as_date(value)
    seconds = round((number(value) % 1) * 86_400) if on else 0
    return datetime.fromisoformat(on).replace(tzinfo=zone) + timedelta(seconds=seconds) if on else None


def date_time(value: Any) -> str:
    """In full with the form's zone; a date alone stays one."""
    at, said = _moment(value), string(value)
    if at is None:
        return ""
    return said if len(said) == len("2021-11-10") and "-" in said[1:] else at.isoformat(timespec="milliseconds")


def decimal_date_time(value: Any) -> float:
    """Days since 1/1/1970 in UTC; a day begins, and a moment without a zone is told, by the form's zone."""
    value = scalar(value)
    if not isinstance(value, str) or NUMBER.fullmatch(value.strip()):
        return number(value)
    at = moment(value, AROUND.get().zone or UTC)
    return at.timestamp() / 86_400 if at is not None else math.nan


def format_date(value: Any, pattern: str) -> str:
    """ODK's patterns: %Y %y %m %n %b %d %e %a %H %h %M %S %3, by the form's zone."""
    at = _moment(value)
    if at is None:
        return ""
    said = {
        "n": str(at.month),
        "e": str(at.day),
        "h": str(at.hour),
        "3": f"{at.microsecond // 1000:03d}",
        "b": "JanFebMarAprMayJunJulAugSepOctNovDec"[at.month * 3 - 3 : at.month * 3],
        "a": "MonTueWedThuFriSatSun"[at.weekday() * 3 : at.weekday() * 3 + 3],
    }
    known = {letter: at.strftime("%" + letter) for letter in "YymdHMS"} | said
    return re.sub(r"%(.)", lambda match: known.get(match[1], match[0]), pattern)


def decimal_time(text: str) -> float:
    match = re.match(r"(?:.*T)?(\d{2}:\d{2}(?::\d{2})?)", text)
    return day_fraction(match[1]) if match else math.nan
