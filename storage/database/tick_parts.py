"""What a tick does for many, part by part: each in a savepoint, so that the trouble of one stays there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from sqlalchemy import Connection

from reporting.tick_parts import TickPart
from storage.database.away import is_away

Item = TypeVar("Item")
T = TypeVar("T")


@dataclass(frozen=True)
class TickParts:
    """All is tried as one (`AS_ONE`), which costs nothing; where that fails it is done again with `failed`, which is told of each part
    that fails by itself, and the others are done.

    `troubled`: the parts that have failed. `waits` is told of each that has failed before, and is not tried again yet.
    """

    failed: Callable[[TickPart, Exception], None] | None = None
    waits: Callable[[TickPart], None] = lambda _: None
    troubled: set[TickPart] = field(default_factory=set)

    @property
    def are_apart(self) -> bool:
        return self.failed is not None

    @property
    def broken_forms(self) -> frozenset[str]:
        """The keys of the forms of which nothing more is done."""
        return frozenset(each.form for each in self.troubled if each.is_form)

    def do(self, connection: Connection, part: TickPart, work: Callable[[], T]) -> T | None:
        """What the work of a part comes to; None where it has failed, and nothing of it is left."""
        if not self.are_apart:
            return work()
        try:
            return _kept_if_done(connection, work)
        except Exception as error:  # noqa: BLE001  # whatever it is, the other parts are done
            self._note(part, error)
            return None

    def in_halves(
        self,
        connection: Connection,
        items: Sequence[Item],
        part_of: Callable[[Item], TickPart],
        work: Callable[[Sequence[Item]], T],
    ) -> list[T]:
        """What the work comes to with all of many, or, where that fails, with ever smaller parts of them, but for those that fail
        by themselves.
        """
        if not items:
            return []
        try:
            return [_kept_if_done(connection, lambda: work(items)) if self.are_apart else work(items)]
        except Exception as error:
            if not self.are_apart or is_away(error):
                raise
            if len(items) == 1:
                self._note(part_of(items[0]), error)
                return []
        half = len(items) // 2
        both = (self.in_halves(connection, some, part_of, work) for some in (items[:half], items[half:]))
        return [each for one in both for each in one]

    def _note(self, part: TickPart, error: Exception) -> None:
        if self.failed is None or is_away(error):
            raise error
        if part not in self.troubled:
            self.troubled.add(part)
            self.failed(part, error)


AS_ONE = TickParts()


def _kept_if_done(connection: Connection, work: Callable[[], T]) -> T:
    with connection.begin_nested():
        return work()
