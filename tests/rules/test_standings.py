"""Where units stand, and what «expected» means."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from reporting.reminder_rules import read_rules
from reporting.rounds.standings import Coverage, Sent, Status, coverage, excused, expected_units, row, standing_for
from reporting.rounds.suspensions import Suspension
from reporting.units import Unit, UnitTree
from tests.rules.round_made import DAN_LUC, DAY, DISTRICT, NUA, THO_DAN, TREE, ZONE, a_round, at, form


@pytest.mark.parametrize(
    ("now", "sent", "status"),
    [
        ("07:59", None, Status.NOT_DUE),
        ("08:00", None, Status.DUE),
        ("16:30", None, Status.DUE),
        ("16:31", None, Status.MISSING),
        ("18:00", "16:29", Status.ON_TIME),
        ("18:00", "16:31", Status.LATE),
    ],
)
def test_a_unit_stands_by_the_minute(now: str, sent: str | None, status: Status) -> None:
    due = a_round(form(), at(now)).standings[0].deadline
    stamp = Sent(at(sent), at(sent), 1) if sent else None
    assert standing_for(due, stamp, at(now)).status is status


def test_the_whole_due_minute_is_in_time() -> None:
    due = a_round(form(), at("17:00")).standings[0].deadline
    last_second = at("16:30") + timedelta(seconds=59)
    assert standing_for(due, Sent(last_second, last_second, 1), at("17:00")).status is Status.ON_TIME
    assert standing_for(due, None, last_second).status is Status.DUE


def test_a_correction_after_the_deadline_leaves_a_report_on_time() -> None:
    due = a_round(form(), at("17:00")).standings[0].deadline
    assert standing_for(due, Sent(at("16:00"), at("20:00"), 3), at("21:00")).status is Status.ON_TIME


def test_what_is_not_owed_is_never_missing_and_never_late() -> None:
    one = a_round(form(), at("18:00"), free=[THO_DAN])
    by_unit = {each.deadline.unit_id: each for each in one.standings}
    assert by_unit[THO_DAN.id].status is Status.NOT_DUE
    assert (
        standing_for(by_unit[THO_DAN.id].deadline, Sent(at("18:00"), at("18:00"), 1), at("19:00")).status
        is Status.ON_TIME
    )


def test_what_only_the_archive_has_is_received_and_called_neither_late_nor_missing() -> None:
    due = a_round(form(), at("18:00")).standings[0].deadline
    for clock in ("07:00", "12:00", "16:31", "20:00"):
        imported = standing_for(due, None, at(clock), in_archive=True)
        assert (imported.status, imported.in_archive, imported.is_open) == (Status.ON_TIME, True, False)
    assert coverage([imported, standing_for(due, None, at("20:00"))]) == Coverage(received=1, expected=2)
    printed = row(imported, THO_DAN, ZONE)
    assert (printed["status"], printed["sent_at"], printed["revision"]) == ("on_time", None, None)


def test_where_there_is_a_report_it_decides_over_the_archive() -> None:
    due = a_round(form(), at("18:00")).standings[0].deadline
    late = standing_for(due, Sent(at("17:05"), at("17:05"), 1), at("18:00"), in_archive=True)
    assert (late.status, late.in_archive) == (Status.LATE, False)


def test_coverage_never_exceeds_what_is_expected() -> None:
    standings = a_round(form(), at("18:00"), sent=[THO_DAN, NUA], free=[NUA]).standings
    assert coverage(standings) == Coverage(received=1, expected=2)


def test_units_that_do_not_exist_yet_or_any_more_are_not_expected() -> None:
    merged = Unit(5, "15703", "Thọ Tân", "xã", 1, until=DAY)
    coming = Unit(6, "15704", "Thọ Mới", "xã", 1, since=DAY + timedelta(days=1))
    tree = UnitTree([DISTRICT, THO_DAN, merged, coming])
    assert [unit.name for unit in expected_units(form(), tree, DAY)] == ["Thọ Dân"]
    assert [unit.name for unit in expected_units(form(), tree, DAY - timedelta(days=1))] == ["Thọ Tân", "Thọ Dân"]
    assert [unit.name for unit in expected_units(form(), tree, DAY + timedelta(days=1))] == ["Thọ Mới", "Thọ Dân"]


def test_a_unit_whose_parent_is_gone_or_not_there_yet_hangs_on_the_nearest_above_and_owes_its_report() -> None:
    province = Unit(9, "38", "Thanh Hóa", "tỉnh")
    gone = replace(DISTRICT, parent_id=province.id, until=DAY)
    tree = UnitTree([province, gone, THO_DAN, NUA])
    assert expected_units(form(), tree, DAY, province) == [NUA, THO_DAN]
    assert tree.roots(DAY) == [province]
    assert expected_units(form(), tree, DAY - timedelta(days=1)) == [NUA, THO_DAN]
    assert expected_units(form(), tree, DAY, gone) == [NUA, THO_DAN]
    coming = replace(DISTRICT, parent_id=province.id, since=DAY)
    assert expected_units(form(), UnitTree([province, coming, THO_DAN]), DAY - timedelta(days=1)) == [THO_DAN]
    assert UnitTree([Unit(1, "397", "Triệu Sơn", "huyện", until=DAY), THO_DAN]).roots(DAY) == [THO_DAN]
    alone = replace(THO_DAN, until=DAY)
    assert expected_units(form(), UnitTree([alone]), DAY, alone) == []


def test_only_the_kinds_that_a_form_is_for_are_expected() -> None:
    towns = form(reports=("thị trấn",))
    assert expected_units(towns, TREE, DAY) == [NUA]
    assert expected_units(towns, TREE, DAY, THO_DAN) == []


@pytest.mark.parametrize(
    ("suspension", "free"),
    [
        (Suspension("", None, DAY, DAY), {2, 3, 4}),
        (Suspension("covid_daily", DISTRICT.id, DAY, DAY), {2, 3, 4}),
        (Suspension("covid_daily", DAN_LUC.id, DAY, DAY), {3}),
        (Suspension("other", DAN_LUC.id, DAY, DAY), set()),
        (Suspension("", None, date(2021, 11, 11), date(2021, 11, 12)), set()),
    ],
)
def test_a_suspension_excuses_a_unit_and_all_under_it(suspension: Suspension, free: set[int]) -> None:
    assert set(excused(form(), DAY, [THO_DAN, DAN_LUC, NUA], TREE, [suspension])) == free


def test_whoever_is_excused_is_so_for_the_reason_nearest_to_him() -> None:
    flood = Suspension("", DAN_LUC.id, DAY, DAY, "lũ")
    wordless = Suspension("", NUA.id, DAY, DAY)
    holiday = Suspension("", None, DAY, DAY, "nghỉ lễ")
    reasons = excused(form(), DAY, [THO_DAN, DAN_LUC, NUA], TREE, [holiday, flood, wordless])
    assert reasons == {THO_DAN.id: "nghỉ lễ", DAN_LUC.id: "lũ", NUA.id: "nghỉ lễ"}
    one = a_round(form(), at("18:00"), free=[THO_DAN], why="lũ")
    found = {each.deadline.unit_id: (each.is_excused, each.deadline.excuse) for each in one.standings}
    assert found == {THO_DAN.id: (True, "lũ"), DAN_LUC.id: (False, ""), NUA.id: (False, "")}


def test_a_standing_is_printed_with_local_moments() -> None:
    late = Sent(at("17:05"), at("19:00"), 2, "TD-1")
    due = a_round(form(), at("20:00")).standings[-1].deadline
    assert row(standing_for(due, late, at("20:00")), THO_DAN, ZONE) == {
        "form": "covid_daily",
        "unit": "15742",
        "name": "xã Thọ Dân",
        "period": "2021-11-10",
        "status": "late",
        "due_at": "2021-11-10T16:30:00+07:00",
        "closes_at": "2021-11-11T08:00:00+07:00",
        "sent_at": "2021-11-10T19:00:00+07:00",
        "revision": 2,
    }


def test_rules_are_read_in_the_order_in_which_they_are_said() -> None:
    rules = read_rules("+2h chair; -60m reporter;0m leader; 0m reporter; +1d desk")
    assert [each.key.spelled for each in rules] == [
        "-60m reporter",
        "+0m reporter",
        "+0m leader",
        "+120m chair",
        "+1440m desk",
    ]
    assert [each.level for each in rules] == [0, 0, 2, 1, 3]


@pytest.mark.parametrize("wrong", ["soon reporter", "5 reporter", "+5m mayor", "+5x chair"])
def test_a_rule_that_cannot_be_read_is_named(wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong.replace("+", r"\+")):
        read_rules(f"0m reporter; {wrong}")


def test_a_rule_that_is_said_twice_is_named() -> None:
    with pytest.raises(ValueError, match="60m reporter"):
        read_rules("1h reporter; +60m reporter")
