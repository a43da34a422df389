"""Quiet hours: when nobody is spoken to unasked, and when what falls into them is told."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from reporting.local_time import local_moment

QuietHours = tuple[time, time]
"""Local times from which and until which nobody is told anything unasked; the first may be later than the second."""
DAY = timedelta(days=1)


def is_quiet(at: datetime, zone: ZoneInfo, quiet: QuietHours | None) -> bool:
    """Whether that moment is in the quiet hours: from a moment to a moment, however the clocks are changed in them."""
    return quiet is not None and _around(at, zone, quiet) is not None


def _around(at: datetime, zone: ZoneInfo, quiet: QuietHours) -> tuple[datetime, datetime] | None:
    """When the quiet hours that a moment is in began and when they end, in UTC; None where it is in none."""
    (start, end), today = quiet, at.astimezone(zone).date()
    for day in (today, today - DAY):
        begins = local_moment(day, start, zone)
        ends = local_moment(day if start <= end else day + DAY, end, zone)
        if begins <= at < ends:
            return begins, ends
    return None


def holds_back(due_at: datetime, now: datetime, zone: ZoneInfo, quiet: QuietHours | None) -> bool:
    """Whether quiet hours hold back at `now` what is due at `due_at`: not what is itself set for a time in them."""
    return is_quiet(now, zone, quiet) and not is_quiet(due_at, zone, quiet)


def quiet_from(now: datetime, zone: ZoneInfo, quiet: QuietHours | None) -> datetime | None:
    """When the quiet hours next begin: whatever cannot wait for their end is told before."""
    if quiet is None:
        return None
    today = now.astimezone(zone).date()
    start = local_moment(today, quiet[0], zone)
    return start if start > now else local_moment(today + DAY, quiet[0], zone)


def fell(at: datetime, zone: ZoneInfo, quiet: QuietHours) -> datetime:
    """When the quiet hours began that this moment is in. ValueError where it is in none."""
    around = _around(at, zone, quiet)
    if around is None:
        raise ValueError("the moment is in no quiet hours")
    return around[0]


def awake(at: datetime, zone: ZoneInfo, quiet: QuietHours | None) -> datetime:
    """That moment, or the end of the quiet hours that it is in."""
    around = _around(at, zone, quiet) if quiet is not None else None
    return at if around is None else around[1]
