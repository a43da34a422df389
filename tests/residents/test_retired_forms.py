"""A form is retired: its figures stay, and residents are told of when they are, and that they are reported no more."""

import pytest
from sqlalchemy import Connection

from services.retire_form import retire_form
from tests.residents.town import Town, at, days_ago

OVER = "Từ ngày 08/11/2021 các đơn vị thôi báo cáo số liệu này"


@pytest.fixture
def retired(connection: Connection, town: Town) -> Town:
    for code in ("15742", "15700"):
        town.reports(code, days_ago(3), f0_new=3, f0_cum=40)
    retire_form(connection, "covid_daily", days_ago(2), at("08:00"))
    return town


@pytest.mark.parametrize(
    "question", ["F0 Thọ Dân", "F0 Thọ Dân hôm nay", "F0 Thọ Dân hôm qua", "tình hình dịch", "lũy kế toàn huyện"]
)
def test_the_last_figures_are_told_with_their_day(retired: Town, question: str) -> None:
    said = retired.hears(question, "07/11/2021", OVER)
    assert "hạn báo cáo" not in said.text
    assert "10/11/2021" not in said.text


def test_days_before_it_are_told_as_ever(retired: Town) -> None:
    retired.hears("F0 7 ngày qua Thọ Dân", "<b>3 ca</b>", "1/4 ngày có số liệu", OVER)
    retired.hears("xã nào nhiều F0 nhất", "xã Dân Lực: <b>3 ca</b>", OVER)


def test_nobody_is_said_to_be_late_with_it(retired: Town) -> None:
    assert "Chưa báo cáo" not in retired.asks("xã nào chưa báo cáo").text
    retired.hears("xã nào chưa báo cáo ngày 07/11", "2/5 đơn vị")


def test_a_form_that_will_be_retired_is_told_as_ever(connection: Connection, town: Town) -> None:
    retire_form(connection, "covid_daily", days_ago(-5), at("08:00"))
    said = town.hears("F0 Thọ Dân", "hạn báo cáo là 16 giờ 30")
    assert "thôi báo cáo" not in said.text
