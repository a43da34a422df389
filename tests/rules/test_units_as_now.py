"""Earlier days by the units of today: whoever reported then is counted once, for what he is part of now, and for nobody else."""

from datetime import date
from random import Random

from reporting.figures.areas import Areas
from reporting.forms import Form
from reporting.units import GroupMember, Unit, UnitTree
from understanding.units_now import units_as_now, without_as_now

FIRST, DAY, TODAY = date(2024, 12, 1), date(2025, 7, 1), date(2025, 7, 10)
BEFORE = date(2025, 6, 30)
LEAVES = ("leaves",)


def ids(units: list[Unit]) -> list[int]:
    return sorted(each.id for each in units)


def district() -> UnitTree:
    """Four merge into one, one is divided into two, one joins another that stood already, and one is only renamed."""
    return UnitTree(
        [
            Unit(1, "1", "Huyện", "huyện"),
            *(Unit(number, f"{number}", f"Cũ {number}", "xã", 1, until=DAY) for number in (2, 3, 4, 5)),
            Unit(6, "2", "Mới", "xã", 1, ("Cũ 2", "Cũ 3", "Cũ 4", "Cũ 5"), since=DAY),
            Unit(7, "7", "Lớn", "xã", 1, until=DAY),
            Unit(8, "8", "Đông", "xã", 1, ("Lớn",), since=DAY),
            Unit(9, "9", "Tây", "xã", 1, ("Lớn",), since=DAY),
            Unit(10, "10", "Nhỏ", "xã", 1, until=DAY),
            Unit(11, "11", "Giắt", "thị trấn", 1, ("Nhỏ",)),
            Unit(12, "12", "Tên Cũ", "xã", 1, until=DAY),
            Unit(13, "12", "Tên Mới", "xã", 1, ("Tên Cũ",), since=DAY),
            Unit(20, "C1", "Một", "cụm", 1),
        ],
        [GroupMember(20, 6, DAY), GroupMember(20, 2, None, DAY)],
    )


def test_of_a_day_before_the_new_unit_has_the_units_that_it_was_made_of() -> None:
    now = units_as_now(district(), TODAY)
    expected = {6: [2, 3, 4, 5], 8: [], 9: [], 11: [10, 11], 13: [12]}
    assert {one: ids(now.reporting(now.unit(one), LEAVES, BEFORE)) for one in expected} == expected
    assert ids(now.reporting(now.unit(1), LEAVES, BEFORE)) == [2, 3, 4, 5, 7, 10, 11, 12]
    assert {one: ids(now.reporting(now.unit(one), LEAVES, DAY)) for one in expected} == {one: [one] for one in expected}
    assert [unit.id for unit in now.divided] == [7]


def test_a_group_has_on_earlier_days_what_its_members_of_today_were() -> None:
    tree = district()
    now = units_as_now(tree, TODAY)
    assert ids(tree.reporting(tree.unit(20), LEAVES, BEFORE)) == [2]
    assert ids(now.reporting(now.unit(20), LEAVES, BEFORE)) == [2, 3, 4, 5]


def test_totals_over_days_on_both_sides_have_all_that_reported_on_any() -> None:
    now = units_as_now(district(), TODAY)
    areas, form = Areas(now), Form("ledger", "1", {}, ())
    assert sorted(areas.during(form, now.unit(6), BEFORE, TODAY)) == [2, 3, 4, 5, 6]
    assert areas.groups(form, [now.unit(6)], BEFORE, TODAY) is None


def test_where_nothing_was_merged_nothing_is_otherwise() -> None:
    tree = UnitTree([Unit(1, "1", "Huyện", "huyện"), Unit(2, "2", "A", "xã", 1)])
    now = units_as_now(tree, TODAY)
    assert not now.is_otherwise
    assert ids(now.reporting(now.unit(1), LEAVES, BEFORE)) == [2]


def test_two_mergers_after_each_other_by_plain_arithmetic() -> None:
    """Random units merge twice; what the last ones have of a day is the sum over all that lead there, each counted once."""
    random = Random(20250701)
    for _ in range(30):
        count = random.randint(4, 12)
        middle = {number: random.randrange(100, 100 + count // 2) for number in range(2, 2 + count)}
        last = {one: random.randrange(200, 200 + max(count // 4, 1)) for one in set(middle.values())}
        units = [Unit(1, "1", "Huyện", "huyện")]
        units += [Unit(one, f"{one}", f"A{one}", "xã", 1, until=FIRST) for one in middle]
        units += [
            Unit(one, f"{one}", f"B{one}", "xã", 1, tuple(f"A{o}" for o, m in middle.items() if m == one), FIRST, DAY)
            for one in last
        ]
        units += [
            Unit(one, f"{one}", f"C{one}", "xã", 1, tuple(f"B{m}" for m, e in last.items() if e == one), DAY)
            for one in set(last.values())
        ]
        figures = {one: random.randrange(50) for one in middle}
        now = units_as_now(UnitTree(units), TODAY)
        for end in set(last.values()):
            reported = now.reporting(now.unit(end), LEAVES, date(2024, 11, 30))
            assert sum(figures[each.id] for each in reported) == sum(
                value for one, value in figures.items() if last[middle[one]] == end
            )
        assert len(now.reporting(now.unit(1), LEAVES, date(2024, 11, 30))) == count


def test_the_words_that_ask_for_it_are_taken_out() -> None:
    assert without_as_now("Thọ Phú ngày 30/6 theo đơn vị hiện nay mấy ca") == ("Thọ Phú ngày 30/6 mấy ca", True)
    assert without_as_now("theo xa moi") == ("", True)
    assert without_as_now("Thọ Phú theo đơn vị cũ") == ("Thọ Phú", False)
    assert without_as_now("Tho Phu on 30/6 by the units of today") == ("Tho Phu on 30/6", True)
    assert without_as_now("đơn vị nào nhiều ca") == ("đơn vị nào nhiều ca", False)
