"""A number that is taken back for another is left out; where either may be meant nothing is taken."""

import pytest

from messages.reporters.batch_words import taken
from messages.reporters.offers import figures_in
from reporting.filling.lines import read_lines
from reporting.questions.names import Names
from tests.rules.test_lines import FORM, VI, filling
from understanding.numbers_corrected import changed_into, part_mistake


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("à nhầm, f0 5 chứ không phải 3", "f0 5"),
        ("nhầm rồi, f0 5", "f0 5"),
        ("em báo nhầm f0 5", "f0 5"),
        ("xin lỗi em báo nhầm: f0 5, f1 6", "f0 5, f1 6"),
        ("f0 không phải 3 mà là 5", "f0 5"),
        ("f0 ko phai 3 ma 5", "f0 5"),
        ("f0 mới 5 chứ không phải 3 ca", "f0 mới 5"),
        ("nhầm, f0 1,300 chứ không phải 1,250", "f0 1,300"),
        ("f0 không phải 1,250 ca mà là 1,300", "f0 1,300"),
        ("f0 5, không phải 3", "f0 5"),
        ("f0 5 chứ không phải 3, f1 6", "f0 5, f1 6"),
        ("f0 5, not 3", "f0 5"),
        ("f0 5 and not 1,250 cases.", "f0 5"),
        ("f0 not 3 but 5", "f0 5"),
        ("F0 là 5 ca, chứ không phải 3 ca", "F0 là 5 ca"),
        ("F0 5,chứ không phải 3", "F0 5"),
        ("f0  5   chứ  không\tphải   3", "f0 5"),
        ("f0 5 chứ k phải 3 ạ", "f0 5"),
        ("f0 5ca chu kphai 3ca nhé", "f0 5ca"),
        ("f0 5 chứ hông phải 3 trường hợp đâu anh", "f0 5"),
        ("f0 5 mà không phải 3", "f0 5"),
        ("f0 5 (ko phải 3 ca)", "f0 5"),
        ("f0 không phải là 3, là 5", "f0 5"),
        ("f0 k phai 3 ma la 5", "f0 5"),
        ("sai rồi, f0 5", "f0 5"),
        ("lộn rùi ạ: f0 5", "f0 5"),
        ("xl e ghi nhầm, f0 5", "f0 5"),
        ("f0 3, à nhầm 5", "f0 5"),
        ("f0 3 à em nhầm rồi, 5 ạ", "f0 3 à em nhầm rồi, 5 ạ"),
        ("f0 3 ca nhầm, 5 ca", "f0 5 ca"),
        ("f0 3, đúng ra là 5", "f0 5"),
        ("em gõ nhầm f0 3, đúng là 5", "f0 5"),
        ("f0 3 sai, phải là 5 ca", "f0 5 ca"),
        ("f0 3, sửa lại là 5", "f0 5"),
        ("f0 3, xin lỗi 5", "f0 5"),
        ("f0 3 sua thanh 5", "f0 5"),
        ("f0 3, dinh chinh la 5", "f0 5"),
        ("f0 3, actually 5", "f0 5"),
        ("f0 5 mới đúng", "f0 5"),
        ("f0 5 ca moi dung a", "f0 5 ca"),
        ("f0 5", "f0 5"),
        ("f0 3 nhầm 5", "f0 3 nhầm 5"),
        ("f0 sai rồi, 5 ca", "f0 sai rồi, 5 ca"),
        ("kế hoạch 3, thực tế 5", "kế hoạch 3, thực tế 5"),
        ("hỏng 3, sửa 5", "hỏng 3, sửa 5"),
        ("đúng 3, sai: 5", "đúng 3, sai: 5"),
        ("sai phạm 3", "sai phạm 3"),
        ("báo cáo sai phạm: 3", "báo cáo sai phạm: 3"),
        ("f0 3, ghi nhầm 5", "f0 3, ghi nhầm 5"),
        ("em báo nhầm f0 3 thành 5", "em báo nhầm f0 3 thành 5"),
        ("f0 3, f1 6, đúng ra là 5", "f0 3, f1 6, đúng ra là 5"),
        ("nhầm", "nhầm"),
        ("f0 5 chứ không phải 1,250 của hôm qua", "f0 5 chứ không phải 1,250 của hôm qua"),
        ("f0 5, not 3 as yesterday", "f0 5, not 3 as yesterday"),
        ("lý do nhập nhầm số 5", "lý do nhập nhầm số 5"),
    ],
)
def test_a_number_that_is_taken_back_is_left_out(text: str, figures: str) -> None:
    assert part_mistake(text) == (figures, figures != text)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("f0 từ 3 thành 5", "f0 5"),
        ("tử vong thành 1", "tử vong 1"),
        ("f0 3 ca sang 5 ca", "f0 5 ca"),
        ("f0 1,250 thành 1,300", "f0 1,300"),
        ("f0 từ 1,250 ca sang 1.300 ca", "f0 1.300 ca"),
        ("f0 3 -> 5", "f0 5"),
        ("f0 từ 3 xuống còn 2", "f0 2"),
        ("tổng 10 còn 5", "tổng 10 còn 5"),
        ("lên 3 xuống 5", "lên 3 xuống 5"),
        ("f0 3 thành 5, f1 6 thành 1,300", "f0 5, f1 1,300"),
        ("f0 from 1,250 to 1,300", "f0 1,300"),
        ("chot 5 to 8", "chot 5 to 8"),
        ("mũi 1 250 thành 1 300", "mũi 1 250 thành 1 300"),
        ("f0 5", "f0 5"),
    ],
)
def test_of_what_is_changed_the_last_number_is_meant(text: str, figures: str) -> None:
    assert changed_into(text) == figures


@pytest.mark.parametrize(
    "text",
    [
        "sửa f0 1 250 thành 1 300",
        "f0 5 không phải 3",
        "change f0 3 to 5",
        "f0 5 instead of 3",
        "f0 3 nhầm 5",
        "f0 ghi nhầm 3 thành 5",
        "em báo nhầm f0 3 thành 5",
        "f0 3, nhầm",
        "f0 3, ghi nhầm 5",
        "f0 3\nsai rồi",
        "f0 3, sửa lại 5",
        "f0 3, thực tế 5",
        "f0 3, quên, 5",
        "f0 5 chứ không phải 1,250 của hôm qua",
    ],
)
def test_what_is_not_understood_of_a_change_takes_no_figure(text: str) -> None:
    lines = read_lines(filling(), figures_in(text, [FORM]), VI)
    assert not lines.answers
    assert lines.doubtful


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("mũi 1 đúng là 5600", {"vax1_cum": 5600}),
        ("Mũi 1: đúng ra là 5.600 ạ", {"vax1_cum": 5600}),
        ("tiêm mũi 2 5000, đúng là 5600", {"vax2_cum": 5600}),
        ("mui 1 dung la 5600, f0 3", {"vax1_cum": 5600, "f0_new": 3}),
        ("sửa mũi 1 thành 5600", {"vax1_cum": 5600}),
        ("sửa mũi 1 từ 5000 thành 5600", {"vax1_cum": 5600}),
        ("sửa mũi 1 5000 thành 5600", {"vax1_cum": 5600}),
        ("mũi 1 5000, nhầm, 5600", {"vax1_cum": 5600}),
        ("mũi 1 5600 chứ không phải 5000", {"vax1_cum": 5600}),
        ("f0 đúng là 5", {"f0_new": 5}),
        ("khỏi chính xác là 5 ca ạ", {"f0_recovered_new": 5}),
        ("f0 hai mươi đúng là 6", {}),
        ("f0 hai mươi 9 mới đúng", {}),
        ("f0 3 ca, lộn 6", {}),
        ("phong tỏa 12\nkhỏi đúng là 3 ca", {"lockdown_areas": 12, "f0_recovered_new": 3}),
        ("phong tỏa 12 khỏi đúng là 3", {"lockdown_areas": 12}),
        ("f0 hai mươi\nđúng là 6", {}),
        ("f0 không đúng là 5", {}),
        ("f0 chưa chính xác là 5", {}),
        ("f0 không phải là 5", {}),
    ],
)
def test_a_number_in_a_figures_name_is_not_taken_back(text: str, read: object) -> None:
    lines = read_lines(filling(), figures_in(text, [FORM]), VI)
    assert {name: answer.value for name, answer in lines.answers.items()} == read
    assert lines.answers or lines.doubtful


def test_the_names_with_a_number_are_those_of_the_forms_that_are_open() -> None:
    assert part_mistake("đội 1 đúng là 600") == ("đội 600", True)
    names = [Names({"doi 1": ()}, 2, frozenset({"doi 1"}))]
    assert part_mistake("đội 1 đúng là 600", names) == ("đội 1 600", True)
    assert changed_into("đội 1 thành 600", names) == "đội 1 600"


@pytest.mark.parametrize(
    "text",
    [
        "sửa lại f0 5",
        "sửa lại: f0 = 5",
        "xin đính chính: f0 5",
        "cho em sửa lại f0 thành 5",
        "nhầm rồi, sửa lại f0 5",
        "sua f0 3 -> 5",
        "đính chính f0 từ 3 lên 5 ca",
        "e báo lại f0 5",
        "f0 3, nhầm, f0 5",
        "không phải 3 mà là 5 ca f0",
    ],
)
def test_a_figure_that_is_put_right_is_read(text: str) -> None:
    lines = read_lines(filling(), figures_in(text, [FORM]), VI)
    assert ({name: answer.value for name, answer in lines.answers.items()}, lines.doubtful) == ({"f0_new": 5}, ())


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("khỏi 2, sửa lại f0 5", {"f0_recovered_new": 2}),
        ("f0 3, khỏi 2, nhầm f0 5", {"f0_recovered_new": 2}),
        ("f0 3, khỏi 2, nhầm 5", {"f0_new": 3}),
        ("f0 3, khỏi 2\nnhầm rồi", {"f0_new": 3}),
    ],
)
def test_what_is_named_in_the_mistake_is_asked_again_else_what_stands_before_it(text: str, read: object) -> None:
    lines = read_lines(filling(), figures_in(text, [FORM]), VI)
    assert {name: answer.value for name, answer in lines.answers.items()} == read
    assert lines.doubtful


def test_of_several_figures_the_one_before_the_mistake_is_asked_again() -> None:
    lines = read_lines(filling(), figures_in("f0 3, khỏi 2, đúng ra là 5", [FORM]), VI)
    assert {name: answer.value for name, answer in lines.answers.items()} == {"f0_new": 3}
    said = taken(filling(), lines, VI)
    assert "Chưa ghi «" in said
    assert "tin nhắn còn có «đúng ra là 5» nên chưa rõ số nào đúng" in said
