"""The tree of units as the running program reads it: again only when the list of units has changed."""

from collections.abc import Callable

from sqlalchemy import Connection

from reporting.units import UnitTree
from storage.figures import published
from storage.organisation import units


class Trees:
    """The tree of units, read again only when the list of units has changed."""

    def __init__(self, read: Callable[[Connection], UnitTree] = units.tree) -> None:
        self._read = read
        self._known: tuple[object, UnitTree] | None = None

    def tree(self, connection: Connection) -> UnitTree:
        stamp = published.units_stamp(connection)
        if self._known is None or self._known[0] != stamp:
            self._known = (stamp, self._read(connection))
        return self._known[1]
