"""Answers as the nodes of an XForm hold them."""

import re
from datetime import date, datetime, time
from decimal import Decimal

from reporting.answers import Attachment, GeoPoint, Value
from reporting.expressions.values import BLANKS, NodeDay, NodeTime, Result

_NUMBERS = (int, Decimal)
"""`int | Decimal` would be made anew for each value of a form."""
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def node_value(value: Value, now: datetime) -> Result:
    """An answer by the type of its question: a text is read without the blanks around it, choices are a text with
    spaces between, a place is «latitude longitude 0 0».

    `now` is aware: days and times are those of its zone, and a time is one of its day.
    """
    if isinstance(value, _NUMBERS):
        return float(value)
    if isinstance(value, str):
        return _NOT_XML.sub("", value).strip(BLANKS)
    if isinstance(value, datetime):
        return value.astimezone(now.tzinfo) if value.tzinfo else value.replace(tzinfo=now.tzinfo)
    if isinstance(value, date):
        return NodeDay(value.year, value.month, value.day, tzinfo=now.tzinfo)
    if isinstance(value, time):
        return NodeTime.combine(now.date(), value, tzinfo=now.tzinfo)
    if isinstance(value, tuple):
        return " ".join(value)
    if isinstance(value, GeoPoint):
        return f"{value.latitude} {value.longitude} 0 0"
    if isinstance(value, Attachment):
        return _NOT_XML.sub("", value.file_name)
    raise TypeError(value)
