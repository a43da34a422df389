"""A bot's queue of updates: numbered, kept a day, confirmed by `offset`."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

from simulator.clock import Clock
from simulator.pulse import Pulse

Json = dict[str, Any]

DAY = 86_400
LIVES = {"callback_query": 150, "inline_query": 30}
WEEK = 7 * DAY
NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}


@dataclass(slots=True)
class Pending:
    """An update that is not confirmed yet. `lane` (a chat's id) keeps a chat's updates in order at a webhook."""

    update_id: int
    kind: str
    body: Json
    until: float
    lane: int

    def view(self) -> Json:
        """The Bot API's Update."""
        return {"update_id": self.update_id, self.kind: self.body}


class Queue:
    """The unconfirmed updates of one bot. Ids are consecutive while the queue lives, random after a week of silence."""

    def __init__(self, clock: Clock, chance: random.Random) -> None:
        self._clock, self._chance = clock, chance
        self.pending: dict[int, Pending] = {}
        self.next_id = chance.randrange(100_000_000, 1_000_000_000)
        self.last_at = clock.seconds()
        self.allowed: list[str] = []
        self.pulse = Pulse()
        self.repeated: list[Pending] = []
        self._earliest = 0.0

    def wants(self, kind: str) -> bool:
        """Whether the bot asked for updates of this kind (`allowed_updates`)."""
        return kind in self.allowed if self.allowed else kind not in NOT_BY_DEFAULT

    def push(self, kind: str, body: Json, lane: int) -> Pending | None:
        """Queue an update; None when the bot does not want its kind."""
        if not self.wants(kind):
            return None
        now = self._clock.seconds()
        self.expire()
        if not self.pending and now - self.last_at >= WEEK:
            self.next_id = self._chance.randrange(100_000_000, 1_000_000_000)
        update = Pending(self.next_id, kind, body, now + LIVES.get(kind, DAY), lane)
        self.pending[update.update_id] = update
        self._earliest = min(self._earliest, update.until)
        self.next_id += 1
        self.last_at = now
        self.pulse.beat()
        return update

    def expire(self) -> list[int]:
        """Drop what nobody fetched in time; the ids of what was dropped."""
        now = self._clock.seconds()
        if now < self._earliest:
            return []
        dead = [u.update_id for u in self.pending.values() if u.until <= now]
        for update_id in dead:
            del self.pending[update_id]
        self._earliest = min((u.until for u in self.pending.values()), default=now + DAY)
        return dead

    def confirm(self, offset: int) -> list[int]:
        """Forget what lies before `offset` (negative: all but the last so many); the forgotten ids.

        An offset far from the queue's ids, as after a week of silence, confirms nothing.
        """
        ids = list(self.pending)
        if offset < 0:
            gone = ids[:offset]
        elif ids and offset <= self.next_id + 10:
            gone = [i for i in ids if i < offset]
        else:
            gone = []
        for update_id in gone:
            del self.pending[update_id]
        if gone:
            self.pulse.beat()
        return gone

    def batch(self, limit: int) -> list[Pending]:
        """The oldest updates, at most `limit`; those to be repeated first, once they are confirmed: before that they come again in
        their order, as all do.
        """
        self.expire()
        again, self.repeated = [each for each in self.repeated if each.update_id not in self.pending], []
        return [*again, *(u for u, _ in zip(self.pending.values(), range(limit), strict=False))][:limit]

    def forget_all(self) -> list[int]:
        """Drop everything (`drop_pending_updates`)."""
        gone = list(self.pending)
        self.pending.clear()
        self.pulse.beat()
        return gone
