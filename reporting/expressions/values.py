"""XPath's values as ODK converts them: text, numbers, truth; dates are days since 1/1/1970."""

import math
import re
from datetime import date, datetime, time, tzinfo
from decimal import Decimal
from typing import Any

from lxml import etree

EPOCH = date(1970, 1, 1)

NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)", re.ASCII)
MOMENT = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(?:Z|[+-]\d{2}(?::?\d{2})?)?)?", re.ASCII
)
_TIME = re.compile(r"\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?", re.ASCII)


def scalar(value: Any) -> str | float | bool:
    """What XPath hands over, without its node sets: a node becomes its text, none at all «»."""
    if isinstance(value, list):
        first = value[0] if value else ""
        return (first.text or "") if isinstance(first, etree._Element) else str(first)
    return value if isinstance(value, bool | float) else str(value)


def string(value: Any) -> str:
    """XPath's `string()`, with whole numbers in full: 1000000000000000, not 1e+15."""
    value = scalar(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return number_text(value) if isinstance(value, float) else value


def number_text(value: float) -> str:
    """A float as XPath writes it: as many digits as it takes, no exponent, no «.0»."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value.is_integer():
        return str(int(value))
    return f"{Decimal(repr(value)):f}"


def number(value: Any) -> float:
    """XPath's `number()`, and ODK's addition: dates are days since 1/1/1970, times the fraction of a day."""
    value = scalar(value)
    if isinstance(value, bool | float):
        return float(value)
    text = value.strip()
    if NUMBER.fullmatch(text):
        return float(text)
    return _day_number(text) if text else math.nan


def days(text: str) -> float:
    """The day number of an ISO date, with its fraction for a moment (by its own wall clock), or for a time; NaN for anything else."""
    return day_fraction(text) if _TIME.fullmatch(text) else _day_number(text)


def _day_number(text: str) -> float:
    match = MOMENT.fullmatch(text)
    if match is None:
        return math.nan
    try:
        whole = (date.fromisoformat(match[1]) - EPOCH).days
    except ValueError:
        return math.nan
    return whole + (day_fraction(match[2]) if match[2] else 0.0)


def moment(text: str, zone: tzinfo | None) -> datetime | None:
    """An ISO date (its midnight) or moment, told by `zone`, which is also that of one that names none; None for anything else."""
    if MOMENT.fullmatch(text) is None:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at.astimezone(zone) if at.tzinfo is not None and zone is not None else at.replace(tzinfo=zone)


def day_fraction(text: str) -> float:
    """«16:30» as the fraction of a day that has passed; NaN if there is no such time."""
    try:
        at = time.fromisoformat(text[:12] if "." in text else text)
    except ValueError:
        return math.nan
    return (at.hour * 3600 + at.minute * 60 + at.second + at.microsecond / 1e6) / 86_400


def boolean(value: Any) -> bool:
    """XPath's `boolean()` of one value: empty, 0 and NaN are false."""
    value = scalar(value)
    if isinstance(value, str):
        return value != ""
    return bool(value) and not math.isnan(value)
