"""Who may be sent to when: an even pace over all, one a second in a chat, twenty a minute in a group, and pauses."""

import math
from collections import deque
from dataclasses import dataclass, field

FREE_PER_SECOND = 30
"""What Telegram lets every bot send; more is paid for. https://core.telegram.org/bots/faq#broadcasting-to-users"""
SECOND = 1.005
"""A second, and a little for clocks that differ."""
WAYS = 300
"""Of so many messages the quickest way there and back is taken for certain; of less than a tenth, none."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Messages: `rate` a second over all; in one chat a `burst`, then one every `chat_seconds`; `group` in `group_seconds`.

    What is allowed in a chat stays a little under Telegram's own limits, because two messages may come
    nearer to each other on the way.
    """

    rate: float = 28.0
    chat_seconds: float = 1.02
    burst: float = 2.9
    group: int = 20
    group_seconds: float = 61.0

    @property
    def slack(self) -> float:
        """Seconds by which a message that went late may be made up for."""
        return max(1.5 / self.rate, 0.02)


UNHURRIED = Limits(rate=1000, chat_seconds=0, burst=1000, group=1000, group_seconds=1)
"""Where no messenger's limits hold, as at the simulator: nobody waits."""


@dataclass(slots=True)
class _Chat:
    """`full_at`: when a burst is wholly allowed again; `sent`: the moments of a group's last messages."""

    full_at: float = 0.0
    sent: deque[float] = field(default_factory=deque)


@dataclass(eq=False, slots=True)
class Passing:
    """A message on its way: when it went, and until when Telegram may still count it in the second that then begins."""

    went_at: float
    counts_at: float = math.inf


class Pace:
    """The pace of one bot. Moments are seconds of one steady clock; a chat is its address, which begins with «-» or «@» where it is
    a group's or a channel's.

    When a message is counted by Telegram is not known, only that it is between its going and its answer. So thirty are
    kept from being counted within a second, however uneven the way: a message holds its place from when it goes until
    a second after its answer, less the quickest way there and back.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._interval = 1 / self.limits.rate
        self._slack = self.limits.slack
        self._most = FREE_PER_SECOND
        self._is_free = self.limits.rate <= FREE_PER_SECOND
        self._passing: list[Passing] = []
        self._ways: deque[float] = deque(maxlen=WAYS)
        self._next_at = 0.0
        self._all_until = 0.0
        self._chats: dict[str, _Chat] = {}
        self._pauses: dict[str, float] = {}

    def share(self, speakers: int) -> None:
        """Keep to this bot's part of the rate, when so many processes speak at once."""
        self._interval = speakers / self.limits.rate
        self._most = max(FREE_PER_SECOND // speakers, 1)

    def open_at(self, now: float) -> float:
        """The earliest moment for the next message to anybody; infinity while too many have had no answer."""
        at = max(now, self._next_at - self._slack, self._all_until)
        if not self._is_free or len(self._passing) < self._most:
            return at
        counted = sorted(each.counts_at for each in self._passing)
        return max(at, counted[-self._most] + SECOND)

    def chat_at(self, chat: str, now: float) -> float:
        """The earliest moment for the next message in `chat`, the others left aside."""
        at = max(now, self._pauses.get(chat, 0.0))
        known = self._chats.get(chat)
        if known is None:
            return at
        at = max(at, known.full_at - (self.limits.burst - 1) * self.limits.chat_seconds)
        if len(known.sent) >= self.limits.group:
            at = max(at, known.sent[-self.limits.group] + self.limits.group_seconds)
        return at

    def take(self, chat: str, now: float) -> Passing:
        """A message goes to `chat` now; `arrived` is to be told of its answer."""
        passing = Passing(now)
        if self._is_free:  # else nobody counts them, and there may be a thousand
            self._passing = [each for each in self._passing if each.counts_at + SECOND > now]
            self._passing.append(passing)
        self._next_at = max(self._next_at, now) + self._interval
        known = self._chats.setdefault(chat, _Chat())
        known.full_at = max(known.full_at, now) + self.limits.chat_seconds
        if chat.startswith(("-", "@")):
            known.sent.append(now)
            if len(known.sent) > self.limits.group:
                known.sent.popleft()
        return passing

    def arrived(self, passing: Passing, now: float) -> None:
        """Its answer is here, or will not come."""
        if not self._is_free:
            return
        self._ways.append(now - passing.went_at)
        passing.counts_at = now - (min(self._ways) if len(self._ways) >= WAYS / 10 else 0.0)

    def flooded(self, chat: str, until: float, now: float) -> None:
        """Telegram said 429 about `chat`: it is left in peace, and so is everybody if a second chat is by then."""
        self._pauses = {each: at for each, at in self._pauses.items() if at > now}
        self._pauses[chat] = max(until, self._pauses.get(chat, 0.0))
        if len(self._pauses) > 1:
            self.pause_all(max(self._pauses.values()))

    def pause_all(self, until: float) -> None:
        """Nobody is sent to before `until`."""
        self._all_until = max(self._all_until, until)

    def not_before(self, moment: float, now: float) -> dict[str, float]:
        """The chats that may not be sent to at `moment`, and when they may. What need not be known any more is forgotten."""
        idle = [chat for chat, known in self._chats.items() if self._is_idle(known, now)]
        for chat in idle:
            del self._chats[chat]
        at = {chat: self.chat_at(chat, now) for chat in (*self._pauses, *self._chats)}
        return {chat: when for chat, when in at.items() if when > moment}

    def _is_idle(self, known: _Chat, now: float) -> bool:
        return known.full_at <= now and (not known.sent or known.sent[-1] + self.limits.group_seconds <= now)
