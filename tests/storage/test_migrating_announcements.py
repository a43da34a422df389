"""The tables of announcements and of own hours come, and go again with what stood in them; whatever else there was stays."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import inspect, text

from storage.database.engines import writing_engine
from storage.database.migrate import migrate
from storage.database.version import MIGRATIONS
from tests.migrated import begin_at
from tests.postgres import fresh_database

BEFORE, AFTER = "0024", "0025"
TABLES = {"notice", "notice_receipt", "own_hour"}
ROWS = (
    "insert into unit (code, name, kind, aliases) values ('1', 'Thọ Dân', 'xã', '')",
    "insert into person (name, language, created_at) values ('Hoa', 'vi', :now)",
    """insert into outbox (channel, address, rank, key, say, state, tries, uncertain, claimed_by, created_at, message_id)
    values ('telegram', '7', 2, '', '{}', 'said', 1, 0, '', :now, '9')""",
)
NEW = (
    """insert into notice (person_id, seat_id, whom, units, form, text, file, state, made_at, edition)
    values (1, 1, 'reporters', '[1]', '', 'Họp', '{}', 'sent', :now, 1)""",
    "insert into notice_receipt (notice_id, person_id, unit_id, outbox_id, put_at, edition) values (1, 1, 1, 1, :now, 1)",
    "insert into own_hour (person_id, minutes, weekdays, set_at) values (1, '[900]', '[0]', :now)",
)


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_there_and_back_and_there_again(database: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    is_sqlite = database == "sqlite"
    url = f"sqlite:///{tmp_path / 'g.db'}" if is_sqlite else fresh_database(request.getfixturevalue("postgres"))
    moment = datetime(2021, 11, 10, 9, tzinfo=UTC)
    now = {"now": str(moment) if is_sqlite else moment}
    begin_at(url, BEFORE)
    engine = writing_engine(url)
    with engine.begin() as connection:
        for statement in ROWS:
            connection.execute(text(statement), now if ":now" in statement else {})
    for _ in range(2):
        migrate(url, to=AFTER)
        with engine.begin() as connection:
            for statement in NEW:
                connection.execute(text(statement), now)
            config = Config()
            config.set_main_option("script_location", str(MIGRATIONS))
            config.attributes["connection"] = connection
            command.downgrade(config, BEFORE)
        with engine.begin() as connection:
            assert TABLES.isdisjoint(inspect(connection).get_table_names())
            assert connection.execute(text("select count(*) from outbox")).scalar() == 1
    migrate(url)
    with engine.begin() as connection:
        assert set(inspect(connection).get_table_names()) >= TABLES
    engine.dispose()
