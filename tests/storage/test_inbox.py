"""An update that fails is tried three times in all, by however many processes, and is set aside once."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from storage.database.engines import writing_engine
from storage.messages import inbox
from tests.bot.mouth import database_url

NOW = datetime(2021, 11, 10, 8, 30, tzinfo=UTC)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    url = database_url(request.param, tmp_path, lambda: request.getfixturevalue("postgres"))
    engine = writing_engine(url)
    yield engine
    engine.dispose()


def test_whoever_comes_after_the_last_try_sets_nothing_aside_again(engine: Engine) -> None:
    with engine.begin() as connection:
        inbox.put(connection, [inbox.Heard("telegram", "1", "5", "{}")], ["5"], NOW)
    with engine.connect() as connection, connection.begin() as given_up:
        (entry,) = inbox.take(connection, 10, NOW)
        given_up.rollback()
    became = []
    for _ in range(4):
        with engine.begin() as connection:
            became.append(inbox.failed(connection, entry.id, "ValueError", NOW, keep_text=True))
    assert became == ["again", "again", "aside", "settled"]
