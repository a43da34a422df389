"""A school called «Số 5» or «Tư» is told of by its name; where a day may be meant as well, both are offered."""

import pytest
from sqlalchemy import Connection

from tests.residents.places import place_of
from tests.residents.town import TODAY, Town, days_ago, labels


@pytest.fixture
def schools(connection: Connection) -> Town:
    town = place_of(connection, "schools")
    for number, code in enumerate((f"S{n:02}" for n in range(1, 13)), 1):
        for ago in range(7):
            town.reports(code, days_ago(ago), "schools", clock="08:30", absent=100 * number + ago)
    return town


def test_a_numeral_in_a_name_is_no_number_of_days(schools: Town) -> None:
    schools.hears("trường số 5 hôm nay bao nhiêu học sinh nghỉ", "Trường Số 5", "<b>200 học sinh</b>")
    schools.hears("trường số 5 ngày 8/11 mấy học sinh vắng", "Trường Số 5", "<b>202 học sinh</b>")


def test_a_name_that_is_a_day_too_is_offered_beside_the_day(schools: Town) -> None:
    assert TODAY.weekday() == 2
    said = schools.hears("thứ tư mấy học sinh nghỉ", "có thể hiểu theo hơn một cách")
    assert "<b>" not in said.text
    assert labels(said) == ["trường Tư, mới nhất", "thành phố Hòa Giang, hôm nay (10/11/2021)"]
    assert "<b>300 học sinh</b>" in schools.taps(said, "trường Tư, mới nhất").text
    assert "12/12 đơn vị" in schools.taps(said, "thành phố Hòa Giang, hôm nay (10/11/2021)").text


def test_beside_another_unit_the_same_words_are_a_day(schools: Town) -> None:
    schools.hears("thứ tư trường Kim Đồng mấy học sinh nghỉ", "Trường Kim Đồng", "<b>600 học sinh</b>")


def test_a_name_that_is_written_as_a_date_is_no_day(schools: Town) -> None:
    schools.hears("trường 19/8 hôm qua mấy học sinh nghỉ", "Trường Tháng Tám, hôm qua", "<b>401 học sinh</b>")
