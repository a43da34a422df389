"""How far a unit is with a target: by an even pace, at the end, in each period; what nobody reported is not zero."""

from datetime import date
from decimal import Decimal

import pytest

from messages.leaders.target_words import progress_said
from reporting.figures.indicator_targets import (
    Bound,
    IndicatorTarget,
    Measured,
    Number,
    TargetState,
    not_begun,
    per_cent_of,
    progress_of,
    target_span,
    worst_first,
)
from reporting.translator import translator
from reporting.xlsforms.reading import read_form

FORM = read_form(
    b"""| survey | type | name | label | kind | unit |
| | integer | ill | Ill | flow | |
| | integer | doses | Doses | total | |
| | decimal | rate | Rate | flow | % |
| settings | form_id | period |
| | daily | daily |
""",
    "form.md",
)
REACHED, UNDER_WAY, BEHIND, MISSED, UNKNOWN = TargetState
JANUARY, DECEMBER = date(2021, 1, 1), date(2021, 12, 31)
JULY = date(2021, 7, 1)


def target(bound: Bound = "at least", value: Number = 365, indicator: str = "ill", each: str = "") -> IndicatorTarget:
    return IndicatorTarget("daily", indicator, 1, bound, value, each, JANUARY, None if each else DECEMBER)  # type: ignore[arg-type]


def state(
    value: Number | None,
    *,
    of: IndicatorTarget | None = None,
    on: date = JULY,
    before: Number | None = None,
    first: tuple[date, Number] | None = None,
) -> tuple[TargetState, bool]:
    one = of or target()
    span = target_span(one, FORM, on)
    assert span is not None
    found = progress_of(one, FORM.by_name[one.indicator], span, Measured(value, before, first, 1, 1))
    return found.state, found.just


def test_a_flow_is_behind_where_it_is_below_an_even_pace() -> None:
    assert state(182, before=181) == (UNDER_WAY, False)
    assert state(181, before=180) == (BEHIND, False)


def test_no_figure_is_unknown_and_not_zero() -> None:
    assert state(None) == (UNKNOWN, False)


def test_what_is_reached_is_news_once() -> None:
    assert state(365, before=364) == (REACHED, True)
    assert state(370, before=365) == (REACHED, False)


def test_at_the_end_it_is_reached_or_missed() -> None:
    assert state(364, on=DECEMBER, before=363)[0] is MISSED
    assert state(365, on=DECEMBER, before=365) == (REACHED, False)


def test_what_is_not_to_be_exceeded_is_missed_as_soon_as_it_is() -> None:
    most = target("at most", 10)
    assert state(10, of=most, before=9) == (UNDER_WAY, False)
    assert state(11, of=most, before=10) == (MISSED, True)
    assert state(12, of=most, before=11) == (MISSED, False)
    assert state(10, of=most, on=DECEMBER, before=9)[0] is REACHED


def test_what_is_no_flow_goes_from_where_it_stood_first() -> None:
    doses = target(value=1000, indicator="doses")
    assert state(500, of=doses, first=(JULY, 500)) == (UNDER_WAY, False)
    assert state(600, of=doses, on=date(2021, 9, 30), first=(JULY, 500)) == (BEHIND, False)
    assert state(760, of=doses, on=date(2021, 9, 30), first=(JULY, 500)) == (UNDER_WAY, False)


def test_so_does_a_flow_that_does_not_add_up() -> None:
    rate = target(value=80, indicator="rate")
    assert state(61, of=rate, on=date(2021, 9, 30), first=(JULY, 60)) == (BEHIND, False)
    assert state(71, of=rate, on=date(2021, 9, 30), first=(JULY, 60)) == (UNDER_WAY, False)


@pytest.mark.parametrize(
    ("each", "on", "span"),
    [
        ("daily", date(2021, 11, 10), (date(2021, 11, 10), date(2021, 11, 10))),
        ("weekly", date(2021, 11, 10), (date(2021, 11, 1), date(2021, 11, 7))),
        ("weekly", date(2021, 11, 7), (date(2021, 11, 1), date(2021, 11, 7))),
        ("monthly", date(2021, 11, 10), (date(2021, 10, 1), date(2021, 10, 31))),
        ("monthly", date(2021, 1, 20), None),
    ],
)
def test_for_each_period_the_newest_that_is_over_counts(each: str, on: date, span: tuple[date, date] | None) -> None:
    assert target_span(target(each=each), FORM, on) == span


def test_each_period_is_news_by_itself() -> None:
    weekly = target("at most", 10, each="weekly")
    assert state(11, of=weekly, on=date(2021, 11, 7), before=5) == (MISSED, True)
    assert state(9, of=weekly, on=date(2021, 11, 7)) == (REACHED, True)


def test_days_outside_a_target_are_not_its_own() -> None:
    assert target_span(target(), FORM, date(2020, 12, 31)) is None
    assert target_span(target(), FORM, date(2022, 1, 31)) == (JANUARY, DECEMBER)
    assert target_span(target(), FORM, date(2022, 2, 1)) is None


def test_what_was_missed_is_no_news_when_it_is_over() -> None:
    span = (JANUARY, DECEMBER)
    missed = progress_of(target(), FORM.by_name["ill"], span, Measured(300, 300, None, 1, 1))
    assert missed.state is MISSED
    assert missed.is_news(DECEMBER)
    assert not missed.is_news(date(2022, 1, 1))


def test_what_is_not_quite_a_hundred_per_cent_is_not_told_as_that() -> None:
    assert per_cent_of(9999, 10000) == Decimal("99.9")
    assert per_cent_of(10, 10) == Decimal(100)
    assert per_cent_of(1, 0) is None


def test_the_worst_stand_first() -> None:
    def one(value: int | None, bound: Bound = "at least") -> TargetState:
        return state(value, of=target(bound), before=value)[0]

    found = [
        progress_of(target(), FORM.by_name["ill"], (JANUARY, JULY), Measured(value, value, None, 1, 1))
        for value in (None, 300, 100, 20, 400)
    ]
    assert [each.value for each in worst_first(found)] == [20, 100, 400, 300, None]
    assert one(300) is UNDER_WAY


def test_before_its_first_period_is_over_it_is_not_said_that_figures_lack() -> None:
    weekly, words = target(each="weekly"), translator("vi")
    begun = progress_of(weekly, FORM.by_name["ill"], (JANUARY, JULY), Measured(None, None, None, 0, 5))
    assert progress_said(not_begun(weekly, FORM.by_name["ill"]), FORM, words).endswith(
        ": chưa hết kỳ đầu nên chưa tính"
    )
    assert progress_said(begun, FORM, words).endswith(": chưa có số liệu")
