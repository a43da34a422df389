"""A clock time of a day as a moment, in zones with summer time too: it never goes back, whatever the clocks on the wall do."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache


@lru_cache(maxsize=4096)  # the same few of today, asked with each answer
def local_moment(on: date, at: time, zone: tzinfo) -> datetime:
    """The moment in UTC at which clocks of the zone show this time of this day.

    A time that comes twice, when summer time ends, is its first coming; one that is left out, when it begins, is the moment at which
    the clocks go on: so whatever is set for an earlier time comes earlier, or at the same moment.
    """
    local = datetime.combine(on, at.replace(tzinfo=None, fold=0), tzinfo=zone)
    before, after = local.astimezone(UTC), local.replace(fold=1).astimezone(UTC)
    return before if before <= after else _end_of_gap(after, before, zone)


def _end_of_gap(early: datetime, late: datetime, zone: tzinfo) -> datetime:
    """When between two moments the zone's offset changes; to the minute, as all zones do it today."""
    offset = late.astimezone(zone).utcoffset()
    while late - early > timedelta(minutes=1):
        middle = (early + (late - early) / 2).replace(second=0, microsecond=0)
        middle = middle if middle > early else early + timedelta(minutes=1)
        if middle.astimezone(zone).utcoffset() == offset:
            late = middle
        else:
            early = middle
    return late.replace(second=0, microsecond=0)


def next_time(at: time, now: datetime) -> datetime:
    """The next moment after the local `now` at which clocks there show this time, in the same zone."""
    zone = now.tzinfo or UTC
    today, tomorrow = (local_moment(now.date() + timedelta(days=days), at, zone) for days in (0, 1))
    return (today if today > now else tomorrow).astimezone(zone)
