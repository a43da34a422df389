"""Each migration, forward and back, with rows in every table, on both databases: none is lost that stood before and after.

Nothing is to be added for a new migration: its tables get a row here too, and one that cannot be taken back fails.
"""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from sqlalchemy import Connection, Engine, Table, insert, inspect, select

from storage.database.migrate import _config, _engine, differences, migrate
from storage.database.tables import metadata
from storage.database.version import known_revisions, newest_revision, revision
from tests.postgres import fresh_database
from tests.storage.kept import ZONE, broken, counts, kept
from tests.storage.test_releases import declared_since

RELEASE = kept()[0]
REVISIONS = sorted(known_revisions())
NOW = datetime(2021, 11, 12, 9, tzinfo=UTC)
UNVOUCHED = sa.text("select conname from pg_constraint where not convalidated")
CHANGES = {"0011": {"figure"}}
"""What a step takes rows of, or its way back adds some to, on purpose: figures that wait stand apart since then."""


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgresql":
        return RELEASE.load_postgresql(fresh_database(request.getfixturevalue("postgres")))
    return RELEASE.load_sqlite(tmp_path / "kept.db")


def fill(connection: Connection) -> None:
    """A row for each table that has none, with the ids of rows that there are."""
    for table in metadata.sorted_tables:
        if connection.execute(select(sa.func.count()).select_from(table)).scalar_one() == 0:
            connection.execute(insert(table).values(_row(connection, table)))


def _row(connection: Connection, table: Table) -> dict[str, Any]:
    return {
        column.name: _value(connection, column)
        for column in table.columns
        if not (column.nullable and not column.foreign_keys) and column.autoincrement is not True
    }


def _value(connection: Connection, column: sa.Column[Any]) -> Any:
    for link in column.foreign_keys:
        return connection.execute(select(link.column).limit(1)).scalar_one()
    of = column.type.impl_instance if isinstance(column.type, sa.types.TypeDecorator) else column.type
    kind = dict if isinstance(of, sa.JSON) else of.python_type
    made: dict[type, Any] = {
        int: 1,
        str: "a",
        bool: False,
        datetime: NOW,
        date: NOW.date(),
        dict: {},
        bytes: b"a",
        float: 1.0,
    }
    return made[kind]


def step(engine: Engine, to: str, forward: bool) -> None:
    with engine.connect() as connection, connection.begin():
        (command.upgrade if forward else command.downgrade)(_config(connection), to)


def stands(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection, connection.begin():
        if engine.dialect.name == "sqlite":  # PostgreSQL lets nothing be broken that it vouches for
            assert broken(connection) == []
        assert connection.dialect.name == "sqlite" or connection.execute(UNVOUCHED).all() == []
        return counts(connection)


def lost(before: dict[str, int], after: dict[str, int]) -> dict[str, tuple[int, int]]:
    """Of tables that stand on both sides of a step, the counts that differ."""
    return {name: (before[name], after[name]) for name in before.keys() & after.keys() if before[name] != after[name]}


def test_every_step_back_and_forth_keeps_every_row(url: str) -> None:
    migrate(url, ZONE)
    engine = _engine(url)
    with engine.connect() as connection, connection.begin():
        fill(connection)
    at = stands(engine)
    assert [name for name, count in at.items() if not count] == []
    assert set(at) == set(metadata.tables)
    for number, below in reversed(list(zip(REVISIONS[1:], REVISIONS, strict=False))):
        step(engine, below, forward=False)
        now = stands(engine)
        assert lost(at, now).keys() <= CHANGES.get(number, set()), (number, lost(at, now))
        at = now
    for number in REVISIONS[1:]:
        step(engine, number, forward=True)
        now = stands(engine)
        on_purpose = declared_since(REVISIONS[REVISIONS.index(number) - 1]) | CHANGES.get(number, set())
        assert lost(at, now).keys() <= on_purpose, (number, lost(at, now))
        at = now
    with engine.connect() as connection, connection.begin():
        assert revision(connection) == newest_revision()
        assert differences(connection) == []
        assert set(inspect(connection).get_table_names()) - {"alembic_version"} == set(metadata.tables)
    engine.dispose()
