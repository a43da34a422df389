"""Targets get their table beside what there is; the way back takes that table alone, and forward again it is empty."""

from datetime import UTC, date, datetime

from sqlalchemy import text

from reporting.figures.indicator_targets import IndicatorTarget
from storage.database.engines import writing_engine
from storage.database.migrate import migrate
from storage.figures.indicator_targets import give, held_targets
from tests.migrated import begin_at
from tests.storage.migrating import step_back

NOW = datetime(2021, 11, 10, 9, tzinfo=UTC)
BEFORE, AFTER = "0026", "0027"
UNIT = "insert into unit (code, name, kind, aliases) values ('1', 'Thọ Dân', 'xã', '')"
TARGET = IndicatorTarget("daily", "ill", 1, "at most", 10, "weekly", date(2021, 11, 1), least_change=3)


def test_forward_and_back_keeps_every_other_row(url: str) -> None:
    begin_at(url, BEFORE)
    engine = writing_engine(url)
    with engine.begin() as connection:
        connection.execute(text(UNIT))
    migrate(url, to=AFTER)
    with engine.begin() as connection:
        give(connection, TARGET, None, NOW, [])
        (held,) = held_targets(connection)
        assert (held.value, held.least_change, held.since, held.until) == (10, 3, date(2021, 11, 1), None)
    with engine.begin() as connection:
        step_back(connection, BEFORE)
        assert connection.execute(text("select name from unit")).scalars().all() == ["Thọ Dân"]
    migrate(url, to=AFTER)
    with engine.begin() as connection:
        assert held_targets(connection) == []
    engine.dispose()
