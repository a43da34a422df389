"""Answers as the nodes of an XForm hold them: their texts, and their numbers."""

import re
from datetime import date, datetime, time
from decimal import Decimal

from reporting.answers import Attachment, GeoPoint, Value
from reporting.expressions.values import NUMBER, days

RETURN = {"\r": "&#13;"}
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def node_text(value: Value, now: datetime) -> str:
    """A value as an XForms node holds it: ISO dates, choices by spaces, a place as «latitude longitude 0 0»."""
    if isinstance(value, str):
        return _NOT_XML.sub("", value)
    if isinstance(value, datetime):
        local = value.astimezone(now.tzinfo) if value.tzinfo else value.replace(tzinfo=now.tzinfo)
        return local.isoformat(timespec="milliseconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, tuple):
        return " ".join(value)
    if isinstance(value, Decimal):
        return plain_number(value)
    if isinstance(value, GeoPoint):
        return f"{value.latitude} {value.longitude} 0 0"
    if isinstance(value, Attachment):
        return _NOT_XML.sub("", value.file_name)
    return str(value)


def plain_number(value: float | Decimal) -> str:
    text = f"{value:f}" if isinstance(value, Decimal) else f"{value:.9f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def node_number(text: str, value: Value) -> str:
    if isinstance(value, int | Decimal) or NUMBER.fullmatch(text.strip()):
        return text
    figure = days(text)
    return plain_number(figure) if figure == figure else ""
