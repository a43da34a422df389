"""When a messenger or one of its chats is left in peace: it wants to be, another process was told so, or it is not reached."""

import logging
import math
from collections.abc import Callable, Mapping
from datetime import datetime

from bot.running.rate_limiter import Gate
from reporting.retries import NotSent, Outcome, TooMany

log = logging.getLogger(__name__)
READ_EVERY = 2.0
"""Seconds between two looks at the pauses that are kept."""


class Pauses:
    """Those of one channel in this process, by the addresses of chats; the gate holds back for as long as they last.

    `longest`: seconds for which a messenger that is not reached is left alone at the most.
    """

    def __init__(self, gate: Gate, channel: str, now: Callable[[], datetime], longest: float) -> None:
        self._gate, self._channel, self._now, self._longest = gate, channel, now, longest
        self._backoff = self._backoff_until = 0.0
        self._read_at = -math.inf
        self._honoured: Mapping[str, datetime] = {}

    def are_due(self, at: float) -> bool:
        """Whether what is kept is to be read again, at this moment of the steady clock."""
        return at - self._read_at >= READ_EVERY

    def new_among(self, kept: Mapping[str, datetime]) -> set[str]:
        """The chats whose pause this process does not keep yet."""
        return {chat for chat, until in kept.items() if self._honoured.get(chat) != until}

    def honour(self, kept: Mapping[str, datetime], at: float) -> None:
        """Keeps the pauses that another process met with, or this one before it was started again, once each; read at `at`."""
        now = self._now()
        for chat in self.new_among(kept):
            self._gate.pause((kept[chat] - now).total_seconds(), chat)
        self._read_at, self._honoured = at, kept

    def heed(self, chat: str, outcome: Outcome) -> None:
        """What became of a message tells whether its chat wants to be left in peace, and whether the messenger is reached."""
        at = self._gate.steady()
        if isinstance(outcome, TooMany):
            log.warning("%s wants a chat to be left in peace for %g s.", self._channel, outcome.seconds)
            self._gate.pause(outcome.seconds, chat)
        if not isinstance(outcome, NotSent):
            self._backoff = 0.0
        elif at >= self._backoff_until:
            self._backoff = min(max(1.0, self._backoff * 2), self._longest)
            self._backoff_until = at + self._backoff
            self._gate.pause(self._backoff)
            log.warning("%s is not reached (%s); trying again in %g s.", self._channel, outcome.why, self._backoff)
