"""Groups of units are named with their kind: «cụm 1», «cụm Nông Trường»; a number alone, or the name alone, is none."""

from datetime import date
from functools import cache

import pytest

from reporting.units import GroupMember, Unit, UnitTree
from tests.rules.vocabularies import FORMS, form, trieu_son
from understanding import Vocabulary, understand

TODAY = date(2021, 11, 10)
GROUPS = (
    Unit(901, "C1", "1", "cụm", 1),
    Unit(902, "C2", "Nông Trường", "cụm", 1),
    Unit(903, "KV", "Đông Bắc", "khu vực", 1),
)


@cache
def grouped() -> Vocabulary:
    units = trieu_son().units
    members = [GroupMember(group.id, unit.id) for group in GROUPS for unit in units[1:9]]
    tree = UnitTree((*units, *GROUPS), members)
    return Vocabulary(tree, [form(FORMS / "covid_daily.md"), form(FORMS / "covid_level.md")], tree.unit(1))


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("cụm 1 hôm nay mấy ca", ["cụm 1"]),
        ("cum 1 ngay 9/11 may ca", ["cụm 1"]),
        ("cụm 1", ["cụm 1"]),
        ("cụm 1 ngày 9/11 mấy ca", ["cụm 1"]),
        ("cụm Nông Trường hôm nay bao nhiêu ca", ["cụm Nông Trường"]),
        ("Nông Trường hôm nay bao nhiêu ca", ["xã Nông Trường"]),
        ("xã nông trường mấy ca", ["xã Nông Trường"]),
        ("khu vực Đông Bắc mấy ca mới", ["khu vực Đông Bắc"]),
        ("từ 1/11 đến 9/11 mấy ca mới toàn huyện", ["huyện Triệu Sơn"]),
        ("Thọ Dân ngày 1/11 mấy ca", ["xã Thọ Dân"]),
    ],
)
def test_which_unit_is_named(question: str, named: list[str]) -> None:
    inquiry = understand(question, grouped(), TODAY)
    assert [unit.title for unit in inquiry.units] == named
    assert inquiry.doubts == ()


def test_all_groups_are_ranked_where_their_kind_is_asked_for() -> None:
    inquiry = understand("cụm nào nhiều ca mới nhất", grouped(), TODAY)
    assert (inquiry.intent, inquiry.kinds, inquiry.doubts) == ("rank", ("cụm",), ())
