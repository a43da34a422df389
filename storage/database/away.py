"""Whether a failure lies with the database (gone, locked, full), and not with what was asked of it: then it is waited for."""

import sqlite3

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

_SQLITE_AWAY = frozenset(
    {
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
    }
)
_PRIMARY = 0xFF
"""The bits of SQLite's codes that tell the kind. https://www.sqlite.org/rescode.html"""
_POSTGRESQL_AWAY = ("08", "40", "53", "57", "58", "55006", "55P03", "25006", "25P03", "25P04")
"""What the codes begin with: connections, what is to be begun again, room, who ends us, the machine, locks, a server that only reads,
what was idle for too long. https://www.postgresql.org/docs/current/errcodes-appendix.html
"""
_QUERY_CANCELED = "57014"


def is_away(error: Exception) -> bool:
    """By the code that the database gives, as its drivers call much that was asked wrongly operational: a sum that is too large, text
    that is no JSON. An error without a code came from no database: it was not reached, unless a statement was and PostgreSQL's driver
    has its connection still. What that would not send, as more parameters than there are places for, it never will.
    """
    if not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated:
        return True
    code: int | None = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return code & _PRIMARY in _SQLITE_AWAY
    state: str | None = getattr(error.orig, "sqlstate", None)
    if state is not None:
        return state != _QUERY_CANCELED and state.startswith(_POSTGRESQL_AWAY)
    if hasattr(error.orig, "sqlstate") and error.statement is not None:
        return False
    return isinstance(error, OperationalError | InterfaceError)


def is_too_slow(error: DBAPIError) -> bool:
    """Whether it took longer than the server allows, and may again: whoever asked for it is told, or all would wait with him."""
    return getattr(error.orig, "sqlstate", None) == _QUERY_CANCELED
