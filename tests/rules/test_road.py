"""By which road answers came, as they are kept and told."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from messages.leaders.road_words import roads_said
from reporting.answers import Answer, Answers
from reporting.reports import Report
from reporting.road import answers_by_road
from reporting.translator import translator
from reporting.xlsforms.reading import read_form
from storage.reports.answers import from_json, to_json

AT = datetime(2021, 11, 10, 10, tzinfo=UTC)
FORM = """
| survey |
| | type | name | label::vi |
| | integer | ill | Số ca mắc |
| | integer | beds | Số giường |
| | note | end | Hết |
"""


def test_an_answer_is_kept_with_its_road_only_where_that_is_not_the_rows() -> None:
    form = read_form(FORM.encode(), "form.md")
    answers = {"ill": Answer(3), "beds": Answer(4, road="telegram")}
    kept = to_json(form, answers, "zalo", "zalo")
    assert kept == {"ill": {"value": 3}, "beds": {"value": 4, "road": "telegram"}}
    again = from_json(form, kept, "zalo")
    assert {name: each.road for name, each in again.items()} == {"ill": "zalo", "beds": "telegram"}
    assert answers_by_road(again) == {"zalo": 1, "telegram": 1}


def test_what_is_from_before_roads_were_kept_says_nothing_and_does_not_become_what_is_beside_it() -> None:
    form = read_form(FORM.encode(), "form.md")
    old = from_json(form, {"ill": {"value": 3}, "beds": {"value": 4}})
    assert answers_by_road(old) == {}
    corrected = {**old, "beds": Answer(5)}
    kept = to_json(form, corrected, "zalo", "zalo")
    assert answers_by_road(from_json(form, kept, "zalo")) == {"zalo": 1}


def test_a_reason_given_elsewhere_does_not_move_its_figure_and_the_same_value_by_another_road_is_no_change() -> None:
    answer = Answer(3, road="telegram")
    assert answer.because("đã kiểm tra").road == "telegram"
    assert replace(answer, road="zalo") == answer


BY_TELEGRAM, BY_ZALO, OF_BEFORE = (Answer(1, road=road) for road in ("telegram", "zalo", ""))


@pytest.mark.parametrize(
    ("road", "answers", "said"),
    [
        ("zalo", [BY_ZALO, BY_ZALO], "qua Zalo"),
        ("zalo", [BY_TELEGRAM, BY_TELEGRAM, BY_ZALO], "qua Zalo (2 câu qua Telegram, 1 câu qua Zalo)"),
        ("zalo", [BY_TELEGRAM, BY_TELEGRAM], "qua Zalo (2 câu qua Telegram)"),
        ("web_form", [OF_BEFORE, BY_ZALO], "qua phiếu trên trang (1 câu qua Zalo)"),
        ("zalo", [OF_BEFORE], "qua Zalo"),
        ("", [OF_BEFORE], ""),
        ("program", [BY_ZALO], ""),
    ],
)
def test_a_report_tells_by_which_roads_it_came(road: str, answers: list[Answer], said: str) -> None:
    named: Answers = {str(place): each for place, each in enumerate(answers)}
    report = Report("C-1", "covid", "1", 1, AT.date(), 1, named, 1, AT, AT, road=road)
    assert roads_said(report, translator("vi")) == said
