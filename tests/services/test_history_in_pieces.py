"""History in pieces comes to what it came to row by row; and whoever is stopped or killed in the middle leaves nothing half done."""

import signal
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Connection

from reporting.errors import Refused
from services.import_history import Telling
from services.take_back_history import take_back_left
from storage.database.process_locks import alone
from tests.cluster import Cluster
from tests.endurance import SEED, times
from tests.postgres import fresh_database
from tests.services.history import (
    DAYS,
    FIRST,
    LATER,
    bring,
    days_without,
    furnish,
    furnish_with_approval,
    history,
    killed_at,
    opened,
    report,
    row_by_row,
    tables,
)
from tests.services.office import NOW, ZONE
from tests.sqlite import fresh_sqlite

NewDatabase = Callable[[], str]


@pytest.fixture(params=["sqlite", "postgresql"])
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> NewDatabase:
    """Makes databases with three communes."""
    if request.param == "postgresql":
        return partial(fresh_database, request.getfixturevalue("postgres"), furnish)
    numbers = iter(range(1000))
    return lambda: fresh_sqlite(tmp_path / f"{next(numbers)}.db", furnish)


def furnished_at_random(url: str, random: Random, *, waits: bool) -> None:
    """Some history is there, and some has been reported."""
    with opened(url) as engine, engine.begin() as connection:
        if random.random() < 0.7:
            row_by_row(connection, history(random, 0.3), NOW)
        for _ in range(random.randrange(8)):
            day, code = FIRST + timedelta(days=random.randrange(DAYS + 6)), random.choice(("11", "12"))
            report(connection, random, code, day, waits=waits and random.random() < 0.5)


@pytest.mark.endure
@pytest.mark.parametrize("number", range(times(4, 300)))
def test_what_is_taken_in_by_pieces_is_what_was_taken_in_row_by_row(number: int, tmp_path: Path) -> None:
    random, waits = Random(SEED * 1000 + number), number % 3 == 2
    first, second = (
        fresh_sqlite(tmp_path / name, furnish_with_approval if waits else furnish) for name in ("first.db", "second.db")
    )
    furnished_at_random(first, random, waits=waits)
    (tmp_path / "first.db").replace(tmp_path / "moved.db")
    for name in ("first.db", "second.db"):
        (tmp_path / name).write_bytes((tmp_path / "moved.db").read_bytes())
    with opened(first) as plain, opened(second) as ours:
        with plain.begin() as connection:
            text = days_without(history(random, random.choice((0.1, 0.5, 1.0))), connection)
        before = tables(ours)
        with plain.begin() as connection:
            changed = row_by_row(connection, text, LATER)
        done = bring(second, text)
        told = f"ENDURE_SEED={SEED}, number {number}"
        assert tables(ours, but=["revision"]) == tables(plain, but=["revision"]), told
        assert (done.lines, done.unit_days) == (text.count("\n") - 1, changed), told
        after = tables(ours)
        assert (after == before) == (changed == 0), told
        assert bring(second, text).unit_days == 0, told
        assert tables(ours) == after, told


WHOLE = history(Random(1), 1.0)
STARTED = history(Random(2), 0.3)
KILLED_AT = [
    ("services.import_history:take_in_units", 1),
    ("services.import_history:take_in_units", 3),
    ("services.import_history:take_in_units", 6),
    ("storage.figures.figure_rows:replace", 4),
    ("storage.figures.group_totals:add_up_day", 2),
    ("storage.figures.history_imports:over", 1),
]


def begun(new_database: NewDatabase) -> str:
    """A database with a part of the history, and a report after it."""
    url = new_database()
    bring(url, STARTED)
    with opened(url) as engine, engine.begin() as connection:
        report(connection, Random(3), "11", FIRST + timedelta(days=DAYS), waits=False)
    return url


@pytest.fixture
def unit_by_unit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each piece is of one unit."""
    monkeypatch.setattr("storage.database.short_transactions.FIRST_SIZE", 1.0)
    monkeypatch.setattr("storage.database.short_transactions.SECONDS", 0.0)
    monkeypatch.setattr("storage.database.short_transactions.PAUSE", 0.0)


def test_postgresql_knows_how_much_there_is_before_the_import_is_over(postgres: Cluster) -> None:
    """Else each piece reads all that came before: it looks by itself only after a minute."""
    url = fresh_database(postgres, furnish)
    bring(url, WHOLE)
    with opened(url) as engine, engine.begin() as connection:
        known = connection.exec_driver_sql("select reltuples from pg_class where relname = 'figure'").scalar_one()
        assert known > 0


@pytest.mark.usefixtures("unit_by_unit")
def test_of_an_import_that_is_killed_nothing_is_left_once_anybody_looks(new_database: NewDatabase) -> None:
    url = begun(new_database)
    with opened(url) as engine:
        before = tables(engine)
        engine.dispose()
        for place, time in KILLED_AT:
            assert killed_at(place, time, lambda: bring(url, WHOLE)) == signal.SIGKILL
            assert tables(engine)["history_import"]
            engine.dispose()
            assert killed_at("storage.figures.group_totals:add_up_day", 2, lambda: _takes_back(url)) in (0, 9)
            _takes_back(url)
            assert tables(engine) == before, (place, time)
            engine.dispose()
        assert not _takes_back(url)


@pytest.mark.usefixtures("unit_by_unit")
def test_what_is_still_kept_of_an_import_that_is_over_is_not_what_stood_before_the_next(
    new_database: NewDatabase,
) -> None:
    url = begun(new_database)
    assert killed_at("storage.figures.history_imports:forget_period", 2, lambda: bring(url, WHOLE)) == signal.SIGKILL
    with opened(url) as engine:
        stands = tables(engine)
        assert stands["history_before"]
        assert not stands["history_import"], "it has come to its end"

        def interrupted(*_: object) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            bring(url, history(Random(5), 1.0), Telling(taking_in=interrupted))
        assert tables(engine) == stands | {"history_before": []}


def _takes_back(url: str) -> bool:
    with opened(url) as engine:
        return take_back_left(engine, LATER, ZONE)


@pytest.mark.usefixtures("unit_by_unit")
def test_who_stops_it_by_hand_finds_all_as_it_was_and_can_begin_anew(new_database: NewDatabase) -> None:
    url = begun(new_database)

    def interrupted(done: int, _: int) -> None:
        if done > 20:
            raise KeyboardInterrupt

    with opened(url) as engine:
        before = tables(engine)
        with pytest.raises(KeyboardInterrupt):
            bring(url, WHOLE, Telling(taking_in=interrupted))
        assert tables(engine) == before
        assert bring(url, WHOLE).unit_days > 0
        assert tables(engine)["history_before"] == []


@pytest.mark.usefixtures("unit_by_unit")
def test_what_is_reported_meanwhile_stays_when_the_import_is_taken_back(new_database: NewDatabase) -> None:
    url, only = begun(new_database), begun(new_database)
    on = FIRST + timedelta(days=3)

    def reporting(connection: Connection) -> None:
        report(connection, Random(4), "13", on, waits=False, at=LATER + timedelta(minutes=1))

    def meanwhile(done: int, _: int) -> None:
        if done > 20:
            with opened(url) as engine, engine.begin() as connection:
                reporting(connection)
            raise KeyboardInterrupt

    with suppress(KeyboardInterrupt):
        bring(url, WHOLE, Telling(taking_in=meanwhile))
    with opened(only) as engine, engine.begin() as connection:
        reporting(connection)
    with opened(url) as ours, opened(only) as plain:
        assert tables(ours, but=["revision", "as_of"]) == tables(plain, but=["revision", "as_of"])


def test_where_another_is_importing_nobody_else_does(new_database: NewDatabase) -> None:
    url = begun(new_database)
    with opened(url) as engine, alone(engine), pytest.raises(Refused, match="import_at_work"):
        bring(url, WHOLE)
