"""The list of units by the command line: what would leave a unit without anybody above it is refused."""

from pathlib import Path

from tests.desk.conftest import Giaoban
from tests.desk.test_commands import written

HEAD = "code,name,kind,parent,aliases,since,until\n"
PROVINCE = HEAD + "38,Thanh Hóa,tỉnh,,,,\n"
DISTRICT = "397,Triệu Sơn,huyện,38,,,\n"
ABOLISHED = "397,Triệu Sơn,huyện,38,,,2021-11-12\n"
COMMUNES = "15742,Thọ Dân,xã,397,,,\n15700,Dân Lực,xã,397,,,2021-11-12\n"


def test_a_unit_that_outlives_its_parent_is_refused_by_name_and_day(giaoban: Giaoban, tmp_path: Path) -> None:
    status, out, err = giaoban("units", "import", written(tmp_path, PROVINCE + ABOLISHED + COMMUNES))
    assert (status, out) == (1, "")
    for named in ("Dòng 4", "huyện Triệu Sơn (397)", "12/11/2021", "xã Thọ Dân (15742)", "cấp trên mới", "«until»"):
        assert named in err
    assert "Dân Lực" not in err
    assert giaoban("units", "list")[1].count("\n") == 1


def test_a_parent_is_not_taken_away_from_units_that_are_known_already(giaoban: Giaoban, tmp_path: Path) -> None:
    giaoban("units", "import", written(tmp_path, PROVINCE + DISTRICT + COMMUNES))
    status, _, err = giaoban("units", "import", written(tmp_path, HEAD + ABOLISHED))
    assert (status, "Dòng 2" in err, "Thọ Dân" in err) == (1, True, True)
    moved = HEAD + ABOLISHED + "15742,Thọ Dân,xã,38,,,\n"
    assert giaoban("units", "import", written(tmp_path, moved))[0] == 0
