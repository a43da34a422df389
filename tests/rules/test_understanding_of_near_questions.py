"""A figure is told for the question that was asked, and for none that lies near it: rates, changes, rankings of changes, parts."""

from datetime import date

import pytest

from reporting.units import Unit, UnitTree
from tests.rules.vocabularies import FORMS, covid, form
from understanding import Inquiry, Vocabulary, understand
from understanding.folding import fold

TODAY = date(2021, 11, 10)


def asked(text: str) -> Inquiry:
    return understand(text, covid(), TODAY)


def figures(inquiry: Inquiry) -> list[str]:
    """The figures that would be told, of whatever days."""
    return [each.question for each in inquiry.indicators] if inquiry.is_certain and not inquiry.doubts else []


@pytest.mark.parametrize(
    "text",
    [
        "mỗi tuần thọ dân mấy ca",
        "moi tuan tho dan may ca",
        "hàng tháng thọ dân có bao nhiêu ca",
        "thọ dân tháng 10 mỗi tuần mấy ca",
        "ca mắc mới theo tuần ở thọ dân",
        "weekly cases in tho dan",
        "thọ dân gấp mấy lần số ca hôm qua",
        "hôm nay có mấy ca nam ở thọ dân",
        "thọ dân có mấy ca trong bệnh viện",
    ],
)
def test_so_many_a_week_and_a_part_are_no_number_of_cases(text: str) -> None:
    assert figures(asked(text)) == []


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("ca mac moi tuan nay tho dan", "this_week"),
        ("ca moi thang 10 tho dan", "month:2021-10"),
        ("ca mac moi nam nay tho dan", "this_year"),
        ("tho dan ca mac moi ngay 5/11", "date:2021-11-05"),
        ("so ca mac moi ngay hom qua o tho dan", "yesterday"),
    ],
)
def test_without_its_marks_moi_before_days_is_new(text: str, days: str) -> None:
    inquiry = asked(text)
    assert (inquiry.intent, figures(inquiry)) == ("value", ["f0_new"])
    assert inquiry.span is not None
    assert inquiry.span.name == days


@pytest.mark.parametrize("spelt", [str, fold])
@pytest.mark.parametrize("days", ["tuần này", "tháng này", "tuần trước", "tháng 10", "7 ngày qua"])
def test_cases_of_a_week_are_cases_and_not_the_whole_week(days: str, spelt: type[str]) -> None:
    """«Ca tuần này» is no «cả tuần này»."""
    for around in ("thọ dân mấy ca {}", "thọ dân bao nhiêu ca {}", "số ca {} ở thọ dân", "xã nào trên 50 ca {}"):
        assert figures(asked(spelt(around.format(days)))) == ["f0_new"], around


@pytest.mark.parametrize(
    "text",
    [
        "số f1 đang cách ly ở thọ dân hôm nay tăng bao nhiêu",
        "so f1 dang cach ly tho dan tang may nguoi",
        "đang điều trị ở thọ dân tăng bao nhiêu hôm nay",
        "thọ dân hôm nay giảm mấy ca",
        "thọ dân chênh lệch mấy ca",
        "thọ dân nhiều hơn mấy ca",
    ],
)
def test_by_how_much_it_has_changed_is_answered_with_several_days(text: str) -> None:
    assert asked(text).intent == "trend"


def test_how_many_are_added_of_what_is_counted_newly_is_their_number() -> None:
    inquiry = asked("hôm nay thọ dân tăng thêm mấy ca")
    assert (inquiry.intent, figures(inquiry)) == ("value", ["f0_new"])


@pytest.mark.parametrize(
    "text",
    [
        "xã nào giảm nhiều ca nhất so với hôm qua",
        "xã nào giảm mấy ca",
        "xã nào giảm nhiều nhất",
        "xã nào tăng nhanh nhất tuần này",
        "xã nào tăng mạnh ca f0 nhất",
        "xã nào ca mắc đang giảm",
        "xã nào nhiều ca hơn hôm qua",
        "xã nào tuần này nhiều ca hơn tuần trước",
        "xã nào nhiều ca hơn thọ dân",
        "which commune had the biggest drop in cases",
    ],
)
def test_units_are_not_ranked_by_their_figures_where_their_change_is_asked(text: str) -> None:
    inquiry = asked(text)
    assert figures(inquiry) == []
    assert inquiry.is_part or inquiry.intent == "not collected"


def test_the_most_new_cases_are_still_ranked() -> None:
    inquiry = asked("xã nào tăng nhiều ca nhất hôm nay")
    assert (inquiry.intent, figures(inquiry)) == ("rank", ["f0_new"])


@pytest.mark.parametrize("spelt", [str, fold])
@pytest.mark.parametrize("kind", ["những xã", "các xã", "xã", "danh sách xã", "xã nào"])
def test_units_under_a_bound_are_those_and_no_place_called_so(kind: str, spelt: type[str]) -> None:
    inquiry = asked(spelt(f"{kind} dưới 5 ca hôm nay"))
    assert (inquiry.intent, inquiry.named_outside, figures(inquiry)) == ("rank", "", ["f0_new"])
    assert inquiry.bounds is not None
    assert (inquiry.bounds.least, inquiry.bounds.most) == (None, 4)


def test_two_things_that_are_asked_are_both_told() -> None:
    assert figures(asked("thọ dân hôm nay có mấy ca với mấy người chết")) == ["f0_new", "f0_death_new"]
    assert figures(asked("hôm nay thọ dân mấy ca mấy người chết")) == ["f0_new", "f0_death_new"]
    both = asked("thọ dân mấy ca rồi dân lực có ca nào chết không")
    assert figures(both) == ["f0_new", "f0_death_cum"]


@pytest.mark.parametrize("name", ["Yên Đồng", "An Thạnh Đông", "Cà Nàng", "Cao Lớn"])
def test_a_name_and_a_sunday_are_no_superlative(name: str) -> None:
    root = Unit(1, "R", "Hòa Giang", "huyện")
    tree = UnitTree([root, Unit(2, "A", name, "xã", 1), Unit(3, "B", "Lý Hưng", "xã", 1)])
    vocabulary = Vocabulary(tree, [form(FORMS / "covid_daily.md")], root)
    for said in (f"xã {name} chủ nhật mấy f0", fold(f"xã {name} chủ nhật tuần trước mấy f0")):
        assert understand(said, vocabulary, TODAY).intent == "value"
