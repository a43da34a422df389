"""Which units report for themselves alone, whatever has begun and ended."""

from datetime import date, timedelta

from reporting.figures.areas import Areas
from reporting.forms import Form
from reporting.unit_list import read_units
from reporting.units import Unit, UnitTree

FIRST = date(2021, 11, 1)
LINES = """code,name,kind,parent,aliases,since,until
1,Cả,tỉnh,,,,
11,Đông,huyện,1,,,
12,Tây,huyện,1,,,
111,A,xã,11,,,
112,B,thị trấn,11,,,2021-11-04
113,C,xã,11,,2021-11-04,
121,D,xã,12,,,2021-11-06
"""


def tree() -> UnitTree:
    lines = list(read_units(LINES))
    ids = {line.code: number for number, line in enumerate(lines, 1)}
    return UnitTree(
        Unit(ids[each.code], each.code, each.name, each.kind, ids.get(each.parent), (), each.since, each.until)
        for each in lines
    )


def test_those_alone_are_those_whose_reports_are_theirs_on_all_the_days() -> None:
    units = tree()
    days = [FIRST + timedelta(days=count) for count in range(8)]
    for reports in (("leaves",), ("xã",), ("huyện", "xã"), ("thị trấn", "huyện")):
        form, areas = Form("ledger", "1", {}, (), reports=reports), Areas(units)
        for first in days:
            for last in (day for day in days if day >= first):
                walked = {each.id for each in units if areas.during(form, each, first, last) == (each.id,)}
                assert areas.alone(form, first, last) == walked
