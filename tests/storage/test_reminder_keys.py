"""Rules that were kept as words are kept by columns: whatever an earlier release wrote, nothing is lost and nothing is said twice."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, select, text

from reporting.reminder_key import KEPT, ReminderKey, kept_key
from reporting.rounds.reminder_record import ReminderRecord, times_told
from storage.database.engines import writing_engine
from storage.database.migrate import differences, migrate
from storage.database.tables import metadata
from storage.database.version import newest_revision
from storage.schedule import reminder_evidence, reminder_log
from tests.postgres import fresh_database
from tests.rules.test_reminder_keys import SPELLED
from tests.storage.kept import Release

said = metadata.tables["said"]
BEFORE = Release("0012")
DAY, NOW = date(2021, 11, 3), datetime(2021, 11, 3, 12, tzinfo=UTC)
UNKNOWN = {
    "+90m nurse": "reminder",
    "+1h chair": "reminder",
    "-0m reporter": "reminder",
    "snooze later": "snooze",
    "digest noon": "other",
    "correction 02": "other",
    "unsaid 12 219910170009": "other",
    "unsaid None 211110170009": "other",
    "lunch": "other",
    "lunch 1": "other",
    "": "other",
}
"""What no release of ours has written, and what it counts as: as a reminder if it began like one, as always."""
INSERT = """insert into said (rule, form, unit_id, period, person_id, said_at, moot)
select :rule, 'daily', unit_id, :day, person_id, :at, :moot from said where rule = 'approval 1' and period <> :day"""


@pytest.fixture(params=["sqlite", "postgresql"])
def connection(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Connection]:
    """A kept database with rows of every kind of rule besides its own, brought up to date."""
    if request.param == "postgresql":
        url = BEFORE.load_postgresql(fresh_database(request.getfixturevalue("postgres")))
    else:
        url = BEFORE.load_sqlite(tmp_path / "kept.db")
    engine = writing_engine(url)
    with engine.begin() as old:
        rows = [{"rule": rule, "day": DAY, "at": NOW, "moot": False} for rule in (*SPELLED, *UNKNOWN)]
        old.execute(text(INSERT), rows)
        before = _rows(old)
    assert migrate(url) == (BEFORE.head, newest_revision())
    with engine.begin() as migrated:
        assert differences(migrated) == []
        assert _rows(migrated) == before
        yield migrated
    engine.dispose()


def _rows(connection: Connection) -> list[tuple[object, ...]]:
    """All of the rows, but for what their rules are kept by."""
    every = "select id, rule, form, unit_id, period, person_id, outbox_id, said_at, moot from said order by id"
    return [tuple(row) for row in connection.execute(text(every))]


def _kept(connection: Connection) -> Mapping[str, ReminderKey]:
    """By how its rule is spelled: the key of each row of the day."""
    rows = connection.execute(select(said.c.rule, *(said.c[name] for name in KEPT)).where(said.c.period == DAY))
    return {rule: kept_key(*columns) for rule, *columns in rows}


def _seat(connection: Connection) -> tuple[int, int]:
    """The unit and the person of the rows."""
    row = connection.execute(text("select unit_id, person_id from said where period = :day"), {"day": DAY}).first()
    assert row is not None
    return row.unit_id, row.person_id


def test_every_rule_that_was_ever_written_is_known_by_its_columns(connection: Connection) -> None:
    kept = _kept(connection)
    assert {rule: kept[rule] for rule in SPELLED} == SPELLED
    assert {rule: kept[rule].kind.value for rule in UNKNOWN} == UNKNOWN
    own = connection.execute(text("select rule, kind from said where period <> :day"), {"day": DAY})
    assert {kind for _, kind in own} >= {"reminder", "nudge", "digest", "group_digest", "snooze", "correction"}


def test_what_was_said_before_is_not_said_again_after(connection: Connection) -> None:
    unit_id, person_id = _seat(connection)
    again = [ReminderRecord(key, "daily", unit_id, DAY, person_id, NOW) for key in SPELLED.values()]
    assert reminder_log.record(connection, again) == []
    new = ReminderRecord(SPELLED["+60m chair"]._replace(offset=61), "daily", unit_id, DAY, person_id, NOW)
    assert [reminder_log.record(connection, [each]) for each in (new, new)] == [[new], []]


def test_what_counted_as_a_reminder_still_counts_and_nothing_else_does(connection: Connection) -> None:
    _, person_id = _seat(connection)
    told = reminder_log.told(connection, [("daily", DAY)])
    begins = [rule for rule in (*SPELLED, *UNKNOWN) if rule.startswith(("+", "-", "snooze "))]
    assert Counter(each.rule for each in told) == Counter(_kept(connection)[rule] for rule in begins)
    assert times_told([each._replace(message=n) for n, each in enumerate(told)]) == len(begins)
    words = reminder_evidence.words_about(connection, "daily", DAY)
    (one,) = {each.person_id for each in words}
    assert one == person_id
    assert sum(len(each.rules) for each in words) == len(begins) + 1  # and the nudge
