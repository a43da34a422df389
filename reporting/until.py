"""Until when something is open again, as people type it: «đến 20:00», «trong 3 giờ»."""

import re
from datetime import datetime, timedelta

from reporting.errors import NotUnderstood

UNTIL = re.compile(r"\b(?:đến|den|until|till)\s+(\d{1,2})\s*(?:giờ|gio|h|:)\s*(\d{2})?", re.IGNORECASE)
FOR = re.compile(r"\b(?:trong|for)\s+(\d+)\s*(?:giờ|gio|hours?|h)\b", re.IGNORECASE)
MOST_HOURS = 72
USUAL = timedelta(hours=3)


def read_until(text: str, now: datetime) -> tuple[datetime, str]:
    """The moment that is named, else a few hours from the aware `now` on, which is local; and the text without it.

    A clock time is the next one. Raises NotUnderstood where it is none, or too long.
    """
    if given := FOR.search(text):
        hours = int(given[1])
        if not 1 <= hours <= MOST_HOURS:
            raise NotUnderstood("reopen_how")
        return now + timedelta(hours=hours), FOR.sub(" ", text)
    if given := UNTIL.search(text):
        hour, minute = int(given[1]), int(given[2] or 0)
        if hour > 23 or minute > 59:
            raise NotUnderstood("reopen_how")
        until = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
        return until if until > now else until + timedelta(days=1), UNTIL.sub(" ", text)
    return now + USUAL, text
