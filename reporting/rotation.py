"""When backups are made, and which are kept: the newest of each of the last days, weeks and months that have one."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date, time


@dataclass(frozen=True, slots=True)
class Rotation:
    """So many days, weeks and months have their newest backup kept."""

    daily: int
    weekly: int
    monthly: int


@dataclass(frozen=True, slots=True)
class BackupPlan:
    """Where backups lie («» for none), from which local hour on the day's is made, and which are kept."""

    folder: str
    at: time
    rotation: Rotation


def kept_days(days: Iterable[date], rotation: Rotation) -> set[date]:
    """Of the days that have a backup those whose backup is kept; weeks begin on Monday."""
    newest_first = sorted(days, reverse=True)
    by: tuple[tuple[int, Callable[[date], Hashable]], ...] = (
        (rotation.daily, lambda day: day),
        (rotation.weekly, lambda day: day.isocalendar()[:2]),
        (rotation.monthly, lambda day: (day.year, day.month)),
    )
    kept = set[date]()
    for most, of in by:
        newest: dict[Hashable, date] = {}
        for day in newest_first:
            newest.setdefault(of(day), day)
        kept.update(list(newest.values())[:most])
    return kept
