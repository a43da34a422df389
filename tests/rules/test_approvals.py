"""Who approves, when he is told, what he is to look at by itself, and when it takes too long."""

from datetime import UTC, date, datetime, timedelta

import pytest

from reporting.answers import Answer, Value
from reporting.approvals import doubts_of, is_to_be_told, tier_above, waits_too_long
from reporting.approvers import Approvers
from reporting.figures.usual_range import UsualRange
from reporting.forms import Form, Question, Tier
from reporting.people import Duty, Role
from reporting.reports import Report
from reporting.units import Unit, UnitTree
from reporting.xlsforms.reading import BadForm, read_form

NOW = datetime(2021, 11, 10, 10, tzinfo=UTC)
DAY = date(2021, 11, 10)
DISTRICT, COMMUNE, BESIDE = (
    Unit(1, "1", "Triệu Sơn", "huyện"),
    Unit(2, "11", "Thọ Dân", "xã", 1),
    Unit(3, "12", "Dân Lực", "xã", 1),
)
TREE = UnitTree([DISTRICT, COMMUNE, BESIDE])
FORM = Form("beds", "1", {}, (Question("beds", "integer", {}, kind="stock"),), approval=("chair", "leader"))


def duty(person: int, unit: Unit, role: Role) -> Duty:
    return Duty(person, unit.id, role, date(2021, 1, 1))


CHAIR, LEADER, DEPUTY = duty(1, COMMUNE, "chair"), duty(2, DISTRICT, "leader"), duty(3, COMMUNE, "deputy")


def test_a_tier_reaches_down_its_subtree_and_is_vacant_where_nobody_holds_it() -> None:
    by = Approvers([CHAIR, LEADER, DEPUTY], [], TREE)
    assert (by.people(COMMUNE, "chair"), by.people(COMMUNE, "leader")) == (frozenset({1}), frozenset({2}))
    assert (by.vacant(FORM, COMMUNE), by.vacant(FORM, BESIDE)) == (frozenset(), frozenset({"chair"}))
    assert (by.tiers(FORM, COMMUNE, [LEADER]), by.tiers(FORM, COMMUNE, [DEPUTY])) == (("leader",), ())


def test_a_deputy_is_in_the_place_of_whoever_is_away_unless_somebody_else_holds_the_tier() -> None:
    alone = Approvers([LEADER, DEPUTY], [CHAIR], TREE)
    assert alone.people(COMMUNE, "chair") == {3}
    assert (alone.tiers(FORM, COMMUNE, [DEPUTY]), alone.tiers(FORM, BESIDE, [DEPUTY])) == (("chair",), ())
    second = Approvers([LEADER, DEPUTY, duty(4, COMMUNE, "chair")], [CHAIR], TREE)
    assert (second.people(COMMUNE, "chair"), second.tiers(FORM, COMMUNE, [DEPUTY])) == (frozenset({4}), ())


def report(value: Value, reason: str = "") -> Report:
    return Report("B-11-1", "beds", "1", 2, DAY, 1, {"beds": Answer(value, reason=reason)}, 1, NOW, NOW)


@pytest.mark.parametrize(
    ("value", "reason", "doubts"),
    [(5, "", []), (90, "", ["outlier"]), (5, "đã kiểm tra", ["confirmed"]), (90, "đã kiểm tra", ["confirmed"])],
)
def test_what_is_in_doubt_is_said_once(value: int, reason: str, doubts: list[str]) -> None:
    found = doubts_of(FORM, report(value, reason), {"beds": UsualRange(2, 8)})
    assert [each.why for each in found] == doubts


def test_where_nothing_is_known_of_what_is_usual_nothing_is_in_doubt() -> None:
    assert doubts_of(FORM, report(90), {}) == ()


@pytest.mark.parametrize(
    ("minutes_to_due", "came", "told", "is_complete", "is_told"),
    [
        (60, 5, None, True, True),
        (60, 5, None, False, False),
        (0, 5, None, False, True),
        (-10, 5, 10, False, False),
        (-40, 5, 31, False, True),
        (-40, 5, 10, True, True),
        (3000, 1439, None, False, False),
        (3000, 1440, None, False, True),
    ],
)
def test_many_units_are_told_of_in_one_message(
    minutes_to_due: int, came: int, told: int | None, *, is_complete: bool, is_told: bool
) -> None:
    due_at, since = NOW + timedelta(minutes=minutes_to_due), NOW - timedelta(minutes=came)
    told_at = NOW - timedelta(minutes=told) if told is not None else None
    assert is_to_be_told(NOW, due_at, since, told_at, is_complete=is_complete) is is_told


def test_too_long_is_past_its_closing_and_some_hours_with_the_tier() -> None:
    assert not waits_too_long(NOW, NOW + timedelta(minutes=1), NOW - timedelta(days=1))
    assert waits_too_long(NOW, NOW, NOW - timedelta(hours=4))
    assert not waits_too_long(NOW, NOW - timedelta(days=1), NOW - timedelta(hours=3, minutes=59))
    assert [tier_above(FORM, tier) for tier in ("chair", "leader")] == ["leader", None]
    assert tier_above(Form("beds", "1", {}, (), approval=("chair",)), "chair") == "leader"


@pytest.mark.parametrize(
    ("said", "tiers"),
    [("", ()), ("none", ()), ("Chair", ("chair",)), ("leader; chair", ("chair", "leader"))],
)
def test_a_form_names_its_tiers(said: str, tiers: tuple[Tier, ...]) -> None:
    assert read_form(SETTINGS.replace("APPROVAL", said).encode(), "beds.md").approval == tiers


@pytest.mark.parametrize("said", ["none, chair", "director", "chair, director"])
def test_what_is_no_tier_is_refused_with_its_place(said: str) -> None:
    with pytest.raises(BadForm) as refused:
        read_form(SETTINGS.replace("APPROVAL", said).encode(), "beds.md")
    assert [(each.key, each.sheet, each.row, each.column) for each in refused.value.problems] == [
        ("one_of", "settings", 2, "approval")
    ]


SETTINGS = """| settings | form_id | form_title | version | approval | default_language |
|---|---|---|---|---|---|
| | beds | Giường bệnh | 1 | APPROVAL | vi |

| survey | type | name | label | kind |
|---|---|---|---|---|
| | integer | beds | Số giường trống | stock |
"""
