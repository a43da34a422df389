"""Repeats: instance after instance is asked, counted, summed, and exported in a table of its own."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from reporting.errors import Refused
from reporting.filling.drafts import Draft
from reporting.filling.moves import Filling, relevant_answers
from reporting.forms import Form
from reporting.questions.question_types import type_of
from reporting.report_tables import ReportSaid, tables_of
from reporting.reports import Report
from reporting.reviews import reviewed
from reporting.translator import translator
from reporting.xlsforms.reading import BadForm, read_form

NOW = datetime(2021, 11, 10, 15, 30, tzinfo=UTC)
FARM = """
| survey |
| | type | name | label::vi | relevant | calculation | constraint |
| | select_one yn | any | Có trồng trọt không | | | |
| | begin repeat | crop | Cây trồng | ${any} = 'y' | | |
| | text | crop_name | Tên cây | | | |
| | decimal | area | Diện tích ${crop_name} | | | . > 0 |
| | integer | plots | Số thửa | ${area} > 1 | | |
| | calculate | nth | | | position(..) | |
| | end repeat | | | | | |
| | calculate | total | | | sum(${area}) | |
| | calculate | how_many | | | count(${crop}) | |
| | calculate | largest | | | max(${area}) | |
| | calculate | listed | | | join(', ', ${crop_name}) | |
| | calculate | second | | | indexed-repeat(${crop_name}, ${crop}, 2) | |
| | text | remark | Ghi chú | ${how_many} > 1 | | |
| choices |
| | list_name | name | label::vi |
| | yn | y | Có |
| | yn | n | Không |
"""
HOUSE = """
| survey |
| | type | name | label | repeat_count | calculation |
| | integer | members | Số người | | |
| | begin repeat | person | Người | ${members} | |
| | text | name | Tên | | |
| | begin repeat | illness | Bệnh của ${name} | | |
| | text | ill | Bệnh gì | | |
| | end repeat | | | | |
| | calculate | ills | | | count(${illness}) |
| | end repeat | | | | |
| | calculate | all_ills | | | sum(${ills}) |
"""


def begun(table: str) -> Filling:
    form = read_form(table.encode(), "form.md")
    return Filling(form, Draft(1, form.key, form.version, 1, NOW.date()), {}, None, NOW).settled()


def say(filling: Filling, *typed: str) -> Filling:
    """The filling after these answers, each typed to what is asked then."""
    words = translator("vi")
    for text in typed:
        question = filling.question
        assert question is not None, text
        filling = filling.answer(type_of(question).read(question, text, words, filling.choices(), NOW))
    return filling


def label(filling: Filling) -> str:
    question = filling.question
    return "" if question is None else filling.filled(question.alone, "vi")


def test_one_instance_is_asked_after_the_other_until_there_is_no_more() -> None:
    filling = say(begun(FARM), "y")
    assert label(filling) == "Cây trồng: có trường hợp nào để ghi không?"
    filling = say(filling, "Có", "Lúa")
    assert label(filling) == "Cây trồng 1 – Diện tích Lúa"
    filling = say(filling, "2,5", "3")
    assert label(filling) == "Cây trồng: đã ghi 1. Ghi thêm nữa không?"
    filling = say(filling, "Có", "Ngô", "0,5")
    assert label(filling) == "Cây trồng: đã ghi 2. Ghi thêm nữa không?", "the plots of a small area are not asked"
    filling = say(filling, "Không")
    assert label(filling) == "Ghi chú"
    results = filling.results
    assert (results["total"], results["how_many"], results["largest"]) == (3, 2, Decimal("2.5"))
    assert (results["listed"], results["second"]) == ("Lúa, Ngô", "Ngô")
    assert (results["nth.1"], results["nth.2"]) == (1, 2)
    assert say(filling, "xong").draft.state == "review"


def test_where_the_repeat_is_not_relevant_nothing_of_it_is_asked_or_counted() -> None:
    filling = say(begun(FARM), "n")
    assert filling.draft.state == "review"
    assert filling.results["how_many"] == 0
    assert "largest" not in filling.results


def test_an_instance_can_be_mended_taken_away_and_added_from_the_review() -> None:
    filling = say(begun(FARM), "y", "Có", "Lúa", "1", "Có", "Ngô", "2", "4", "Không", "xong")
    assert filling.draft.state == "review"
    mended = say(filling.edit("area.2"), "3")
    assert mended.results["total"] == 4
    fewer = say(mended.edit("crop.2.there"), "Không")
    assert fewer.draft.state == "review"
    assert (fewer.results["total"], fewer.results["how_many"]) == (1, 1)
    assert "crop_name.2" not in relevant_answers(fewer), "what was taken away is not sent"
    more = say(fewer.edit("crop.2.there"), "Có")
    assert more.results["total"] == 4, "and comes back as it was"


def test_a_repeat_with_a_count_asks_so_many_and_one_in_another_belongs_to_its_instance() -> None:
    filling = say(begun(HOUSE), "2", "Lan")
    assert label(filling) == "Bệnh của Lan: có trường hợp nào để ghi không?"
    filling = say(filling, "Có", "sốt", "Có", "ho", "Không", "Nam", "Không")
    assert filling.draft.state == "review"
    assert (filling.results["ills.1"], filling.results["ills.2"], filling.results["all_ills"]) == (2, 0, 2)
    fewer = say(filling.edit("members"), "1")
    assert "name.2" not in relevant_answers(fewer)


def test_a_count_that_is_more_than_can_be_asked_stands_in_the_way() -> None:
    filling = begun(HOUSE)
    over = say(filling, "99")
    while over.question is not None and not over.question.name.endswith(".more"):
        over = say(over, "Không" if over.question.name.endswith(".there") else "Lan")
    assert "nhiều nhất" in label(over)
    with pytest.raises(Refused):
        over.skip()
    assert say(over.edit("members"), "1").draft.state == "review"


def exported(form: Form, filling: Filling) -> dict[str, list[dict[str, object]]]:
    answers = relevant_answers(filling)
    report = Report("F-1", form.key, form.version, 1, NOW.date(), 1, answers, 1, NOW, NOW)
    return {
        table.name: [{name: row.get(name) for name in table.columns} for row in table.rows]
        for table in tables_of("form", [ReportSaid(report, form, "15742", filling.results, reviewed(report, (), ()))])
    }


def test_each_repeat_is_a_table_keyed_by_the_report_and_the_instance() -> None:
    filling = say(begun(HOUSE), "2", "Lan", "Có", "sốt", "Có", "ho", "Không", "Nam", "Không")
    tables = exported(filling.form, filling)
    assert tables["person"] == [
        {"report": "F-1", "person#": 1, "name": "Lan", "ills": 2},
        {"report": "F-1", "person#": 2, "name": "Nam", "ills": 0},
    ]
    assert tables["illness"] == [
        {"report": "F-1", "person#": 1, "illness#": 1, "ill": "sốt"},
        {"report": "F-1", "person#": 1, "illness#": 2, "ill": "ho"},
    ]
    (main,) = tables["form"]
    assert (main["report"], main["unit"], main["members"], main["all_ills"]) == ("F-1", "15742", 2, 2)
    assert not any("." in name for name in main)


def test_a_repeat_of_which_nothing_was_put_down_is_a_table_without_rows() -> None:
    filling = say(begun(FARM), "n")
    assert exported(filling.form, filling)["crop"] == []


def test_a_figure_cannot_stand_in_a_repeat() -> None:
    table = FARM.replace("| constraint |", "| constraint | kind |").replace("| . > 0 |", "| . > 0 | flow |")
    with pytest.raises(BadForm) as refused:
        read_form(table.encode(), "form.md")
    assert {each.key for each in refused.value.problems} == {"kind_repeat"}


def test_a_draft_is_the_same_again_from_what_is_kept_of_it() -> None:
    from storage.reports.answers import from_json, to_json

    filling = say(begun(FARM), "y", "Có", "Lúa", "1", "Không")
    kept = from_json(filling.form, to_json(filling.form, filling.draft.answers))
    again = replace(filling, draft=replace(filling.draft, answers=kept))
    assert again.results == filling.results


NAMED_AS_THE_HEAD = """
| survey |
| | type | name | label::vi |
| | text | date | Hẹn ngày nào |
| | integer | revision | Lần thứ mấy |
| | begin repeat | visit | Lần thăm |
| | text | report | Ghi lại |
| | end repeat | | |
"""


def test_an_answer_named_as_what_a_report_has_besides_takes_nothing_away_from_it() -> None:
    filling = say(begun(NAMED_AS_THE_HEAD), "thứ ba", "7", "Có", "khỏe", "Không")
    tables = exported(filling.form, filling)
    (row,) = tables["form"]
    assert (row["date"], row["answer:date"]) == (NOW.date(), "thứ ba")
    assert (row["revision"], row["answer:revision"]) == (1, 7)
    assert tables["visit"] == [{"report": "F-1", "visit#": 1, "answer:report": "khỏe"}]
