"""Replies that are claimed by the very transaction that puts them into the outbox, so that no other has to look for them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from bot.running.marks import Marks
from bot.running.orphan_recovery import NOT_COMMITTED, Others
from bot.running.rate_limiter import Gate
from reporting.effects import Effect
from reporting.people import Address
from reporting.retries import NotSent, fate
from storage.database.engines import EngineMemory
from storage.messages import delivery
from storage.messages.delivery import Claimed, Mark

AHEAD_SECONDS = 0.25
"""What is claimed is said within about so long: a crash leaves few rows uncertain, and a reply never waits behind many."""
MOST_IN_FLIGHT = 128
MOST_UNLOOKED, LOOK_SECONDS = 16, 1.0
"""Where other processes may speak, so many are claimed when nobody has looked for so long what those do: they share the rate."""


class DirectClaims:
    """One speaker's, for the transactions in which the clerk handles what was heard; all on the clerk's thread.

    `said`: what became of rows and is not written down yet; it is in the same transaction. `speaking`: by chat, what is being said.
    `begin` has rows said that are claimed for sure; it calls `begun` for each. `is_open`: a reply can be claimed.
    """

    def __init__(
        self,
        channel: str,
        owner: str,
        gate: Gate,
        others: Others,
        hand: int,
        now: Callable[[], datetime],
        said: Marks,
        speaking: Mapping[str, Any],
        begin: Callable[[Sequence[Claimed]], None],
    ) -> None:
        self._channel, self._owner, self._gate, self._others = channel, owner, gate, others
        self._hand, self._now, self._said, self._speaking, self._begin = hand, now, said, speaking, begin
        self.is_open = False
        self._held: dict[str, Claimed] = {}
        self._new: list[Claimed] = []
        self._marked: list[Mark] = []
        self._looked_at, self._unlooked = 0.0, 0

    @property
    def held(self) -> list[Claimed]:
        """What is claimed and not begun; from any thread."""
        return list(self._held.values())

    def begun(self, row: Claimed) -> None:
        """It is among what is being said; from any thread."""
        self._held.pop(row.effect.to.address, None)

    def let_go(self) -> list[Claimed]:
        """What is claimed and will not be begun: the speaker ends."""
        rows, self.is_open = self.held, False
        self._held.clear()
        return rows

    def looked(self, at: float) -> None:
        """It is known, at this moment of the steady clock, what other processes say."""
        self._looked_at, self._unlooked, self.is_open = at, 0, True

    def mark(self, connection: Connection) -> None:
        """Writes down what became of rows; if something else may wait in their chats now, that is news for the speaker."""
        self._marked = self._said.take()
        if delivery.mark(connection, self._channel, self._owner, self._marked, self._now()):
            EngineMemory.of(connection).puts += 1

    def owner_for(self, to: Address) -> str:
        """Who says a reply to this address as soon as it is put there and committed; «» where it has to wait."""
        return self._owner if self.is_open and self._may_go(to.address) else ""

    def claimed(self, row_id: int, effect: Effect) -> None:
        """A row has been put there as being said by this speaker."""
        row = Claimed(row_id, effect, 0)
        self._held[effect.to.address] = row
        self._new.append(row)
        self._unlooked += 1

    def settle(self, is_committed: bool) -> None:
        """The transaction is over. Where it is not known to be committed, what may have come of it is taken back by the next."""
        rows, marks, self._new, self._marked = self._new, self._marked, [], []
        if is_committed:
            if rows:
                self._begin(rows)
            return
        for row in rows:
            self.begun(row)
            marks.append(Mark(row.id, row.effect.to.address, fate(NotSent(NOT_COMMITTED), 0)))
        self._said.put_back(marks)

    def _may_go(self, chat: str) -> bool:
        at, pace, waits = self._gate.steady(), self._gate.pace, len(self._held)
        return (
            chat not in self._held
            and chat not in self._speaking
            and len(self._speaking) + waits < MOST_IN_FLIGHT
            and self._gate.waiting + waits < self._hand
            and max(pace.open_at(at), pace.chat_at(chat, at)) <= at + AHEAD_SECONDS
            and (self._others.is_alone or self._unlooked < MOST_UNLOOKED or at - self._looked_at < LOOK_SECONDS)
        )
