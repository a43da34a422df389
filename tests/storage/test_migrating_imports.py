"""What an import of history keeps gets its tables; the way back takes those alone, and every figure stays."""

from datetime import UTC, date, datetime

from sqlalchemy import text

from storage.database.engines import writing_engine
from storage.database.migrate import migrate
from storage.figures import history_imports
from storage.figures.figure_rows import KeptFigure
from tests.migrated import begin_at
from tests.storage.migrating import step_back

NOW = datetime(2021, 11, 10, 9, tzinfo=UTC)
DAY = date(2021, 11, 9)
BEFORE, AFTER = "0030", "0032"
UNIT = "insert into unit (code, name, kind, aliases) values ('1', 'Thọ Dân', 'xã', '')"
FIGURE = (
    "insert into figure (form, indicator, unit_id, period, amount, as_of, revision, source)"
    " values ('daily', 'ill', 1, '2021-11-09', 3000000, '2021-11-09 09:00:00', 1, 'import')"
)


def test_forward_and_back_keeps_every_figure(url: str) -> None:
    begin_at(url, BEFORE)
    engine = writing_engine(url)
    with engine.begin() as connection:
        connection.execute(text(UNIT))
        connection.execute(text(FIGURE))
    migrate(url, to=AFTER)
    stood = [KeptFigure("ill", 2_000_000, None, NOW, 1, "import")]
    with engine.begin() as connection:
        history_imports.begin(connection, NOW)
        history_imports.keep(connection, "daily", {(1, DAY): stood})
        assert history_imports.began_at(connection) == NOW
        assert history_imports.stood(connection, "daily", DAY) == {1: stood}
    with engine.begin() as connection:
        step_back(connection, BEFORE)
        assert connection.execute(text("select amount from figure")).scalars().all() == [3_000_000]
    migrate(url, to=AFTER)
    with engine.begin() as connection:
        assert history_imports.began_at(connection) is None
        assert history_imports.periods(connection) == []
    engine.dispose()
