"""Units, forms, history, figures and standings by the command line."""

import csv
import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path

import pytest

from storage.database.engines import writing_engine
from storage.database.version import newest_revision
from storage.organisation import units
from storage.schedule import late_reasons
from tests.conversations.house import ROOT
from tests.desk.conftest import DAILY, UNITS, Giaoban

DEMO_HISTORY = ROOT / "forms" / "demo" / "history.csv"
HISTORY = """date,unit,indicator,value
2021-11-08,15742,f0_new,3
2021-11-09,15742,f0_new,2
2021-11-09,15700,f0_new,1
"""


OPENING = """2021-11-07,15742,f0_cum,240
2021-11-07,15742,f0_recovered_cum,215
2021-11-07,15742,f0_death_cum,1
"""


def written(folder: Path, text: str, name: str = "history.csv") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_migrating_twice_is_no_harm(giaoban_anew: Giaoban) -> None:
    status, out, _ = giaoban_anew("migrate")
    assert (status, out.splitlines()[-1]) == (0, f"Đã nâng cơ sở dữ liệu từ — lên {newest_revision()}.")
    assert giaoban_anew("migrate")[1] == f"Cơ sở dữ liệu đã ở phiên bản mới nhất ({newest_revision()}).\n"


def test_an_empty_database_is_made_ready_by_whatever_command_comes_first(giaoban_anew: Giaoban) -> None:
    status, out, err = giaoban_anew("units", "list")
    assert (status, out.count("\n"), err) == (0, 1, "")
    assert giaoban_anew("migrate")[1] == f"Cơ sở dữ liệu đã ở phiên bản mới nhất ({newest_revision()}).\n"


def test_units_come_out_as_they_went_in(furnished: Giaoban) -> None:
    _, out, _ = furnished("units", "list")
    rows = list(csv.DictReader(StringIO(out)))
    assert len(rows) == 35
    shipped = list(csv.DictReader(StringIO(UNITS.read_text(encoding="utf-8"))))
    assert sorted(rows, key=lambda row: row["code"]) == sorted(shipped, key=lambda row: row["code"])
    assert "0 đơn vị mới" in furnished("units", "import", str(UNITS))[1]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("code,name\n1,A\n", "thiếu cột kind, parent"),
        ("code,name,kind,parent\n1,A,xã,9\n", "cấp trên 9"),
        ("code,name,kind,parent\n1,A,xã,2\n2,B,xã,1\n", "vòng lặp"),
        ("code,name,kind,parent\n1,A,xã,\n1,B,xã,\n", "hai lần"),
        ("code,name,kind,parent,aliases,since,until\n1,A,xã,,,2021-02-30,\n", "không phải ngày"),
    ],
)
def test_a_bad_list_of_units_is_refused_whole(giaoban: Giaoban, tmp_path: Path, text: str, said: str) -> None:
    status, out, err = giaoban("units", "import", written(tmp_path, text))
    assert (status, out) == (1, "")
    assert said in err
    assert err.count("\n") == 1
    assert giaoban("units", "list")[1].count("\n") == 1


def test_history_is_taken_in_once_and_calculated(furnished: Giaoban, tmp_path: Path) -> None:
    path = written(tmp_path, HISTORY)
    assert "3 số liệu; 3 ngày-đơn vị" in furnished("figures", "import", path)[1]
    assert "0 ngày-đơn vị" in furnished("figures", "import", path)[1]
    _, out, _ = furnished("figures", "export", "--unit", "15742")
    rows = [tuple(row.values()) for row in csv.DictReader(StringIO(out))]
    assert ("2021-11-09", "15742", "f0_new", "2") in rows
    assert ("2021-11-09", "15742", "f0_cum", "5") in rows


def test_history_that_comes_later_for_an_earlier_day_ripples_on(furnished: Giaoban, tmp_path: Path) -> None:
    furnished("figures", "import", written(tmp_path, HISTORY))
    furnished("figures", "import", written(tmp_path, "date,unit,indicator,value\n2021-11-07,15742,f0_new,10\n"))
    _, out, _ = furnished("figures", "export", "--unit", "15742", "--format", "json")
    totals = {row["date"]: row["value"] for row in json.loads(out) if row["indicator"] == "f0_cum"}
    assert totals == {"2021-11-07": 10, "2021-11-08": 13, "2021-11-09": 15}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("2021-11-09,99999,f0_new,1", "99999"),
        ("2021-11-09,15742,nope,1", "nope"),
        ("2021-11-08,15700,f0_new,nhiều", "nhiều"),
        ("2021-11-08,15700,f0_new,1.5", "1.5"),
        ("9/11/2021,15742,f0_new,1", "9/11/2021"),
        ("2021-11-09,15742,f0_new,", "value"),
        ("2021-11-08,15742,f0_new,4", "dòng 2"),
    ],
)
def test_a_bad_archive_is_refused_whole(furnished: Giaoban, tmp_path: Path, line: str, said: str) -> None:
    status, _, err = furnished("figures", "import", written(tmp_path, HISTORY + line + "\n"))
    assert status == 1
    assert said in err
    assert err.startswith("giaoban: Dòng 5")
    assert furnished("figures", "export")[1] == "date,unit,indicator,value\n"


def test_figures_go_out_as_a_workbook(furnished: Giaoban, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    furnished("figures", "import", written(tmp_path, HISTORY))
    assert furnished("figures", "export", "--format", "xlsx")[0] == 1
    assert furnished("figures", "export", "--format", "xlsx", "-o", str(tmp_path / "out.xlsx"))[0] == 0
    sheet = load_workbook(tmp_path / "out.xlsx").active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == ("date", "unit", "indicator", "value")
    assert any(row[1:] == ("15742", "f0_new", 2) for row in rows)


def test_standings_name_every_unit_with_its_status(furnished: Giaoban) -> None:
    status, out, _ = furnished("standing", "--date", "2021-11-09", "--format", "json")
    rows = json.loads(out)
    assert status == 0
    assert len(rows) == 34
    assert {row["status"] for row in rows} == {"missing"}
    assert set(rows[0]) == {
        "form", "unit", "name", "period", "status", "due_at", "closes_at", "sent_at", "revision",
    }  # fmt: skip
    assert furnished("standing", "--date", "2021-11-09")[1].count("\n") == 35


def test_the_table_of_standings_says_why_a_report_is_late_and_its_json_stays_as_it_is(
    furnished: Giaoban, empty_database: str
) -> None:
    day = date(2021, 11, 9)
    engine = writing_engine(empty_database)
    with engine.begin() as connection:
        unit = units.tree(connection).find("15742", day)
        assert unit is not None
        now = datetime(2021, 11, 9, 10, tzinfo=UTC)
        late_reasons.give(connection, "covid_daily", unit.id, day, "power", person_id=None, now=now)
    engine.dispose()
    out = furnished("standing", "--date", "2021-11-09")[1]
    assert "15742\txã Thọ Dân\tcovid_daily\t2021-11-09\tchưa báo cáo\t\tmất điện, mất mạng\n" in out
    assert out.count("mất điện") == 1
    assert "mất điện" not in furnished("standing", "--date", "2021-11-09", "--format", "json")[1]


def test_opening_balances_are_taken_as_they_are_and_worked_with(furnished: Giaoban, tmp_path: Path) -> None:
    path = written(tmp_path, "date,unit,indicator,value\n" + OPENING)
    assert "1 ngày-đơn vị" in furnished("figures", "import", path)[1]
    furnished("figures", "import", written(tmp_path, HISTORY.replace("2021-11-09", "2021-11-10"), "later.csv"))
    _, out, _ = furnished("figures", "export", "--unit", "15742", "--format", "json")
    found = {(row["date"], row["indicator"]): row["value"] for row in json.loads(out)}
    assert found["2021-11-07", "f0_active"] == 24
    assert ("2021-11-07", "f0_new") not in found
    assert [found[f"2021-11-{day}", "f0_cum"] for day in ("07", "08", "10")] == [240, 243, 245]
    assert "0 ngày-đơn vị" in furnished("figures", "import", path)[1]


def test_imported_figures_are_received_and_nobody_says_when(furnished: Giaoban, tmp_path: Path) -> None:
    day = [line for line in DEMO_HISTORY.read_text(encoding="utf-8").splitlines() if line.startswith("2021-11-09,")]
    lines = ["date,unit,indicator,value", *(line for line in day if ",level," not in line)]
    assert furnished("figures", "import", written(tmp_path, "\n".join(lines)))[0] == 0
    _, out, _ = furnished("standing", "--date", "2021-11-09", "--format", "json")
    statuses = {row["unit"]: row["status"] for row in json.loads(out)}
    imported = {line.split(",")[1] for line in lines[1:]}
    assert {unit for unit, status in statuses.items() if status == "on_time"} == imported
    assert {(row["sent_at"], row["revision"]) for row in json.loads(out)} == {(None, None)}
    table = furnished("standing", "--date", "2021-11-09")[1]
    assert table.count("\tsố liệu lưu trữ\t") == len(imported) == 32
    rates = furnished("rates", "--from", "2021-11-08", "--to", "2021-11-09")[1]
    assert "15742\txã Thọ Dân\tcovid_daily\t2\t1\t0\t50.0%\t0.0%\t1" in rates


def test_a_form_is_published_once_and_its_version_is_not_taken_twice(furnished: Giaoban, tmp_path: Path) -> None:
    assert "từ trước" in furnished("form", "publish", str(DAILY), "--from", "2021-10-01")[1]
    changed = DAILY.read_text(encoding="utf-8").replace("Số F2 đang theo dõi", "Số F2 theo dõi")
    status, _, err = furnished("form", "publish", written(tmp_path, changed, "covid_daily.md"))
    assert (status, "version" in err) == (1, True)


def test_a_bad_form_is_refused_by_sheet_row_and_column(giaoban: Giaoban, tmp_path: Path) -> None:
    bad = "| survey | type | name | label |\n|---|---|---|---|\n| | integr | a | A |\n| | integer | a | B |\n"
    path = written(tmp_path, bad, "bad.md")
    status, out, _ = giaoban("form", "check", path)
    assert status == 1
    assert "survey" in out
    assert "integr" in out
    assert giaoban("form", "publish", path)[0] == 1
    assert giaoban("form", "check", str(DAILY))[0] == 0


def test_a_backup_restores_into_an_empty_database_only(
    furnished: Giaoban, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    furnished("figures", "import", written(tmp_path, HISTORY))
    copy = str(tmp_path / "copy.gz")
    assert furnished("backup", copy)[0] == 0
    first = Path(copy).read_bytes()
    status, _, err = furnished("backup", copy)
    assert (status, "đã có và sẽ không bị ghi đè" in err, Path(copy).read_bytes()) == (1, True, first)
    before = furnished("figures", "export")[1]
    assert furnished("restore", copy)[0] == 1
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'other.db'}")
    assert furnished("restore", copy)[0] == 0
    assert furnished("figures", "export")[1] == before


def test_without_a_token_nothing_is_run_or_promised(furnished: Giaoban) -> None:
    for command in (("run",), ("invite", "reporter", "15742")):
        status, _, err = furnished(*command)
        assert status == 1
        assert "BOT_TOKEN" in err


def test_whom_nobody_can_invite_is_said_before_the_token_is_missed(furnished: Giaoban) -> None:
    status, _, err = furnished("invite", "reporter", "999")
    assert (status, "Không có đơn vị mã 999" in err, "BOT_TOKEN" in err) == (1, True, False)
    assert furnished("invite", "king", "15742")[0] == 2


@pytest.mark.parametrize("command", [("figures", "export"), ("rates",), ("suspend",)])
def test_days_in_the_wrong_order_are_named(furnished: Giaoban, command: tuple[str, ...]) -> None:
    first, last = ("2021-11-10", "2021-11-01")
    days = (first, last) if command == ("suspend",) else ("--from", first, "--to", last)
    status, out, err = furnished(*command, *days)
    assert (status, out) == (1, "")
    assert err.startswith("giaoban: Ngày đầu 10/11/2021 sau ngày cuối 01/11/2021.")


@pytest.mark.parametrize("empty_database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_whoever_stops_reading_is_not_complained_to(furnished: Giaoban, unbuffered: str) -> None:
    assert furnished("units", "list")[0] == 0
    for command in (("units", "list"), ("rates",)):
        reads, writes = os.pipe()
        os.close(reads)
        program = [sys.executable, "-m", "bot.cli.main", *command]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": unbuffered}
        ended = subprocess.run(program, stdout=writes, stderr=subprocess.PIPE, env=environment, check=False)
        os.close(writes)
        assert (ended.returncode, ended.stderr) == (141, b"")


def test_a_wrong_setting_is_named(giaoban: Giaoban, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIMEZONE", "Asia/Nowhere")
    status, _, err = giaoban("migrate")
    assert status == 1
    assert "TIMEZONE" in err


def test_an_unknown_command_is_a_matter_of_usage(giaoban: Giaoban) -> None:
    assert giaoban("nope")[0] == 2
    assert giaoban("figures", "export", "--from", "9/11")[0] == 2


def test_a_suspended_day_is_not_expected(furnished: Giaoban) -> None:
    before = furnished("rates", "--from", "2021-11-08", "--to", "2021-11-09")[1]
    assert "15742\txã Thọ Dân\tcovid_daily\t2\t0\t0\t0.0%\t0.0%" in before
    assert "mã 1" in furnished("suspend", "2021-11-09", "2021-11-09", "--unit", "15742", "--reason", "bão")[1]
    after = furnished("rates", "--from", "2021-11-08", "--to", "2021-11-09")[1]
    assert "15742\txã Thọ Dân\tcovid_daily\t1\t0\t0\t0.0%\t0.0%" in after
    assert furnished("suspend", "--lift", "1")[0] == 0
    assert furnished("rates", "--from", "2021-11-08", "--to", "2021-11-09")[1] == before
    assert furnished("suspend", "--lift", "1")[0] == 1
    assert furnished("suspend", "2021-11-09")[0] == 1


def test_nothing_unsaid_is_told_as_nothing(furnished: Giaoban) -> None:
    assert furnished("unsaid")[1].startswith("0 tin")
    assert furnished("unsaid", "--again", "7")[0] == 1
    assert furnished("reminded", "--date", "2021-11-09")[1].count("\n") == 1


def test_a_database_of_another_kind_is_refused_in_a_sentence(giaoban: Giaoban, monkeypatch: pytest.MonkeyPatch) -> None:
    for url in ("mysql://x/y", "nonsense"):
        monkeypatch.setenv("DATABASE_URL", url)
        status, _, err = giaoban("migrate")
        assert status == 1
        assert "DATABASE_URL" in err


def test_history_does_not_come_from_the_future(furnished: Giaoban, tmp_path: Path) -> None:
    status, _, err = furnished("figures", "import", written(tmp_path, HISTORY + "2999-01-01,15742,f0_new,1\n"))
    assert status == 1
    assert "tương lai" in err
