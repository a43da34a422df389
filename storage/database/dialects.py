"""Our dialects of SQLite and PostgreSQL: what was compiled for one engine serves all others of its kind in this process."""

from typing import Any

from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

_MOST_STATEMENTS = 1000
COMPILED: LRUCache[Any, Any] = LRUCache(_MOST_STATEMENTS)
"""For an engine's `execution_options`: the statements that SQLAlchemy has compiled, by dialect and shape; never their values."""


class _Alike:
    """SQLAlchemy keeps what it compiled by the dialect it was for, and any two of ours speak alike."""

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self)

    def __hash__(self) -> int:
        return hash(type(self))


class _WithHints(SQLiteCompiler):
    """SQLite keeps no statistics of ours: where it would choose badly, the statement says «INDEXED BY»."""

    def get_from_hint_text(self, table: Any, text: str | None) -> str | None:
        return text


class SQLite(_Alike, SQLiteDialect_pysqlite):
    """`sqlite+giaoban://`: the standard library's driver."""

    supports_statement_cache = True
    statement_compiler = _WithHints


_READ_ONLY = "25006"


class PostgreSQL(_Alike, PGDialect_psycopg):
    """`postgresql+giaoban://`: psycopg, on connections that can be stopped by hand. A server that has come to read only is let go, as
    whoever writes has to find another.
    """

    supports_statement_cache = True

    def connect(self, *arguments: Any, **options: Any) -> Any:
        from storage.database.stoppable_postgresql import StoppableConnection  # it brings the driver

        return StoppableConnection.connect(*arguments, **options)

    def is_disconnect(self, e: Any, connection: Any, cursor: Any) -> bool:
        is_lost: bool = super().is_disconnect(e, connection, cursor)  # type: ignore[no-untyped-call]
        return is_lost or getattr(e, "sqlstate", None) == _READ_ONLY


registry.register("sqlite.giaoban", __name__, SQLite.__name__)
registry.register("postgresql.giaoban", __name__, PostgreSQL.__name__)
