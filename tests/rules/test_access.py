"""Who may do what: a duty reaches down its subtree, never beside or above; whoever else holds nothing."""

from datetime import date
from itertools import product

import pytest

from reporting.access import ACTIONS, may, tiers_held
from reporting.forms import Form, Tier
from reporting.people import ROLES, Duty, Role
from reporting.units import GroupMember, Unit, UnitTree

PROVINCE, DISTRICT, COMMUNE, BESIDE, ELSEWHERE = (
    Unit(1, "38", "Thanh Hóa", "tỉnh"),
    Unit(2, "397", "Triệu Sơn", "huyện", 1),
    Unit(3, "15742", "Thọ Dân", "xã", 2),
    Unit(4, "15700", "Dân Lực", "xã", 2),
    Unit(5, "398", "Thiệu Hóa", "huyện", 1),
)
FORMER, MERGED, FOREIGN, FOREIGN_COMMUNE, CLUSTER = (
    Unit(6, "15745", "Thọ Tiến", "xã", 2, until=date(2021, 6, 30)),
    Unit(7, "15746", "Thọ Phú", "xã", 5, since=date(2021, 7, 1)),
    Unit(8, "40", "Nghệ An", "tỉnh"),
    Unit(9, "16700", "Nghĩa Đàn", "xã", 8),
    Unit(10, "C1", "Cụm Bắc", "cụm"),
)
"""One that is no more, one in another district that was made of it; another tree; a group of one commune."""
SINCE = date(2021, 1, 1)
TREE = UnitTree(
    [PROVINCE, DISTRICT, COMMUNE, BESIDE, ELSEWHERE, FORMER, MERGED, FOREIGN, FOREIGN_COMMUNE, CLUSTER],
    [GroupMember(CLUSTER.id, COMMUNE.id)],
)
REACH = {
    PROVINCE: {PROVINCE, DISTRICT, COMMUNE, BESIDE, ELSEWHERE, FORMER, MERGED},
    DISTRICT: {DISTRICT, COMMUNE, BESIDE, FORMER},
    COMMUNE: {COMMUNE},
    FORMER: {FORMER},
    MERGED: {MERGED},
    FOREIGN: {FOREIGN, FOREIGN_COMMUNE},
    FOREIGN_COMMUNE: {FOREIGN_COMMUNE},
    CLUSTER: {CLUSTER, COMMUNE},
}


@pytest.mark.parametrize("role", ROLES)
def test_every_role_unit_and_action(role: Role) -> None:
    for seat, unit, action in product(REACH, TREE, ACTIONS):
        wanted = role in ACTIONS[action] and unit in REACH[seat]
        assert may(action, unit, [Duty(9, seat.id, role, SINCE)], TREE) is wanted, (seat.name, unit.name, action)


def test_nobody_without_a_duty_may_do_anything() -> None:
    assert not any(may(action, unit, [], TREE) for action, unit in product(ACTIONS, TREE))


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("approval", [(), ("chair",), ("leader",), ("chair", "leader")])
def test_a_form_says_who_approves(role: Role, approval: tuple[Tier, ...]) -> None:
    form = Form("beds", "1", {}, (), approval=approval)
    for seat, unit in product(REACH, TREE):
        wanted = (role,) if role in approval and unit in REACH[seat] else ()
        assert tiers_held(form, unit, [Duty(9, seat.id, role, SINCE)], TREE) == wanted
