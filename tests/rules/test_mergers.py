"""What became of units that ended is read off the list of units: the real merger of 1/7/2025, and what else may happen."""

import csv
import gc
import weakref
from dataclasses import replace
from datetime import date

import pytest

from reporting.unit_list import UnitLine, read_units
from reporting.units import Unit, UnitTree
from tests.rules.vocabularies import HERE
from understanding.mergers import begun_instead, on_days, predecessors, successors, successors_on, taken_over

DAY = date(2025, 7, 1)
LIST = (HERE.parent / "docs" / "units_after_merger_2025.csv").read_text(encoding="utf-8")
"""The list that docs/operations.md shows."""


def tree_of(lines: list[UnitLine]) -> UnitTree:
    """The lines' units; a parent is the newest of its code that began no later."""
    units: list[Unit] = []
    for line in lines:
        bearers = [each for each in units if each.code == line.parent and not (each.since and each.since != line.since)]
        parent = bearers[-1].id if bearers else None
        of = (line.code, line.name, line.kind, parent, line.aliases, line.since, line.until)
        units.append(Unit(len(units) + 1, *of))
    return UnitTree(units)


@pytest.fixture(scope="module")
def merged() -> UnitTree:
    return tree_of(read_units(LIST))


@pytest.fixture(scope="module")
def without_district() -> UnitTree:
    """The same, with the district ended too and an area of another kind in its place."""
    area = UnitLine(0, "TS", "Triệu Sơn", "địa bàn", aliases=("toàn huyện",), since=DAY)
    lines = []
    for line in read_units(LIST):
        if line.code == "397":
            lines += [replace(line, until=DAY), area]
        else:
            lines.append(replace(line, parent="TS") if line.since else line)
    return tree_of(lines)


def named(tree: UnitTree, name: str, kind: str = "xã", on: date = date(2025, 6, 30)) -> Unit:
    return next(unit for unit in tree if (unit.name, unit.kind) == (name, kind) and unit.exists(on))


def real() -> list[tuple[str, str, str, str]]:
    """Code and title of each of the 34 units, and what it became."""
    with (HERE / "units" / "trieu_son.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [(r["code"], f"{r['kind']} {r['display_name']}", r["code_2025_07"], f"xã {r['name_2025_07']}") for r in rows]


@pytest.mark.parametrize("which", ["merged", "without_district"])
def test_each_of_the_34_units_became_what_the_resolution_says(which: str, request: pytest.FixtureRequest) -> None:
    tree: UnitTree = request.getfixturevalue(which)
    for code, title, new_code, new_title in real():
        old = tree.find(code, date(2025, 6, 30))
        assert old is not None
        assert old.title == title
        assert [(each.code, each.title) for each in successors(old, tree)] == [(new_code, new_title)], title
    assert len(real()) == 34


def test_a_unit_knows_what_it_was_made_of(merged: UnitTree) -> None:
    new = named(merged, "Thọ Phú", on=DAY)
    names = [each.name for each in predecessors(new, merged)]
    assert names == ["Xuân Thịnh", "Xuân Lộc", "Thọ Dân", "Thọ Tân", "Thọ Phú", "Thọ Vực", "Thọ Thế"]
    assert predecessors(named(merged, "Thọ Phú"), merged) == ()


def test_a_district_is_no_commune_of_its_name(without_district: UnitTree) -> None:
    district = named(without_district, "Triệu Sơn", "huyện")
    assert [each.title for each in successors(district, without_district)] == ["địa bàn Triệu Sơn"]


def test_a_unit_that_stands_is_itself_and_one_that_is_not_there_yet_is_none(merged: UnitTree) -> None:
    old, new = named(merged, "Thọ Dân"), named(merged, "Thọ Phú", on=DAY)
    june, july = date(2025, 6, 20), date(2025, 7, 9)
    assert on_days(old, merged, june, june) == (old,)
    assert on_days(old, merged, june, july) == (old,)
    assert on_days(old, merged, july, july) == (new,)
    assert on_days(new, merged, june, june) == ()


def test_what_is_not_written_down_is_not_guessed_but_offered() -> None:
    lines = [replace(line, aliases=()) if line.since else line for line in read_units(LIST)]
    tree = tree_of(lines)
    lost = named(tree, "Thọ Dân")
    assert successors(lost, tree) == ()
    assert {each.since for each in begun_instead(lost, tree)} == {DAY}
    assert len(begun_instead(lost, tree)) == 8


def test_two_mergers_after_each_other_are_followed_to_the_end() -> None:
    first, second = date(2024, 12, 1), DAY
    units = [
        Unit(1, "1", "Huyện", "huyện"),
        Unit(2, "2", "Thọ Vực", "xã", 1, until=first),
        Unit(3, "3", "Thọ Phú", "xã", 1, ("Thọ Vực",), since=first, until=second),
        Unit(4, "4", "Thọ Phú", "xã", 1, ("Thọ Dân",), since=second),
    ]
    tree = UnitTree(units)
    assert [each.id for each in successors_on(units[1], tree, date(2025, 1, 1))] == [3]
    assert [each.id for each in successors_on(units[1], tree, date(2025, 8, 1))] == [4]


def test_a_unit_that_was_divided_has_two_successors_and_one_that_was_joined_to_an_old_one_has_that() -> None:
    units = [
        Unit(1, "1", "Huyện", "huyện"),
        Unit(2, "2", "An", "xã", 1, until=DAY),
        Unit(3, "3", "Bình", "xã", 1, ("xã An",), since=DAY),
        Unit(4, "4", "Cát", "xã", 1, ("An",), since=DAY),
        Unit(5, "5", "Minh Châu", "xã", 1, until=DAY),
        Unit(6, "6", "Giắt", "thị trấn", 1, ("Minh Châu",)),
        Unit(7, "7", "Xa", "huyện"),
        Unit(8, "8", "Minh Châu", "xã", 7),
    ]
    tree = UnitTree(units)
    assert [each.name for each in successors(units[1], tree)] == ["Bình", "Cát"]
    assert [each.name for each in successors(units[4], tree)] == ["Giắt"]


class Counted(UnitTree):
    """A tree that counts how often it is asked what lies under a unit."""

    asked = 0

    def children(self, unit: Unit | None, on: date) -> list[Unit]:
        self.asked += 1
        return super().children(unit, on)


def test_what_became_of_a_unit_is_worked_out_once_however_many_units_are_asked_about() -> None:
    old = [Unit(10 + one, f"{one}", f"An {one}", "xã", 1, until=DAY) for one in range(40)]
    new = [
        Unit(100 + one, f"N{one}", f"Bình {one}", "xã", 1, (f"An {2 * one}", f"An {2 * one + 1}"), since=DAY)
        for one in range(20)
    ]
    tree = Counted([Unit(1, "1", "Huyện", "huyện"), *old, *new])
    found = [predecessors(each, tree) for each in new]
    assert found == [tuple(old[2 * one : 2 * one + 2]) for one in range(20)]
    assert tree.asked <= len(old) * 5
    before = tree.asked
    assert [predecessors(each, tree) for each in new] == found
    assert tree.asked == before


def test_a_tree_that_nobody_uses_any_more_is_not_kept_for_what_became_of_its_units() -> None:
    tree = UnitTree([Unit(1, "1", "An", "xã", until=DAY), Unit(2, "2", "Bình", "xã", None, ("An",), since=DAY)])
    assert [each.name for each in predecessors(tree.unit(2), tree)] == ["An"]
    gone = weakref.ref(tree)
    del tree
    gc.collect()
    assert gone() is None


def test_a_unit_that_stands_carries_on_what_was_joined_to_it_and_what_had_been_joined_to_that() -> None:
    first, second = date(2025, 6, 10), DAY
    units = [
        Unit(1, "1", "Huyện", "huyện"),
        Unit(2, "2", "An", "xã", 1, until=first),
        Unit(3, "3", "Bình", "xã", 1, ("An",), since=first, until=second),
        Unit(4, "4", "Cát", "xã", 1, ("Bình",)),
    ]
    tree = UnitTree(units)
    june = date(2025, 6, 1)
    assert [each.name for each in taken_over(units[3], tree, june, second)] == ["Bình", "An"]
    assert [each.name for each in taken_over(units[3], tree, first, second)] == ["Bình"]
    assert taken_over(units[3], tree, june, date(2025, 6, 30)) == ()
    assert predecessors(units[3], tree) == ()
