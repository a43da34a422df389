"""What a file does to the units is read off the tree before and after; and how lists of groups and mergers are read."""

from datetime import date

import pytest

from messages.admins.unit_words import changed_lines
from reporting.errors import Refused, Several
from reporting.group_list import above_all, read_groups
from reporting.merger_list import read_mergers
from reporting.people import Address, Person
from reporting.translator import translator
from reporting.unit_differences import ChangedUnits, LeftBehind, unit_differences
from reporting.unit_tables import table_kind, table_of_cells, table_text
from reporting.units import GroupMember, Unit, UnitTree

DAY = date(2025, 7, 1)
BEFORE = UnitTree(
    [
        Unit(1, "1", "Huyện", "huyện"),
        Unit(2, "2", "An", "xã", 1, ("An Cũ",)),
        Unit(3, "3", "Bình", "xã", 1),
        Unit(4, "4", "Cát", "xã", 1, until=DAY),
        Unit(9, "C1", "Một", "cụm", 1),
    ],
    [GroupMember(9, 2), GroupMember(9, 3)],
)


def test_each_thing_that_is_otherwise_is_named_once() -> None:
    after = UnitTree(
        [
            Unit(1, "1", "Huyện", "huyện"),
            Unit(2, "2", "An Mới", "phường", 5, ("An",), until=DAY),
            Unit(3, "3", "Bình", "xã", 1),
            Unit(4, "4", "Cát", "xã", 1),
            Unit(5, "5", "Quận", "quận"),
            Unit(9, "C1", "Một", "cụm", 1),
        ],
        [GroupMember(9, 2, None, DAY), GroupMember(9, 4, DAY)],
    )
    found = [(each.change, each.unit.id) for each in unit_differences(BEFORE, after)]
    assert found == [
        ("new", 5),
        ("renamed", 2),
        ("moved", 2),
        ("ended", 2),
        ("goes on", 4),
        ("aliases", 2),
        ("joins", 4),
        ("leaves", 2),
        ("leaves", 3),
    ]
    aliases = next(each for each in unit_differences(BEFORE, after) if each.change == "aliases")
    assert (aliases.names, aliases.names_gone) == (("An",), ("An Cũ",))


def test_what_is_the_same_is_no_difference() -> None:
    assert unit_differences(BEFORE, UnitTree(BEFORE.units, BEFORE.memberships)) == []


def test_whoever_is_left_is_invited_again_by_the_way_of_the_place_where_that_is_read() -> None:
    tu = Person(1, "Tư", "vi", Address("telegram", "1"))
    done = ChangedUnits(1, ("4",), (), (LeftBehind(BEFORE.unit(4), (BEFORE.unit(3),), people=(tu,)),))
    for language, chat, desk in (
        (
            "vi",
            "đề nghị mời lại người tiếp tục nhiệm vụ: /moi kèm nhiệm vụ và tên đơn vị mới (xã Bình).",
            "giaoban invite ROLE 3",
        ),
        ("en", "invite again whoever goes on: /invite with the duty and the unit (xã Bình).", "giaoban invite ROLE 3"),
    ):
        (told,), (read,) = (
            changed_lines(done, translator(language), DAY, at_desk=at_desk) for at_desk in (False, True)
        )
        assert told.endswith(chat)
        assert read.endswith(desk)


def test_which_list_a_table_is_stands_in_its_heading() -> None:
    assert table_kind("code,name,kind,parent\n") == "units"
    assert table_kind("\ufeffgroup, name ,kind,member\n") == "groups"
    assert table_kind("on,old,new,name,kind\n") == "mergers"
    assert table_kind("date,unit,indicator,value\n") is None
    assert table_kind("") is None


def test_cells_are_read_as_the_table_that_they_are() -> None:
    cells = {"A1": ("s", "code"), "B1": ("s", "name"), "A3": ("n", "15742"), "B3": ("s", "Thọ, Dân")}
    assert table_of_cells(cells) == 'code,name\n,\n15742,"Thọ, Dân"\n'
    with pytest.raises(Refused):
        table_text("x.csv", "Thọ".encode("utf-16"))
    with pytest.raises(Refused):
        table_text("x.xlsx", b"PK no workbook")


def test_what_a_group_is_called_need_stand_but_once() -> None:
    lines = read_groups("group,name,kind,member,since,until\nC1,Một,cụm,2,,\nC1,,,3,2025-07-01,\n")
    assert [(each.name, each.kind, each.member, each.since) for each in lines] == [
        ("Một", "cụm", "2", None),
        ("Một", "cụm", "3", DAY),
    ]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("group,name,kind,member\nC1,Một,cụm,2\nC1,Hai,cụm,3\n", ["groups_called"]),
        ("group,name,kind,member\nC1,Một,cụm,2\nC1,,,2\n", ["groups_twice"]),
        ("group,name,kind,member\nC1,Một,,2\n,Một,cụm,3\n", ["units_empty", "units_empty"]),
    ],
)
def test_a_bad_list_of_groups_is_refused_by_row(text: str, keys: list[str]) -> None:
    with pytest.raises(Refused) as refused:
        read_groups(text)
    found = refused.value.found if isinstance(refused.value, Several) else (refused.value,)
    assert [each.key for each in found] == keys


def test_people_go_on_by_themselves_where_one_unit_became_one_other() -> None:
    head = "on,old,new,name,kind,people\n"
    lines = read_mergers(
        f"{head}2025-07-01,1,9,A,xã,\n2025-07-01,2,8,B,xã,\n2025-07-01,3,8,,,move\n2025-07-01,4,7,C,xã,\n2025-07-01,4,6,D,xã,\n"
        "2025-07-01,5,5,E,xã,stay\n"
    )
    assert [each.moves for each in lines] == [True, False, True, False, False, False]


def test_what_stands_above_all_is_the_lowest() -> None:
    tree = UnitTree(
        [
            Unit(1, "1", "T", "tỉnh"),
            Unit(2, "2", "H", "huyện", 1),
            Unit(3, "3", "A", "xã", 2),
            Unit(4, "4", "B", "xã", 2),
            Unit(5, "5", "K", "huyện", 1),
            Unit(6, "6", "R", "tỉnh"),
        ]
    )
    above = {pair: above_all([tree.unit(one) for one in pair], tree) for pair in ((3, 4), (3, 5), (3, 2), (3, 6))}
    assert {pair: unit.id if unit else None for pair, unit in above.items()} == {
        (3, 4): 2,
        (3, 5): 1,
        (3, 2): 1,
        (3, 6): None,
    }
