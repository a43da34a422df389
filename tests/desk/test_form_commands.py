"""`giaoban form list, show, export, retire`, and what publishing refuses and changes."""

import re
from pathlib import Path

from reporting.xlsforms.reading import read_form
from tests.desk.conftest import DAILY, Giaoban
from tests.desk.test_commands import written

HISTORY = "date,unit,indicator,value\n2021-11-09,15742,f0_new,2\n"


def newer(folder: Path, *changes: tuple[str, str]) -> str:
    """The daily form as a second version, with these words in the place of others."""
    text = DAILY.read_text(encoding="utf-8")
    for old, new in ((r"\| 2021\.1 +\|", "| 2099.1 |"), *changes):
        assert re.search(old, text), old
        text = re.sub(old, new, text)
    return written(folder, text, "newer.md")


def test_the_forms_are_listed_shown_and_retired(furnished: Giaoban) -> None:
    status, out, _ = furnished("form", "list")
    assert status == 0
    assert "covid_daily" in out
    assert "áp dụng từ 01/10/2021" in out
    status, out, _ = furnished("form", "show", "covid_daily")
    assert status == 0
    assert "20 câu hỏi" in out
    assert "số nguyên, ca, bắt buộc, công khai" in out
    status, out, _ = furnished("form", "retire", "covid_daily", "--from", "2021-12-01")
    assert (status, out) == (0, "Biểu mẫu covid_daily thôi áp dụng từ 01/12/2021; số liệu đã có vẫn được giữ.\n")
    assert "không có gì thay đổi" in furnished("form", "retire", "covid_daily", "--from", "2021-12-01")[1]
    assert "thôi áp dụng từ 01/12/2021" in furnished("form", "list")[1]
    assert furnished("standing", "--date", "2021-12-01")[1].count("covid_daily") == 0
    assert furnished("standing", "--date", "2021-11-30")[1].count("covid_daily") == 34
    status, out, _ = furnished("form", "publish", str(DAILY), "--from", "2021-12-01")
    assert status == 0
    assert furnished("standing", "--date", "2021-12-01")[1].count("covid_daily") == 34


def test_figures_of_a_retired_form_stay_and_its_history_may_still_come(furnished: Giaoban, tmp_path: Path) -> None:
    assert furnished("form", "retire", "covid_daily", "--from", "2021-11-10")[0] == 0
    assert furnished("figures", "import", written(tmp_path, HISTORY))[0] == 0
    assert "2021-11-09,15742,f0_new,2" in furnished("figures", "export")[1]
    late = HISTORY.replace("2021-11-09", "2021-11-10")
    assert furnished("figures", "import", written(tmp_path, late))[0] == 1


def test_a_form_that_there_is_not_is_refused_with_those_that_there_are(furnished: Giaoban) -> None:
    for command in (("show", "nope"), ("export", "nope"), ("retire", "nope", "--from", "2021-12-01")):
        status, _, err = furnished("form", *command)
        assert status == 1
        assert err == "giaoban: Không có biểu mẫu «nope». Các biểu mẫu đã công bố: covid_daily.\n"


def test_an_exported_form_is_good_and_is_published_without_a_change(furnished: Giaoban, tmp_path: Path) -> None:
    assert furnished("form", "export", "covid_daily", "-o", "out.xlsx")[0] == 0
    made = (tmp_path / "out.xlsx").read_bytes()
    assert read_form(made, "out.xlsx") == read_form(DAILY.read_bytes(), DAILY.name)
    assert furnished("form", "check", "out.xlsx")[0] == 0
    assert furnished("form", "export", "covid_daily")[0] == 0
    assert (tmp_path / "covid_daily.xlsx").exists()


def test_what_a_version_changes_is_printed_and_a_dry_run_does_nothing(furnished: Giaoban, tmp_path: Path) -> None:
    file = newer(tmp_path, ("Mẫu XN", "Số mẫu xét nghiệm"))
    status, out, _ = furnished("form", "publish", file, "--from", "2021-12-01", "--dry-run")
    assert status == 0
    assert "tên gọi khác: «Mẫu XN» → «Số mẫu xét nghiệm»" in out
    assert "Chưa làm gì" in out
    assert "2099.1" not in furnished("form", "list")[1]
    assert furnished("form", "publish", file, "--from", "2021-12-01")[0] == 0
    assert "2099.1" in furnished("form", "list")[1]


def test_an_indicator_with_history_stays_what_it_is(furnished: Giaoban, tmp_path: Path) -> None:
    other = newer(tmp_path, (r"integer( +\| f0_new )", r"decimal\1"))
    assert furnished("form", "publish", other, "--from", "2021-12-01", "--dry-run")[0] == 0
    assert furnished("figures", "import", written(tmp_path, HISTORY))[0] == 0
    status, _, err = furnished("form", "publish", other, "--from", "2021-12-01")
    assert status == 1
    assert "f0_new" in err
    assert "integer" in err
    assert "decimal" in err
    assert "đặt tên (name) mới" in err
    assert "2099.1" not in furnished("form", "list")[1]


def test_a_rule_that_cannot_be_read_is_told_as_broken_until_it_is_retired(furnished: Giaoban, tmp_path: Path) -> None:
    rule = (
        "key,name,left,operator,right,hour\ntests,Số mẫu,${covid_daily.tests_new},<=,${covid_daily.f1_active},18:00\n"
    )
    assert furnished("rules", "import", written(tmp_path, rule, "rules.csv"))[0] == 0
    assert furnished("form", "retire", "covid_daily", "--from", "2021-11-10")[0] == 0
    broken = furnished("rules", "list")[1].splitlines()[1]
    assert "không còn đọc được" in broken
    assert "hiện không có biểu mẫu nào đang dùng mà «covid_daily.tests_new» có thể thuộc về." in broken
    assert furnished("rules", "retire", "tests")[0] == 0
    assert furnished("rules", "list")[1].splitlines()[1].endswith("thôi áp dụng")
