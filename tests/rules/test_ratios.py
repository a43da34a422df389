"""Percentages and other ratios: told of each unit, never added up over units or days."""

from dataclasses import replace
from datetime import date

import pytest

from bot.drawing.digest import digest_picture
from bot.drawing.digest_bars import bars_of
from bot.telegram.channel import TELEGRAM
from messages.admins.form_words import question_lines
from messages.digests.content import plain
from messages.digests.corrections import DigestChange, correction
from messages.digests.digest import digest
from reporting.digests.drawings import DigestPicture, drawn_from
from reporting.digests.tallies import whole as compared_value
from reporting.digests.totals import over
from reporting.figures.carried import Last, Whole, whole
from reporting.figures.turn_series import turn_series
from reporting.forms import Question
from reporting.period_types import PeriodType
from reporting.questions.question import Number
from reporting.translator import translator
from reporting.xlsforms.reading import BadForm, read_form
from tests.rules.digests_made import FORM, evidence, province

DAY, BEFORE = date(2021, 11, 10), date(2021, 11, 9)


FORM_OF = """| survey | type | name | label | kind | unit | adds_up | calculation |
| | decimal | tonnes | Sản lượng | flow | tấn | | |
| | decimal | area | Diện tích | flow | ha | | |
| | decimal | share | Tỷ lệ thuê đất | stock | % | | |
| | decimal | level | Mực nước | stock | m | no | |
| | decimal | index | Điểm trên người | stock | điểm/người | yes | |
| | calculate | base | Mẫu số | | | | 100000 |
| | calculate | crop | Năng suất | | | | ${tonnes} div ${area} |
| | calculate | rounded | Năng suất tròn | | | | round(${crop}, 1) |
| | calculate | found | Tính ra | stock | {unit} | {adds_up} | {calculation} |
"""


def _found(calculation: str, unit: str = "tấn", adds_up: str = "") -> Question:
    made = FORM_OF.replace("{unit}", unit).replace("{adds_up}", adds_up).replace("{calculation}", calculation)
    return read_form(made.encode(), "form.md", gate=False).by_name["found"]


@pytest.mark.parametrize(
    "calculation",
    [
        "${tonnes} div ${area}",
        "round(100 * ${tonnes} div (${area} + 1), 2)",
        "if(${area} > 0, ${tonnes} div ${area}, 0)",
        "${crop}",
        "${rounded} * 2",
        "if(${tonnes} > 5, ${rounded}, 0)",
        "coalesce(${crop}, 0)",
        "${crop} div ${rounded}",
        "${tonnes} * ${base} div ${area}",
        "100 - ${share}",
        "${level} + 1",
        "coalesce(${last-saved#crop}, 0)",
        "coalesce(${last-saved#found}, 0) + ${tonnes} div ${area}",
        "1 div ${area}",
        "number(substr(string(${crop}), 0, 4))",
        "sqrt(${tonnes})",
    ],
)
def test_what_is_worked_out_as_a_ratio_does_not_add_up(calculation: str) -> None:
    assert not _found(calculation).adds_up


@pytest.mark.parametrize(
    "calculation",
    [
        "${tonnes} + ${area}",
        "${tonnes} div 1000",
        "${tonnes} div ${base}",
        "${tonnes} * ${share} div 100",
        "${area} * ${crop}",
        "${tonnes} div ${crop}",
        "coalesce(${last-saved#found}, 0) + ${tonnes}",
        "if(${tonnes} div ${area} > 5, ${tonnes}, 0)",
        "if(${crop} > 5, ${tonnes}, ${area})",
        "number(${crop} > 5)",
        "${index} + 1",
        "${tonnes} div (2 * 3)",
    ],
)
def test_what_is_worked_out_as_a_count_adds_up(calculation: str) -> None:
    assert _found(calculation).adds_up


@pytest.mark.parametrize(
    ("unit", "said", "adds_up"),
    [
        ("tấn", "", True), ("tấn", "no", False), ("tấn", "yes", True), ("%", "", False), ("%", "yes", True), ("tấn/ha", "no", False),
        ("m", "false", False),
    ],
)  # fmt: skip
def test_the_forms_own_word_comes_before_what_is_judged(unit: str, said: str, adds_up: bool) -> None:
    assert _found("${tonnes} + 1", unit, said).adds_up is adds_up
    assert _found("${tonnes} div ${area}", unit, said).adds_up is (said == "yes")


def test_the_desk_reads_in_the_list_of_questions_what_will_not_be_added_up() -> None:
    form = replace(FORM, questions=(FORM.by_name["f0_new"], replace(FORM.by_name["f0_active"], unit={"vi": "%"})))
    counted, rate, said = question_lines(form, translator("vi"))
    assert (counted[:2], rate[:2]) == ("1.", "2.")
    assert said == "     không cộng chung các đơn vị (theo cột adds_up, đơn vị tính hoặc cách tính)"


def test_what_is_proposed_as_a_ratio_and_may_be_changed_is_one_too() -> None:
    rows = "| survey | type | name | label | kind | calculation |\n| | decimal | a | A | flow | |\n| | decimal | b | B | flow | |\n"
    made = read_form(f"{rows}| | decimal | c | C | flow | once(${{a}} div ${{b}}) |".encode(), "form.md", gate=False)
    assert [each.adds_up for each in made.questions] == [True, True, False]
    assert [each.sums_over_periods for each in made.questions] == [True, True, False]


@pytest.mark.parametrize(("kind", "said"), [("flow", "maybe"), ("state", "no")])
def test_a_word_that_says_nothing_is_a_problem_of_its_row(kind: str, said: str) -> None:
    rows = "| survey | type | name | label | kind | adds_up |\n| choices | list_name | name | label |\n| | l | one | Một |\n"
    asked = "select_one l" if kind == "state" else "decimal"
    row = f"| | {asked} | a | A | {kind} | {said} |\n| choices"
    with pytest.raises(BadForm) as bad:
        read_form(rows.replace("| choices", row, 1).encode(), "form.md", gate=False)
    assert [(each.row, each.column, each.key) for each in bad.value.problems] == [(2, "adds_up", "adds_up")]


def test_of_many_units_only_what_adds_up_comes_to_something() -> None:
    count, rate = Question("x", "decimal", {}, unit={"vi": "ca"}), Question("x", "decimal", {}, unit={"vi": "%"})
    assert (count.together([3, 4], 2), count.together([], 2)) == (7, None)
    assert (rate.together([3, 4], 2), rate.together([3], 2), rate.together([3], 1)) == (None, None, 3)


RATE = Question("rate", "decimal", {}, kind="total", unit={"vi": "%"})


def test_of_many_units_there_is_no_total_and_of_one_its_own_value() -> None:
    many = whole(RATE, {1: Last(60, DAY, DAY), 2: Last(70, DAY, DAY)}, [1, 2], DAY, sum)
    late = whole(RATE, {1: Last(60, DAY, DAY), 2: Last(70, BEFORE, BEFORE)}, [1, 2], DAY, sum)
    silent = whole(RATE, {1: Last(60, DAY, DAY)}, [1, 2], DAY, sum)
    for found in (many, late, silent):
        assert (found.value, found.is_untold, found.withheld) == (None, True, ())
    assert whole(RATE, {1: Last(60, DAY, DAY)}, [1], DAY, sum).value == 60
    nobody: dict[int, Last[int]] = {}
    assert not whole(RATE, nobody, [1, 2], DAY, sum).is_untold


def test_a_turn_is_of_one_unit_and_of_days_the_newest() -> None:
    flow = Question("rate", "decimal", {}, kind="flow", unit={"vi": "%"})
    values = {("rate", 1): {BEFORE: 60, DAY: 70}, ("rate", 2): {BEFORE: 50, DAY: 50}}
    owed = {1: [BEFORE, DAY], 2: [BEFORE, DAY]}
    week = PeriodType("weekly")
    (alone,) = turn_series(flow, None, values, owed, [1], [date(2021, 11, 14)], week)
    (together,) = turn_series(flow, None, values, owed, [1, 2], [date(2021, 11, 14)], week)
    assert (alone.value, together.value) == (70, None)


def _told(name: str, unit: str) -> str:
    """A digest's text in Vietnamese, where one of its indicators is counted by this."""
    counted = replace(FORM.by_name[name], unit={"vi": unit, "en": unit})
    form = replace(FORM, questions=tuple(counted if each.name == name else each for each in FORM.questions))
    return plain(digest(evidence(form=form), translator("vi"), TELEGRAM).text)


@pytest.mark.parametrize("name", ["f0_new", "f0_recovered_new"])
def test_a_digest_says_that_percentages_are_not_added_up(name: str) -> None:
    label = FORM.by_name[name].label["vi"]
    assert f"• {label}: không cộng chung các đơn vị" not in _told(name, "ca")
    assert f"• {label}: không cộng chung các đơn vị; xem số của từng đơn vị" in _told(name, "%")


def test_what_is_drawn_of_it_has_each_units_value_and_no_total_but_a_note() -> None:
    counted = replace(FORM.by_name["f0_new"], unit={"vi": "%", "en": "%"})
    form = replace(FORM, questions=tuple(counted if each.name == "f0_new" else each for each in FORM.questions))
    content = digest(evidence(province(1, 70), unit_id=2, form=form), translator("vi"), TELEGRAM).content
    of = content.indicators[0]
    assert (of.total, of.untold, of.before, of.mean) == (None, True, None, None)
    assert any(row.values[0] is not None for row in content.rows)
    assert content.notes[-1].startswith("Không cộng chung các đơn vị, chỉ có số của từng đơn vị: Số ca mắc mới")
    point = content.trend["f0_new"][-1]
    assert (point.value, point.withheld, point.is_no_sum, point.is_untold) == (None, None, True, True)
    assert content.indicator("f0_new").untold_key == "picture_no_sum"
    written = [line.text for line in digest_picture(drawn_from(DigestPicture, content)).lines]
    assert any(text.startswith("Trong đó: ca ghi nhận tại cộng đồng (ca), toàn bộ") for text in written)
    assert any(text.startswith("Số ca mắc mới (F0) ghi nhận trong kỳ, từng đơn vị") for text in written)
    bars = bars_of(content, translator("vi"))
    assert bars[0].value == max(row.values[0] or 0 for row in content.rows)
    assert (bars[-1].value, bars[-1].text) == (None, "không cộng chung")


PERCENTAGE = replace(RATE, kind="flow")
WEEK = [date(2021, 11, 8), BEFORE, DAY]


def test_of_a_span_a_unit_has_the_newest_and_it_compares_only_from_end_to_end() -> None:
    row = {WEEK[0]: 60, BEFORE: 62}
    assert over(PERCENTAGE, row, WEEK) == 62
    assert compared_value(PERCENTAGE, row, WEEK) is None
    assert compared_value(PERCENTAGE, {DAY: 64}, WEEK) == 64
    count = replace(PERCENTAGE, unit={"vi": "ca"})
    assert compared_value(count, {DAY: 64}, WEEK) is None
    assert compared_value(count, {**row, DAY: 64}, WEEK) == 186


def test_a_group_of_one_unit_has_its_value_and_of_several_none() -> None:
    counted = replace(FORM.by_name["f0_active"], unit={"vi": "%", "en": "%"})
    form = replace(FORM, questions=tuple(counted if each.name == "f0_active" else each for each in FORM.questions))
    content = digest(evidence(province(3, 4), form=form), translator("vi"), TELEGRAM).content
    place = content.headlines.index("f0_active")
    assert [each.values[place] is not None for each in content.groups] == [False, True, True]
    assert [each.untold[place] for each in content.groups] == [True, False, False]


def test_a_running_total_of_percentages_is_said_beside_no_headline() -> None:
    counted = replace(FORM.by_name["f0_new"], unit={"vi": "%", "en": "%"})
    form = replace(FORM, questions=tuple(counted if each.name == "f0_new" else each for each in FORM.questions))
    text = plain(digest(evidence(form=form), translator("vi"), TELEGRAM).text)
    assert "lũy kế" not in next(line for line in text.splitlines() if line.startswith("• Số ca mắc mới"))


def test_a_correction_of_what_an_earlier_release_added_up_says_that_it_is_not_added_up() -> None:
    """Such a digest told «335,65 %» of a district."""
    told = digest(evidence(), translator("vi"), TELEGRAM)
    changed = [DigestChange("f0_new", "Tỷ lệ", "%", "flow", 60, 70, 335.65)]
    of: Whole[Number] = Whole(None, 34, is_no_sum=True)
    said = correction(told, "xã Thọ Dân", changed, {"f0_new": of}, "", translator("vi"))
    assert "(huyện Triệu Sơn: 335,65 → không cộng chung)" in said
    said = correction(told, "xã Thọ Dân", changed, {"f0_new": replace(of, is_no_sum=False)}, "", translator("vi"))
    assert "(huyện Triệu Sơn: 335,65 → chưa tính được)" in said
