"""What became of rows that a speaker has claimed, until it is written down."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress

from storage.messages.delivery import Mark


class Marks:
    """Those of one speaker, the oldest first. Whoever adds or takes some at the same moment, in another thread, loses none."""

    def __init__(self) -> None:
        self._waiting = deque[Mark]()

    def __bool__(self) -> bool:
        return bool(self._waiting)

    def __iter__(self) -> Iterator[Mark]:
        return iter(list(self._waiting))

    def add(self, marks: Iterable[Mark]) -> None:
        self._waiting.extend(marks)

    def take(self) -> list[Mark]:
        """All of them, to be written down."""
        found: list[Mark] = []
        with suppress(IndexError):
            while True:
                found.append(self._waiting.popleft())
        return found

    def put_back(self, marks: Sequence[Mark]) -> None:
        """They could not be written down, and go before those that came since."""
        self._waiting.extendleft(reversed(marks))
