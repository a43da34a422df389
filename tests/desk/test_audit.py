"""`giaoban audit`: what was done is found again, written out, and proved to be whole."""

import json
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.database.append_only import unguards
from storage.database.engines import writing_engine
from tests.desk.conftest import Giaoban
from tests.environment import ROOT

UNITS = ROOT / "forms" / "demo" / "units.csv"


@pytest.fixture
def kept(giaoban: Giaoban) -> Giaoban:
    """A database in which the command line has done three things."""
    assert giaoban("units", "import", str(UNITS))[0] == 0
    assert giaoban("suspend", "2021-11-01", "2021-11-02", "--unit", "15742", "--reason", "Bão số 5")[0] == 0
    assert giaoban("suspend", "--lift", "1")[0] == 0
    return giaoban


def test_what_was_done_is_shown_newest_first_and_searched(kept: Giaoban) -> None:
    lines = [" ".join(line.split()) for line in kept("audit", "show")[1].splitlines()[1:]]
    assert [line.split()[4] for line in lines] == ["lift", "suspend", "units"]
    assert all(" command " in line for line in lines)
    assert "Bão số 5" in lines[1]
    assert "15742" in lines[1]
    only = kept("audit", "show", "--what", "suspend", "--road", "command", "--unit", "15742")[1].splitlines()
    assert [" ".join(line.split()) for line in only[1:]] == [lines[1]]
    assert kept("audit", "show", "--road", "chat")[1].splitlines()[1:] == []
    assert kept("audit", "show", "--to", "2020-01-01")[1].splitlines()[1:] == []
    assert len(kept("audit", "show", "--last", "2")[1].splitlines()) == 3


def test_it_is_written_out_in_order_for_its_owner_alone_and_that_is_a_line_too(kept: Giaoban, tmp_path: Path) -> None:
    assert kept("audit", "export", "-o", "audit.jsonl")[0] == 0
    file = tmp_path / "audit.jsonl"
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    assert [line["what"] for line in lines] == ["units", "suspend", "lift suspension"]
    assert [line["number"] for line in lines] == [1, 2, 3]
    assert lines[1]["detail"]["reason"] == "Bão số 5"
    assert file.stat().st_mode & 0o777 == 0o600
    again = [json.loads(line) for line in kept("audit", "export")[1].splitlines()]
    assert (again[:3], again[3]["what"], again[3]["detail"]["version"]) == (lines, "export", "audit")


def test_figures_that_are_written_out_leave_a_line(kept: Giaoban) -> None:
    assert kept("figures", "export", "--from", "2021-11-01")[0] == 0
    line = json.loads(kept("audit", "export", "--what", "export")[1].splitlines()[0])
    assert line["detail"] == {"version": "figures", "since": "2021-11-01", "until": "", "rows": 0}


def test_the_first_broken_line_is_named(kept: Giaoban, empty_database: str) -> None:
    status, out, _ = kept("audit", "verify")
    assert (status, "nguyên vẹn: 3 dòng" in out) == (0, True)
    engine = writing_engine(empty_database)
    with engine.begin() as connection:
        for statement in (
            *unguards(engine.dialect.name, "audit", "update"),
            "update audit set what = 'nothing' where id = 2",
        ):
            connection.execute(text(statement))
    engine.dispose()
    status, out, _ = kept("audit", "verify")
    assert status == 1
    assert "từ dòng số 2 (mã 2): nội dung hoặc thứ tự của dòng đã bị sửa. 1 dòng trước đó nguyên vẹn." in out
