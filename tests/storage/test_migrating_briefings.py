"""Questions of before keep their ends where pages come in, and on the way back; only the pages are gone then."""

from datetime import UTC, datetime

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

from storage.database.engines import writing_engine
from storage.database.migrate import migrate
from storage.database.version import MIGRATIONS
from storage.reports import data_queries
from tests.migrated import begin_at

NOW, EARLIER = datetime(2021, 11, 10, 9, tzinfo=UTC), datetime(2021, 11, 9, 9, tzinfo=UTC)
AFTER = "0029"
OLD = (
    "insert into unit (code, name, kind, aliases) values ('1', 'Thọ Dân', 'xã', '')",
    """insert into asked_back (form, unit_id, period, indicator, value, revision, note, asked_at, due_at, state, answer, ended_at)
    values ('f', 1, '2021-11-09', 'x', '3', 1, '', :now, :now, 'unanswered', '', :now)""",
)


def to(engine: Engine, revision: str) -> None:
    """As `alembic downgrade` would."""
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.downgrade(config, revision)


def before() -> str:
    """The revision that pages came after."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    found = ScriptDirectory.from_config(config).get_revision(AFTER).down_revision
    assert isinstance(found, str)
    return found


def test_a_question_that_nobody_answered_is_found_after_it_and_kept_before_it(url: str) -> None:
    begin_at(url, before())
    engine = writing_engine(url)
    now = str(NOW) if engine.dialect.name == "sqlite" else NOW
    with engine.begin() as connection:
        for statement in OLD:
            connection.execute(text(statement), {"now": now} if ":now" in statement else {})
    migrate(url, to=AFTER)
    with engine.begin() as connection:
        assert [each.value for each in data_queries.unanswered(connection, EARLIER)] == ["3"]
        connection.execute(
            text("insert into person (name, language, created_at) values ('Hoa', 'vi', :now)"), {"now": now}
        )
        connection.execute(
            text("insert into briefing (unit_id, person_id, content, as_of) values (1, 1, '{}', :now)"), {"now": now}
        )
    to(engine, before())
    with engine.begin() as connection:
        assert connection.execute(text("select state from asked_back")).scalar_one() == "unanswered"
    migrate(url, to=AFTER)
    with engine.begin() as connection:
        assert connection.execute(text("select count(*) from briefing")).scalar_one() == 0
    engine.dispose()
