"""Invitations of before say who made them and for how many, people when they were last heard; and the way back loses no row."""

from datetime import UTC, datetime, timedelta

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, text

from storage.database.engines import writing_engine
from storage.database.migrate import migrate
from storage.database.version import MIGRATIONS, revision
from storage.organisation import invitations, roster
from tests.migrated import begin_at

NOW = datetime(2021, 11, 10, 9, tzinfo=UTC)
BEFORE, AFTER = "0015", "0020"
OLD = (
    "insert into unit (code, name, kind, aliases) values ('1', 'Thọ Dân', 'xã', '')",
    "insert into person (name, language, created_at) values ('An', 'vi', :now), ('Nam', 'vi', :now)",
    "insert into address (channel, address, person_id, menu) values ('telegram', '7', 1, ''), ('telegram', '8', 2, '')",
    "insert into duty (person_id, unit_id, role, since) values (1, 1, 'admin', '2021-11-01'), (2, 1, 'reporter', '2021-11-01')",
    """insert into invitation (code_hash, role, unit_id, expires_at, uses_left, created_at)
    values ('a', 'deputy', 1, :later, 2, :now), ('b', 'deputy', 1, :later, 0, :later)""",
    "insert into audit (at, who, what, form, unit_id, detail) values (:now, 1, 'invite', '', 1, :detail)",
)


def back(engine: Engine) -> None:
    """To the revision before, as `alembic downgrade` would."""
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.downgrade(config, BEFORE)


def test_what_was_known_of_invitations_and_people_is_kept_on_the_way_there_and_back(url: str) -> None:
    begin_at(url, BEFORE)
    engine = writing_engine(url)
    values = {"now": NOW, "later": NOW + timedelta(days=7), "detail": '{"role": "deputy", "uses": 5}'}
    if engine.dialect.name == "sqlite":
        values |= {name: str(values[name]) for name in ("now", "later")}
    with engine.begin() as connection:
        for statement in OLD:
            used = {name: value for name, value in values.items() if f":{name}" in statement}
            connection.execute(text(statement), used)
    migrate(url, to=AFTER)
    with engine.begin() as connection:
        first, second = invitations.made(connection)
        lines = roster.roster(connection, NOW.date())
    assert (first.uses, first.used, first.made_by) == (5, 3, 1)
    assert (second.uses, second.used, second.made_by) == (1, 1, None)
    assert [(line.name, line.heard_at) for line in lines] == [("An", NOW), ("Nam", None)]
    back(engine)
    with engine.begin() as connection:
        assert revision(connection) == BEFORE
        for table in ("person", "address", "invitation"):
            assert len(connection.execute(text(f"select id from {table}")).all()) == 2  # noqa: S608  # names of ours
    engine.dispose()
