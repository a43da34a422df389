"""Units that are called alike are told apart wherever they are told: by what they lie in, or by their code."""

import sys
from collections.abc import Sequence
from datetime import date
from itertools import product
from typing import Any

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


def test_where_what_they_lie_in_is_called_alike_too_the_code_tells_them_apart() -> None:
    communes = (Unit(3, "101", "Thọ Dân", "xã", 1), Unit(4, "201", "Thọ Dân", "xã", 2), Unit(5, "102", "Nưa", "xã", 1))
    villages = tuple(Unit(6 + n, f"{n}", "1", "thôn", parent) for n, parent in enumerate((3, 4, 5)))
    told = _titles(*DISTRICTS, *communes, *villages)
    assert [told[each.id] for each in villages] == ["thôn 1 (0)", "thôn 1 (1)", "thôn 1 (xã Nưa)"]


def test_what_lies_in_nothing_is_told_by_its_code() -> None:
    told = _titles(Unit(1, "1", "A", "tỉnh"), Unit(2, "2", "A", "tỉnh", 3), Unit(3, "3", "B", "vùng"))
    assert (told[1], told[2]) == ("tỉnh A (1)", "tỉnh A (vùng B)")


def test_the_code_is_told_once() -> None:
    units = (*DISTRICTS, *(Unit(n, f"10{n}", "Thọ Dân", "xã", 1) for n in (3, 4)), Unit(5, "205", "Thọ Dân", "xã", 2))
    told = {each.id: each.title_with_code for each in UnitTree(units)}
    assert told[1] == "huyện Triệu Sơn (10)"
    assert (told[3], told[5]) == ("xã Thọ Dân (103)", "xã Thọ Dân (huyện Thọ Xuân) (205)")


def _lasts(since: date | None, until: date | None) -> bool:
    return since is None or until is None or since < until


YEARS = tuple(date(year, 1, 1) for year in (2001, 2002, 2003, 2004))
STRETCHES = [(since, until) for since, until in product((None, *YEARS[:3]), (*YEARS[1:], None)) if _lasts(since, until)]


@pytest.mark.parametrize("first", STRETCHES)
@pytest.mark.parametrize("second", STRETCHES)
def test_of_three_those_are_told_apart_that_are_there_on_the_same_day(first: Any, second: Any) -> None:
    days = [date(year, 6, 1) for year in range(1999, 2006)]
    for third in STRETCHES:
        units = [Unit(n, str(n), "A", "xã", None, (), *at) for n, at in enumerate((first, second, third))]
        together = {
            one.id for one, other in product(units, units) for on in days if one is not other and _both(one, other, on)
        }
        assert {each.id for each in UnitTree(units) if each.within} == together


def _both(one: Unit, other: Unit, on: date) -> bool:
    return one.exists(on) and other.exists(on)


def _villages(communes: int) -> Sequence[Unit]:
    above = [Unit(n, f"C{n}", f"Xã {n}", "xã") for n in range(communes)]
    below = [Unit(len(above) + n, f"T{n}", str(n % 15), "thôn", n // 15, (), MERGED) for n in range(15 * communes)]
    return [*above, *below]


def _calls(units: Sequence[Unit]) -> int:
    """How many functions are called to make a tree of them."""
    count = 0

    def called(_frame: object, event: str, _of: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(called)
    try:
        UnitTree(units)
    finally:
        sys.setprofile(None)
    return count


def test_twice_as_many_of_a_name_take_no_more_than_twice_as_long() -> None:
    _calls(_villages(2))
    assert _calls(_villages(80)) < 2.1 * _calls(_villages(40))
