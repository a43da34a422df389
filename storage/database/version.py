"""At which revision a database stands, and which one this program wants: read without Alembic, which takes its moment and memory."""

from functools import lru_cache
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from reporting.errors import Refused

MIGRATIONS = Path(__file__).parents[1] / "migrations"


def revision(connection: Connection) -> str | None:
    """The revision that the database is at; None where it has never been migrated."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("select version_num from alembic_version")).scalar()
    return found


@lru_cache
def known_revisions() -> frozenset[str]:
    """Every revision that a database was ever at: the numbers of the migrations' files (there is one line of them)."""
    return frozenset(file.stem.partition("_")[0] for file in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def newest_revision() -> str:
    """The revision that this program wants."""
    return max(known_revisions())


def check_known(stands: str | None) -> None:
    """Refused where a newer release has brought the database to a revision that this program knows nothing of."""
    if stands is not None and stands not in known_revisions():
        raise Refused("database_newer", stands=stands, wanted=newest_revision())


def check_revision(connection: Connection) -> None:
    """Refused where the database is not at the revision that this program wants, with what is to be done about it."""
    stands = revision(connection)
    check_known(stands)
    if stands != newest_revision():
        raise Refused("database_behind", stands=stands or "—", wanted=newest_revision())


def is_empty_database(engine: Engine) -> bool:
    """Whether there is nothing at all in the database yet."""
    return not inspect(engine).get_table_names()
