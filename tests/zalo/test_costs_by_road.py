"""A report costs by no road more than docs/zalo.md says."""

import re

from bench.roads import measure
from reporting.message_plan import MessagePlan, need_of
from tests.environment import ROOT

ROW = re.compile(r"^\| (?P<road>[^|]+) \| (?P<day>[^|]+) \| (?P<does>\d+) \| (?P<told>\d+) \|$", re.MULTILINE)

MONTH = re.compile(
    r"^\| (?P<road>[^|]+) \| (?P<day>[^|]+) \| (?P<month>[\d,]+) \| (?P<fits>fits|too many) \|$", re.MULTILINE
)
UNITS, DAYS, FREE = 34, 31, MessagePlan(50, 3000)


def test_a_month_of_a_district_is_worked_out_of_what_a_day_costs() -> None:
    text = (ROOT / "docs" / "zalo.md").read_text(encoding="utf-8")
    costs = {(row["road"], row["day"]): int(row["told"]) for row in ROW.finditer(text)}
    months = list(MONTH.finditer(text))
    assert len(months) == 4
    for row in months:
        month = costs[row["road"], row["day"]] * UNITS * DAYS
        assert (row["month"], row["fits"]) == (f"{month:,}", "fits" if month <= FREE.messages else "too many")
    assert need_of(UNITS, DAYS) == costs["Zalo, chat", "unchanged"] * UNITS * DAYS, "what a switch reckons with"


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
