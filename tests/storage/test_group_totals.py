"""What districts have together, kept day by day, is what their communes' figures come to, whatever has happened to these."""

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, select

from reporting.forms import Form
from reporting.unit_list import read_units
from storage.database.engines import writing_engine
from storage.database.tables import metadata
from storage.figures import figures, group_totals
from storage.organisation import units
from storage.reports import forms
from tests.databases import fresh_of_kind
from tests.migrated import begin_at

FIRST = date(2021, 11, 1)
DAYS = [FIRST + timedelta(days=count) for count in range(5)]
UNITS = """code,name,kind,parent,aliases,since,until
1,Cả,tỉnh,,,,
11,Đông,huyện,1,,,
12,Tây,huyện,1,,,
111,A,xã,11,,,
112,B,thị trấn,11,,,{end}
121,C,xã,{parent},,,
122,D,xã,12,,,
"""
FORM = """| settings | form_id | version | due |
|---|---|---|---|
| | ledger | 1 | 16:30 |

| survey | type | name | label | kind |
|---|---|---|---|---|
| | integer | ill | Ill | flow |
| | decimal | rain | Rain | flow |
| | select_one level | level | Level | state |

| choices | list_name | name | label |
|---|---|---|---|
| | level | 1 | Green |
| | level | 2 | Red |
"""
group_total = metadata.tables["group_total"]


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    url = fresh_of_kind(request, tmp_path / "totals.db", begin_at)
    engine = writing_engine(url)
    with engine.begin() as connection:
        units.put(connection, read_units(UNITS.format(end="", parent="12")))
        forms.publish(connection, FORM.encode(), "ledger.md", FIRST, datetime(2021, 11, 1, tzinfo=UTC))
    yield engine
    engine.dispose()


def form_of(connection: Connection) -> Form:
    (form,) = forms.in_force(connection, FIRST)
    return form


def put(connection: Connection, code: str, day: date, revision: int, **values: Any) -> None:
    unit = units.tree(connection).find(code, FIRST)
    assert unit is not None
    at = datetime(2021, 11, 9, 8, revision, tzinfo=UTC)
    figures.put(connection, form_of(connection), unit.id, day, values, as_of=at, revision=revision, source="report")


def kept(connection: Connection) -> list[tuple[Any, ...]]:
    return sorted(tuple(row) for row in connection.execute(select(group_total)))


def added_up_anew(connection: Connection) -> list[tuple[Any, ...]]:
    group_totals.rebuild(connection)
    return kept(connection)


@pytest.mark.parametrize("seed", range(5))
def test_they_follow_every_report_correction_and_change_of_the_list(engine: Engine, seed: int) -> None:
    chance = random.Random(seed)
    for revision in range(1, 30):
        with engine.begin() as connection:
            if chance.random() < 0.15:
                lines = UNITS.format(end=chance.choice(("", "2021-11-03")), parent=chance.choice(("11", "12")))
                units.put(connection, read_units(lines))
            else:
                values = {"ill": chance.randrange(-3, 9), "rain": chance.randrange(9), "level": chance.choice("12")}
                some = {name: value for name, value in values.items() if chance.random() < 0.8}
                put(connection, chance.choice(("111", "112", "121", "122")), chance.choice(DAYS), revision, **some)
            assert kept(connection) == added_up_anew(connection)
    with engine.begin() as connection:
        assert len(kept(connection)) > 10


def test_a_town_that_has_ended_counts_on_the_days_when_it_was_there(engine: Engine) -> None:
    with engine.begin() as connection:
        for day in DAYS[:3]:
            put(connection, "112", day, 1, ill=5)
        units.put(connection, read_units(UNITS.format(end="2021-11-03", parent="12")))
        assert [row[2] for row in kept(connection)] == DAYS[:2]


def test_numbers_too_large_to_be_added_up_in_64_bits_are_added_up_all_the_same(engine: Engine) -> None:
    with engine.begin() as connection:
        for code in ("111", "112"):
            put(connection, code, FIRST, 1, ill=9_000_000_000_000)
        columns = (group_total.c.whole, group_total.c.millionths, group_total.c.units)
        found = connection.execute(select(*columns).order_by(group_total.c.kind)).all()
        assert [tuple(row) for row in found] == [(9_000_000_000_000, 0, 1)] * 2
        put(connection, "121", FIRST, 1, ill=9_000_000_000_000)
        put(connection, "122", FIRST, 1, ill=9_000_000_000_000)
        assert (18_000_000_000_000, 0, 2) in [tuple(row) for row in connection.execute(select(*columns))]


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_two_reports_of_one_district_at_once_are_both_in_it(engine: Engine) -> None:
    """SQLite has one writer."""
    other, both = writing_engine(engine.url.render_as_string(hide_password=False)), Barrier(2)

    def report(of: Engine, code: str) -> None:
        for revision, day in enumerate(DAYS * 4, start=1):
            both.wait(30)
            with of.begin() as connection:
                put(connection, code, day, revision, ill=revision)

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(report, engine, "121"), pool.submit(report, other, "122")]:
            done.result()
    other.dispose()
    with engine.begin() as connection:
        before = kept(connection)
        assert {row[8] for row in before} == {2}, "every day has the figures of both"
        assert before == added_up_anew(connection)
