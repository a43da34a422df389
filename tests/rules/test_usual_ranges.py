"""What is usual for a unit's figure, and how rarely a true ordinary day is doubted for it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from math import exp
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.answers import Answer
from reporting.figures.usual_range import Number, UsualRange, range_of, usual_range
from reporting.filling.fast import together
from reporting.filling.moves import Filling
from reporting.forms import Form
from reporting.period_types import PeriodKind, PeriodType, period_before
from reporting.texts import in_language
from reporting.xlsforms.reading import read_form

MONDAY = date(2021, 11, 15)
DAILY = PeriodType("daily")


def days(*values: int, before: date = MONDAY) -> dict[date, Number]:
    """The last of them for the day before."""
    return {before - timedelta(days=place): value for place, value in enumerate(reversed(values), 1)}


def test_seven_earlier_values_are_needed() -> None:
    assert usual_range(days(2, 3, 2, 4, 2, 3), MONDAY, DAILY) is None
    assert usual_range(days(2, 3, 2, 4, 2, 3, 2), MONDAY, DAILY) == UsualRange(0, 6, 2, 2, 4, 7)


def test_a_weekday_that_always_differs_is_held_against_its_own_kind() -> None:
    week = [0, 0, 40, 42, 38, 41, 39]
    history = days(*[value + turn % 3 for turn in range(8) for value in week], before=date(2021, 11, 20))
    saturday = usual_range(history, date(2021, 11, 20), DAILY)
    assert saturday is not None
    assert (saturday.of_weekday, saturday.seen, saturday.most) == (True, 8, 2)
    assert not saturday.holds(40)
    monday = usual_range(history | days(0, 0, before=date(2021, 11, 22)), date(2021, 11, 22), DAILY)
    assert monday is not None
    assert (monday.of_weekday, monday.least) == (False, 39)
    assert not monday.holds(0)
    assert monday.holds(45)


def test_where_every_value_was_the_same_a_few_more_are_usual() -> None:
    found = range_of([0] * 30)
    assert found is not None
    assert found.holds(3)
    assert not found.holds(4)


def test_an_epidemic_may_go_on_growing() -> None:
    grown = [round(3 * 1.15**day) for day in range(30)]
    found = usual_range(days(*grown), MONDAY, DAILY)
    assert found is not None
    assert found.holds(round(3 * 1.15**30))
    assert not found.holds(10 * grown[-1])


def test_of_what_is_cumulative_its_growth_is_meant_and_its_last_value_has_to_be_known() -> None:
    history = days(100, 103, 105, 108, 110, 113, 115, 118)
    found = usual_range(history, MONDAY, DAILY, "total")
    assert found is not None
    assert (found.base, found.usual, found.least, found.most) == (118, 3, 2, 3)
    assert found.holds(121)
    assert found.holds(118)
    assert not found.holds(1180)
    assert usual_range(history, MONDAY + timedelta(days=1), DAILY, "total") is None


@pytest.mark.parametrize(
    ("kind", "known"),
    [("weekly", True), ("monthly", True), ("quarterly", True), ("yearly", False), ("on change", False)],
)
def test_longer_periods_are_held_against_the_latest_and_none_on_change(kind: PeriodKind, known: bool) -> None:
    of, on, history = PeriodType(kind), date(2021, 12, 31), {}
    for value in (5, 6, 5, 7, 6, 5, 6, 7):
        on = period_before(of, on)
        history[on] = value
    assert (usual_range(history, date(2021, 12, 31), of) is not None) is known


def _chance(random: Random, mean: float, spread: float) -> int:
    """A count that scatters more than chance alone: of a mean that scatters itself (`spread`: the smaller, the more)."""
    return max(0, round(random.gauss(rate, rate**0.5) if (rate := random.gammavariate(spread, mean / spread)) else 0))


YEARS: dict[str, Callable[[Random, int], int]] = {
    "quiet": lambda random, day: _chance(random, 0.5, 0.5),
    "steady": lambda random, day: _chance(random, 20, 3),
    "nothing at weekends": lambda random, day: 0 if day % 7 > 4 else _chance(random, 25, 5),
    "backlog on mondays": lambda random, day: _chance(random, 10 if day % 7 else 30, 5),
    "waves": lambda random, day: _chance(random, 2 + 60 * exp(-(((day - 120) / 18) ** 2)), 6),
    "outbreak": lambda random, day: _chance(random, 12 if 150 < day < 170 else 0.3, 2),
}


def test_of_true_ordinary_days_fewer_than_two_in_a_hundred_are_doubted() -> None:
    random, doubted, answers, caught, slips = Random(17), 0, 0, 0, 0
    for year in YEARS.values():
        history: dict[date, Number] = {}
        for day in range(240):
            on, value = date(2021, 1, 1) + timedelta(days=day), year(random, day)
            usual = usual_range(history, on, DAILY)
            answers += 1
            doubted += usual is not None and not usual.holds(value)
            if usual is not None and value > 2:
                slips += 1
                caught += not usual.holds(10 * value)
            if random.random() > 0.08:
                history[on] = value
    assert doubted < 0.02 * answers
    assert caught > 0.8 * slips


numbers = st.integers(0, 10**6) | st.decimals(0, 10**6, places=2)


HEAD = "| survey | type | name | label | kind | unit | check | check_message |"
FORM = """{head}
| | decimal | cases | Ca mới | flow | ca | {check} | {said} |
| | integer | so_far | Lũy kế | total | | | |
| settings | form_title | form_id |
| | Ngày | day |"""
EIGHT = days(2, 9, 4, 5, 6, 5, 3, 5)


def form(check: str = "") -> Form:
    return read_form(
        FORM.format(head=HEAD, check=check, said="Nhiều quá." if check else "").encode(), "day.md", gate=False
    )


def filling(of: Form, usual: dict[str, UsualRange | None], cases: Number) -> Filling:
    """A report in which the cases have just been answered."""
    at = datetime(2021, 11, 15, 15, tzinfo=UTC)
    known = {name: each for name, each in usual.items() if each is not None}
    blank = replace(Filling.blank(of, 1, MONDAY, at), usual=known, last_on=MONDAY - timedelta(days=1)).settled()
    return blank.answer(cases)


def message(made: Filling, language: str = "vi") -> str:
    found = made.doubt()
    return in_language(found.message, language) if found is not None else ""


def test_the_sentence_gives_the_numbers() -> None:
    usual = usual_range(EIGHT, MONDAY, DAILY)
    made = filling(form(), {"cases": usual}, 90)
    assert made.draft.state == "awaiting a reason"
    assert message(made) == (
        "Khác mức thường gặp của đơn vị: 8 ngày gần đây từ 2 đến 9 ca, thường là 5; đồng chí đang ghi 90 ca."
    )
    assert message(made, "en").endswith("in the last 8 days it was 2 to 9 ca, usually 5; now it says 90 ca.")
    assert (
        "8 thứ hai gần đây"
        in message(filling(form(), {"cases": usual and usual._replace(of_weekday=True)}, 90)).lower()
    )
    assert made.explain("chùm ca bệnh").draft.at == "so_far"


def test_of_a_cumulative_figure_the_sentence_gives_what_it_grows_by() -> None:
    usual = usual_range(days(100, 103, 105, 108, 110, 113, 115, 118), MONDAY, DAILY, "total")
    made = filling(form(), {"so_far": usual}, 3).answer(1180)
    assert message(made).endswith("mỗi kỳ tăng từ 2 đến 3, thường là 3; lần này tăng 1.062.")


def test_where_the_forms_own_check_doubts_nothing_more_is_asked() -> None:
    made = filling(form(". < 50"), {"cases": usual_range(EIGHT, MONDAY, DAILY)}, 90)
    assert message(made) == "Nhiều quá."
    assert made.explain("chùm ca bệnh").draft.at == "so_far"


def test_that_nothing_happened_is_not_asked_back_though_it_stands_out() -> None:
    usual = range_of([400, 410, 395, 405, 420, 399, 401, 408])
    assert usual is not None
    assert not usual.holds(0)
    assert filling(form(), {"cases": usual}, 0).draft.at == "so_far"


def test_a_form_turns_it_off_by_a_check_that_always_holds() -> None:
    assert [each.name for each in form("true()").ranged] == ["so_far"]
    assert [each.name for each in form(". < 50").ranged] == ["cases", "so_far"]


def test_several_answers_at_once_are_doubted_like_one() -> None:
    usual = {"cases": usual_range(EIGHT, MONDAY, DAILY)}
    made = together(filling(form(), usual, 5), {"cases": Answer(90, kept=True), "so_far": Answer(400)})
    assert (made.draft.state, made.draft.at) == ("awaiting a reason", "cases")


def test_what_the_desk_has_set_is_said_as_its_own() -> None:
    for usual, said in (
        (UsualRange(0, 20, by_desk=True), "(0 đến 20)"),
        (UsualRange(None, 20, by_desk=True), "(không quá 20)"),
        (UsualRange(91, None, by_desk=True), "(từ 91 trở lên)"),
    ):
        assert f"bộ phận tổng hợp đặt cho đơn vị {said}" in message(filling(form(), {"cases": usual}, 90))
    assert filling(form(), {"cases": UsualRange(None, None, by_desk=True)}, 90).draft.at == "so_far"


numbers = st.integers(0, 10**6) | st.decimals(0, 10**6, places=2)


@given(st.lists(numbers, min_size=0, max_size=60), numbers)
def test_what_there_has_been_is_usual_and_whatever_is_not_is_doubted_never_refused(
    earlier: list[int | Decimal], value: int | Decimal
) -> None:
    usual = range_of(earlier)
    assert usual is None or all(usual.holds(each) for each in earlier)
    made = filling(DAY_FORM, {"cases": usual}, value)
    is_doubted = usual is not None and not usual.holds(value) and value != 0
    assert (made.draft.state, made.draft.at) == (("awaiting a reason", "cases") if is_doubted else ("asking", "so_far"))


DAY_FORM = form()
