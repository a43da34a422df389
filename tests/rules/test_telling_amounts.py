"""Small counts of personal matters are held back, and no total gives them away."""

from hypothesis import given
from hypothesis import strategies as st

from reporting.telling.amounts import Amount, exactly, over_time, part, told, total

counts = st.lists(st.integers(0, 12), min_size=1, max_size=8)
BELOW = 5


def test_a_count_from_one_up_to_the_threshold_is_held_back() -> None:
    assert [told(value, BELOW) for value in (0, 1, 4, 5)] == [exactly(0), Amount(1, 4), Amount(1, 4), exactly(5)]
    assert told(3, None) == exactly(3)


@given(counts)
def test_a_total_is_never_wrong(values: list[int]) -> None:
    amount = total([part(value, BELOW) for value in values]).amount
    assert amount.low <= sum(values) <= amount.high


@given(counts)
def test_no_count_held_back_can_be_worked_out_of_the_total(values: list[int]) -> None:
    """Whoever knows all that is told of the units, and the total, still finds two values possible for each count held back."""
    parts = [part(value, BELOW) for value in values]
    amount = total(parts).amount
    held = [each for each in parts if not each.amount.is_exact]
    known = sum(each.value for each in parts if each.amount.is_exact)
    for _ in held:
        others = len(held) - 1
        possible = [
            value
            for value in range(1, BELOW)
            if any(
                amount.low <= known + value + rest <= amount.high for rest in range(others, others * (BELOW - 1) + 1)
            )
        ]
        assert len(possible) > 1


@given(st.lists(st.integers(0, 12), min_size=2, max_size=8))
def test_the_sums_of_seven_days_and_of_six_do_not_give_away_a_day(values: list[int]) -> None:
    parts = [part(value, BELOW) for value in values]
    longer, shorter = over_time(parts).amount, over_time(parts[:-1]).amount
    last = parts[-1].amount
    assert (longer.low - shorter.low, longer.high - shorter.high) == (last.low, last.high)
