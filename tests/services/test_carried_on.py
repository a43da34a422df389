"""Whose figures make up what stands on a day after mergers and divisions: none is lost or doubled while some units are silent."""

from collections.abc import Mapping
from datetime import date, timedelta

from reporting.units import Unit, UnitTree
from services.carried_on import standing_units

DAY = date(2025, 7, 1)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)
TOP = Unit(1, "1", "Huyện", "huyện")
AN, BINH = Unit(2, "2", "An", "xã", 1, until=DAY), Unit(3, "3", "Bình", "xã", 1, until=DAY)


def standing(values_on: Mapping[Unit, date], *made: Unit, on: date = AFTER) -> str:
    among = list(dict.fromkeys((*values_on, *made)))
    tree = UnitTree([TOP, *among])
    return " ".join(sorted(unit.name for unit in standing_units(values_on, among, tree, on)))


def test_former_units_stay_until_the_one_that_they_have_become_has_a_value() -> None:
    new = Unit(4, "4", "Mới", "xã", 1, ("An", "Bình"), since=DAY)
    assert standing({AN: BEFORE, BINH: BEFORE}, new, on=BEFORE) == "An Bình"
    assert standing({AN: BEFORE, BINH: BEFORE}, new) == "An Bình"
    assert standing({AN: BEFORE, BINH: BEFORE, new: DAY}) == "Mới"


def test_what_was_joined_to_a_unit_that_stood_stays_until_that_has_a_newer_value() -> None:
    stood = Unit(4, "4", "Cát", "xã", 1, ("An",))
    assert standing({AN: BEFORE, stood: BEFORE}) == "An Cát"
    assert standing({AN: BEFORE, stood: DAY}) == "Cát"


def test_the_parts_of_a_divided_unit_wait_for_each_other_and_so_does_what_else_they_are_made_of() -> None:
    one = Unit(4, "4", "Một", "xã", 1, ("An", "Bình"), since=DAY)
    two = Unit(5, "5", "Hai", "xã", 1, ("An",), since=DAY)
    assert standing({AN: BEFORE, BINH: BEFORE, one: DAY}, two) == "An Bình"
    assert standing({AN: BEFORE, BINH: BEFORE, one: DAY, two: AFTER}) == "Hai Một"


def test_of_two_mergers_after_each_other_the_newest_that_has_a_value_counts() -> None:
    between = Unit(4, "4", "Giữa", "xã", 1, ("An",), since=DAY, until=AFTER)
    last = Unit(5, "5", "Cuối", "xã", 1, ("Giữa",), since=AFTER)
    assert standing({AN: BEFORE}, between, last) == "An"
    assert standing({AN: BEFORE, between: DAY}, last) == "Giữa"
    assert standing({AN: BEFORE, last: AFTER}, between) == "Cuối"
    assert standing({AN: BEFORE, between: DAY, last: AFTER}) == "Cuối"


def test_what_was_joined_twice_in_a_row_is_neither_doubled_nor_lost() -> None:
    between = Unit(4, "4", "Giữa", "xã", 1, ("An",), until=AFTER)  # it stood before
    last = Unit(5, "5", "Cuối", "xã", 1, ("Giữa",), since=AFTER)
    assert standing({AN: BEFORE, between: BEFORE}, last) == "An Giữa"
    assert standing({AN: BEFORE, between: BEFORE, last: AFTER}) == "Cuối"


def test_what_went_on_through_one_that_was_silent_waits_for_a_value_since_then() -> None:
    silent = Unit(4, "4", "Lặng", "xã", 1, ("An", "Bình"), since=DAY, until=AFTER)
    stood = Unit(5, "5", "Cát", "xã", 1, ("Lặng",))
    assert standing({AN: BEFORE, BINH: BEFORE, stood: DAY}, silent) == "An Bình Cát"
    assert standing({AN: BEFORE, BINH: BEFORE, stood: AFTER}, silent) == "Cát"


def test_what_went_to_none_of_these_units_is_not_waited_for() -> None:
    elsewhere = Unit(4, "4", "Mới", "xã", 1, ("An",), since=DAY)
    tree = UnitTree([TOP, AN, BINH, elsewhere])
    assert standing_units({AN: BEFORE, BINH: BEFORE}, [AN, BINH], tree, AFTER) == set()
