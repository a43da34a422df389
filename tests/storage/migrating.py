"""A database of an earlier release on the way forward and back."""

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from storage.database.version import MIGRATIONS, revision


def step_back(connection: Connection, to: str) -> None:
    """The way back to a revision, as Alembic goes it."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.downgrade(config, to)
    assert revision(connection) == to
