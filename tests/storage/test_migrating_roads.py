"""What was begun and sent before roads were kept says nothing of its road, forward and back."""

from sqlalchemy import text

from storage.database.engines import writing_engine
from storage.database.migrate import migrate
from tests.migrated import begin_at
from tests.storage.migrating import step_back

BEFORE, AFTER = "0039", "0040"
UNIT = "insert into unit (id, code, name, kind, aliases) values (1, '1', 'Một', 'xã', '')"
DRAFT = """insert into draft (form, version, unit_id, period, answers, state, at, turn, correcting)
values ('covid', '1', 1, '2021-11-10', '{"ill": {"value": 3}}', 'asking', 'beds', 1, '')"""
REPORT = """insert into report (number, form, version, unit_id, period, revision, answers, sent_at, first_sent_at, provisional)
values ('C-1', 'covid', '1', 1, '2021-11-10', 1, '{"ill": {"value": 3}}', '2021-11-10 10:00', '2021-11-10 10:00', false)"""
SENT = REPORT.replace("'C-1'", "'C-2'").replace("1, '{", "2, '{").replace("provisional)", "provisional, road)")
SENT = SENT.replace("false)", "false, 'zalo')")


def test_forward_and_back_what_is_from_before_says_nothing(url: str) -> None:
    begin_at(url, BEFORE)
    engine = writing_engine(url)
    with engine.begin() as connection:
        for each in (UNIT, DRAFT, REPORT):
            connection.execute(text(each))
    migrate(url, to=AFTER)
    with engine.begin() as connection:
        for both in ("select road from draft", "select road from report"):
            assert connection.execute(text(both)).scalars().all() == [""]
        connection.execute(text(SENT))
    with engine.begin() as connection:
        step_back(connection, BEFORE)
        assert connection.execute(text("select number from report order by number")).scalars().all() == ["C-1", "C-2"]
    migrate(url, to=AFTER)
    with engine.begin() as connection:
        assert connection.execute(text("select road from report")).scalars().all() == ["", ""]
    engine.dispose()
