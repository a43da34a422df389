"""Completeness by question: what is unknown or skipped lacks, what was not asked does not; habits of units, never of people."""

from datetime import date
from decimal import Decimal

from messages.leaders.completeness_words import completeness_says, table_of
from reporting.people import Address
from reporting.presses.leaders import ShowAnswers
from reporting.rounds.completeness import AnswerCounts, Completeness, UnitAnswers
from reporting.rounds.rates import Rates
from reporting.translator import translator
from reporting.xlsforms.reading import read_form
from tests.rules.digests_made import NOW
from tests.rules.round_made import DAN_LUC, DISTRICT, NUA, THO_DAN

VI = translator("vi")
TO = Address("telegram", "7")
FORM = read_form(
    "\n".join(
        [
            "| survey | type | name | label | kind |",
            *(f"| | integer | q{n} | Số {n} | flow |" for n in range(9)),
            "| | text | note | Ghi chú | |",
            "| settings | form_id | form_title |",
            "| | daily | Báo cáo ngày |",
        ]
    ).encode(),
    "form.md",
)
FIRST, LAST = date(2021, 10, 12), date(2021, 11, 10)


def asked(*units: UnitAnswers) -> Completeness:
    return Completeness(FORM, DISTRICT, FIRST, LAST, units)


def test_the_least_complete_question_stands_first_with_the_units_that_lack_it() -> None:
    found = asked(
        UnitAnswers(THO_DAN, Rates(30, 30, 30), Rates(), {"q0": AnswerCounts(30, 3), "q1": AnswerCounts(30)}),
        UnitAnswers(DAN_LUC, Rates(30, 20, 20), Rates(), {"q0": AnswerCounts(20), "q2": AnswerCounts(10, 4, 1)}),
    )
    worst = [(question.name, counts.completeness) for question, counts in found.worst]
    assert worst == [("q2", Decimal("50.0")), ("q0", Decimal("94.0"))]
    assert [unit.name for unit, _ in found.lacking_of(FORM.by_name["q0"])] == ["Thọ Dân"]


def test_a_unit_that_did_not_report_is_apart_from_one_that_skipped() -> None:
    found = asked(
        UnitAnswers(THO_DAN, Rates(30, 30, 30), Rates(), {"q0": AnswerCounts(30, 0, 30)}),
        UnitAnswers(NUA, Rates(30, 0, 0), Rates(), {}),
    )
    assert [each.unit for each in found.silent] == [NUA]
    said = completeness_says(found, NOW, TO, VI)[1].text
    assert "• Số 0: đầy đủ 0% (0/30) – bỏ trống 30: xã Thọ Dân 30" in said
    assert "<b>Thiếu báo cáo</b>: thị trấn Nưa (30/30 kỳ)" in said


def test_late_again_and_again_and_clearly_better_are_told_of_units() -> None:
    found = asked(
        UnitAnswers(THO_DAN, Rates(30, 30, 27), Rates(30, 30, 20), {}),
        UnitAnswers(DAN_LUC, Rates(30, 30, 28), Rates(30, 30, 27), {}),
        UnitAnswers(NUA, Rates(3, 3, 3), Rates(3, 3, 0), {}),
    )
    assert [each.unit for each in found.often_late] == [THO_DAN]
    assert [each.unit for each in found.better] == [THO_DAN]
    said = completeness_says(found, NOW, TO, VI)[0].text
    assert "không câu hỏi nào bị bỏ trống hoặc chưa rõ" in said
    assert "<b>Tiến bộ, đáng biểu dương</b>: xã Thọ Dân (đúng hạn 66,7% → 90%)" in said


def test_more_questions_than_a_message_takes_come_by_a_button() -> None:
    counts = {f"q{n}": AnswerCounts(30, n + 1) for n in range(9)}
    found = asked(UnitAnswers(THO_DAN, Rates(30, 30, 30), Rates(), counts))
    picture, text, table = completeness_says(found, NOW, TO, VI)
    assert picture.photo is not None
    assert table.document is not None
    assert "… và 3 câu hỏi khác" in text.text
    ((button,),) = text.buttons
    assert button.press == ShowAnswers("daily", DISTRICT.id, LAST, 1, 29)
    (rest,) = completeness_says(found, NOW, TO, VI, page=1)
    assert rest.text.count("•") == 3
    assert rest.buttons == ()


def test_the_table_has_a_row_for_a_unit_that_sent_nothing() -> None:
    found = asked(
        UnitAnswers(THO_DAN, Rates(30, 30, 30), Rates(), {"q0": AnswerCounts(30, 2, 1)}),
        UnitAnswers(NUA, Rates(30, 0, 0), Rates(), {}),
    )
    assert table_of(found, VI).rows == (
        ("xã Thọ Dân", 30, 30, "Số 0", 30, 27, 2, 1, 90.0),
        ("thị trấn Nưa", 30, 0, "", "", "", "", "", ""),
    )
