"""What residents ask is understood: of whom, of what, for which days; in doubt it is asked back, and it is never wrong."""

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from reporting.units import Unit, UnitTree
from tests.rules.asked import Asked, ask, every_question, judge, questions
from tests.rules.vocabularies import FORMS, covid, dengue, form
from understanding import Inquiry, Span, Vocabulary, understand

TODAY = date(2021, 11, 10)


def asked(text: str) -> Inquiry:
    return understand(text, covid(), TODAY)


def titles(inquiry: Inquiry) -> list[str]:
    return [unit.title for unit in inquiry.units]


@pytest.mark.parametrize(("name", "question"), [pytest.param(n, q, id=q["id"]) for n, q in every_question()])
def test_a_question_of_the_lists_is_understood(name: str, question: Asked) -> None:
    inquiry = ask(name, question)
    assert judge(question, inquiry) == "right", inquiry


def test_at_least_59_of_the_60_are_right_and_none_is_wrong() -> None:
    judged = Counter(judge(question, ask("residents", question)) for question in questions("residents"))
    assert judged["right"] >= 59
    assert judged["wrong"] == 0


def test_there_are_at_least_two_hundred_questions_of_our_own() -> None:
    assert sum(1 for name, _ in every_question() if name != "residents") >= 200


def test_a_choice_of_a_unit_settles_the_question() -> None:
    inquiry = asked("Triệu Sơn hôm nay bao nhiêu ca")
    assert [unit.title for unit in inquiry.unit_choices] == ["huyện Triệu Sơn", "thị trấn Triệu Sơn"]
    settled = inquiry.with_unit(inquiry.unit_choices[1])
    assert settled.is_certain
    assert titles(settled) == ["thị trấn Triệu Sơn"]
    assert settled.span is not None
    assert settled.span.name == "today"


def test_one_doubt_after_the_other_is_settled() -> None:
    inquiry = asked("mấy hôm nay xã Thọ cách ly bao nhiêu người")
    assert inquiry.doubts == ("unit", "indicator", "period")
    inquiry = inquiry.with_unit(inquiry.unit_choices[0])
    inquiry = inquiry.with_indicator(inquiry.indicator_choices[0])
    inquiry = inquiry.with_span(inquiry.span_choices[0])
    assert inquiry.is_certain


def test_a_similar_name_of_ours_can_be_chosen_for_one_that_is_not() -> None:
    inquiry = asked("xã Thọ Vân hôm nay mấy ca")
    assert inquiry.intent == "outside"
    assert inquiry.wanted == "value"
    settled = inquiry.with_unit(inquiry.unit_choices[0])
    assert settled.intent == "value"
    assert settled.is_certain


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("tuần này thọ dân mấy ca", date(2021, 11, 8), TODAY),
        ("tuần trước thọ dân mấy ca", date(2021, 11, 1), date(2021, 11, 7)),
        ("7 ngày qua thọ dân mấy ca", date(2021, 11, 4), TODAY),
        ("tháng 10 thọ dân mấy ca", date(2021, 10, 1), date(2021, 10, 31)),
        ("tháng 11 thọ dân mấy ca", date(2021, 11, 1), TODAY),
        ("từ tháng 8 đến tháng 10 thọ dân mấy ca", date(2021, 8, 1), date(2021, 10, 31)),
        ("năm nay thọ dân mấy ca", date(2021, 1, 1), TODAY),
        ("từ 25/10 thọ dân mấy ca", date(2021, 10, 25), TODAY),
        ("hôm nay thọ dân mấy ca", TODAY, TODAY),
    ],
)
def test_a_span_holds_both_its_ends_and_nothing_ahead(text: str, first: date, last: date) -> None:
    span = asked(text).span
    assert span is not None
    assert (span.first_on, span.last_on) == (first, last)


def test_a_day_without_a_year_is_the_last_one_there_was() -> None:
    inquiry = understand("ngày 25/12 thọ dân mấy ca", covid(), date(2022, 1, 5))
    assert inquiry.span == Span("date", date(2021, 12, 25), date(2021, 12, 25))


@pytest.mark.parametrize("text", ["thọ dân ngày 31/2", "thọ dân 30/2/2021 mấy ca", "từ 5/11 đến 1/11 thọ dân mấy ca"])
def test_a_day_that_is_not_in_the_calendar_is_asked_back(text: str) -> None:
    assert "period" in asked(text).doubts


@pytest.mark.parametrize("text", ["lúc nào đâu số này", "cho số liệu này với", "xã này", "ca nào nữa không"])
def test_this_is_not_today(text: str) -> None:
    span = asked(text).span
    assert span is None or span.kind != "today"


def merged() -> Vocabulary:
    """Three communes of 2021 and the one that they became on 1/7/2025; a code went from an old one to the new one."""
    day = date(2025, 7, 1)
    units = [
        Unit(1, "38", "Thanh Hóa", "tỉnh"),
        Unit(2, "15763", "Thọ Thế", "xã", 1, until=day),
        Unit(3, "15742", "Thọ Dân", "xã", 1, until=day),
        Unit(4, "15760", "Thọ Phú", "xã", 1, until=day),
        Unit(5, "15763", "Thọ Phú", "xã", 1, aliases=("Thọ Dân",), since=day),
    ]
    tree = UnitTree(units)
    return Vocabulary(tree, [form(FORMS / "covid_daily.md")], tree.unit(1))


@pytest.mark.parametrize(
    ("text", "today", "unit", "doubts"),
    [
        ("xã Thọ Phú hôm nay mấy ca", date(2021, 11, 10), 4, ()),
        ("xã Thọ Phú hôm nay mấy ca", date(2025, 8, 1), 5, ()),
        ("xã Thọ Phú tháng 5 mấy ca", date(2025, 8, 1), 4, ()),
        ("xã Thọ Dân hôm nay mấy ca", date(2025, 8, 1), 5, ()),
        ("xã Thọ Dân ngày 5/6 mấy ca", date(2025, 8, 1), 3, ()),
        ("xã Thọ Thế hôm nay mấy ca", date(2025, 8, 1), 2, ("gone",)),
    ],
)
def test_a_name_means_the_unit_that_bore_it_on_those_days(text: str, today: date, unit: int, doubts: Any) -> None:
    inquiry = understand(text, merged(), today)
    assert ([each.id for each in inquiry.units], inquiry.doubts) == ([unit], doubts)


def test_days_on_both_sides_of_a_merger_are_asked_back() -> None:
    inquiry = understand("xã Thọ Phú năm nay mấy ca", merged(), date(2025, 8, 1))
    assert inquiry.doubts == ("unit",)
    assert [unit.id for unit in inquiry.unit_choices] == [4, 5]


def test_names_that_differ_by_their_marks_only_are_told_apart_or_asked_back() -> None:
    assert [unit.name for unit in understand("phường Hàng Bạc mấy ca", dengue(), TODAY).units] == ["Hàng Bạc"]
    tree = UnitTree([Unit(1, "1", "Sơn", "huyện"), Unit(2, "2", "Vân Sơn", "xã", 1), Unit(3, "3", "Văn Sơn", "xã", 1)])
    vocabulary = Vocabulary(tree, [form(FORMS / "covid_daily.md")], tree.unit(1))
    assert [unit.id for unit in understand("xã Văn Sơn mấy ca", vocabulary, TODAY).units] == [3]
    assert [unit.id for unit in understand("xa van son may ca", vocabulary, TODAY).unit_choices] == [2, 3]


def test_two_forms_that_count_the_same_thing_are_asked_back() -> None:
    one = form(FORMS / "covid_daily.md")
    other = replace(one, key="covid_other", title={"vi": "Mẫu khác"})
    vocabulary = Vocabulary(covid().tree, [one, other], covid().root)
    inquiry = understand("thọ dân hôm nay có bao nhiêu ca tử vong mới", vocabulary, TODAY)
    assert inquiry.doubts == ("indicator",)
    assert {choice.form for choice in inquiry.indicator_choices} == {"covid_daily", "covid_other"}


def test_without_any_form_or_unit_nothing_is_named() -> None:
    empty = Vocabulary(UnitTree([]), [], None)
    inquiry = understand("xã Thọ Dân hôm nay mấy ca", empty, TODAY)
    assert (inquiry.units, inquiry.indicators) == ((), ())
    assert not inquiry.is_certain


def test_a_figure_that_is_named_for_certain_is_not_offered_beside_it_again() -> None:
    inquiry = asked("thọ dân tiêm mũi 1 và tiêm bao nhiêu")
    assert [each.question for each in inquiry.indicators] == ["vax1_cum"]
    assert [each.question for each in inquiry.indicator_choices] == ["vax2_cum"]
    settled = inquiry.with_indicator(inquiry.indicator_choices[0])
    assert [each.question for each in settled.indicators] == ["vax1_cum", "vax2_cum"]


def test_where_all_that_a_word_may_mean_is_named_for_certain_nothing_is_in_doubt() -> None:
    inquiry = asked("thọ dân cách ly tập trung, cách ly tại nhà và cách ly bao nhiêu")
    assert [each.question for each in inquiry.indicators] == ["q_central_active", "q_home_active"]
    assert inquiry.is_certain
