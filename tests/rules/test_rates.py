"""Reporting rates: the numbers that DHIS2 shows for the same reports."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from messages.leaders.rates_words import rates_said
from reporting.rounds.rates import Rates, rates
from reporting.rounds.standings import Sent, Status, standing_for
from reporting.translator import translator
from tests.rules.round_made import DAN_LUC, DAY, NUA, THO_DAN, a_round, at, form


def test_completeness_and_timeliness_are_per_hundred_expected() -> None:
    now = at("20:00")
    one = a_round(form(), now, sent=[DAN_LUC])
    late = standing_for(one.standings[-1].deadline, Sent(at("19:00"), at("19:00"), 1), now)
    found = rates([*one.standings[:-1], late], now)
    assert found == Rates(expected=3, received=2, on_time=1)
    assert (found.missing, found.late) == (1, 1)


@pytest.mark.parametrize(
    ("counts", "completeness", "timeliness"),
    [
        (Rates(34, 31, 29), "91.2", "85.3"),
        (Rates(34, 34, 34), "100.0", "100.0"),
        (Rates(10599, 10598, 0), "99.9", "0.0"),
        (Rates(3, 2, 1), "66.7", "33.3"),
    ],
)
def test_rates_have_one_decimal_and_only_all_is_a_hundred(counts: Rates, completeness: str, timeliness: str) -> None:
    assert counts.completeness == Decimal(completeness)
    assert counts.timeliness == Decimal(timeliness)


def test_where_nothing_was_expected_there_is_no_rate() -> None:
    assert Rates().completeness is None
    assert Rates().timeliness is None


def test_a_report_that_is_not_due_yet_pulls_no_rate_down() -> None:
    yesterday = a_round(form(), at("10:00"), sent=[THO_DAN, DAN_LUC, NUA], day=DAY - timedelta(days=1))
    today = a_round(form(), at("10:00"))
    assert rates([*yesterday.standings, *today.standings], at("10:00")) == Rates(3, 3, 3)


def test_within_the_due_minute_nothing_is_missing_for_the_standing_nor_for_the_rate() -> None:
    now = at("16:30") + timedelta(seconds=30)
    one = a_round(form(), now, sent=[THO_DAN])
    assert {each.status for each in one.standings} == {Status.DUE, Status.ON_TIME}
    assert rates(one.standings, now) == Rates()
    over = at("16:31")
    assert rates(a_round(form(), over, sent=[THO_DAN]).standings, over) == Rates(expected=3, received=1, on_time=1)


def test_a_suspended_report_counts_on_neither_side_even_if_it_comes() -> None:
    one = a_round(form(), at("20:00"), sent=[THO_DAN, NUA], free=[NUA])
    assert rates(one.standings, at("20:00")) == Rates(expected=2, received=1, on_time=1)


def test_figures_of_the_archive_are_complete_and_count_on_neither_side_of_timeliness() -> None:
    now = at("20:00")
    one = a_round(form(), now, sent=[DAN_LUC])
    imported = standing_for(one.standings[-1].deadline, None, now, in_archive=True)
    found = rates([*one.standings[:-1], imported], now)
    assert found == Rates(expected=3, received=2, on_time=1, archived=1)
    assert (found.missing, found.late, found.timed) == (1, 0, 2)
    assert (found.completeness, found.timeliness) == (Decimal("66.7"), Decimal("50.0"))
    assert Rates(2, 2, 0, 2).completeness == 100
    assert Rates(2, 2, 0, 2).timeliness is None


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        (Rates(), "chưa có báo cáo đến hạn"),
        (Rates(31, 30, 28), "đủ 96,8% (30/31), đúng hạn 90,3%"),
        (Rates(31, 30, 9, 20), "đủ 96,8% (30/31), đúng hạn 81,8% (không tính 20 báo cáo từ số liệu lưu trữ)"),
        (Rates(31, 31, 0, 31), "đủ 100% (31/31), đều là số liệu lưu trữ"),
    ],
)
def test_rates_are_said_with_what_the_archive_has(counts: Rates, said: str) -> None:
    assert rates_said(counts, translator("vi")) == said


@given(some.lists(some.tuples(some.booleans(), some.booleans(), some.booleans(), some.booleans())))
def test_no_rate_ever_exceeds_a_hundred(reports: list[tuple[bool, bool, bool, bool]]) -> None:
    now = at("23:00")
    due = a_round(form(), now).standings[0].deadline
    standings = [
        standing_for(
            replace(due, is_owed=owed),
            Sent(at("17:00" if late else "16:00"), at("18:00"), 1) if came else None,
            now,
            imported,
        )
        for owed, came, late, imported in reports
    ]
    found = rates(standings, now)
    assert 0 <= found.on_time <= found.received <= found.expected
    assert found.missing + found.late + found.on_time + found.archived == found.expected
    assert found.completeness is None or found.completeness <= 100
    assert found.timeliness is None or found.timeliness <= 100


def test_rates_of_parts_add_up_to_the_rate_of_the_whole() -> None:
    assert Rates(10, 9, 8) + Rates(24, 22, 21) == Rates(34, 31, 29)
