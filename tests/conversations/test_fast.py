"""Fast ways: an unchanged day in three actions, a full form in one message, and what is not a figure is said to be none."""

from datetime import date

from sqlalchemy import Connection

from reporting.answers import Answer
from reporting.reports import Report, number_of
from services import submit_report
from storage.organisation import units
from storage.reports import forms
from tests.conversations.house import ANSWERS, START, House, Talker

DAY = date(2021, 11, 9)


async def reported(house: House, *days: date, **other: int) -> None:
    """The unit has reported the same figures for these days."""

    def accept(connection: Connection) -> None:
        form = forms.published(connection, "covid_daily", DAY)
        unit = units.tree(connection).find("15742", DAY)
        assert form is not None
        assert unit is not None
        values = dict(zip((q.name for q in form.asked), map(int, ANSWERS), strict=False)) | {"f0_home": 0} | other
        for day in days:
            at = START.replace(day=day.day)
            given = {name: Answer(value) for name, value in values.items()}
            new = Report(number_of(form, unit, day, 1), form.key, form.version, unit.id, day, 1, given, None, at, at)
            submit_report.accept(connection, form, new, house.settings.zone)

    await house.running.clerk.write(accept)


async def test_an_unchanged_day_takes_three_actions(house: House, reporter: Talker) -> None:
    await reported(house, DAY)
    await reporter.says("/baocao")
    reporter.hears("(1/20)", "Kỳ trước (09/11/2021): 3 ca", "[Còn lại như hôm qua]", "[Không phát sinh]")
    await reporter.taps("Không phát sinh")
    reporter.hears(
        "Báo cáo ngày", "Số F1 đang cách ly: 15 người ✓ giữ nguyên", "khỏi bệnh: 2 ca", "trong kỳ: 0 ca (kỳ trước 3 ca)"
    )
    await reporter.taps("Gửi")
    reporter.hears("đã tiếp nhận", "dấu kiểm tra")


async def test_as_yesterday_keeps_the_stocks_and_asks_for_the_flows(house: House, reporter: Talker) -> None:
    await reported(house, DAY)
    await reporter.says("/baocao")
    reporter.hears("(1/20)")
    await reporter.says("như hôm qua")
    reporter.hears(
        "(1/20)",
        "Đã giữ nguyên 10 chỉ tiêu như kỳ trước (09/11/2021): F0 tại nhà: 0 ca; ",
        "F1 đang cách ly: 15 người; ",
        "[Còn lại đều 0]",
    )
    await reporter.says("0")
    reporter.hears("(2/20)")
    await reporter.says("0")
    reporter.hears("(3/20)", "[Còn lại đều 0]")
    await reporter.says("1")
    reporter.hears("(4/20)")
    await reporter.taps("Còn lại đều 0")
    reporter.hears("Báo cáo ngày", "ra viện trong kỳ: 1 ca (kỳ trước 2 ca)", "Lũy kế số ca khỏi bệnh: 2 → 3 ca")
    await reporter.taps("7")
    reporter.hears("Số F1 đang cách ly")
    await reporter.says("14")
    reporter.hears("7. Số F1 đang cách ly: 14 người (kỳ trước 15 người)")


async def test_what_one_tap_fills_in_the_middle_is_told_with_its_values(house: House, reporter: Talker) -> None:
    await reported(house, DAY)
    await reporter.says("/baocao")
    reporter.hears("(1/20)")
    for place, answer in enumerate(("3", "1", "2", "0", "0", "6"), 2):
        await reporter.says(answer)
        reporter.hears(f"({place}/20)")
    await reporter.taps("Còn lại như hôm qua")
    reporter.hears("(11/20)", "Đã giữ nguyên 9 chỉ tiêu như kỳ trước (09/11/2021): ", "F1 đang cách ly: 15 người")


async def test_what_all_the_rest_0_answers_is_told_while_questions_are_open(house: House, reporter: Talker) -> None:
    await reported(house, DAY)
    await reporter.says("/baocao")
    reporter.hears("(1/20)")
    await reporter.says("còn lại đều 0")
    reporter.hears("(5/20)", "Đã ghi vào bản nháp: F0 mới: 0 ca; ", "Ghi chú: để trống")


async def test_a_whole_report_in_one_message_is_reviewed_before_it_is_sent(house: House, reporter: Talker) -> None:
    await reported(house, DAY)
    await reporter.says("/baocao")
    reporter.hears("[Mẫu tin nhắn]")
    await reporter.taps("Mẫu tin nhắn")
    form = reporter.hears(
        "Báo cáo ngày 10/11/2021 – xã Thọ Dân", "1. F0 mới:  (kỳ trước 3 ca)", "7. F1 đang cách ly: 15 người"
    )
    await reporter.says("/huy")
    reporter.hears("vẫn được lưu")
    lines = form.text[form.text.index("Báo cáo ngày") :].splitlines()
    figures = iter(["3", "1", "2", "0", "6", "0", "5", "40", "3"])
    filled = [line.split("(")[0] + next(figures) if "(kỳ trước" in line else line for line in lines]
    await reporter.says("\n".join(filled))
    reporter.hears("(20/20)", "Đã ghi vào bản nháp", "F0 mới: 3 ca")
    await reporter.says("bỏ qua")
    reporter.hears("Báo cáo ngày 10/11/2021", "[Gửi]")


async def test_free_lines_open_the_report_and_name_what_is_not_clear(reporter: Talker) -> None:
    await reporter.says("f0 3, khỏi 2, cách ly 5, gà 7")
    reporter.hears("(2/20)", "F0 mới: 3 ca; Khỏi mới: 2 ca", "«cách ly 5»", "«CL tập trung» / «CL tại nhà»", "«gà 7»")
    await reporter.says("f0 4, cl tại nhà 14")
    reporter.hears("(2/20)", "F0 mới: 3 ca → 4 ca", "CL tại nhà: 14 người")


async def test_what_is_not_known_yet_is_shown_so_and_is_no_zero(reporter: Talker, resident: Talker) -> None:
    await reporter.says("/baocao")
    reporter.hears("(1/20)")
    await reporter.says("chưa rõ")
    reporter.hears("(2/20)")
    await reporter.says(
        "2. 0\n3. 0\n4. 0\n5. 0\n6. 0\n7. 0\n8. 0\n9. 0\n10. 0\n11. 0\n12. 0\n13. 0\n14. 0\n15. 0\n16. 0"
    )
    reporter.hears("(17/20)")
    await reporter.says("chốt 2, tổ covid 8, phong tỏa 1, ghi chú bỏ qua")
    reporter.hears("Báo cáo ngày", "ghi nhận trong kỳ: chưa rõ", "Còn 1 mục chưa rõ: F0 mới", "không tính là 0")
    await reporter.taps("Gửi")
    reporter.hears("đã tiếp nhận", "Chưa rõ: F0 mới")
    await resident.says("Hôm nay xã Thọ Dân có bao nhiêu ca mới?")
    heard = resident.hears("ã Thọ Dân")
    assert "0 ca" not in heard.text


async def test_after_several_identical_days_it_is_asked_whether_that_is_right(house: House, reporter: Talker) -> None:
    quiet = dict.fromkeys(("f0_new", "f0_new_community", "f0_recovered_new", "f0_death_new", "f1_new"), 0)
    quiet |= dict.fromkeys(("q_done_new", "returnees_new", "tests_new", "tests_positive_new", "f0_home"), 0)
    await reported(house, date(2021, 11, 8), DAY, **quiet)
    await reporter.says("/baocao")
    reporter.hears("[Không phát sinh]")
    await reporter.taps("Không phát sinh")
    reporter.hears("Báo cáo ngày")
    await reporter.taps("Gửi")
    reporter.hears("giống hệt 2 kỳ liền trước", "[Sửa]")
    await reporter.taps("Đúng, vẫn gửi")
    reporter.hears("đã tiếp nhận")


async def test_a_question_at_an_open_report_is_answered_and_the_report_goes_on(reporter: Talker) -> None:
    await reporter.says("/baocao")
    reporter.hears("(1/20)")
    await reporter.says("hôm nay xã Dân Lực bao nhiêu ca?")
    reporter.hears("ã Dân Lực")
    reporter.hears("(1/20)", "được hiểu là câu hỏi tra cứu")
    await reporter.says("3")
    reporter.hears("(2/20)")


async def test_after_midnight_it_is_said_which_day_it_is(house: House, reporter: Talker) -> None:
    await house.moves_to("00:10")
    reporter.forgets()
    await reporter.says("/baocao")
    reporter.hears("ngày 10/11/2021 (hôm qua, chưa phải báo cáo của hôm nay)")
