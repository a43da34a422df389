"""Telegram's limits on how much a bot may send, by the world's clock."""

from __future__ import annotations

import math
import time
from collections import OrderedDict, deque
from dataclasses import dataclass, field

from simulator.errors import Refusal

COUNTED = ("send", "forward", "copy", "edit")
NOT_COUNTED = {"sendChatAction", "sendMessageDraft"}
MOST_CHATS = 20_000


@dataclass
class Limits:
    """At most so many messages: over all in a second, in one private chat, in one group in a minute.

    A private chat may have a short burst before one message a second holds. Who goes over it hears 429 with
    `retry_after` (whole seconds), and what is refused does not count. `paid` calls (`allow_paid_broadcast`) may be
    1,000 a second over all.
    """

    per_second: int = 30
    per_chat_per_second: float = 1.0
    chat_burst: int = 3
    per_group_per_minute: int = 20
    paid_per_second: int = 1_000
    refused: int = 0
    _over_all: deque[float] = field(default_factory=deque, repr=False)
    _groups: dict[int, deque[float]] = field(default_factory=dict, repr=False)
    _chats: OrderedDict[int, float] = field(default_factory=OrderedDict, repr=False)

    def check(self, method: str, chat_id: int | None, paid: bool = False, now: float | None = None) -> None:
        """Count a call; Refusal 429 when it is one too many. `now` in seconds, for tests."""
        if not method.startswith(COUNTED) or method in NOT_COUNTED:
            return
        now = time.monotonic() if now is None else now
        waits = [self._window(self._over_all, 1.0, self.paid_per_second if paid else self.per_second, now)]
        if chat_id is not None and chat_id < 0:
            group = self._groups.setdefault(chat_id, deque())
            waits.append(self._window(group, 60.0, self.per_group_per_minute, now))
        elif chat_id is not None:
            waits.append(self._private(chat_id, now))
        if max(waits) > 0:
            self.refused += 1
            seconds = max(1, math.ceil(max(waits)))
            raise Refusal(f"retry after {seconds}", 429, retry_after=seconds)
        self._count(chat_id, now)

    @staticmethod
    def _window(sent: deque[float], length: float, most: int, now: float) -> float:
        while sent and sent[0] <= now - length:
            sent.popleft()
        return sent[0] + length - now if len(sent) >= most else 0.0

    def _private(self, chat_id: int, now: float) -> float:
        """A bucket as the moment at which it is empty: each message moves it by a chat's interval."""
        full_at = max(self._chats.get(chat_id, now), now)
        return full_at - now - (self.chat_burst - 1) / self.per_chat_per_second

    def _count(self, chat_id: int | None, now: float) -> None:
        self._over_all.append(now)
        if chat_id is None:
            return
        if chat_id < 0:
            self._groups[chat_id].append(now)
            return
        self._chats[chat_id] = max(self._chats.get(chat_id, now), now) + 1 / self.per_chat_per_second
        self._chats.move_to_end(chat_id)
        if len(self._chats) > MOST_CHATS:
            self._chats.popitem(last=False)
