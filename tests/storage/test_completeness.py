"""What the database counts of answers is what the reports say, by their newest revisions, on SQLite and on PostgreSQL."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, event

from reporting.answers import Answer
from reporting.questions.question_types import type_of
from reporting.reports import Report
from reporting.rounds.completeness import AnswerCounts
from reporting.translator import translator
from reporting.unit_list import read_units
from reporting.xlsforms.reading import read_form
from storage.database.engines import writing_engine
from storage.organisation import units
from storage.reports import forms, reports
from storage.reports.completeness import answers_counted
from tests.databases import fresh_of_kind
from tests.migrated import begin_at

AT = datetime(2021, 11, 10, 9, tzinfo=UTC)
FIRST, LAST = date(2021, 11, 9), date(2021, 11, 10)
FORM = b"""| settings | form_id | version |
| | daily | 1 |
| survey | type | name | label | kind | relevant |
| | integer | ill | Ill | flow | |
| | integer | grave | Grave | flow | ${ill} > 0 |
| | text | told | Told | | |
"""
NOTE = read_form(FORM, "daily.md").by_name["told"]
UNKNOWN, EMPTY = Answer(None, "unknown"), Answer(None, "empty")


@pytest.fixture(params=["sqlite", "postgresql"])
def connection(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Connection]:
    url = fresh_of_kind(request, tmp_path / "giaoban.db")
    begin_at(url)
    engine = writing_engine(url)
    with engine.begin() as opened:
        units.put(opened, read_units("code,name,kind,parent\n1,A,xã,\n2,B,xã,\n"))
        forms.publish(opened, FORM, "daily.md", date(2021, 11, 1), AT)
        yield opened
    engine.dispose()


def send(connection: Connection, unit_id: int, on: date, answers: Mapping[str, Answer], revision: int = 1) -> None:
    form = forms.version(connection, "daily", "1")
    number = f"D-{unit_id}-{on:%d}-{revision}"
    reports.add(connection, form, Report(number, "daily", "1", unit_id, on, revision, answers, None, AT, AT))


def test_unknown_and_empty_are_counted_and_what_was_not_asked_is_not(connection: Connection) -> None:
    send(connection, 1, FIRST, {"ill": Answer(0)})
    send(connection, 1, LAST, {"ill": Answer(3), "grave": UNKNOWN})
    send(connection, 2, FIRST, {"ill": EMPTY})
    send(connection, 2, LAST, {"ill": EMPTY})
    send(connection, 2, LAST, {"ill": Answer(4), "grave": EMPTY}, revision=2)
    send(connection, 2, date(2021, 11, 8), {"ill": UNKNOWN})
    statements: list[str] = []
    event.listen(connection, "before_cursor_execute", lambda *of: statements.append(str(of[2])))
    assert answers_counted(connection, "daily", ["ill", "grave"], [1, 2], FIRST, LAST) == {
        1: {"ill": AnswerCounts(2), "grave": AnswerCounts(1, unknown=1)},
        2: {"ill": AnswerCounts(2, empty=1), "grave": AnswerCounts(1, empty=1)},
    }
    assert len(statements) == 1


@pytest.mark.parametrize("typed", ["mất điện\x00", "mất điện\ud83d"], ids=["a zero byte", "half a surrogate"])
def test_what_no_database_reads_within_json_does_not_keep_answers_from_being_counted(
    connection: Connection, typed: str
) -> None:
    told = type_of(NOTE).read(NOTE, typed, translator("vi"))
    assert told == "mất điện"
    send(connection, 1, FIRST, {"ill": Answer(900).because(typed), "told": Answer(told)})
    counted = answers_counted(connection, "daily", ["ill", "told"], [1], FIRST, LAST)
    assert counted == {1: {"ill": AnswerCounts(1), "told": AnswerCounts(1)}}
