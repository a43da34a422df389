"""The index of what is first to be said holds what is new only since a migration, and what is being said too before it."""

from sqlalchemy import Connection, text

from storage.database.engines import writing_engine
from storage.database.migrate import migrate
from tests.migrated import begin_at
from tests.storage.migrating import step_back

BEFORE, AFTER = "0040", "0041"
DEFINED = {
    "sqlite": text("select sql from sqlite_master where name = 'ix_outbox_waiting'"),
    "postgresql": text("select indexdef from pg_indexes where indexname = 'ix_outbox_waiting'"),
}


def holds_what_is_being_said(connection: Connection) -> bool:
    defined = str(connection.execute(DEFINED[connection.dialect.name]).scalar_one())
    assert "rank" in defined
    assert "new" in defined
    return "sending" in defined


def test_only_after_it_the_index_of_what_waits_leaves_out_what_is_being_said(url: str) -> None:
    begin_at(url, BEFORE)
    engine = writing_engine(url)
    with engine.begin() as connection:
        assert holds_what_is_being_said(connection)
    migrate(url, to=AFTER)
    with engine.begin() as connection:
        assert not holds_what_is_being_said(connection)
        step_back(connection, BEFORE)
        assert holds_what_is_being_said(connection)
    engine.dispose()
