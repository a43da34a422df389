"""How often codes of invitations may be guessed: by one chat, and by all together."""

from collections.abc import Sequence
from datetime import datetime, timedelta

OF_ONE, OF_ALL = 5, 100
"""So many wrong codes of one chat, and of all chats, in `WITHIN`: then no more is looked at."""

WITHIN = timedelta(minutes=15)
TURN_AFTER = timedelta(minutes=2)
"""When too many guess at once, whoever brings a code is to come again after this: then his code is looked at, whoever guesses."""


def own_turn(wrong: Sequence[datetime], now: datetime) -> datetime | None:
    """From when on a chat may bring another code; None: now. `wrong`: when it brought wrong ones, oldest first."""
    lately = [at for at in wrong if at > now - WITHIN]
    return lately[-OF_ONE] + WITHIN if len(lately) >= OF_ONE else None


def turn_among_all(count: int, turn: datetime | None, now: datetime) -> datetime | None:
    """The same where all chats have brought `count` wrong codes in `WITHIN`; `turn`: the moment that this chat was told before.

    Who waited has his turn whatever the others do, once: a flood keeps nobody out for longer than `TURN_AFTER`.
    """
    if count < OF_ALL:
        return None
    if turn is None:
        return now + TURN_AFTER
    return None if now >= turn else turn
