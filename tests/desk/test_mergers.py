"""The desk brings in a merger by the command line: who is left behind, and where the new units' totals begin."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conversations.house import ROOT

Giaoban = Callable[..., tuple[int, str, str]]
MERGER = ROOT / "docs" / "units_after_merger_2025.csv"
OPENING = """date,unit,indicator,value
2025-06-30,15763@2025-07-01,f0_cum,1240
2025-06-30,15763@2025-07-01,f0_recovered_cum,1200
2025-06-30,15763@2025-07-01,f0_death_cum,3
"""


@pytest.fixture
def merged(giaoban: Giaoban) -> Giaoban:
    assert giaoban("units", "import", str(ROOT / "forms" / "demo" / "units.csv"))[0] == 0
    assert giaoban("form", "publish", str(ROOT / "forms" / "covid_daily.md"), "--from", "2025-06-01")[0] == 0
    status, out, err = giaoban("units", "import", str(MERGER))
    assert (status, out.splitlines()[-1], err) == (0, "Đã đọc 43 đơn vị; 42 đơn vị mới hoặc thay đổi.", "")
    return giaoban


def written(folder: Path, text: str) -> str:
    path = folder / "file.csv"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_the_same_merger_again_changes_nothing(merged: Giaoban) -> None:
    assert "0 đơn vị mới" in merged("units", "import", str(MERGER))[1]


def test_a_unit_whose_name_nobody_carries_on_is_named(merged: Giaoban, tmp_path: Path) -> None:
    text = MERGER.read_text(encoding="utf-8").replace("Thọ Bình,xã,397,Thọ Sơn;Bình Sơn,", "Thọ Bình,xã,397,Bình Sơn,")
    text = text.replace("15667,Thọ Sơn,xã,397,,,", "15667,Thọ Sơn,xã,397,Thọ Sơn cũ,,")
    _, out, _ = merged("units", "import", written(tmp_path, text))
    assert "xã Thọ Sơn (15667) hết hiệu lực từ 01/07/2025, chưa rõ thuộc đơn vị nào" in out


def test_an_opening_balance_goes_to_the_unit_that_begins_and_not_to_the_one_that_had_its_code(
    merged: Giaoban, tmp_path: Path
) -> None:
    old = "2025-06-30,15763,f0_cum,100\n"
    assert merged("figures", "import", written(tmp_path, OPENING + old))[0] == 0
    exported = merged("figures", "export")[1]
    assert OPENING.split("\n", 1)[1].splitlines()[0] in exported
    assert "2025-06-30,15763@2025-07-01,f0_active,37" in exported
    assert old in exported
    assert "0 ngày-đơn vị thay đổi" in merged("figures", "import", written(tmp_path, exported))[1]


@pytest.mark.parametrize(
    "line",
    ["2025-06-29,15763@2025-07-01,f0_cum,5", "2025-06-30,15763@2025-07-02,f0_cum,5", "2025-06-30,99999,f0_cum,5"],
)
def test_a_balance_of_any_other_day_or_unit_is_refused(merged: Giaoban, tmp_path: Path, line: str) -> None:
    status, _, err = merged("figures", "import", written(tmp_path, f"date,unit,indicator,value\n{line}\n"))
    assert status == 1
    assert "dòng 2" in err.lower()
