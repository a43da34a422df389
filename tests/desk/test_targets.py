"""Targets and completeness by the command line: a file is looked at, taken in, listed as it can be taken in again, and given up."""

import json
from datetime import date
from pathlib import Path

from reporting.answers import Answer
from reporting.reports import Report
from storage.reports import forms, reports
from tests.desk.conftest import Giaoban
from tests.desk.test_commands import written
from tests.reminders.town import UNITS, Town, at, written_form

HEAD = "unit,indicator,bound,value,of,each,from,to,change,form"
WEDNESDAY = date(2021, 11, 10)


def test_targets_are_looked_at_taken_in_listed_and_given_up(
    giaoban: Giaoban, empty_database: str, tmp_path: Path
) -> None:
    assert giaoban("units", "import", written(tmp_path, UNITS, "units.csv"))[0] == 0
    path = tmp_path / "daily.md"
    path.write_bytes(written_form(key="daily"))
    assert giaoban("form", "publish", str(path), "--from", "2021-11-10")[0] == 0
    file = written(tmp_path, f"{HEAD}\n15742,cases,at most,10,,weekly,2021-11-01,,,\n", "targets.csv")
    assert "Chỉ xem trước" in giaoban("targets", "import", file, "--dry-run")[1]
    status, out, _ = giaoban("targets", "import", file)
    assert (status, out.splitlines()) == (
        0,
        [
            "• xã Thọ Dân: Số ca mới nhiều nhất 10 mỗi tuần",
            "Đã nhận 1 dòng: 1 mục tiêu mới, trong đó 0 thay mục tiêu cũ.",
        ],
    )
    listed = giaoban("targets", "list")[1]
    head, line = listed.splitlines()
    number, rest = line.split(",", 1)
    assert (head, rest) == (f"id,{HEAD},ended", "15742,cases,at most,10,,weekly,2021-11-01,,,daily,")
    again = written(tmp_path, listed, "again.csv")
    assert giaoban("targets", "import", again)[1].startswith("Đã nhận 1 dòng: 0 mục tiêu mới")
    wrong = written(tmp_path, f"{HEAD}\n15742,cases,about,10,,weekly,,,,\n1,cases,at most,x,,weekly,,,,\n", "wrong.csv")
    status, _, err = giaoban("targets", "import", wrong)
    assert status == 1
    assert "Dòng 2, cột bound: «about» không phải là giới hạn" in err
    assert "Dòng 3, cột value: «x» không phải là số" in err
    assert giaoban("targets", "retire", number)[0] == 0
    assert giaoban("targets", "list")[1].splitlines() == [f"id,{HEAD},ended"]
    assert len(giaoban("targets", "list", "--all")[1].splitlines()) == 2
    assert f"Không có mục tiêu số {number}" in giaoban("targets", "retire", number)[2]


def test_completeness_has_a_row_for_each_unit_and_question(
    giaoban: Giaoban, empty_database: str, tmp_path: Path
) -> None:
    assert giaoban("units", "import", written(tmp_path, UNITS, "units.csv"))[0] == 0
    path = tmp_path / "daily.md"
    path.write_bytes(written_form(key="daily"))
    assert giaoban("form", "publish", str(path), "--from", "2021-11-10")[0] == 0
    town = Town(empty_database)
    unit_id, now = town.unit("Thọ Dân").id, at("15:30", WEDNESDAY)
    with town.engine.begin() as connection:
        form = forms.version(connection, "daily", "1")
        answers = {"cases": Answer(None, "unknown")}
        reports.add(connection, form, Report("D-1", "daily", "1", unit_id, WEDNESDAY, 1, answers, None, now, now))
    town.close()
    days = ("--from", "2021-11-10", "--to", "2021-11-10")
    rows = json.loads(giaoban("completeness", *days, "--format", "json")[1])
    of_unit = {row["unit"]: row for row in rows}
    assert of_unit["15742"] == {
        "unit": "15742",
        "name": "xã Thọ Dân",
        "form": "daily",
        "question": "cases",
        "expected": 1,
        "received": 1,
        "asked": 1,
        "answered": 0,
        "unknown": 1,
        "empty": 0,
        "completeness": 0.0,
    }
    silent = next(row for code, row in of_unit.items() if code != "15742")
    assert (silent["question"], silent["received"], silent["completeness"]) == ("", 0, None)
    assert giaoban("completeness", *days, "--format", "csv")[1].splitlines()[0].startswith("unit,name,form,question")
    assert "Mã\tĐơn vị" in giaoban("completeness", *days)[1]
    assert giaoban("completeness", *days, "--form", "none")[0] == 1
