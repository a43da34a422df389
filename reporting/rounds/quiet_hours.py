"""Quiet hours: when nobody is spoken to unasked, and when what falls into them is told."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

QuietHours = tuple[time, time]
"""Local times from which and until which nobody is told anything unasked; the first may be later than the second."""


def is_quiet(at: datetime, zone: ZoneInfo, quiet: QuietHours | None) -> bool:
    """Whether that moment is in the quiet hours."""
    if quiet is None:
        return False
    (start, end), local = quiet, at.astimezone(zone).time()
    return start <= local < end if start <= end else local >= start or local < end


def holds_back(due_at: datetime, now: datetime, zone: ZoneInfo, quiet: QuietHours | None) -> bool:
    """Whether quiet hours hold back at `now` what is due at `due_at`: not what is itself set for a time in them."""
    return is_quiet(now, zone, quiet) and not is_quiet(due_at, zone, quiet)


def quiet_from(now: datetime, zone: ZoneInfo, quiet: QuietHours | None) -> datetime | None:
    """When the quiet hours next begin: whatever cannot wait for their end is told before."""
    if quiet is None:
        return None
    local = now.astimezone(zone)
    start = datetime.combine(local.date(), quiet[0], tzinfo=zone)
    return start if start > local else start + timedelta(days=1)


def fell(at: datetime, zone: ZoneInfo, quiet: QuietHours) -> datetime:
    """When the quiet hours began that this moment is in."""
    local = at.astimezone(zone)
    start = datetime.combine(local.date(), quiet[0], tzinfo=zone)
    return (start if start <= local else start - timedelta(days=1)).astimezone(UTC)


def awake(at: datetime, zone: ZoneInfo, quiet: QuietHours | None) -> datetime:
    """That moment, or the end of the quiet hours that it is in."""
    if quiet is None or not is_quiet(at, zone, quiet):
        return at
    local = at.astimezone(zone)
    end = datetime.combine(local.date(), quiet[1], tzinfo=zone)
    return (end if end > local else end + timedelta(days=1)).astimezone(UTC)
