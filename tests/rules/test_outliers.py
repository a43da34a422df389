"""The rule of what stands out."""

from decimal import Decimal

import pytest

from messages.digests.content import content_of
from messages.digests.reading import Reading, Room
from messages.digests.standouts import standouts
from reporting.digests.outliers import outlier
from reporting.figures.usual_range import Number, range_of
from reporting.translator import translator
from reporting.units import Unit, UnitTree
from tests.rules.digests_made import evidence

QUIET = [0] * 14
USUAL = [2, 3, 1, 2, 4, 2, 3, 2, 1, 2, 3, 2, 4, 2]
LARGE = [400, 410, 395, 405, 420, 399, 401, 408, 412, 397]


@pytest.mark.parametrize(
    ("value", "earlier", "stands_out"),
    [
        (18, USUAL, True),
        (5, USUAL, False),
        (3, QUIET, False),
        (4, QUIET, True),
        (430, LARGE, False),
        (600, LARGE, True),
        (0, LARGE, True),
        (0, USUAL, False),
        (18, USUAL[:6], False),
        (40, [*USUAL, 40], False),
    ],
)
def test_a_value_stands_out_far_from_the_units_own_usual(value: int, earlier: list[int], stands_out: bool) -> None:
    assert (outlier(value, range_of(earlier)) is not None) is stands_out


def test_the_first_of_a_rare_event_stands_out() -> None:
    found = outlier(1, range_of(QUIET), rare=True)
    assert found is not None
    assert found.first
    assert outlier(0, range_of(QUIET), rare=True) is None


def test_whole_numbers_and_fractions_go_together() -> None:
    found = outlier(Decimal("30.5"), range_of([2, 3, Decimal("2.5"), 2, 3, 2, 3, 2]))
    assert found is not None
    assert (found.usual.usual, found.usual.most) == (Decimal("2.25"), 3)


def test_it_can_be_said_in_words() -> None:
    found = outlier(600, range_of(LARGE))
    assert found is not None
    assert (*found.usual[2:6], found.is_high) == (403, 395, 420, 10, True)


def test_what_is_usual_is_told_as_near_as_the_figures_are() -> None:
    counts, rates = range_of([2, 3, 2, 3, 2, 3, 2, 3]), range_of([Decimal("0.31"), Decimal("0.32")] * 4)
    assert counts is not None
    assert rates is not None
    assert (counts.middle, rates.usual, rates.middle) == (Decimal("2.5"), Decimal("0.315"), Decimal("0.32"))


def test_a_standout_tells_the_units_figures_as_they_are_and_its_district_once() -> None:
    units = [
        Unit(1, "38", "Thanh Hóa", "tỉnh"),
        Unit(2, "380", "Triệu Sơn", "huyện", 1),
        Unit(3, "381", "Thọ Xuân", "huyện", 1),
    ]
    names = {4: "Tân Tiến", 5: "Tân Tiến", 6: "Thọ Dân"}
    tree = UnitTree([*units, *(Unit(one, f"14{one}", name, "xã", 3 if one == 5 else 2) for one, name in names.items())])

    def figure(name: str, unit_id: int, days_ago: int) -> Number:
        if name == "f0_active":
            return Decimal(9) if days_ago == 0 and unit_id > 4 else Decimal("0.04") + Decimal(days_ago % 3) / 100
        return 2

    reading = Reading(evidence(tree, figure=figure), translator("vi"))
    said = standouts(reading, Room(6, 6)) or ""
    lines = [line for line in said.splitlines() if "đang điều trị" in line]
    named = {line.split(" – ")[0] for line in lines}
    assert named == {"• xã Tân Tiến (huyện Thọ Xuân)", "• xã Thọ Dân (huyện Triệu Sơn)"}
    assert all("thường là 0,05, cao nhất 0,06" in line for line in lines)
    content = content_of(reading, {})
    assert {each.usual for each in content.standouts} == {0.05}
