"""Turns: told once, never of a flat series or over a gap, never of small numbers; a line that is crossed to and fro is told once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from reporting.figures.indicator_targets import IndicatorTarget
from reporting.figures.turn_series import turn_series
from reporting.figures.turns import Turn, TurnKind, TurnPoint, newest_turns, turns
from reporting.period_types import PeriodType
from reporting.xlsforms.reading import read_form

FIRST = date(2021, 10, 3)
TARGET = IndicatorTarget("daily", "ill", 1, "at most", 10, "weekly", date(2021, 1, 1), id=7)
RISING, FALLING, ABOVE, BELOW = TurnKind
SERIES = st.lists(st.one_of(st.none(), st.integers(0, 60)), max_size=14)


def series(values: Sequence[int | None]) -> list[TurnPoint]:
    return [TurnPoint(FIRST + timedelta(weeks=place), value) for place, value in enumerate(values)]


def said(found: Sequence[Turn]) -> list[tuple[TurnKind, list[int | None]]]:
    return [(each.kind, [point.value for point in each.points]) for each in found]  # type: ignore[misc]


def rows(*values: int | None, unit_id: int = 2) -> list[tuple[TurnKind, list[int | None]]]:
    return said(turns(TARGET, unit_id, series(values)))


def week_by_week(values: Sequence[int | None], unit_id: int) -> list[Turn]:
    """What is told when each week is looked at as it closes, by what was told before."""
    told: list[tuple[TurnKind, date]] = []
    found = []
    for count in range(1, len(values) + 1):
        so_far = series(values[:count])
        for each in newest_turns(turns(TARGET, unit_id, so_far, told), so_far[-1].period):
            told.append((each.kind, each.period))
            found.append(each)
    return found


def test_three_weeks_that_rise_are_a_turn_with_their_numbers() -> None:
    assert rows(5, 4, 7, 12) == [(RISING, [4, 7, 12])]
    assert rows(30, 20, 11) == [(FALLING, [30, 20, 11])]


def test_small_numbers_do_not_shout() -> None:
    assert rows(0, 1, 2) == rows(1, 2, 4) == rows(100, 103, 108) == []
    assert rows(0, 2, 5) == [(RISING, [0, 2, 5])]


def test_of_a_longer_row_the_whole_change_counts() -> None:
    assert rows(4, 7, 9) == []
    assert rows(4, 7, 9, 12) == [(RISING, [4, 7, 9, 12])]


def test_the_least_change_of_the_target_goes_before_the_rule() -> None:
    assert said(turns(replace(TARGET, least_change=2), 2, series([0, 1, 2]))) == [(RISING, [0, 1, 2])]
    assert said(turns(replace(TARGET, least_change=50), 2, series([0, 20, 40]))) == []


def test_a_row_is_told_again_only_after_it_has_gone_the_other_way() -> None:
    assert rows(4, 7, 12, 20, 31, 50) == [(RISING, [4, 7, 12])]
    assert rows(4, 7, 12, 12, 20, 31) == [(RISING, [4, 7, 12])]
    assert rows(4, 7, 12, 11, 20, 31) == [(RISING, [4, 7, 12]), (RISING, [11, 20, 31])]


def test_a_gap_is_no_step() -> None:
    assert rows(4, None, 7, 12) == rows(4, 7, None, 12, 20) == []
    assert rows(4, None, 7, 12, 20) == [(RISING, [7, 12, 20])]


def test_what_a_late_correction_makes_of_a_row_that_was_told_is_no_new_one() -> None:
    told = [(RISING, FIRST + timedelta(weeks=2))]
    assert turns(TARGET, 2, series([9, 3, 7, 12]), told) == []


def test_the_line_is_of_the_unit_that_has_the_target() -> None:
    assert rows(9, 11, unit_id=1) == [(ABOVE, [9, 11])]
    assert rows(9, 11, unit_id=2) == []
    assert rows(9, 10, 9, unit_id=1) == []


def test_to_and_fro_over_a_line_is_told_once_each_way_until_it_was_clear_of_it() -> None:
    assert rows(9, 11, 10, 11, 10, 11, unit_id=1) == [(ABOVE, [9, 11]), (BELOW, [11, 10])]
    assert rows(9, 11, 8, 11, unit_id=1) == [(ABOVE, [9, 11]), (BELOW, [11, 8]), (ABOVE, [8, 11])]


def test_a_line_is_not_crossed_in_a_gap() -> None:
    assert rows(9, None, 14, unit_id=1) == []


@given(st.integers(0, 60), st.integers(0, 14))
def test_never_of_a_flat_series(value: int, count: int) -> None:
    assert turns(TARGET, 1, series([value] * count)) == []


@given(SERIES, st.integers(1, 2))
def test_never_over_a_gap_and_always_with_the_newest_value(values: list[int | None], unit_id: int) -> None:
    for each in turns(TARGET, unit_id, series(values)):
        assert all(point.value is not None for point in each.points)
        days = [point.period for point in each.points]
        assert days == [days[0] + timedelta(weeks=place) for place in range(len(days))]


@given(SERIES, st.integers(1, 2))
def test_looked_at_week_by_week_it_is_told_once_and_not_again_before_it_turned_back(
    values: list[int | None], unit_id: int
) -> None:
    found = week_by_week(values, unit_id)
    assert len({(each.kind, each.period) for each in found}) == len(found)
    of_weeks = series(values)
    for kind in (RISING, FALLING):
        same = [each.period for each in found if each.kind == kind]
        for earlier, later in pairwise(same):
            known = [value for period, value in of_weeks if earlier <= period <= later and value is not None]
            steps = pairwise(known)
            assert any(now < before if kind is RISING else now > before for before, now in steps)


@given(SERIES)
def test_a_row_is_of_no_small_change(values: list[int | None]) -> None:
    for each in turns(TARGET, 2, series(values)):
        values_of = [float(point.value) for point in each.points if point.value is not None]
        assert abs(values_of[-1] - values_of[0]) >= 5


FORM = read_form(
    b"""| survey | type | name | label | kind |
| | integer | ill | Ill | flow |
| | integer | beds | Beds | stock |
| settings | form_id | period |
| | daily | daily |
""",
    "form.md",
)
WEEK = PeriodType("weekly")


def test_days_make_up_weeks_and_a_day_that_is_lacking_makes_none() -> None:
    days = [date(2021, 11, 1) + timedelta(days=count) for count in range(14)]
    weeks = [date(2021, 11, 7), date(2021, 11, 14)]
    values = {("ill", 1): dict.fromkeys(days, 2), ("beds", 1): {day: day.day for day in days}}
    owed = {1: days}

    def of(name: str, among: Sequence[int] = (1,)) -> list[object]:
        found = turn_series(FORM.by_name[name], None, values, owed, among, weeks, WEEK)
        return [each.value for each in found]

    assert of("ill") == [14, 14]
    assert of("beds") == [7, 14]
    assert of("ill", (1, 2)) == [None, None]
    del values["ill", 1][days[3]]
    assert of("ill") == [None, 14]
    owed[1] = [day for day in days if day != days[3]]
    assert of("ill") == [12, 14]


def test_of_a_whole_it_is_the_percentage() -> None:
    days = [date(2021, 11, 7)]
    values = {("ill", 1): {days[0]: 1}, ("beds", 1): {days[0]: 3}}
    found = turn_series(FORM.by_name["ill"], FORM.by_name["beds"], values, {1: days}, [1], days, WEEK)
    assert [str(each.value) for each in found] == ["33.3"]
