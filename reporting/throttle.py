"""Good manners towards a flood: whoever asks very fast is told so once and then waits, so that others are answered."""

from collections import OrderedDict, deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from reporting.people import Address

Answer = Literal["answer", "say so", "silence"]
MOST = 20
MOST_TAPS = 60
"""A menu takes several to one question."""
MOST_OF_A_GROUP = 100
"""Of all who ask in a group, and are not slowed themselves."""
WITHIN = timedelta(minutes=1)
MOST_ADDRESSES = 5000


class Throttle:
    """When each address asked last: in this process and for `within` only, nothing of it is stored."""

    def __init__(self, most: int = MOST, within: timedelta = WITHIN) -> None:
        self._most, self._within = most, within
        self._asked: OrderedDict[Address, deque[datetime]] = OrderedDict()

    def __len__(self) -> int:
        """Of how many addresses anything is known."""
        return len(self._asked)

    def of(self, to: Address, now: datetime) -> Answer:
        """What to do about one more question of an address; «say so» once, when it becomes too much."""
        while self._asked and now - next(iter(self._asked.values()))[-1] >= self._within:
            self._asked.popitem(last=False)
        asked = self._asked.setdefault(to, deque(maxlen=self._most + 2))
        self._asked.move_to_end(to)
        if len(self._asked) > MOST_ADDRESSES:
            self._asked.popitem(last=False)
        while asked and not timedelta(0) <= now - asked[0] < self._within:
            asked.popleft()
        asked.append(now)
        if len(asked) <= self._most:
            return "answer"
        return "say so" if len(asked) == self._most + 1 else "silence"


@dataclass(frozen=True, slots=True)
class Manners:
    """Who is slowed is whoever asks, wherever he does; a group is slowed as a whole only where very many ask in it."""

    questions: Throttle = field(default_factory=Throttle)
    taps: Throttle = field(default_factory=lambda: Throttle(MOST_TAPS))
    groups: Throttle = field(default_factory=lambda: Throttle(MOST_OF_A_GROUP))

    def of(self, asker: Address, chat: Address, now: datetime, *, is_tap: bool = False) -> Answer:
        """What to do about one more question, or tap, of somebody in a chat."""
        own = (self.taps if is_tap else self.questions).of(asker, now)
        if own != "answer" or asker == chat:
            return own
        return self.groups.of(chat, now)
