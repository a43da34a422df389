"""The migrated database is the one that the tables in the code describe."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from reporting.errors import Refused
from reporting.unit_list import read_units
from storage.database.engines import reading_engine, writing_engine
from storage.database.migrate import FilledAt, differences, migrate
from storage.database.version import is_empty_database, newest_revision, revision
from storage.figures import figures
from storage.organisation import units
from tests.databases import fresh_of_kind
from tests.migrated import begin_at


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return fresh_of_kind(request, tmp_path / "new" / "giaoban.db")


def test_migrations_make_just_the_tables_of_the_code(database_url: str) -> None:
    engine = writing_engine(database_url)
    assert is_empty_database(engine)
    assert migrate(database_url) == (None, newest_revision())
    with engine.begin() as connection:
        assert revision(connection) == newest_revision()
        assert differences(connection) == []
    engine.dispose()


@pytest.mark.parametrize("stands", ["0030", "head"])
def test_what_somebody_else_has_made_since_it_was_seen_to_be_empty_is_not_filled(
    database_url: str, stands: str
) -> None:
    migrate(database_url, to=stands)
    filled = list[Connection]()
    with pytest.raises(Refused, match="restore_not_empty"):
        migrate(database_url, filling=FilledAt("0035", filled.append))
    assert filled == []
    assert migrate(database_url)[0] == (newest_revision() if stands == "head" else stands)


def test_sqlite_keeps_what_is_committed_and_its_readers_see_one_moment(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'giaoban.db'}"
    migrate(url)
    writing, reading = writing_engine(url), reading_engine(url)
    with writing.begin() as connection:
        pragmas = ("journal_mode", "synchronous", "foreign_keys")
        told = [connection.exec_driver_sql(f"PRAGMA {each}").scalar_one() for each in pragmas]
        assert told == ["wal", 2, 1]
    count = "select count(*) from person"
    with reading.begin() as reader:
        assert reader.exec_driver_sql(count).scalar_one() == 0
        with writing.begin() as writer:
            writer.exec_driver_sql("insert into person (name, language, created_at) values ('A', 'vi', '2021-11-10')")
        assert reader.exec_driver_sql(count).scalar_one() == 0
    with reading.begin() as reader:
        assert reader.exec_driver_sql(count).scalar_one() == 1
    writing.dispose()
    reading.dispose()


FORM = """| settings | form_id | version | due | approval | default_language |
|---|---|---|---|---|---|
| | watch | 1 | 16:30 | chair | vi |

| survey | type | name | label | kind | visibility | calculation |
|---|---|---|---|---|---|---|
| | integer | ill | Ill | flow | public | |
| | calculate | ever | Ever ill | total | public | coalesce(${last-saved#ever}, 0) + ${ill} |
"""
PUBLISHED = """insert into form (key, version, file_name, source, from_on, published_at)
values ('watch', '1', 'watch.md', :source, :on, :at)"""
REPORTED = """
insert into report (number, form, version, unit_id, period, revision, answers, sent_at, first_sent_at, reason, provisional)
values (:number, 'watch', '1', :unit, :day, :revision, :answers, :at, :at, '', :waits)"""
OLD = """insert into figure (form, indicator, unit_id, period, amount, as_of, revision, provisional, source)
values ('watch', :name, :unit, :day, :amount, :at, :revision, :waits, 'report')"""


def test_what_waiting_figures_had_overwritten_stands_again(database_url: str) -> None:
    """Of A the second day's correction (2 → 7) waits, and had gone into the total of the third; of B the first report does."""
    first, at = date(2021, 11, 1), datetime(2021, 11, 4, 9, tzinfo=UTC)
    days = [first + timedelta(days=count) for count in range(3)]
    begin_at(database_url, "0010")
    engine = writing_engine(database_url)
    with engine.begin() as connection:
        units.put(connection, read_units("code,name,kind,parent,aliases,since,until\n1,A,xã,,,,\n2,B,xã,,,,\n"))
        file: dict[str, object] = {"source": FORM.encode(), "on": first.isoformat(), "at": at.isoformat()}
        connection.execute(text(PUBLISHED), file)  # as the table was then
        for unit, day, revision, ill, waits in (
            (1, days[0], 1, 1, False),
            (1, days[1], 1, 2, False),
            (1, days[1], 2, 7, True),
            (1, days[2], 1, 4, False),
            (2, days[0], 1, 5, True),
        ):
            number, answers = f"W-{unit}-{day:%d}-{revision}", json.dumps({"ill": {"value": ill}})
            sent = {"number": number, "unit": unit, "day": day.isoformat(), "revision": revision, "answers": answers}
            connection.execute(text(REPORTED), {**sent, "at": at.isoformat(), "waits": waits})
        for unit, day, revision, ill, ever, waits in (
            (1, days[0], 1, 1, 1, False),
            (1, days[1], 2, 7, 8, True),
            (1, days[2], 2, 4, 12, False),
            (2, days[0], 1, 5, 5, True),
        ):
            for name, value in (("ill", ill), ("ever", ever)):
                row = {"name": name, "unit": unit, "day": day.isoformat(), "amount": value * 1_000_000, "waits": waits}
                connection.execute(text(OLD), {**row, "at": at.isoformat(), "revision": revision})
    assert migrate(database_url) == ("0010", newest_revision())
    with engine.begin() as connection:
        assert differences(connection) == []
        told = {
            accepted: [
                {name: each.value for name, each in read.items()}
                for unit, day in ((1, days[0]), (1, days[1]), (1, days[2]), (2, days[0]))
                for read in [figures.of_period(connection, "watch", unit, day, accepted=accepted)]
            ]
            for accepted in (True, False)
        }
    engine.dispose()
    assert told[True] == [{"ill": 1, "ever": 1}, {"ill": 2, "ever": 3}, {"ill": 4, "ever": 7}, {}]
    assert told[False] == [{"ill": 1, "ever": 1}, {"ill": 7, "ever": 8}, {"ill": 4, "ever": 12}, {"ill": 5, "ever": 5}]
