"""What is said in the middle of a report beside answers: to go to a question, undo, see again, begin anew; and near numbers."""

from datetime import date

import pytest

from storage.reports import forms
from tests.conversations.house import House, Talker, fills_in


async def begun(reporter: Talker, *answers: str) -> None:
    await reporter.says("/baocao")
    reporter.hears("(1/20)")
    for place, answer in enumerate(answers, 2):
        await reporter.says(answer)
        reporter.hears(f"({place}/20)")


@pytest.mark.parametrize("said", ["quay lại câu 1", "câu 1", "cau 1", "mục 1", "go to question 1"])
async def test_a_question_is_gone_to_by_its_number_and_shows_what_is_recorded(reporter: Talker, said: str) -> None:
    await begun(reporter, "5", "1")
    await reporter.says(said)
    reporter.hears("(1/20)", "Đang ghi: 5 ca")


@pytest.mark.parametrize("said", ["nhầm rồi", "nham roi", "em nhầm"])
async def test_a_slip_is_gone_back_to(reporter: Talker, said: str) -> None:
    await begun(reporter, "5")
    await reporter.says(said)
    reporter.hears("(1/20)", "Đang ghi: 5 ca")


async def test_nhap_nham_is_a_reason_where_the_reason_of_a_correction_is_awaited(reporter: Talker) -> None:
    await fills_in(reporter)
    await reporter.says("gửi")
    reporter.hears("đã tiếp nhận")
    await reporter.says("/capnhat f0 2")
    reporter.hears("3 ca → 2 ca")
    await reporter.says("nhập nhầm")
    reporter.hears("bản điều chỉnh", "Đã ghi lý do: nhập nhầm")


async def test_what_is_recorded_is_seen_again(reporter: Talker) -> None:
    await begun(reporter, "5", "1")
    await reporter.says("xem lại")
    reporter.hears("Đã nhập 2/20 mục", "1. Số ca mắc mới (F0) ghi nhận trong kỳ: 5 ca", "1 ca")
    reporter.hears("(3/20)")


async def test_nothing_is_forgotten_before_it_is_said_twice(reporter: Talker) -> None:
    await begun(reporter, "5", "1")
    await reporter.says("làm lại từ đầu")
    reporter.hears("Xóa 2 câu trả lời", "[Xóa và làm lại]")
    await reporter.taps("Giữ lại, làm tiếp")
    reporter.hears("(3/20)")
    await reporter.says("lam lai tu dau")
    reporter.hears("Xóa 2 câu trả lời")
    await reporter.taps("Xóa và làm lại")
    assert "Đang ghi" not in reporter.hears("Đã xóa các số đã nhập", "(1/20)").text


async def test_a_correction_is_not_begun_anew(reporter: Talker) -> None:
    await fills_in(reporter)
    await reporter.says("gửi")
    reporter.hears("đã tiếp nhận")
    await reporter.says("/capnhat")
    reporter.hears("Báo cáo ngày")
    await reporter.says("làm lại từ đầu")
    reporter.hears("bỏ điều chỉnh")
    await reporter.says("bỏ điều chỉnh")
    reporter.forgets()


@pytest.mark.parametrize("said", ["đổi thành 4", "sửa thành 4", "doi lai la 4", "thực ra là 4 ạ"])
async def test_the_last_answer_is_changed_once_it_is_agreed_to(reporter: Talker, said: str) -> None:
    await begun(reporter, "5")
    await reporter.says(said)
    reporter.hears("F0 mới: 5 ca → 4 ca", "[Ghi]")
    await reporter.says("ghi")
    reporter.hears("(2/20)", "5 ca → 4 ca")


@pytest.mark.parametrize(
    ("said", "offered"),
    [
        ("3O", ["30 ca"]),
        ("l0", []),
        ("10-15", ["10 ca", "15 ca"]),
        ("khoảng 5", ["5 ca"]),
        ("5 hoặc 6", ["5 ca", "6 ca"]),
        ("1/20", ["1 ca", "20 ca"]),
        ("hôm nay có 3 ca", ["3 ca"]),
        ("ngày 10/11 có 3 ca", ["3 ca"]),
        ("xã có bao nhiêu ca 3 ngày qua", []),
    ],
)
async def test_a_near_number_is_offered_and_never_taken(reporter: Talker, said: str, offered: list[str]) -> None:
    await begun(reporter)
    await reporter.says(said)
    heard = reporter.forgets()
    labels = [label for each in heard for label in each.labels if label.endswith(" ca")]
    assert labels == offered
    if offered:
        await reporter.taps(offered[0], heard[0])
        reporter.hears("(2/20)")
        await reporter.says("câu 1")
        reporter.hears(f"Đang ghi: {offered[0]}")


async def test_a_refusal_is_said_with_the_questions_short_name_and_its_buttons(reporter: Talker) -> None:
    await begun(reporter, "5")
    await reporter.says("ok")
    heard = reporter.hears("chưa đúng định dạng số", "(2/20) F0 cộng đồng", "[Chưa rõ]")
    assert len(heard.text.split("\n")) == 2
    await reporter.says("1")
    reporter.hears("(3/20)")


async def test_a_refusal_at_a_doubt_is_short_too_and_names_the_only_way_on(reporter: Talker) -> None:
    await begun(reporter)
    await reporter.says("900")
    reporter.hears("cao bất thường")
    await reporter.says("ok")
    heard = reporter.hears("chỉ có một cách là ghi lý do", "F0 mới – Đang ghi: 900 ca", "[Nhập lại]")
    assert "cao bất thường" not in heard.text


async def test_the_review_of_a_correction_says_that_a_reason_comes_after_sending(reporter: Talker) -> None:
    await fills_in(reporter)
    await reporter.says("gửi")
    reporter.hears("đã tiếp nhận")
    await reporter.says("/capnhat")
    reporter.hears("Chọn «Gửi» rồi lý do")


async def test_words_of_staff_that_are_no_figures_bring_no_list_of_public_figures(reporter: Talker) -> None:
    await begun(reporter, "5", "1")
    await reporter.says("ca bệnh cũ từ trước chuyển sang")
    heard = reporter.hears("chưa đúng định dạng số", "(3/20)")
    assert "Kênh không có" not in heard.text
    await reporter.says("hôm nay xã có bao nhiêu ca chuyển?")
    assert reporter.forgets()


async def test_a_figure_that_the_form_works_out_to_nothing_is_told_with_what_it_is_made_of(reporter: Talker) -> None:
    await fills_in(reporter, (3, "9"))
    await reporter.says("xem lại")
    reporter.hears("Số ca đang điều trị: chưa tính được từ ", "Lũy kế", ": 3 ca", ": 9 ca", "đầu kỳ")


async def test_figures_of_a_closed_day_are_told_how_they_can_still_be_put_in(house: House, reporter: Talker) -> None:
    await fills_in(reporter, (1, "chưa rõ"))
    await reporter.says("gửi")
    reporter.hears("đã tiếp nhận", "Chưa rõ: F0 mới")
    await house.moves_to("09:00")
    reporter.forgets()
    for said in ("f0 mới 5 hôm qua", "/capnhat f0 5 ngày 10/11"):
        await reporter.says(said)
        heard = reporter.hears("10/11/2021", "/molai", "chưa rõ")
        assert "ông/bà" not in heard.text


RAIN = """| survey |
|  | type | name | label | kind | unit | required | parameters |
|  | decimal | rain | Lượng mưa | flow | mm | yes | |
|  | range | level | Cấp báo động | stock | | yes | start=1 end=3 step=0.5 |
| settings |
|  | form_id | form_title | default_language |
|  | rain | Mưa | vi |
"""


async def test_that_there_is_nothing_yet_of_a_decimal_is_0_or_not_known_and_of_a_range_without_0_neither(
    house: House, reporter: Talker
) -> None:
    now = house.simulator.clock.now()
    await house.running.clerk.write(
        lambda connection: forms.publish(connection, RAIN.encode(), "rain.md", date(2021, 11, 10), now)
    )
    await reporter.says("/baocao")
    offered = reporter.hears("Mưa")
    await reporter.taps(next(label for label in offered.labels if "Mưa" in label and "10/11" in label))
    reporter.hears("Lượng mưa")
    await reporter.says("chưa có")
    reporter.hears("Có phải ý đồng chí là số dưới đây?", "[0 mm]", "[Chưa rõ]")
    await reporter.taps("0 mm")
    reporter.hears("Cấp báo động")
    await reporter.says("chưa có")
    assert "Có phải ý đồng chí" not in reporter.hears("Cấp báo động").text
