"""The calendar by the command line: days are added, worked instead, taken back, and shown beside the country's holidays."""

from datetime import UTC, datetime
from pathlib import Path

from storage.database.engines import reading_engine
from storage.database.tables import metadata
from tests.desk.conftest import Giaoban
from tests.desk.test_commands import written
from tests.reminders.town import UNITS, written_form


def test_the_desk_keeps_the_calendar(giaoban: Giaoban, empty_database: str, tmp_path: Path) -> None:
    assert giaoban("units", "import", written(tmp_path, UNITS, "units.csv"))[0] == 0
    assert giaoban("calendar", "list", "--year", "2999")[:2] == (
        0,
        "Lịch làm việc năm 2999: 0 ngày nghỉ lễ, nghỉ bù hoặc làm bù\nNgày\tLoại\tTên\tTheo\n",
    )
    path = tmp_path / "weekly.md"
    path.write_bytes(written_form(key="weekly", period="weekly", holidays="VN", due="16:30+2wd", closes="16:30+3wd"))
    assert giaoban("form", "publish", str(path), "--from", "2021-11-10")[0] == 0
    year = datetime.now(UTC).year + 1  # only days ahead may be said anything of
    assert giaoban("calendar", "add", f"{year}-12-31", "nghỉ bù")[1] == f"Ngày 31/12/{year} là ngày nghỉ (nghỉ bù).\n"
    assert (
        giaoban("calendar", "work", f"{year}-12-28", "làm bù")[1] == f"Ngày 28/12/{year} là ngày làm việc (làm bù).\n"
    )
    lines = giaoban("calendar", "list", "--year", f"{year}")[1].splitlines()
    assert lines[-2:] == [f"{year}-12-28\tlàm việc\tlàm bù\tcơ quan", f"{year}-12-31\tnghỉ\tnghỉ bù\tcơ quan"]
    assert f"{year}-09-02\tnghỉ\tQuốc khánh\tVN" in lines
    assert giaoban("calendar", "remove", f"{year}-12-31")[0] == 0
    assert f"{year}-12-31" not in giaoban("calendar", "list", "--year", f"{year}")[1]
    assert f"Chưa có khai báo riêng nào cho ngày 31/12/{year}" in giaoban("calendar", "remove", f"{year}-12-31")[2]
    engine = reading_engine(empty_database)
    with engine.begin() as connection:
        audit = metadata.tables["audit"]
        said = [tuple(row) for row in connection.execute(audit.select().with_only_columns(audit.c.what, audit.c.who))]
    engine.dispose()
    assert [each for each in said if each[0].startswith("calendar")] == [
        ("calendar", None),
        ("calendar", None),
        ("calendar day taken back", None),
    ]


def test_days_that_have_begun_and_days_and_years_that_there_are_not_are_refused(giaoban: Giaoban) -> None:
    for command in (("add", "2021-11-10", "bão"), ("work", "2021-11-10", "bù"), ("remove", "2021-11-10")):
        status, out, err = giaoban("calendar", *command)
        assert (status, out) == (1, "")
        assert "Ngày 10/11/2021 không sửa được nữa" in err
        assert "giaoban suspend" in err
    assert "Không có ngày 2021-02-30." in giaoban("calendar", "add", "2021-02-30", "bão")[2]
    assert giaoban("calendar", "list", "--year", "21")[0] == 2
    assert giaoban("calendar", "add", "2999-01-31")[0] == 2
