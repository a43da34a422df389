"""What other processes that speak for the same bot do, as far as the outbox shows it."""

import math
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection

from reporting.retries import NotSent, Uncertain, fate
from storage.messages import delivery
from storage.messages.delivery import Mark, Sending

GONE = "the process ended while this was being said"
NOT_COMMITTED = "the transaction that claimed it may not have been committed"
STILL_THERE_SECONDS = 10.0
GENTLE_SECONDS = 2.0
"""For so long a process that has just started behaves as if another one spoke, which it has not seen yet."""
GLANCE_SECONDS = 0.1
"""Between two looks while another process is saying something: nobody tells this one that it is said, and that chat's next is free."""


class Others:
    """`gone_after`: seconds after which a process that has not got on with a row is taken to be gone, by our own steady clock.

    On SQLite there is one process: whatever is found «sending» at its start was left by one that ended. `is_alone`: nobody else can
    speak, for sure.
    """

    def __init__(self, owner: str, channel: str, gone_after: float) -> None:
        self._owner, self._channel, self._gone_after = owner, channel, gone_after
        self._seen: dict[Sending, float] = {}
        self._spoke_at: dict[str, float] = {}
        self._is_first, self.is_alone = True, False

    def look(self, connection: Connection, at: float, now: datetime) -> set[str]:
        """Takes over rows whose process is gone: each may have been said. `at`: seconds of the steady clock.

        Returns the addresses at which something is being said; where nobody else can speak none, as this process knows its own.
        """
        if self.is_alone:
            return set()
        first, self._is_first = self._is_first, False
        shares = connection.dialect.name == "postgresql"
        if first and shares:
            self._spoke_at[""] = at - STILL_THERE_SECONDS + GENTLE_SECONDS
        rows = delivery.sending(connection, self._channel)
        self._seen = {row: self._seen.get(row, at) for row in rows if first or row.owner != self._owner}
        self.is_alone = not (shares or self._seen)
        for row, since in list(self._seen.items()):
            if row.owner == self._owner or (first and not shares) or at - since >= self._gone_after:
                mark = Mark(row.id, row.address, fate(Uncertain(GONE), row.uncertain))
                delivery.mark(connection, self._channel, row.owner, [mark], now)
                del self._seen[row]
                rows.remove(row)
            elif since == at:
                self._spoke_at[row.owner] = at
        return {row.address for row in rows}

    def take_back_own(self, connection: Connection, begun: Callable[[], set[str]], now: datetime) -> None:
        """What this process claimed, and was committed though it did not hear of it, has been begun by nobody and waits again.

        `begun`: the chats of those that it knows of; asked after what is «sending» was read, as one may just end.
        """
        own = [row for row in delivery.sending(connection, self._channel) if row.owner == self._owner]
        known = begun()
        lost = [row for row in own if row.address not in known]
        marks = [Mark(row.id, row.address, fate(NotSent(NOT_COMMITTED), row.uncertain)) for row in lost]
        delivery.mark(connection, self._channel, self._owner, marks, now)

    def next_look(self, at: float) -> float:
        """When a row may have been said by another process, or may have to be taken over, in steady seconds."""
        if any(at - since < STILL_THERE_SECONDS for row, since in self._seen.items() if row.owner != self._owner):
            return at + GLANCE_SECONDS
        return min(self._seen.values(), default=math.inf) + self._gone_after

    def speakers(self, at: float) -> int:
        """How many processes speak, this one among them."""
        return 1 + sum(at - spoke_at < STILL_THERE_SECONDS for spoke_at in self._spoke_at.values())
