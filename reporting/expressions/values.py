"""XPath's values and how ODK Collect's engine converts them: a text, a number, a truth, or a date, which is a moment."""

import math
import re
from datetime import UTC, date, datetime
from decimal import Decimal

EPOCH = date(1970, 1, 1).toordinal()
NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)", re.ASCII)
NEARLY_NOTHING = 1e-12
"""Numbers that are no further apart are equal, and one that is no further from 0 is 0."""
BLANKS = "".join(map(chr, range(0x21)))
"""What Java trims."""


class NodeDay(datetime):
    """A date that was answered or worked out as a day: a node holds it without its time, which is midnight as a rule."""


class NodeTime(datetime):
    """A time of day that was answered: to ODK Collect's engine it is that time of today."""


Result = str | float | bool | datetime
"""What an expression comes to. A datetime is aware, in the form's zone."""


def number_from(value: Result) -> float:
    """A date is whole days since 1/1/1970; a text is a number if only «-», digits and one point or comma stand in it, else NaN."""
    if isinstance(value, float):
        return value
    if isinstance(value, str):
        text = value.strip(BLANKS).replace(",", ".")
        return float(text) if NUMBER.fullmatch(text) else math.nan
    if isinstance(value, datetime):
        return float(value.toordinal() - EPOCH)
    return 1.0 if value else 0.0


def string(value: Result) -> str:
    """A date is its day alone, and an answered time its hours, minutes and seconds."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return number_text(value) if 1e-6 <= abs(value) < 1e21 else _exponential(value)
    if isinstance(value, NodeTime):
        return value.time().isoformat()
    return f"{value.year}-{value.month:02}-{value.day:02}"


def node_text(value: Result) -> str:
    """`value` as a node keeps it: a moment in full, with its zone, and a number with all its digits."""
    if isinstance(value, float):
        return number_text(value)
    if isinstance(value, datetime) and not isinstance(value, NodeDay | NodeTime):
        return value.isoformat(timespec="milliseconds")
    return string(value)


def number_text(value: float) -> str:
    """A number as people write it: as many digits as it takes, no exponent, no «.0»."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    whole = round(value)
    if abs(value - whole) < NEARLY_NOTHING:
        return str(whole)
    return f"{Decimal(repr(value)):f}"


def _exponential(value: float) -> str:
    """A number that none of ODK's engines writes in full, as Java does; 0 where it is next to nothing."""
    if abs(value) < NEARLY_NOTHING or not math.isfinite(value):
        return number_text(value)
    digits, _, exponent = f"{Decimal(repr(value)).normalize():E}".partition("E")
    return f"{digits if '.' in digits else digits + '.0'}E{int(exponent)}"


def boolean(value: Result) -> bool:
    """Empty, 0 and NaN are false; a text is true whatever stands in it, and so is a date."""
    if isinstance(value, bool):
        return value
    if isinstance(value, float):
        return abs(value) > NEARLY_NOTHING
    return value != "" if isinstance(value, str) else True


def is_empty_value(value: Result) -> bool:
    """What `coalesce` passes over: no text, or no number."""
    return value == "" or value != value


def utc_days(value: datetime) -> float:
    """Days since 1/1/1970 in UTC, with the fraction of the day."""
    return value.timestamp() / 86_400


def local_days(value: Result) -> float:
    """A date that was worked out as mathematics takes it: days since 1/1/1970 began by the form's clock, with their fraction."""
    if isinstance(value, datetime):
        return utc_days(value) - utc_days(datetime(1970, 1, 1, tzinfo=value.tzinfo or UTC))
    return number_from(value)


def java_int(value: float) -> int:
    """`intValue()` of Java: what is no number is 0, and what is too large is the largest there is."""
    if math.isnan(value):
        return 0
    return max(
        -(2**31), min(2**31 - 1, math.trunc(value) if math.isfinite(value) else int(math.copysign(2**31, value)))
    )
