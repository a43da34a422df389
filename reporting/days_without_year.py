"""Which day is meant where no year is said: on New Year's Day «31/12» was yesterday, on New Year's Eve «2/1» is near."""

from datetime import date


def next_so_named(day: int, month: int, since: date) -> date:
    """The first «29/2» from `since` on that is less than a year away. ValueError where there is none, and for «31/11»."""
    return date(since.year + ((month, day) < (since.month, since.day)), month, day)


def last_so_named(day: int, month: int, until: date) -> date:
    """The last «29/2» up to `until`, less than a year back. ValueError where there is none, and for «31/11»."""
    return date(until.year - ((month, day) > (until.month, until.day)), month, day)
