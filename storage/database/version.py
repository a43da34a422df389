"""At which revision a database stands, and which one this program wants: read without Alembic, which takes its moment and memory."""

from functools import lru_cache
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

MIGRATIONS = Path(__file__).parents[1] / "migrations"


def revision(connection: Connection) -> str | None:
    """The revision that the database is at; None where it has never been migrated."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("select version_num from alembic_version")).scalar()
    return found


@lru_cache
def newest_revision() -> str:
    """The revision that this program wants: the number of the last migration's file (there is one line of them)."""
    return max(file.stem.partition("_")[0] for file in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def is_empty_database(engine: Engine) -> bool:
    """Whether there is nothing at all in the database yet."""
    return not inspect(engine).get_table_names()
