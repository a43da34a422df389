"""Validation rules: the desk's file is read with row and column, sides are compared, and a rule that holds says nothing."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, time
from decimal import Decimal
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.errors import Refused, Several
from reporting.figures.usual_range import Number
from reporting.forms import Form
from reporting.translator import translator
from reporting.validation.rule_list import COLUMNS, read_rule_list
from reporting.validation.sides import sides
from reporting.validation.validation_rule import Importance, MissingValues, ValidationRule
from reporting.xlsforms.reading import read_form

NOW = datetime(2021, 11, 10, 20, tzinfo=UTC)
FORM = """| survey | type | name | label | kind |
| | integer | {names[0]} | A | {kind} |
| | integer | {names[1]} | B | {kind} |
| | select_one l | level | Cấp | state |
| choices | list_name | name | label |
| | l | one | Một |
| settings | form_title | form_id | period | reports |
| | {key} | {key} | {period} | {reports} |"""


def form(key: str, names: tuple[str, str], kind: str = "flow", period: str = "daily", reports: str = "leaves") -> Form:
    text = FORM.format(key=key, names=names, kind=kind, period=period, reports=reports)
    return read_form(text.encode(), "form.md", gate=False)


FORMS = [
    form("day", ("ill", "beds")),
    form("month", ("ill", "beds"), period="monthly"),
    form("district", ("ill", "beds"), reports="huyện"),
]
KINDS = {"xã", "huyện"}


def table(**cells: str) -> str:
    """A file of one rule."""
    given = {"key": "r", "name": "Quy tắc", "left": "${day.ill}", "operator": "=", "right": "${month.ill}"} | cells
    return f"{','.join(COLUMNS)}\n{','.join(given.get(column, '') for column in COLUMNS)}\n"


def rule(**cells: str) -> ValidationRule:
    ((_, made),) = read_rule_list(table(**cells), FORMS, KINDS)
    return made


def test_what_is_left_out_has_its_usual_value_and_the_longest_form_gives_the_period() -> None:
    made = rule()
    assert (made.forms, made.period_type.kind, made.units) == (("day", "month"), "monthly", ("leaves",))
    assert (made.runs.at, made.missing, made.importance) == (time(20), MissingValues.SKIP_IF_ANY, Importance.MEDIUM)
    assert rule(hour="08:00+1d").runs.days == 1
    assert rule(units="huyện", left="${district.ill}", right="${below.day.ill}").units == ("huyện",)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"left": "${day.ill} +"}, "Dòng 2, cột left: biểu thức chưa đúng"),
        (
            {"left": "${ill}"},
            "Dòng 2, cột left: «ill» không thuộc biểu mẫu nào. Viết ${biểu_mẫu.chỉ_tiêu}; các biểu mẫu: day, month",
        ),
        (
            {"right": "${day.level}"},
            "Dòng 2, cột right: biểu mẫu day không có chỉ tiêu số «level». Các chỉ tiêu: ill, beds.",
        ),
        ({"left": "1", "right": "2"}, "hai vế không có chỉ tiêu nào"),
        ({"operator": "=="}, "Dòng 2, cột operator: «==» không dùng được. Chọn trong: =, !=, <, <=, >, >=."),
        ({"tolerance": "ít"}, "Dòng 2, cột tolerance: «ít» không phải là độ lệch. Viết 5 hoặc 2%."),
        ({"units": "bản"}, "Dòng 2, cột units: không có đơn vị loại «bản». Chọn trong: leaves, huyện, xã."),
        ({"period": "hourly"}, "Dòng 2, cột period: «hourly» không dùng được"),
        ({"importance": "urgent"}, "Chọn trong: high, medium, low."),
        ({"hour": "tối"}, "Dòng 2, cột hour: «tối» không phải là giờ"),
        ({"missing": "zero"}, "Chọn trong: skip if any, skip if all, never skip."),
        ({"name": ""}, "Dòng 2, cột name: để trống."),
    ],
)
def test_every_mistake_is_told_by_row_and_column_with_advice(cells: Mapping[str, str], said: str) -> None:
    with pytest.raises(Refused) as refused:
        rule(**cells)
    assert said in unescape(translator("vi").refusal(refused.value))
    assert translator("en").refusal(refused.value)


def test_where_there_is_nothing_to_choose_of_it_is_said() -> None:
    wordy = replace(FORMS[0], questions=())
    for forms, said in (
        ([], "cột left: hiện không có biểu mẫu nào đang dùng mà «day.ill» có thể thuộc về."),
        ([wordy], "cột left: biểu mẫu day không có chỉ tiêu số «ill», cũng không có chỉ tiêu số nào khác."),
    ):
        with pytest.raises(Refused) as refused:
            read_rule_list(table(), forms, KINDS)
        assert said in translator("vi").refusal(refused.value)
        assert translator("en").refusal(refused.value)


def test_a_file_with_several_mistakes_names_them_all() -> None:
    head, row = table().splitlines()
    with pytest.raises(Several) as refused:
        read_rule_list("\n".join([head, row, row, row.replace("=", "~")]), FORMS, KINDS)
    assert [each.key for each in refused.value.found] == ["rules_twice", "rules_one_of"]


def test_the_rules_that_ship_can_be_read() -> None:
    folder = Path(__file__).parents[2] / "forms"
    daily = read_form((folder / "covid_daily.md").read_bytes(), "covid_daily.md")
    rules = read_rule_list((folder / "covid_rules.csv").read_text(encoding="utf-8"), [daily], {"xã"})
    assert len(rules) == 4


@pytest.mark.parametrize(
    ("operator", "tolerance", "right", "holds"),
    [
        ("=", "0", 100, True), ("=", "2", 98, True), ("=", "2", 97, False), ("=", "3%", 97, False), ("=", "4%", 97, True),
        ("!=", "0", 100, False), ("!=", "2", 97, True), ("<=", "0", 99, False), ("<=", "1", 99, True), ("<", "0", 100, False),
        (">=", "0", 101, False), (">=", "5", 105, True), (">", "0", 99, True), ("=", "2%", -99, False),
    ],
)  # fmt: skip
def test_the_sides_are_compared_within_the_tolerance(operator: str, tolerance: str, right: int, holds: bool) -> None:
    assert rule(operator=operator, tolerance=tolerance).holds(100, right) is holds


@pytest.mark.parametrize(
    ("missing", "known", "found"),
    [
        ("skip if any", {"day.ill": 3}, None),
        ("skip if all", {"day.ill": 3}, (3, 0)),
        ("skip if all", {}, None),
        ("never skip", {}, (0, 0)),
    ],
)
def test_what_is_not_known_counts_as_the_rule_says(
    missing: str, known: Mapping[str, int], found: tuple[int, int] | None
) -> None:
    assert sides(rule(missing=missing), lambda name, _: known.get(name), NOW) == found


def test_sides_are_xpath_and_read_the_period_before() -> None:
    made = rule(left="${day.beds}", right="${last-saved#day.beds} + ${day.ill} * 2 - round(1.6)")
    values: dict[tuple[str, bool], Number] = {("day.beds", False): 14, ("day.beds", True): 10, ("day.ill", False): 3}
    assert sides(made, lambda name, before: values[name, before], NOW) == (14, 14)


amounts = st.integers(-(10**9), 10**9) | st.decimals(-(10**6), 10**6, places=3)


@given(amounts, amounts)
def test_a_rule_that_holds_says_nothing_and_one_that_does_not_is_off_by_more_than_it_allows(
    left: int | Decimal, off: int | Decimal
) -> None:
    made = rule(tolerance="5")
    assert made.holds(left, left)
    assert made.holds(left, left + off) is (-5 <= off <= 5)
    known: dict[str, Number] = {"day.ill": left, "month.ill": left}
    both = sides(made, lambda name, _: known[name], NOW)
    assert both is not None
    assert made.holds(*both)
