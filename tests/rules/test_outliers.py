"""The rule of what stands out."""

from decimal import Decimal

import pytest

from reporting.digests.outliers import outlier
from reporting.figures.usual_range import range_of

QUIET = [0] * 14
USUAL = [2, 3, 1, 2, 4, 2, 3, 2, 1, 2, 3, 2, 4, 2]
LARGE = [400, 410, 395, 405, 420, 399, 401, 408, 412, 397]


@pytest.mark.parametrize(
    ("value", "earlier", "stands_out"),
    [
        (18, USUAL, True),
        (5, USUAL, False),
        (3, QUIET, False),
        (4, QUIET, True),
        (430, LARGE, False),
        (600, LARGE, True),
        (0, LARGE, True),
        (0, USUAL, False),
        (18, USUAL[:6], False),
        (40, [*USUAL, 40], False),
    ],
)
def test_a_value_stands_out_far_from_the_units_own_usual(value: int, earlier: list[int], stands_out: bool) -> None:
    assert (outlier(value, range_of(earlier)) is not None) is stands_out


def test_the_first_of_a_rare_event_stands_out() -> None:
    found = outlier(1, range_of(QUIET), rare=True)
    assert found is not None
    assert found.first
    assert outlier(0, range_of(QUIET), rare=True) is None


def test_whole_numbers_and_fractions_go_together() -> None:
    found = outlier(Decimal("30.5"), range_of([2, 3, Decimal("2.5"), 2, 3, 2, 3, 2]))
    assert found is not None
    assert (found.usual.usual, found.usual.most) == (Decimal("2.25"), 3)


def test_it_can_be_said_in_words() -> None:
    found = outlier(600, range_of(LARGE))
    assert found is not None
    assert (*found.usual[2:6], found.is_high) == (403, 395, 420, 10, True)
