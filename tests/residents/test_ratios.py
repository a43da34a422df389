"""Residents ask about percentages: each unit's own is told, of several days the newest; nothing is added up, and why is said."""

import pytest
from sqlalchemy import Connection

from handlers.residents.public_answer import view_at
from messages.residents.answer_lines import untold
from messages.residents.many_units import ranked_said
from reporting.figures.areas import Areas
from reporting.figures.known import Wanted
from reporting.figures.sums import Withheld
from reporting.people import Address
from reporting.translator import translator
from reporting.unit_list import read_units
from storage.figures.public import known
from storage.organisation import units
from tests.residents.rates import with_rates
from tests.residents.town import TODAY, UNITS, Town, at, days_ago, labels
from understanding.inquiry import Inquiry, Span


@pytest.fixture
def rated(connection: Connection) -> Town:
    units.put(connection, read_units(UNITS))
    return with_rates(Town(connection, units.tree(connection), {}, at("18:00")))


def test_of_several_days_the_newest_is_told_with_its_day(rated: Town) -> None:
    said = rated.hears("tỷ lệ dương tính xã thọ dân 7 ngày qua", "<b>63 %</b>", "10/11/2021")
    assert "ngày có số liệu" not in said.text
    town = rated.hears("người sốt xã thọ dân 7 ngày qua", "<b>21 người</b>")
    assert "ngày có" in town.text


def test_a_trend_has_no_sum_but_says_whether_it_went_up(rated: Town) -> None:
    said = rated.hears("diễn biến tỷ lệ dương tính xã thọ dân", "10/11: <b>63 %</b>")
    assert "Cộng" not in said.text
    assert "Giảm: hôm nay" in said.text
    assert "Cộng 7 ngày" in rated.asks("diễn biến người sốt xã thọ dân").text


def test_a_trend_of_a_district_says_once_that_there_is_none(rated: Town) -> None:
    said = rated.hears("diễn biến tỷ lệ dương tính toàn huyện", "không cộng chung các đơn vị")
    assert said.text.count("không cộng chung") == 1
    assert said.photo is None


def test_of_a_district_it_is_said_that_there_is_no_sum_and_not_that_figures_lack(rated: Town) -> None:
    rated.hears("tỷ lệ dương tính toàn huyện hôm nay", "không cộng chung các đơn vị")
    assert "tính đến" not in rated.hears("tỷ lệ dương tính toàn huyện 7 ngày qua", "không cộng chung các đơn vị").text
    said = rated.hears("tỷ lệ dương tính toàn huyện tuần này so với tuần trước", "không cộng chung các đơn vị")
    assert "chưa đủ" not in said.text
    assert "dài ngắn" not in said.text
    own = rated.hears("tỷ lệ dương tính xã thọ dân tuần này so với tuần trước", "<b>63 %</b>", "<b>66 %</b>")
    assert "nhiều hơn" in own.text
    assert "dài ngắn" not in own.text


def test_from_the_beginning_nothing_is_offered_that_would_be_a_sum(rated: Town) -> None:
    said = rated.asks("tính đến ngày 5/11 tỷ lệ dương tính xã thọ dân")
    assert labels(said) == [] or "từ đầu" not in " ".join(labels(said))
    assert "<b>68 %</b>" in said.text
    assert "7 ngày" not in " ".join(labels(rated.asks("tỷ lệ dương tính xã thọ dân")))


def test_a_list_over_days_has_each_units_newest_with_its_day(rated: Town) -> None:
    said = rated.hears("tỷ lệ dương tính từng xã 7 ngày qua", "xã Thọ Dân: <b>63 %</b>", "thị trấn Nưa: <b>63 %</b>")
    assert "báo cáo của các đơn vị" not in said.text


def test_districts_are_not_ranked_by_what_is_no_sum_and_that_is_said(rated: Town) -> None:
    root = rated.tree.find("397", TODAY)
    assert root is not None
    view = view_at(rated.turn(), Address("telegram", "7"), translator("vi"))
    form, question = rated.forms["rates"], rated.forms["rates"].by_name["positive"]
    read = known(rated.connection, Wanted(form, (question,), (root,), (TODAY,), each=True), Areas(rated.tree))
    span = Span("today", TODAY, TODAY)
    said = ranked_said(view, read, question, (root,), Inquiry(intent="rank", wanted="rank", span=span), span)
    assert "Không cộng chung được" in said
    assert "Chưa tính được" not in said


@pytest.mark.parametrize("ago", [0, 1])
@pytest.mark.parametrize("few", [0, 100])
def test_a_total_that_is_no_sum_is_carried_from_nobody(rated: Town, few: int, ago: int) -> None:
    """Yesterday all five had theirs: once they came to «398 phần trăm»."""
    form, root = rated.forms["rates"], rated.tree.find("397", TODAY)
    assert root is not None
    wanted = Wanted(form, (form.by_name["covered"],), (root,), (days_ago(ago),))
    read = known(rated.connection, wanted, Areas(rated.tree), few)
    fact = read.history(root, form.by_name["covered"])[days_ago(ago)]
    assert fact.value == Withheld(is_no_sum=True)
    assert fact.carried == {}
    assert fact.coverage is not None
    assert (fact.coverage.received, fact.coverage.expected) == (4 + ago, 5)


def test_in_a_cell_or_a_bar_the_reason_is_short_and_the_right_one() -> None:
    words = translator("vi")
    assert untold(words, Withheld(is_no_sum=True)) == "không cộng chung"
    assert untold(words, Withheld((1,))) == untold(words, Withheld()) == "chưa tính được"
