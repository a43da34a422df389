"""Units, groups and mergers by the command line: the dry run says what the real run does, and figures are had by both views."""

import csv
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.conversations.house import ROOT

Giaoban = Callable[..., tuple[int, str, str]]
MERGERS = ROOT / "docs" / "mergers_2025.csv"
UNITS = ROOT / "forms" / "demo" / "units.csv"
HEAD = "on,old,new,name,kind,parent,aliases,people\n"


def written(folder: Path, text: str, name: str = "file.csv") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.fixture
def furnished(giaoban: Giaoban) -> Giaoban:
    assert giaoban("units", "import", str(UNITS))[0] == 0
    return giaoban


def test_the_dry_run_says_what_the_real_one_does_and_does_nothing(furnished: Giaoban) -> None:
    listed = furnished("units", "list")
    status, shown, _ = furnished("units", "merge", str(MERGERS), "--dry-run")
    assert status == 0
    assert furnished("units", "list") == listed
    status, done, _ = furnished("units", "merge", str(MERGERS))
    assert shown.splitlines()[:-1] == done.splitlines()[:-1]
    assert shown.splitlines()[-1].startswith("Xem trước: tệp có 34 dòng; 42 đơn vị sẽ mới hoặc thay đổi.")
    assert "• xã Thọ Dân (15742), từ ngày 01/07/2025 → xã Thọ Phú (15763)" in done
    assert furnished("units", "merge", str(MERGERS))[1].startswith("Không có gì thay đổi.")


def test_the_mergers_file_makes_just_the_list_that_the_units_file_makes(furnished: Giaoban) -> None:
    furnished("units", "merge", str(MERGERS))
    merged = furnished("units", "list")[1]
    status, out, _ = furnished("units", "import", str(ROOT / "docs" / "units_after_merger_2025.csv"))
    assert status == 0
    for head in ("Đơn vị mới", "Đổi tên", "Chuyển sang", "Thôi tồn tại"):
        assert head not in out
    columns = [[line.split(",")[at] for at in (0, 1, 2, 3, 5, 6)] for line in merged.splitlines()]
    again = furnished("units", "list")[1].splitlines()
    assert [[line.split(",")[at] for at in (0, 1, 2, 3, 5, 6)] for line in again] == columns


def test_a_workbook_is_taken_like_the_text(giaoban: Giaoban, tmp_path: Path) -> None:
    book, content = Workbook(), BytesIO()
    sheet = book.worksheets[0]
    for row in (["code", "name", "kind", "parent"], [1, "Phố", "tỉnh", None], [4, "Phúc Xá", "phường", 1]):
        sheet.append(row)
    for cell in (sheet["A2"], sheet["A3"], sheet["D3"]):
        cell.number_format = "00000"
    book.save(content)
    (tmp_path / "units.xlsx").write_bytes(content.getvalue())
    assert giaoban("units", "import", str(tmp_path / "units.xlsx"))[0] == 0
    assert "00004,Phúc Xá,phường,00001,,," in giaoban("units", "list")[1]


def test_groups_come_out_as_they_went_in_and_are_no_tier(furnished: Giaoban, tmp_path: Path) -> None:
    text = (
        "group,name,kind,aliases,member,since,until\n"
        "C1,Nông Trường,cụm,cụm NT,15742,,\nC1,Nông Trường,cụm,cụm NT,15766,2021-01-01,\n"
    )
    status, out, _ = furnished("units", "groups", written(tmp_path, text))
    assert (status, "• xã Nông Trường (15766): cụm Nông Trường (C1), từ ngày 01/01/2021" in out) == (0, True)
    assert furnished("units", "list", "--groups")[1] == text
    assert "C1" not in furnished("units", "list")[1]
    assert furnished("units", "groups", written(tmp_path, text))[1].startswith("Không có gì thay đổi.")
    left = text.replace("15742,,\n", "15742,,2025-01-01\n").replace("C1,Nông Trường,cụm,cụm NT,15766,2021-01-01,\n", "")
    _, out, _ = furnished("units", "groups", written(tmp_path, left))
    assert "• xã Thọ Dân (15742): cụm Nông Trường (C1), từ ngày 01/01/2025" in out
    assert "• xã Nông Trường (15766): cụm Nông Trường (C1)\n" in out


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("C1,Một,cụm,99999\n", "Dòng 2: không có đơn vị nào có mã 99999"),
        ("15742,Một,cụm,15700\n", "Dòng 2: mã 15742 đã là mã của một đơn vị"),
        ("C1,Một,cụm,397\n", "Dòng 2: các đơn vị của cụm C1 không có cấp trên chung"),
    ],
)
def test_a_group_that_cannot_be_is_refused_by_row(furnished: Giaoban, tmp_path: Path, lines: str, said: str) -> None:
    status, out, err = furnished("units", "groups", written(tmp_path, f"group,name,kind,member\n{lines}"))
    assert (status, out) == (1, "")
    assert said in err


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("2025-07-01,99999,1,A,xã,,,\n", "Dòng 2: ngày 30/06/2025 không có đơn vị nào có mã 99999"),
        ("2025-07-01,15742,1,,,,,\n", "Dòng 2: đơn vị mới 1 chưa có tên hoặc loại"),
        ("2025-07-01,15742,1,A,xã,,,\n2025-07-01,15700,1,B,xã,,,\n", "Dòng 2: các dòng của đơn vị mới 1"),
        (
            "2025-07-01,15742,1,Dân Lực,xã,,,\n2025-07-01,15700,2,B,xã,,,\n",
            "Dòng 3: theo tên gọi thì xã Dân Lực (15700) thành xã Dân Lực (1), xã B (2)",
        ),
    ],
)
def test_a_merger_that_cannot_be_is_refused_by_row(furnished: Giaoban, tmp_path: Path, lines: str, said: str) -> None:
    status, out, err = furnished("units", "merge", written(tmp_path, HEAD + lines))
    assert (status, out) == (1, "")
    assert said in err


def test_a_split_a_rename_and_one_that_joins_a_unit_that_stood_already(furnished: Giaoban, tmp_path: Path) -> None:
    lines = (
        "2025-07-01,15742,A1,Thọ Đông,xã,,,\n2025-07-01,15742,A2,Thọ Tây,xã,,,\n"
        "2025-07-01,15700,15700,Dân Lực Mới,xã,,,\n2025-07-01,15691,15664,,,,,\n"
    )
    _, out, _ = furnished("units", "merge", written(tmp_path, HEAD + lines))
    assert "• xã Thọ Dân (15742), từ ngày 01/07/2025 → xã Thọ Đông (A1), xã Thọ Tây (A2)" in out
    assert "• xã Dân Lực (15700), từ ngày 01/07/2025 → xã Dân Lực Mới (15700)" in out
    assert "• xã Minh Sơn (15691), từ ngày 01/07/2025 → thị trấn Triệu Sơn (15664)" in out
    assert "• thị trấn Triệu Sơn (15664): thêm Minh Sơn" in out


def test_villages_go_with_their_commune_and_are_units_of_their_own_days(furnished: Giaoban, tmp_path: Path) -> None:
    villages = "code,name,kind,parent\nV1,Một,thôn,15742\nV2,Hai,thôn,15742\n"
    assert furnished("units", "import", written(tmp_path, villages))[0] == 0
    lines = "2025-07-01,15742,15763,Thọ Phú,xã,,,\n2025-07-01,15763,15763,,,,,\n"
    _, out, _ = furnished("units", "merge", written(tmp_path, HEAD + lines))
    assert "• thôn Một (V1), thuộc xã Thọ Phú (15763), từ ngày 01/07/2025" in out
    assert "• thôn Một (V1), từ ngày 01/07/2025 → thôn Một (V1)" in out


def test_figures_are_exported_as_they_were_and_as_they_are_now(furnished: Giaoban, tmp_path: Path) -> None:
    forms = (ROOT / "forms" / "covid_daily.md", ROOT / "forms" / "covid_level.md")
    for form in forms:
        assert furnished("form", "publish", str(form), "--from", "2025-06-01")[0] == 0
    given = {"15736": 5, "15739": 7, "15742": 11, "15757": 13, "15664": 2}
    history = "date,unit,indicator,value\n" + "".join(f"2025-06-30,{code},f0_new,{n}\n" for code, n in given.items())
    history += "2025-06-30,15736,level,1\n2025-06-30,15739,level,2\n"
    status, _, err = furnished("figures", "import", written(tmp_path, history))
    assert (status, err) == (0, "")
    furnished("units", "merge", str(MERGERS))
    then = list(csv.DictReader(StringIO(furnished("figures", "export")[1])))
    assert {row["unit"]: int(row["value"]) for row in then if row["indicator"] == "f0_new"} == given
    assert "units" not in then[0]
    _, out, err = furnished("figures", "export", "--units", "now")
    now = {(row["unit"], row["indicator"]): row for row in csv.DictReader(StringIO(out))}
    new = now["15763@2025-07-01", "f0_new"]
    assert (new["value"], new["units"]) == (str(5 + 7 + 11 + 13), "4/7")
    assert (now["15664@2025-07-01", "f0_new"]["value"], now["15664@2025-07-01", "f0_new"]["units"]) == ("2", "1/5")
    assert ("15763@2025-07-01", "level") not in now
    assert "level: 1 giá trị không cộng được" in err
    of_one = furnished("figures", "export", "--units", "now", "--unit", "15763")[1]
    assert {row["unit"] for row in csv.DictReader(StringIO(of_one))} == {"15763@2025-07-01"}
