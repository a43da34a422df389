"""Until when something is open again, as people type it: «đến 20:00», «trong 3 giờ»."""

import re
from datetime import UTC, datetime, time, timedelta

from reporting.errors import NotUnderstood
from reporting.local_time import next_time

UNTIL = re.compile(r"\b(?:đến|den|until|till)\s+(\d{1,2})\s*(?:giờ|gio|h|:)\s*(\d{2})?", re.IGNORECASE)
FOR = re.compile(r"\b(?:trong|for)\s+(\d+)\s*(?:giờ|gio|hours?|h)\b", re.IGNORECASE)
MOST_HOURS = 72
USUAL = timedelta(hours=3)


def read_until(text: str, now: datetime) -> tuple[datetime, str]:
    """The moment that is named, else a few hours from `now` on, which is local; and the text without it.

    A clock time is the next one. Raises NotUnderstood where it is none, or too long.
    """
    if given := FOR.search(text):
        hours = int(given[1])
        if not 1 <= hours <= MOST_HOURS:
            raise NotUnderstood("reopen_how")
        return _after(now, timedelta(hours=hours)), FOR.sub(" ", text)
    if given := UNTIL.search(text):
        hour, minute = int(given[1]), int(given[2] or 0)
        if hour > 23 or minute > 59:
            raise NotUnderstood("reopen_how")
        until = next_time(time(hour, minute), now)
        return until, UNTIL.sub(" ", text)
    return _after(now, USUAL), text


def _after(now: datetime, span: timedelta) -> datetime:
    """So much later as time passes, not as the clock on the wall shows it."""
    return (now.astimezone(UTC) + span).astimezone(now.tzinfo)
