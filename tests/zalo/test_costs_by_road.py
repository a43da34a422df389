"""A report costs by no road more than docs/zalo.md says."""

import re

from bench.roads import measure
from tests.environment import ROOT

ROW = re.compile(r"^\| (?P<road>[^|]+) \| (?P<day>[^|]+) \| (?P<does>\d+) \| (?P<told>\d+) \|$", re.MULTILINE)


async def test_a_report_costs_no_more_than_the_document_says() -> None:
    said = {
        (row["road"], row["day"]): (int(row["does"]), int(row["told"]))
        for row in ROW.finditer((ROOT / "docs" / "zalo.md").read_text(encoding="utf-8"))
    }
    found = {(each.road, each.day): (each.does, each.is_told) for each in await measure()}
    assert found.keys() == said.keys()
    assert len(found) == 9
    for way, (does, told) in found.items():
        assert (does <= said[way][0], told <= said[way][1]) == (True, True), f"{way}: {does}, {told}"
    assert {told for (road, _), (_, told) in found.items() if road.startswith("page")} == {2}
