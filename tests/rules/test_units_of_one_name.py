"""Units that are called alike are told apart wherever they are told: by what they lie in, or by their code."""

from datetime import date

import pytest

from reporting.units import Unit, UnitTree

MERGED = date(2025, 7, 1)


def _titles(*units: Unit) -> dict[int, str]:
    return {each.id: each.title for each in UnitTree(units)}


DISTRICTS = (Unit(1, "10", "Triệu Sơn", "huyện"), Unit(2, "20", "Thọ Xuân", "huyện"))


def test_two_of_one_name_are_told_with_what_they_lie_in() -> None:
    told = _titles(*DISTRICTS, Unit(3, "101", "Thọ Dân", "xã", 1), Unit(4, "201", "Thọ Dân", "xã", 2))
    assert (told[3], told[4]) == ("xã Thọ Dân (huyện Triệu Sơn)", "xã Thọ Dân (huyện Thọ Xuân)")
    assert told[1] == "huyện Triệu Sơn"


def test_another_kind_is_another_name() -> None:
    told = _titles(*DISTRICTS, Unit(3, "101", "Nưa", "xã", 1), Unit(4, "201", "Nưa", "thị trấn", 2))
    assert (told[3], told[4]) == ("xã Nưa", "thị trấn Nưa")


def test_beside_each_other_they_are_told_by_their_codes() -> None:
    told = _titles(*DISTRICTS, *(Unit(n, f"10{n}", "Thọ Dân", "xã", 1) for n in (3, 4)))
    assert (told[3], told[4]) == ("xã Thọ Dân (103)", "xã Thọ Dân (104)")
    assert _titles(Unit(1, "1", "A", "tỉnh"), Unit(2, "2", "A", "tỉnh"))[2] == "tỉnh A (2)"


@pytest.mark.parametrize(
    ("until", "title"), [(MERGED, "xã Thọ Phú"), (date(2025, 7, 2), "xã Thọ Phú (huyện Thọ Xuân)")]
)
def test_whose_name_is_taken_on_from_a_day_is_told_as_before(until: date, title: str) -> None:
    old, new = Unit(3, "101", "Thọ Phú", "xã", 1, until=until), Unit(4, "102", "Thọ Phú", "xã", 2, since=MERGED)
    assert _titles(*DISTRICTS, old, new)[4] == title


def test_a_unit_with_what_tells_it_apart_is_equal_to_itself_without() -> None:
    units = (*DISTRICTS, Unit(3, "101", "Thọ Dân", "xã", 1), Unit(4, "201", "Thọ Dân", "xã", 2))
    assert tuple(UnitTree(units)) == units
