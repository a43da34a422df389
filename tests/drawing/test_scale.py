"""The scale of columns and bars, and the round values beside it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.drawing.scale import SHORTEST, Scale


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([22], [0, 10, 20]),
        ([100], [0, 50, 100]),
        ([136], [0, 50, 100]),
        ([4], [0, 1, 2, 3, 4]),
        ([0.9], [0, 0.5]),
        ([0.3], [0, 0.1, 0.2, 0.3]),
        ([31_000_000], [0, 10_000_000, 20_000_000, 30_000_000]),
        ([-28, 11], [-20, -10, 0, 10]),
        ([-7, -1], [-6, -4, -2, 0]),
        ([0], [0, 0.5, 1]),
        ([], [0, 0.5, 1]),
    ],
)
def test_ticks_are_one_two_or_five_times_a_power_of_ten(values: list[float], ticks: list[float]) -> None:
    assert Scale.over(values, 100, 0).ticks() == ticks


def test_of_whole_values_ticks_are_whole() -> None:
    assert Scale.over([0], 100, 0).ticks(least=1) == [0, 1]
    assert Scale.over([2], 100, 0).ticks(least=1) == [0, 1, 2]


@given(st.lists(st.floats(-1e9, 1e9).filter(lambda value: value == 0 or abs(value) > 1e-6), min_size=1, max_size=20))
def test_there_are_few_ticks_and_all_of_them_lie_on_the_scale(values: list[float]) -> None:
    scale = Scale.over(values, 500, 100)
    ticks = scale.ticks()
    assert 1 <= len(ticks) <= 5
    assert 0 in ticks
    assert all(99.9 <= scale.at(tick) <= 500.1 for tick in ticks)
    assert all(100 <= round(scale.at(value), 6) <= 500 for value in values)


def test_a_bar_begins_at_zero_and_is_as_long_as_its_value() -> None:
    upwards, along = Scale.over([-5, 15, None], 300, 100), Scale.over([10], 50, 150)
    assert upwards.bar(15) == (100, 250)
    assert upwards.bar(-5) == (250, 300)
    assert along.bar(4) == (50, 90)


def test_a_bar_of_zero_is_a_sliver_on_the_side_of_what_is_more() -> None:
    assert Scale.over([10], 300, 100).bar(0) == (300 - SHORTEST, 300)
    assert Scale.over([10], 0, 100).bar(0) == (0, SHORTEST)
    assert Scale.over([-1000, 10], 300, 100).bar(-0.001)[0] == Scale.over([-1000, 10], 300, 100).at(0)
