"""What the archive does not take: what is no figure of its indicator, and figures of whoever does not report."""

from pathlib import Path

import pytest

from tests.desk.conftest import DAILY, UNITS, Giaoban
from tests.desk.test_commands import written
from tests.desk.test_mergers import OPENING, merged
from tests.desk.test_mistakes import complains

__all__ = ["merged"]
HEADING = "date,unit,indicator,value\n"
LEVEL = DAILY.with_name("covid_level.md")
WHOLE = "Hãy ghi số nguyên như 1250, không có dấu ngăn cách."
NUMBER = "Hãy ghi số như 1250 hoặc 0.5, không có dấu ngăn cách."


@pytest.mark.parametrize(
    ("indicator", "value", "advice"),
    [
        ("f0_cum", "abc", NUMBER),
        ("f0_cum", "1e3", NUMBER),
        ("f0_cum", "1_000", NUMBER),
        ("f0_cum", "10000000000000", NUMBER),
        ("f0_new", "1e3", WHOLE),
        ("f0_new", "٣", WHOLE),
        ("f0_new", "3.5", WHOLE),
        ("f0_new", "1.000", WHOLE),
        ("level", "5", "Hãy ghi một trong: 1, 2, 3, 4."),
    ],
)
def test_what_is_no_figure_of_its_indicator_is_refused_with_what_to_write(
    furnished: Giaoban, tmp_path: Path, indicator: str, value: str, advice: str
) -> None:
    assert furnished("form", "publish", str(LEVEL), "--from", "2021-10-01")[0] == 0
    path = written(tmp_path, f"{HEADING}2021-11-08,15769,{indicator},{value}\n")
    (line,) = complains(furnished, "figures", "import", path)
    assert line == f"giaoban: Dòng 2: «{value}» không phải giá trị của {indicator}. {advice}"
    assert furnished("figures", "export")[1] == HEADING


def test_the_rules_of_the_form_do_not_bind_the_archive(furnished: Giaoban, tmp_path: Path) -> None:
    path = written(tmp_path, f"{HEADING}2021-11-08,15769,f0_new,-4\n2021-11-08,15769,f0_cum,0012\n")
    assert furnished("figures", "import", path)[0] == 0
    exported = furnished("figures", "export")[1]
    assert "2021-11-08,15769,f0_new,-4\n" in exported
    assert "2021-11-08,15769,f0_cum,12\n" in exported


def test_figures_of_a_unit_that_others_report_under_are_refused(furnished: Giaoban, tmp_path: Path) -> None:
    path = written(tmp_path, f"{HEADING}2021-11-08,15769,f0_new,1\n2021-11-08,397,f0_new,9\n")
    (line,) = complains(furnished, "figures", "import", path)
    assert "Dòng 3: huyện Triệu Sơn (397) không báo cáo biểu mẫu covid_daily vào ngày 08/11/2021" in line
    assert "Hãy ghi số của từng đơn vị phải báo cáo, hoặc xóa dòng này." in line
    assert furnished("figures", "export")[1] == HEADING


def test_former_units_have_figures_of_their_days_and_new_ones_opening_balances(merged: Giaoban, tmp_path: Path) -> None:
    assert merged("figures", "import", written(tmp_path, OPENING + "2025-06-30,15742,f0_new,2\n"))[0] == 0
    path = written(tmp_path, f"{HEADING}2025-07-01,15742,f0_new,2\n")
    assert "không có đơn vị mã 15742" in complains(merged, "figures", "import", path)[0]


def test_a_unit_that_begins_with_others_under_it_has_no_opening_balance(giaoban: Giaoban, tmp_path: Path) -> None:
    new = "9001,Mới,huyện,,,2021-11-01,\n9002,Con,xã,9001,,2021-11-01,\n"
    text = UNITS.read_text(encoding="utf-8").splitlines()[0] + "\n" + new
    assert giaoban("units", "import", written(tmp_path, text, "units.csv"))[0] == 0
    assert giaoban("form", "publish", str(DAILY), "--from", "2021-10-01")[0] == 0
    above, below = (f"{HEADING}2021-10-31,{code}@2021-11-01,f0_cum,9\n" for code in ("9001", "9002"))
    assert "(9001@2021-11-01) không báo cáo" in complains(giaoban, "figures", "import", written(tmp_path, above))[0]
    assert giaoban("figures", "import", written(tmp_path, below))[0] == 0
