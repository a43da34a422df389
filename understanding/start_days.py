"""From which day on something is to hold: «hôm nay», «từ ngày mai», «1/12», «2021-12-01»; in either language."""

import re
from datetime import date, timedelta

from reporting.days_without_year import next_so_named
from understanding.days import no_such_day
from understanding.folding import fold
from understanding.word_lists import word_list

_AHEAD = word_list("staff").numbers("days ahead") | word_list("staff").numbers("this day")
_FROM = re.compile(r"^(?:ke tu|bat dau|tu|from|since|on|starting)\s+")
_DAY = re.compile(r"^(?:ngay\s+)?(?P<day>\d{1,2})\s*[/.-]\s*(?P<month>\d{1,2})(?:\s*[/.-]\s*(?P<year>\d{4}))?$")
_ISO = re.compile(r"^(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})$")


LONG_AGO = timedelta(days=180)
"""A day without a year that is over for so long is the next of that name."""


def start_day(text: str, today: date) -> date | None:
    """The one day that a text is; None where it is none. One that is over is told as it is.

    Raises Refused for what is written as a day and is in no calendar.
    """
    said = _FROM.sub("", _FROM.sub("", " ".join(fold(text).replace(",", " ").split()).strip(" .!")))
    if said in _AHEAD:
        return today + timedelta(days=_AHEAD[said])
    found = _ISO.match(said) or _DAY.match(said)
    if found is None:
        return None
    try:
        day, month = int(found["day"]), int(found["month"])
        return date(int(found["year"]), month, day) if found["year"] else next_so_named(day, month, today - LONG_AGO)
    except ValueError:
        raise no_such_day(said.removeprefix("ngay ")) from None


def part_start(text: str, today: date) -> tuple[str, date | None]:
    """A text without the day that stands at its end, and that day."""
    words = text.split()
    for size in range(min(4, len(words)), 0, -1):
        day = start_day(" ".join(words[-size:]), today)
        if day is not None:
            return " ".join(words[:-size]), day
    return text, None
