"""Targets get their table beside what there is; the way back takes that table alone, and forward again it is empty."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text

from reporting.figures.indicator_targets import IndicatorTarget
from storage.database.engines import writing_engine
from storage.database.migrate import migrate
from storage.database.version import MIGRATIONS, revision
from storage.figures.indicator_targets import give, held_targets
from tests.postgres import fresh_database

NOW = datetime(2021, 11, 10, 9, tzinfo=UTC)
BEFORE, AFTER = "0026", "0027"
UNIT = "insert into unit (code, name, kind, aliases) values ('1', 'Thọ Dân', 'xã', '')"
TARGET = IndicatorTarget("daily", "ill", 1, "at most", 10, "weekly", date(2021, 11, 1), least_change=3)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgresql":
        return fresh_database(request.getfixturevalue("postgres"))
    return f"sqlite:///{tmp_path / 'giaoban.db'}"


def test_forward_and_back_keeps_every_other_row(url: str) -> None:
    migrate(url, to=BEFORE)
    engine = writing_engine(url)
    with engine.begin() as connection:
        connection.execute(text(UNIT))
    migrate(url, to=AFTER)
    with engine.begin() as connection:
        give(connection, TARGET, None, NOW, [])
        (held,) = held_targets(connection)
        assert (held.value, held.least_change, held.since, held.until) == (10, 3, date(2021, 11, 1), None)
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.downgrade(config, BEFORE)
        assert revision(connection) == BEFORE
        assert connection.execute(text("select name from unit")).scalars().all() == ["Thọ Dân"]
    migrate(url, to=AFTER)
    with engine.begin() as connection:
        assert held_targets(connection) == []
    engine.dispose()
