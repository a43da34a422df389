"""What units bring into totals of what is carried forward, as the database has it; on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, Engine, event

from reporting.answers import Answer
from reporting.figures.carried import Last
from reporting.forms import Form
from reporting.people import Address
from reporting.reports import Report
from reporting.unit_list import read_units
from services.submit_report import accept
from storage.database.engines import writing_engine
from storage.figures import carried, figures
from storage.organisation import people, units
from storage.reports import forms
from tests.databases import fresh_of_kind
from tests.migrated import begin_at

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
FIRST = date(2021, 11, 1)
DAYS = [FIRST + timedelta(days=count) for count in range(5)]
UNITS = """code,name,kind,parent,aliases,since,until
1,Huyện,huyện,,,,
11,A,xã,1,,,
12,B,xã,1,,,
13,C,xã,1,,,
"""
FORM = """| settings | form_id | version | due | approval | default_language |
|---|---|---|---|---|---|
| | watch | {version} | 16:30 | chair | vi |

| survey | type | name | label | kind | visibility | calculation | default |
|---|---|---|---|---|---|---|---|
| | integer | ill | Ill | flow | public | | |
| | integer | beds | Beds | stock | public | | ${{last-saved#beds}} |
| | calculate | ever | Ever ill | total | public | coalesce(${{last-saved#ever}}, 0) + ${{ill}} | |
{more}"""
LATER = "| | integer | doses | Doses | total | public | | |\n"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    path: Path = tmp_path_factory.mktemp("carried")
    url = fresh_of_kind(request, path / "carried.db")
    begin_at(url)
    engine = writing_engine(url)
    with engine.begin() as connection:
        units.put(connection, read_units(UNITS))
        forms.publish(connection, FORM.format(version=1, more="").encode(), "watch.md", FIRST, datetime.now(UTC))
    yield engine
    engine.dispose()


@dataclass
class Ward:
    """The units' reports on a database, as they come in."""

    connection: Connection
    form: Form
    chair: int
    now: datetime = datetime(2021, 11, 6, tzinfo=UTC)

    def unit(self, code: str) -> int:
        found = units.tree(self.connection).find(code, FIRST)
        assert found is not None
        return found.id

    def reports(
        self, code: str, on: date, ill: int | None = 0, beds: int | None = 0, *, waits: bool = False, revision: int = 1
    ) -> None:
        self.now += timedelta(minutes=1)
        given = {"ill": (ill, "unknown"), "beds": (beds, "empty")}
        answers = {
            name: Answer(value) if value is not None else Answer(state="unknown" if state == "unknown" else "empty")
            for name, (value, state) in given.items()
        }
        number, stamps = f"W-{code}-{on:%d}-{revision}", (self.now, self.now)
        key = (self.form.version, self.unit(code), on, revision)
        new = Report(number, "watch", *key, answers, self.chair, *stamps, provisional=waits)
        assert accept(self.connection, self.form, new, ZONE)

    def lasts(self, name: str, until: date, *, accepted: bool = False) -> dict[str, Last[int | Decimal]]:
        """By the unit's code: of all units, which is the same as of these by their ids."""
        codes = {self.unit(code): code for code in ("11", "12", "13")}
        of_all = carried.lasts(self.connection, self.form, [name], until, accepted=accepted)[name]
        of_these = carried.lasts(self.connection, self.form, [name], until, list(codes), accepted=accepted)[name]
        assert of_all == of_these
        return {codes[one]: each for one, each in of_all.items()}


@pytest.fixture
def ward(engine: Engine) -> Iterator[Ward]:
    with engine.connect() as connection, connection.begin() as transaction:
        form = forms.published(connection, "watch", FIRST)
        assert form is not None
        chair = people.add(connection, Address("telegram", "1"), "Chair", "vi", datetime.now(UTC)).id
        yield Ward(connection, form, chair)
        transaction.rollback()


def test_a_late_unit_has_its_newest_value_and_when_it_reported(ward: Ward) -> None:
    ward.reports("11", DAYS[0], ill=3)
    ward.reports("11", DAYS[2], ill=2)
    ward.reports("12", DAYS[0], ill=4)
    assert ward.lasts("ever", DAYS[2]) == {"11": Last(5, DAYS[2], DAYS[2]), "12": Last(4, DAYS[0], DAYS[0])}
    assert ward.lasts("ever", DAYS[1])["11"] == Last(3, DAYS[0], DAYS[0])


def test_a_report_that_leaves_a_value_open_is_newer_than_the_value(ward: Ward) -> None:
    ward.reports("11", DAYS[0], ill=3, beds=7)
    ward.reports("11", DAYS[1], ill=None, beds=None)
    assert ward.lasts("ever", DAYS[2]) == {"11": Last(3, DAYS[0], DAYS[1])}
    assert ward.lasts("beds", DAYS[2]) == {"11": Last(7, DAYS[0], DAYS[1])}


def test_the_public_has_what_is_accepted_and_leaders_what_waits(ward: Ward) -> None:
    ward.reports("11", DAYS[0], ill=3)
    ward.reports("11", DAYS[1], ill=2, waits=True)
    assert ward.lasts("ever", DAYS[2]) == {"11": Last(5, DAYS[1], DAYS[1])}
    assert ward.lasts("ever", DAYS[2], accepted=True) == {"11": Last(3, DAYS[0], DAYS[0])}


def test_a_value_that_will_be_no_more_gives_way_to_the_one_before(ward: Ward) -> None:
    ward.reports("11", DAYS[0], beds=7)
    ward.reports("11", DAYS[1], beds=9)
    ward.reports("11", DAYS[1], beds=None, waits=True, revision=2)
    assert ward.lasts("beds", DAYS[2]) == {"11": Last(7, DAYS[0], DAYS[1])}
    assert ward.lasts("beds", DAYS[2], accepted=True) == {"11": Last(9, DAYS[1], DAYS[1])}


def test_history_has_no_report(ward: Ward) -> None:
    now, own = ward.now, ward.unit("12")
    figures.put(ward.connection, ward.form, own, DAYS[0], {"ever": 40}, as_of=now, revision=1, source="import")
    assert ward.lasts("ever", DAYS[3]) == {"12": Last(40, DAYS[0], None)}


def test_a_report_from_before_an_indicator_was_asked_for_says_nothing_of_it(ward: Ward) -> None:
    ward.reports("11", DAYS[0])
    source = FORM.format(version=2, more=LATER).encode()
    ward.form, _ = forms.publish(ward.connection, source, "watch.md", DAYS[1], datetime.now(UTC))
    assert ward.lasts("doses", DAYS[2]) == {}
    ward.reports("11", DAYS[1])
    assert ward.lasts("doses", DAYS[2]) == {"11": Last(None, None, DAYS[1])}
    assert ward.lasts("ever", DAYS[2]) == {"11": Last(0, DAYS[1], DAYS[1])}


def test_it_is_told_when_units_reported_within_a_span_and_before_it(ward: Ward) -> None:
    for day in DAYS:
        ward.reports("11", day)
    ward.reports("12", DAYS[0])
    found = carried.reported(ward.connection, ward.form, ["ever"], DAYS[2], DAYS[3])["ever"]
    assert found == {ward.unit("11"): DAYS[1:4], ward.unit("12"): DAYS[:1]}
    assert carried.reported(ward.connection, ward.form, ["ever"], DAYS[2], DAYS[3], [ward.unit("12")])["ever"] == {
        ward.unit("12"): DAYS[:1]
    }


def test_each_unit_is_looked_up_by_an_index(tmp_path: Path) -> None:
    begin_at(f"sqlite:///{tmp_path}/plans.db")
    asked: list[tuple[str, Any]] = []

    def hears(_connection: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        asked.append((statement, parameters))

    with writing_engine(f"sqlite:///{tmp_path}/plans.db").connect() as connection:
        form, _ = forms.publish(
            connection, FORM.format(version=1, more="").encode(), "watch.md", FIRST, datetime.now(UTC)
        )
        event.listen(connection, "before_cursor_execute", hears)
        carried.lasts(connection, form, ["ever"], FIRST)
        event.remove(connection, "before_cursor_execute", hears)
        plans = [
            row.detail
            for statement, parameters in asked
            for row in connection.exec_driver_sql(f"explain query plan {statement}", parameters)
        ]
    of_figures = [each for each in plans if each.startswith(("SEARCH figure", "SEARCH last"))]
    assert len(of_figures) == 2
    assert all("unit_id=? AND period" in each for each in of_figures), plans
    assert any("SEARCH report" in each for each in plans)
    assert not [each for each in plans if each.startswith("SCAN") and not each.startswith(("SCAN unit", "SCAN form"))]
