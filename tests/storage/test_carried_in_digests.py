"""What late units stand in a digest's totals with is read from the database; on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, Engine, event

from bot.telegram.channel import TELEGRAM
from messages.digests.digest import digest
from reporting.answers import Answer
from reporting.digests.digest_record import Digest
from reporting.reports import Report
from reporting.translator import translator
from reporting.unit_list import read_units
from services.digest_evidence import digest_evidence
from services.submit_report import accept
from storage.database.engines import writing_engine
from storage.figures import figures
from storage.organisation import units
from storage.reports import forms
from tests.databases import fresh_of_kind
from tests.migrated import begin_at

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
TODAY = date(2021, 11, 10)
NOW = datetime(2021, 11, 10, 10, tzinfo=UTC)
UNITS = """code,name,kind,parent,since,until
38,Thanh Hóa,tỉnh,,,
397,Triệu Sơn,huyện,38,,
398,Nông Cống,huyện,38,,
11,A,xã,397,,
12,B,xã,397,,
13,C,xã,397,,2021-11-08
14,D,xã,397,2021-11-08,
21,E,xã,398,,
"""
FORM = """| settings | form_id | version | due | approval | default_language |
|---|---|---|---|---|---|
| | watch | 1 | 16:30 | chair | vi |

| survey | type | name | label | kind | visibility | calculation |
|---|---|---|---|---|---|---|
| | integer | new | Ca mới | flow | public | |
| | calculate | ever | Lũy kế | total | public | coalesce(${last-saved#ever}, 0) + ${new} |
| | calculate | active | Đang điều trị | stock | public | coalesce(${last-saved#active}, 0) + ${new} |
"""


def furnish(url: str) -> None:
    begin_at(url)
    engine = writing_engine(url)
    with engine.begin() as connection:
        units.put(connection, read_units(UNITS))
        forms.publish(connection, FORM.encode(), "watch.md", date(2021, 1, 1), NOW)
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    url = fresh_of_kind(request, tmp_path / "giaoban.db", furnish)
    engine = writing_engine(url)
    yield engine
    engine.dispose()


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    with engine.begin() as connection:
        yield connection


def id_of(connection: Connection, code: str, on: date = TODAY) -> int:
    found = units.tree(connection).find(code, on)
    assert found is not None
    return found.id


def sends(connection: Connection, code: str, on: date, new: int | None, *, waits: bool = False) -> None:
    form = forms.version(connection, "watch", "1")
    answer = Answer(new) if new is not None else Answer(state="unknown")
    unit_id, revision = id_of(connection, code, on), 1
    made = Report(
        f"W-{code}-{on}", "watch", "1", unit_id, on, revision, {"new": answer}, None, NOW, NOW, provisional=waits
    )
    assert accept(connection, form, made, ZONE)


def made(connection: Connection, code: str = "397", days: int = 1) -> Digest:
    form, tree = forms.version(connection, "watch", "1"), units.tree(connection)
    periods = [TODAY - timedelta(days=ago) for ago in reversed(range(days))]
    unit = tree.unit(id_of(connection, code))
    return digest(digest_evidence(connection, form, unit, periods, NOW, ZONE, tree=tree), translator("vi"), TELEGRAM)


def totals(of: Digest) -> dict[str, Any]:
    return {each.name: each.total for each in of.content.indicators}


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.mark.parametrize("code", ["397", "38"])
@pytest.mark.parametrize("silent", [1, 14, 15, 90])
def test_a_unit_is_in_the_totals_however_long_it_has_been_silent(
    connection: Connection, code: str, silent: int
) -> None:
    sends(connection, "11", TODAY, 2)
    sends(connection, "12", ago(silent), 7)
    for days in (1, 7):
        of = made(connection, code, days)
        assert (totals(of)["ever"], totals(of)["active"]) == (9, 9)
        assert f"* Gồm số kỳ trước của xã B ({ago(silent):%d/%m})." in of.text.replace("huyện Triệu Sơn: ", "")


def test_each_day_of_the_trend_has_it(connection: Connection) -> None:
    sends(connection, "12", ago(40), 7)
    for day in (5, 4, 2):
        sends(connection, "11", ago(day), 1)
    trend = made(connection).content.trend["active"]
    told = [each[:4] for each in trend]
    assert told == [(8, 2, 1, 0), (9, 2, 1, 0), (9, 2, 2, 0), (10, 2, 1, 0), (10, 2, 2, 0), (10, 2, 2, 0)]


def test_an_opening_balance_is_in_it_from_the_units_first_day(connection: Connection) -> None:
    form = forms.version(connection, "watch", "1")
    sends(connection, "13", ago(4), 30)
    values = {"ever": 50, "active": 5}
    new = id_of(connection, "14")
    figures.put(connection, form, new, ago(3), values, as_of=NOW, revision=1, source="import", given=list(values))
    sends(connection, "11", ago(4), 1)
    sends(connection, "11", TODAY, 1)
    of = made(connection)
    assert totals(of)["ever"] == 52
    assert "* Gồm số kỳ trước của xã D (07/11)." in of.text
    days = dict(zip(of.content.days, of.content.trend["active"], strict=True))
    assert (days[ago(3)][:4], days[ago(2)][:4]) == ((31, 2, 2, 0), (6, 2, 2, 0))


def test_what_waits_for_approval_is_carried_inside(connection: Connection) -> None:
    sends(connection, "11", TODAY, 2)
    sends(connection, "12", ago(20), 7)
    sends(connection, "12", ago(18), 3, waits=True)
    assert totals(made(connection))["ever"] == 12


def test_what_waits_of_a_day_on_which_a_unit_is_no_more_is_in_no_total(connection: Connection) -> None:
    sends(connection, "11", TODAY, 2)
    sends(connection, "13", ago(4), 30)
    form, gone = forms.version(connection, "watch", "1"), id_of(connection, "13", ago(4))
    late = Report("W-13", "watch", "1", gone, ago(2), 1, {"new": Answer(5)}, None, NOW, NOW, provisional=True)
    assert accept(connection, form, late, ZONE)
    of = totals(made(connection, days=7))
    assert (of["new"], of["ever"]) == (32, 2)


def test_a_report_that_does_not_know_keeps_it_from_being_told_until_there_is_a_newer_one(
    connection: Connection,
) -> None:
    sends(connection, "11", TODAY, 2)
    sends(connection, "12", ago(30), 7)
    sends(connection, "12", ago(20), None)
    of = made(connection)
    assert (totals(of)["ever"], totals(of)["active"]) == (None, None)
    assert "Chưa tính được Lũy kế; Đang điều trị: báo cáo mới nhất của xã B chưa có số này." in of.text
    assert [each[:4] for each in of.content.trend["active"]] == [(None, 1, 0, 1)]


def test_a_province_has_each_district_by_the_same_rule(connection: Connection) -> None:
    sends(connection, "11", TODAY, 2)
    sends(connection, "12", ago(1), 7)
    sends(connection, "21", ago(1), None)
    found = made(connection, "38").content.groups
    groups: dict[str, object] = {row.unit: ([*row.values], [*row.carried], [*row.untold]) for row in found}
    assert groups["huyện Triệu Sơn"] == ([2, 9], [0, 1], [False, False])
    assert groups["huyện Nông Cống"] == ([None, None], [0, 0], [False, True])


def test_it_is_read_in_a_few_statements_whatever_the_number_of_units(connection: Connection) -> None:
    asked: list[str] = []

    def hears(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    counts = []
    made(connection, "38")
    for _ in range(2):
        asked.clear()
        event.listen(connection, "before_cursor_execute", hears)
        made(connection, "38")
        event.remove(connection, "before_cursor_execute", hears)
        counts.append(len(asked))
        more = [f"9{n},Xã {n},xã,398,," for n in range(40)]
        units.put(connection, read_units("\n".join([UNITS.strip(), *more])))
    assert counts[1] == counts[0]
