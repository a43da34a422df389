"""Good manners towards a flood: whoever asks very fast is told so once and then waits, so that others are answered."""

from collections import OrderedDict, deque
from datetime import datetime, timedelta
from typing import Literal

from reporting.people import Address

MOST = 20
WITHIN = timedelta(minutes=1)
MOST_ADDRESSES = 5000

_asked: OrderedDict[Address, deque[datetime]] = OrderedDict()
"""When each of the addresses asked last, of this process and only for a minute: nothing of it is stored."""


def pace(to: Address, now: datetime) -> Literal["answer", "say so", "silence"]:
    """What to do about one more question of an address; «say so» once, when it becomes too much."""
    asked = _asked.setdefault(to, deque(maxlen=MOST + 2))
    _asked.move_to_end(to)
    if len(_asked) > MOST_ADDRESSES:
        _asked.popitem(last=False)
    while asked and not timedelta(0) <= now - asked[0] < WITHIN:
        asked.popleft()
    asked.append(now)
    if len(asked) <= MOST:
        return "answer"
    return "say so" if len(asked) == MOST + 1 else "silence"
