"""The tables of usual ranges and validation rules come and go, and nothing of before is lost with them."""

from datetime import UTC, date, datetime

from alembic import command
from alembic.config import Config
from sqlalchemy import inspect, text

from storage.database.engines import writing_engine
from storage.database.migrate import migrate
from storage.database.version import MIGRATIONS
from storage.figures import contradictions
from storage.reports import usual_ranges
from storage.reports.usual_ranges import SetRange
from tests.migrated import begin_at

NOW = datetime(2021, 11, 10, 9, tzinfo=UTC)
NEW = {"usual_range", "set_range", "validation_rule", "rule_run", "contradiction"}


def test_they_are_made_filled_taken_away_and_made_again(url: str) -> None:
    begin_at(url, "0025")
    engine = writing_engine(url)
    with engine.begin() as connection:
        connection.execute(text("insert into unit (code, name, kind, aliases) values ('1', 'Thọ Dân', 'xã', '')"))
    migrate(url, to="0026")
    with engine.begin() as connection:
        usual_ranges.set_one(connection, SetRange("day", 1, "ill", None, 60, None, "chùm ca", None, NOW))
        contradictions.put_rule(connection, "r", 2, {"key": "r"}, NOW, None)
        assert contradictions.find(connection, "r", date(2021, 11, 9), {1: (4, 3)}, NOW, None).keys() == {1}
        assert contradictions.find(connection, "r", date(2021, 11, 9), {1: (5, 3)}, NOW, NOW) == {}
        assert [(each.left, each.right) for each in contradictions.open_now(connection)] == [(5, 3)]
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.downgrade(config, "0025")
    with engine.begin() as connection:
        assert NEW.isdisjoint(inspect(connection).get_table_names())
        assert connection.execute(text("select name from unit")).scalars().all() == ["Thọ Dân"]
    migrate(url, to="0026")
    with engine.begin() as connection:
        assert contradictions.rules(connection) == []
    engine.dispose()
