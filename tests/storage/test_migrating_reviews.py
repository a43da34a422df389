"""Approvals of before are steps of their reports' reviews; and the way back loses no other row."""

from datetime import UTC, date, datetime

from sqlalchemy import text

from reporting.reviews import Review
from storage.database.engines import writing_engine
from storage.database.migrate import migrate
from storage.reports import reviews
from tests.migrated import begin_at
from tests.storage.migrating import step_back

NOW = datetime(2021, 11, 10, 9, tzinfo=UTC)
BEFORE, AFTER = "0023", "0024"
OLD = (
    "insert into unit (code, name, kind, aliases) values ('1', 'Thọ Dân', 'xã', '')",
    "insert into person (name, language, created_at) values ('Ba', 'vi', :now)",
    """insert into audit (at, who, what, form, unit_id, period, detail, road)
    values (:now, 1, 'approved', 'beds', 1, '2021-11-09', :detail, 'chat')""",
)


def test_an_approval_in_the_audit_is_a_step_there_and_the_line_stays_on_the_way_back(url: str) -> None:
    begin_at(url, BEFORE)
    engine = writing_engine(url)
    now = str(NOW) if engine.dialect.name == "sqlite" else NOW
    with engine.begin() as connection:
        for statement in OLD:
            values = {"now": now, "detail": '{"number": "B-1-091121-2", "revision": 2}'}
            connection.execute(
                text(statement), {name: each for name, each in values.items() if f":{name}" in statement}
            )
    migrate(url, to=AFTER)
    with engine.begin() as connection:
        (found,) = reviews.of_one(connection, "beds", 1, date(2021, 11, 9))
    assert found == Review(1, "beds", 1, date(2021, 11, 9), 2, "approved", "", (), "", 1, NOW)
    with engine.begin() as connection:
        step_back(connection, BEFORE)
        assert connection.execute(text("select what from audit")).scalars().all() == ["approved"]
    engine.dispose()
