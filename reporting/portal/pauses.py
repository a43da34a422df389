"""How long a target is left in peace after it could not be reached, or did not let us in."""

from datetime import timedelta

FIRST = timedelta(seconds=5)
LONGEST = timedelta(minutes=10)
OF_SETUP = timedelta(minutes=10)
"""Where waiting does not mend it: somebody has to look at the token or the address first."""
LEASE = timedelta(minutes=3)
"""Who has taken something to send it has so long; then it is taken by whoever comes next."""
STANDS_STILL = timedelta(minutes=15)
"""A target that nothing reaches for so long is told of to the desk."""


def pause_after(tries: int, asked: float = 0.0, *, is_setup: bool = False) -> timedelta:
    """Growing with the tries in a row; never shorter than the taker has `asked` for (seconds)."""
    growing = min(FIRST * 2 ** min(max(tries - 1, 0), 10), LONGEST)
    return max(OF_SETUP if is_setup else growing, timedelta(seconds=min(asked, 3600.0)))
