"""Reports as people type them: none of their figures is read wrong, and none is lost without a word."""

from datetime import date
from pathlib import Path

import pytest

from messages.reporters.offers import figures_in, figures_told
from reporting.filling.drafts import Draft
from reporting.filling.line_results import Lines
from reporting.filling.lines import read_lines
from reporting.filling.moves import Filling
from reporting.questions.names import Names
from reporting.xlsforms.reading import read_form
from tests.rules.test_lines import FORM, NOW, VI, filling
from tests.rules.typed_in_a_hurry import IN_A_HURRY
from tests.rules.typed_reports import NAMES, REPORTS
from understanding.reasons_said import part_day_and_reason

TODAY = date(2021, 11, 10)
FULL = 180


def meant(said: str) -> dict[str, object]:
    pairs = (each.split("=") for each in said.split())
    return {NAMES[name]: None if value == "?" else int(value) for name, value in pairs}


def read_of(lines: Lines) -> dict[str, object]:
    return {name: answer.value for name, answer in lines.answers.items()}


def unasked(text: str) -> Lines | None:
    """As figures that nothing asks for are read; None where they are of another day, or refused for it."""
    rest, named, _, _ = part_day_and_reason(text, TODAY, [Names.of(FORM)])
    if named.wrong or named.day not in (None, TODAY):
        return None
    return read_lines(filling(), figures_told(figures_in(rest, [FORM])), VI)


def trouble(lines: Lines, wanted: dict[str, object]) -> str:
    found = read_of(lines)
    wrong = {name: value for name, value in found.items() if name not in wanted or wanted[name] != value}
    lost = [name for name in wanted if name not in found]
    if wrong:
        return f"wrong: {wrong}"
    return f"lost: {lost}" if lost and not lines.doubtful and not lines.rest else ""


@pytest.mark.parametrize(("text", "said"), REPORTS + IN_A_HURRY)
def test_nothing_is_read_wrong_or_lost(text: str, said: str) -> None:
    wanted = meant(said)
    assert trouble(read_lines(filling(), text, VI), wanted) == ""
    read = unasked(text)
    assert read is None or trouble(read, wanted) == ""


def test_most_are_read_in_full() -> None:
    """What is asked back costs a minute: so many need not be."""
    full = [text for text, said in REPORTS if (lines := unasked(text)) is not None and read_of(lines) == meant(said)]
    assert len(full) >= FULL


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("16:30", {}),
        ("Lan 16:30\nf0 3", {"f0_new": 3}),
        ("10: 14", {"q_home_active": 14}),
        ("1:15\n2:3", {"f0_new": 15, "f0_new_community": 3}),
        ("1:15\n2:10\n3:12", {"f0_new": 15, "f0_new_community": 10, "f0_recovered_new": 12}),
        ("- 1:15\n\n- 2: 3", {"f0_new": 15, "f0_new_community": 3}),
        ("1:15, 2:10; 3:2", {"f0_new": 15, "f0_new_community": 10, "f0_recovered_new": 2}),
        ("16:30\n1: 3\n2: 1", {"f0_new": 3, "f0_new_community": 1}),
        ("1: 3\n2: 1\n16:30", {"f0_new": 3, "f0_new_community": 1}),
        ("1:15\nf0 tại nhà 5", {"f0_home": 5}),
        ("7:30\n17:30", {}),
        ("7:30\n8:30", {}),
        ("7:30\n8:5", {"f2_active": 5}),
        ("1:00\n2:00", {}),
        ("01:05\n02:10", {}),
        ("9: 4\n10:14", {"q_central_active": 4, "q_home_active": 14}),
        ("1:15\n2. 3", {"f0_new_community": 3}),
        ("10=14", {"q_home_active": 14}),
        ("1/ F0: 3\n2- Ca cộng đồng: 1", {"f0_new": 3, "f0_new_community": 1}),
        ("1\tF0 mới\t3\n2\tCa cộng đồng\t", {"f0_new": 3}),
        ("F0\t3\t118", {}),
        ("Mẫu XN\tmẫu\t1.250", {"tests_new": 1250}),
        ("f0 3 (2 nam, 1 nữ), khỏi 2", {"f0_new": 3, "f0_recovered_new": 2}),
        ("mẫu xn 1, 250", {}),
        ("f0 3, 4 chứ, khỏi 2", {"f0_recovered_new": 2}),
        ("f0 3, ủa 4 ca", {}),
        ("f0 3, 0912345678", {"f0_new": 3}),
        ("f0 3, khỏi 2. à f0 4", {}),
        ("f0 3 (f0 4)", {}),
        ("f0 5, khỏi 3, lầm, 4", {"f0_new": 5}),
        ("f0 5, khỏi 3, ghi lam 4", {"f0_new": 5}),
        ("f0 5, khỏi 3, lam xn 4", {"f0_new": 5, "f0_recovered_new": 3}),
        ("mẫu xn 1, 2 nghìn", {}),
        ("f0 3 ca, 2 nam", {"f0_new": 3}),
        ("f0 > 10, khỏi 2", {"f0_recovered_new": 2}),
        ("f0 : >= 5, khỏi 2", {"f0_recovered_new": 2}),
        ("f0 ~ 5, khỏi 2", {"f0_recovered_new": 2}),
        ("f0 ± 5", {}),
        ("f0> 10, khỏi 2", {"f0_recovered_new": 2}),
        ("khỏi 2 f0>= 10", {"f0_recovered_new": 2}),
        ("test(+): 3, khỏi 2", {"f0_recovered_new": 2}),
        ("test(-) 97, khỏi 2", {"f0_recovered_new": 2}),
        ("chốt+ 1, f0+ 3, khỏi-> 2", {"f0_new": 3, "f0_recovered_new": 2}),
        ("f0 / 3", {}),
        ("test (+) 3, khỏi 2", {"f0_recovered_new": 2}),
        ("test (-) 97, khỏi 2", {"f0_recovered_new": 2}),
        ("chốt + 1, f0 + 3", {"f0_new": 3}),
        ("f0 => 3, khỏi --> 2", {"f0_new": 3, "f0_recovered_new": 2}),
        ("> f0 3\n> khỏi 2", {"f0_new": 3, "f0_recovered_new": 2}),
        ("f0 3 (chưa chắc), khỏi 2", {"f0_recovered_new": 2}),
        ("f0 3 (số tạm tính), khỏi 2", {"f0_recovered_new": 2}),
        ("f0 3 (?), khỏi 2", {"f0_recovered_new": 2}),
        ("f0 3, chưa chắc lắm ạ, khỏi 2", {"f0_recovered_new": 2}),
        ("khoi 2, f0 3, so tam tinh", {"f0_recovered_new": 2}),
        ("f0 3 (test nhanh), dự kiến mai có thêm, khỏi 2", {"f0_new": 3, "f0_recovered_new": 2}),
        ("f0 3 ca, còn khoảng 5 người chờ, khỏi 2", {"f0_new": 3, "f0_recovered_new": 2}),
        ("f0 5\n=> 6", {}),
        ("tổ covid 5 người, f0 2", {"f0_new": 2}),
        ("chốt: 8 người, f0 2 người", {"f0_new": 2}),
        ("mẫu xn 40 người", {"tests_new": 40}),
        ("f0 3, thiếu 1 ca", {}),
        ("f0 3 (trùng 1), khỏi 2", {"f0_recovered_new": 2}),
        ("f0 3, khỏi 2, bot 1", {"f0_new": 3}),
        ("f0 3, khỏi 2, thêm 1 chốt", {"f0_new": 3, "f0_recovered_new": 2}),
        ("f0 3, 1 ca trùng tên", {"f0_new": 3}),
        ("3 f0 ạ, 2 khỏi nhé", {"f0_new": 3, "f0_recovered_new": 2}),
        ("f0 5, oops", {}),
        ("f0 5, khỏi 3\nbỏ f0", {"f0_recovered_new": 3}),
        ("f0 5, khỏi 3\nf0 để trống", {"f0_recovered_new": 3}),
        ("f0 5, khỏi 3\ncltn 4. đính chính khỏi: hai", {"f0_new": 5}),
        ("cltt 3 ca -> năm", {}),
        ("f0 tại nhà 5, chốt 2\nCác chốt hoạt động tốt\nF0 tại nhà sức khỏe ổn định", {"f0_home": 5, "checkpoints": 2}),
        ("f0 tại nhà 5, chốt 2\nF0 tại nhà không có triệu chứng", {"f0_home": 5, "checkpoints": 2}),
        ("f2 5, chốt 2\nf2 lại không có", {"checkpoints": 2}),
        ("ca mắc 3, f2 5, ca mắc là bốn mươi mấy", {"f2_active": 5}),
        ("ca mắc 3, f2 5, 2 ca mắc ở thôn 5", {"f0_new": 3, "f2_active": 5}),
        ("tổ covid 3 ca -> năm", {}),
        ("xn dương tính nam nham", {}),
        ("xn dương tính 3, f0 5\nnhầm số mẫu dương tính: hai mươi", {"f0_new": 5}),
        ("chốt 2, f0 5, bỏ chốt", {"f0_new": 5}),
        ("f0 tại nhà 5, khỏi 3, nhầm f0 tại nhà", {"f0_recovered_new": 3}),
        ("chốt 2, f0 5, chốt còn 1", {"f0_new": 5}),
        ("tử vong mới 1, f0 5, số tử vong mới nhầm", {"f0_new": 5}),
        ("cltt 4 tổ covid 3 tổ. cltt bỏ", {"covid_teams": 3}),
        ("f0 5, 2 ca ở thôn 5", {"f0_new": 5}),
        ("f0 5, 3 ca", {}),
        ("f0 5, khỏi 3, lý do: f0 hôm qua sót", {"f0_new": 5, "f0_recovered_new": 3}),
        ("f1 mới 7, f1 15", {"f1_new": 7}),
        ("f0 3 nam", {}),
        ("f0 nham", {}),
        ("f0 3 nam khỏi 2", {}),
        ("f0 3 ca nhầm 5", {}),
        ("f0 3 ca hay đúng là 5", {}),
        ("f0 3 ca sai", {}),
        ("f0 3 ca. khỏi 2 ca. cltn 14 người.", {"f0_new": 3, "f0_recovered_new": 2, "q_home_active": 14}),
        ("f0 3 ca mẫu 100", {"f0_new": 3, "tests_new": 100}),
        ("chốt +1, f0 +3", {"f0_new": 3}),
        ("Báo cáo anh f0 3, khỏi 2\ncltn 14", {"f0_new": 3, "f0_recovered_new": 2, "q_home_active": 14}),
        ("Báo cáo xét nghiệm ngày 10/11/2021\nf0 3", {"f0_new": 3}),
    ],
)
def test_what_may_be_something_else_is_not_taken(text: str, read: dict[str, object]) -> None:
    assert read_of(read_lines(filling(), text, VI)) == read


def test_a_row_of_a_sheet_that_is_copied_without_its_value_takes_the_rows_number_for_none() -> None:
    assert read_of(read_lines(filling(), "1\tF0 mới\n2\tCa cộng đồng", VI)) == {}


@pytest.mark.parametrize(
    "text",
    [
        "1.\tF0 mới: 3\n2.\tCa cộng đồng: 1",
        "1)\tF0 mới: 3\n2)\tCa cộng đồng: 1 ca",
        "1/\tF0 mới: 3\n2/\tCa cộng đồng: 1",
        "1.\tF0 mới\t3\n2.\tCa cộng đồng\tca\t1",
        "1\tF0 mới: 3\n2\tCa cộng đồng: 1",
        "1.\t3\n2.\t1",
        "1:\t3\n2:\t1",
        "\tF0 mới: 3\n\tCa cộng đồng: 1",
        "\t- F0 mới: 3\n\t- Ca cộng đồng: 1",
        "-\tF0 mới: 3\n-\tCa cộng đồng: 1",
        "·\tF0 mới: 3\no\tCa cộng đồng: 1",
        "▪\t1.\tF0 mới: 3\n▪\t2.\tCa cộng đồng: 1",
        "a)\tF0 mới: 3\nII.\tCa cộng đồng\t1",
        "1.1\tF0 mới\t3\n1.2\tCa cộng đồng\t1",
        "F0 mới: 3\t\nCa cộng đồng 1\t",
        "F0 mới: 3\tca\nCa cộng đồng 1\tca",
        "F0 mới: 3\tCa cộng đồng: 1",
        "F0 mới\t3\t(kỳ trước 2)\nCa cộng đồng\t1\t(kỳ trước 0)",
        "STT\tChỉ tiêu\tSố liệu\n1\tF0 mới\t3\n2\tCa cộng đồng\t1",
        "STT\tChỉ tiêu\tĐơn vị tính\tSố liệu\tGhi chú\n1\tF0 mới\tca\t3\t\n2\tCa cộng đồng\tca\t1\t",
        "F0 mới:\t\t3\nCa cộng đồng:\t\t1",
        "1\t\tF0 mới\t3\n2\t\tCa cộng đồng\t1",
    ],
)
def test_a_list_that_is_pasted_from_a_document_or_a_sheet_is_read(text: str) -> None:
    wanted = {"f0_new": 3, "f0_new_community": 1}
    assert read_of(read_lines(filling(), text, VI)) == wanted
    lines = unasked(text)
    assert lines is not None
    assert read_of(lines) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "F0\t-\t3",
        "F0\t\t3",
        "F0\t–\t3 ca",
        "1\tF0\tca\t\t3",
        "F0\t3\t-",
        "1\t3",
        "1\t3\t118",
        "1.\t3\t118",
        "F0: 3\t118",
        "F0 3\t118",
        "1.\tF0: 3\t118",
        "Mũi 1\t",
        "2\tMũi 1\t",
    ],
)
def test_a_row_with_two_figures_or_none_is_asked_about(text: str) -> None:
    lines = read_lines(filling(), text, VI)
    assert read_of(lines) == {}
    assert lines.doubtful


@pytest.mark.parametrize(
    "text",
    [
        "Chỉ tiêu\tHôm qua\tHôm nay\nF0\t2\t\nKhỏi\t1\t",
        "STT\tChỉ tiêu\tĐơn vị tính\tKỳ trước\tSố liệu\n1\tF0 mới\tca\t2\t\n2\tCa cộng đồng\tca\t1\t",
        "F0\t2\t3\nKhỏi\t1\t",
        "F0\t2\t-\nKhỏi\t1",
        "Chỉ tiêu\tTrong ngày\tLũy kế đến 10/11\nF0\t\t118\nKhỏi\t80",
    ],
)
def test_a_number_alone_in_a_row_of_several_columns_is_asked_about(text: str) -> None:
    """An empty last cell is not there any more once it is pasted: it may be the number of yesterday, or all up to now."""
    lines = read_lines(filling(), text, VI)
    assert read_of(lines) == {}
    assert lines.doubtful


@pytest.mark.parametrize(
    "text", ["f0 +2", "f0: + 2", "+2 f0", "- F0 mới: +2", "thêm 2 f0", "hôm nay phát sinh thêm 2 ca F0"]
)
def test_what_is_added_to_a_figure_that_stands_is_asked_about(text: str) -> None:
    """It was put in place of it: two more than the three that were sent are five, not two."""
    told = figures_told(text)
    lines = read_lines(filling(f0_new=3), told, VI)
    assert (read_of(lines), [each.key for each in lines.doubtful]) == ({}, ["line_added"])
    assert read_of(read_lines(filling(), told, VI)) == {"f0_new": 2}


@pytest.mark.parametrize("text", ["tổng số 121 ca F0", "Báo cáo: tổng 121 F0", "hôm nay tổng số 3 F0"])
def test_a_total_is_no_figure_of_the_day(text: str) -> None:
    """«Tổng số» was taken for what a sentence begins with."""
    lines = read_lines(filling(), figures_told(text), VI)
    assert read_of(lines) == {}


@pytest.mark.parametrize("text", ["+1 chốt", "thêm 1 chốt", "có thêm 1 chốt"])
def test_what_is_added_to_what_stands_is_not_taken_for_all_of_it(text: str) -> None:
    lines = read_lines(filling(), figures_told(text), VI)
    assert read_of(lines) == {}
    assert lines.doubtful


SIGNED = """| survey | type | name | label | kind | unit | aliases |
| | integer | pos | Số mẫu test (+) | flow | mẫu | test (+) |
| | integer | neg | Số mẫu test (-) | flow | mẫu | test (-) |
| | integer | rich | Số hộ thu nhập ≥ | flow | hộ | |
| | integer | glued | Mẫu gộp(+) | flow | mẫu | |
| | integer | team | Số chốt | flow | chốt | chốt |
"""


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("1. test (+): 3\n2. test (-): 4\n3. Số hộ thu nhập ≥: 5\n4. Mẫu gộp(+): 6", (3, 4, 5, 6, None)),
        ("1. Số mẫu test (+): 3\n2. Số mẫu test (–) : 4", (3, 4, None, None, None)),
        ("test (+) 3, test (-) 4", (3, 4, None, None, None)),
        ("Số mẫu test(+): 3", (3, None, None, None, None)),
        ("số hộ thu nhập ≥ 5 mẫu gộp (+) 6", (None, None, 5, 6, None)),
        ("2. test (+): 3", (None, None, None, None, None)),
        ("test 3", (None, None, None, None, None)),
        ("test + 3", (None, None, None, None, None)),
        ("test (+) > 3", (None, None, None, None, None)),
        ("chốt (+) 3", (None, None, None, None, None)),
        ("chốt ≥ 3", (None, None, None, None, None)),
    ],
)
def test_a_sign_at_the_end_of_a_name_is_its_own(text: str, read: tuple[int | None, ...]) -> None:
    """The form's own template was asked about, line by line, as «f0 > 10» is."""
    form = read_form(SIGNED.encode(), "signed.md", gate=False)
    blank = Filling(form, Draft(7, form.key, form.version, 1, TODAY, {}), {}, None, NOW).settled()
    lines = read_lines(blank, text, VI)
    assert tuple(read_of(lines).get(question.name) for question in form.questions) == read
    assert bool(lines.doubtful) == (not any(read))


TEAMS = """| survey | type | name | label | kind | unit | aliases |
| | decimal | area | Diện tích lúa | flow | ha | lúa |
| | integer | team1 | Đội 1 | flow | người | |
| | integer | team2 | Đội 2 | flow | người | |
| | integer | poor | Hộ nghèo | stock | hộ | |
| | integer | near | Hộ cận nghèo | stock | hộ | nghèo |
"""


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("đội 1: 5, đội 2: 6", {"team1": 5, "team2": 6}),
        ("doi 1 5 doi 2 6", {"team1": 5, "team2": 6}),
        ("đội 1 đúng là 7", {"team1": 7}),
        ("đổi đội 1 thành 7", {"team1": 7}),
        ("dạ hộ nghèo 5", {"poor": 5}),
        ("hộ nghèo 5", {"poor": 5}),
        ("giúp em sửa đội 2 7", {"team2": 7}),
        ("lúa 3, 4 ha, đội 1 5", {"team1": 5}),
    ],
)
def test_a_name_is_not_taken_for_words_that_ask_for_a_change(text: str, read: dict[str, object]) -> None:
    """Without their marks «đội» is «đổi», and «hộ» is asked for a favour: «1: 5» was the first figure of the list."""
    form = read_form(TEAMS.encode(), "teams.md", gate=False)
    blank = Filling(form, Draft(7, form.key, form.version, 1, TODAY, {}), {}, None, NOW).settled()
    assert read_of(read_lines(blank, figures_in(text, [form]), VI)) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("cấp độ dịch 2", {"level": "2"}),
        ("Cấp độ dịch: cấp 3 (trước là 2)", {"level": "3"}),
        ("cấp độ 2", {}),
        ("cấp độ dịch 2, 3", {}),
        ("cấp độ dịch ~ 2", {}),
        ("cấp độ dịch\t-\t2", {}),
    ],
)
def test_a_whole_label_is_no_part_of_the_label_of_a_text(text: str, read: dict[str, object]) -> None:
    """«Cấp độ dịch 2» was asked about, for it stands in «Số quyết định công bố cấp độ dịch» too."""
    path = Path(__file__).parents[2] / "forms" / "covid_level.md"
    form = read_form(path.read_bytes(), path.name, gate=False)
    blank = Filling(form, Draft(7, form.key, form.version, 1, TODAY, {}), {}, None, NOW).settled()
    assert read_of(read_lines(blank, text, VI)) == read


@pytest.mark.parametrize("text", ["Ngày 3: 5 ca", "xã 3: 5", "đơn vị 1. 5", "ngày 3 f0", "phường 5 f0"])
def test_a_number_behind_other_words_is_none_of_the_list(text: str) -> None:
    lines = unasked(text)
    assert lines is not None
    assert read_of(lines) == {}
