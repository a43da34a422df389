"""What is done every day never reads the whole history: SQLite takes an index that leads to the units or to the days."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, event

from reporting.answers import Answer, Values
from reporting.figures.areas import Areas
from reporting.figures.known import Wanted
from reporting.forms import Form
from reporting.people import Address
from reporting.reports import Report
from reporting.unit_list import read_units
from reporting.units import Unit
from services.digest_evidence import digest_evidence
from services.submit_report import accept
from storage.database.engines import writing_engine
from storage.figures import figures, public
from storage.organisation import units
from storage.reports import forms, last_saved
from storage.reports.at_chat import at_chat
from storage.schedule import rounds
from storage.schedule.streaks import streaks
from tests.migrated import begin_at

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = date(2021, 11, 10)
DAYS = (date(2021, 11, 8), date(2021, 11, 9), DAY)
NOW = datetime(2021, 11, 10, 10, tzinfo=UTC)
UNITS = """code,name,kind,parent,aliases,since,until
1,Cả,tỉnh,,,,
11,Đông,huyện,1,,,
111,A,xã,11,,,
112,B,xã,11,,,
"""
FORM = """| settings | form_id | version | due | period |
|---|---|---|---|---|
| | ledger | 1 | 16:30 | {period} |

| survey | type | name | label | kind | visibility | suppress_below |
|---|---|---|---|---|---|---|
| | integer | ill | Ill | flow | public | |
| | integer | few | Few | flow | public | 5 |
| | integer | doses | Doses | total | public | |
| | select_one level | level | Level | state | public | |

| choices | list_name | name | label |
|---|---|---|---|
| | level | 1 | Green |
| | level | 2 | Red |
"""
LED_BY = re.compile(r"(SCAN|SEARCH) figure\b(?!.*\b(unit_id|period)[=<>])")


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    url = f"sqlite:///{tmp_path}/plans.db"
    begin_at(url)
    engine = writing_engine(url)
    with engine.begin() as connection:
        units.put(connection, read_units(UNITS))
        yield connection
    engine.dispose()


def accepts(connection: Connection, form: Form, unit: Unit, revision: int) -> None:
    answers = {"ill": Answer(revision), "doses": Answer(9), "level": Answer("1")}
    report = Report("L-1", form.key, form.version, unit.id, DAY, revision, answers, None, NOW, NOW, reason="x")
    assert accept(connection, form, report, ZONE)


@pytest.mark.parametrize("period", ["daily", "on change"])
def test_neither_an_answer_nor_a_report_nor_a_digest_reads_all_figures_that_there_ever_were(
    connection: Connection, period: str
) -> None:
    form, _ = forms.publish(connection, FORM.format(period=period).encode(), "ledger.md", date(2021, 1, 1), NOW)
    said: dict[str, Any] = {}
    event.listen(connection, "before_cursor_execute", lambda *of: said.setdefault(of[2], of[3]))
    tree = units.tree(connection)
    unit, district, root = (tree.known(code, DAY) for code in ("111", "11", "1"))
    at_chat(connection, Address("telegram", "7"), DAY)
    for is_accepted in (False, True):
        last_saved.last_values(connection, form, unit.id, DAY, accepted=is_accepted)
        figures.of_period(connection, form.key, unit.id, DAY, accepted=is_accepted)
    for revision in (1, 2):
        accepts(connection, form, unit, revision)
    new = {"ill": 4}
    figures.put(connection, form, unit.id, DAY, new, as_of=NOW, revision=3, source="report", provisional=True)
    standings = rounds.standings(connection, form, DAY, tree, NOW, ZONE)
    streaks(connection, form, DAY, standings, tree, NOW)
    for of in (unit, district, root):
        digest_evidence(connection, form, of, [DAY], NOW, ZONE, tree=tree)
    figures.of_units(connection, form.key, ["ill"], [unit.id], DAY, DAY)
    assert len(said) > 20
    assert led_by_the_form(connection, said) == []


def test_neither_totals_nor_rankings_of_all_read_more_than_their_days(connection: Connection) -> None:
    """As of a country, of which nothing is read unit by unit: `few` is 0."""
    form, _ = forms.publish(connection, FORM.format(period="daily").encode(), "ledger.md", date(2021, 1, 1), NOW)
    tree = units.tree(connection)
    one, other, root = (tree.known(code, DAY) for code in ("111", "112", "1"))
    for unit, day in ((one, DAYS[0]), (other, DAYS[0]), (one, DAYS[1]), (one, DAY)):
        values: Values = {"ill": 4, "few": 3, "doses": 9, "level": "1"}
        figures.put(connection, form, unit.id, day, values, as_of=NOW, revision=1, source="report")
    said: dict[str, Any] = {}
    event.listen(connection, "before_cursor_execute", lambda *of: said.setdefault(of[2], of[3]))
    areas = Areas(tree)
    for question in form.indicators:
        for days in (DAYS[:1], DAYS[1:2], DAYS):
            above = Wanted(form, (question,), (root,), days)
            (total,) = [public.known(connection, above, areas, 0).newest(root, question, DAY)]
            assert total is not None
            each = Wanted(form, (question,), (one, other), days, each=True, as_one=True)
            assert public.known(connection, each, areas, 0).alike
    assert any("INDEXED BY ix_figure_day" in text for text in said)
    assert led_by_the_form(connection, said) == []


def led_by_the_form(connection: Connection, said: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The statements that look for figures by the form and the indicator alone."""
    return [
        (plan, text)
        for text, values in list(said.items())
        for plan in plans(connection, text, values)
        if LED_BY.match(plan)
    ]


def plans(connection: Connection, statement: str, values: Any) -> list[str]:
    """How SQLite goes about it, a line for each table."""
    if not statement.lstrip().startswith(("SELECT", "INSERT", "DELETE", "UPDATE", "WITH")):
        return []
    one = values[0] if isinstance(values, list) else values
    return [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", one)]
