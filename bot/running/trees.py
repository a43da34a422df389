"""The tree of units as the running program reads it: again only when the list of units has changed."""

from collections.abc import Callable

from sqlalchemy import Connection

from reporting.units import UnitTree
from storage.figures import published
from storage.organisation import units


class Trees:
    """The tree of units, read again only when the list of units has changed; that is asked once in a transaction."""

    def __init__(self, read: Callable[[Connection], UnitTree] = units.tree) -> None:
        self._read = read
        self._known: tuple[object, UnitTree] | None = None
        self._asked_in: object = None

    def tree(self, connection: Connection) -> UnitTree:
        transaction = connection.get_transaction()
        if self._known is not None and transaction is not None and self._asked_in is transaction:
            return self._known[1]
        self._asked_in = transaction
        stamp = published.units_stamp(connection)
        if self._known is None or self._known[0] != stamp:
            self._known = (stamp, self._read(connection))
        return self._known[1]
