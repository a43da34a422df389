"""Until when something is open again, as people type it: «đến 20:00», «trong 3 giờ»."""

import re
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache

from reporting.errors import NotUnderstood
from reporting.local_time import next_time
from reporting.questions.typed_words import any_typed

MOST_HOURS = 72
USUAL = timedelta(hours=3)


def read_until(text: str, now: datetime) -> tuple[datetime, str]:
    """The moment that is named, else a few hours from `now` on, which is local; and the text without it.

    A clock time is the next one. Raises NotUnderstood where it is none, or too long.
    """
    if given := _for_hours().search(text):
        hours = int(given[1])
        if not 1 <= hours <= MOST_HOURS:
            raise NotUnderstood("reopen_how")
        return _after(now, timedelta(hours=hours)), _for_hours().sub(" ", text)
    if given := _until_time().search(text):
        hour, minute = int(given[1]), int(given[2] or 0)
        if hour > 23 or minute > 59:
            raise NotUnderstood("reopen_how")
        until = next_time(time(hour, minute), now)
        return until, _until_time().sub(" ", text)
    return _after(now, USUAL), text


@lru_cache
def _until_time() -> re.Pattern[str]:
    """«Đến 20:00», «đến 8 giờ 30»."""
    hours = any_typed("hours_words")
    return re.compile(rf"\b{any_typed('until_words')}\s+(\d{{1,2}})\s*(?:{hours}|h|:)\s*(\d{{2}})?", re.IGNORECASE)


@lru_cache
def _for_hours() -> re.Pattern[str]:
    """«Trong 3 giờ»."""
    hours = any_typed("hours_words")
    return re.compile(rf"\b{any_typed('for_so_long')}\s+(\d+)\s*(?:{hours}|h)\b", re.IGNORECASE)


def _after(now: datetime, span: timedelta) -> datetime:
    """So much later as time passes, not as the clock on the wall shows it."""
    return (now.astimezone(UTC) + span).astimezone(now.tzinfo)
