"""What is said is for what is on the screen: nothing lands in a question that was not named or shown."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Connection

from reporting.answers import Answer, Answers
from simulator.seen import Seen
from storage.organisation import units
from storage.reports import drafts
from tests.conversations.house import ANSWERS, START, House, Talker, fills_in

YESTERDAY = START.date()
TODAY = YESTERDAY + timedelta(days=1)


async def answers(house: House, day: date = YESTERDAY, practice: int = 0) -> Answers:
    """What stands in the unit's draft for a day, of the report or of somebody's practice."""

    def read(connection: Connection) -> Answers:
        unit = units.tree(connection).find("15742", day)
        assert unit is not None
        found = drafts.of_unit(connection, "covid_daily", unit.id, day, practice)
        return found[0].answers if found else {}

    return await house.running.clerk.write(read)


async def replies(talker: Talker, text: str, to: Seen) -> None:
    await talker.person.says(text, reply_to=to)
    await talker.house.settled()


@pytest.fixture
async def sent(reporter: Talker) -> Talker:
    """The reporter, whose report has come."""
    await fills_in(reporter)
    await reporter.taps("Gửi")
    reporter.hears("đã tiếp nhận")
    return reporter


async def opened_again(house: House, reporter: Talker, leader: Talker) -> Seen:
    """The next morning the leader opens yesterday's report again; what the reporter is told."""
    await house.moves_to("08:30")
    reporter.forgets()
    leader.forgets()
    await leader.says("/molai thọ dân hôm qua đến 11:00")
    leader.hears("Đã mở lại")
    return reporter.hears("đã mở lại", "[Báo cáo ngay]")


async def test_a_report_opened_again_is_corrected_by_its_button(house: House, sent: Talker, leader: Talker) -> None:
    told = await opened_again(house, sent, leader)
    await sent.taps("Báo cáo ngay", told)
    sent.hears("Báo cáo ngày 10/11/2021", "[Bỏ điều chỉnh]")
    await sent.says("F0 2")
    sent.hears("Báo cáo ngày 10/11/2021", "F0 mới: 3 ca → 2 ca")
    await sent.taps("Gửi")
    sent.hears("Điều chỉnh báo cáo ngày 10/11/2021", "3 ca → 2 ca")
    await sent.taps("Nhập nhầm số")
    sent.hears("đã tiếp nhận bản điều chỉnh báo cáo ngày 10/11/2021")
    await sent.taps("Báo cáo ngay", told)
    sent.hears("Báo cáo ngày 10/11/2021 của đơn vị đã được tiếp nhận", "[Điều chỉnh]")
    assert await answers(house, TODAY) == {}


@pytest.mark.parametrize("said", ["F0 2", "sửa F0 2", "/capnhat f0 2"])
async def test_figures_after_a_day_was_opened_again_are_of_that_day(
    house: House, sent: Talker, leader: Talker, said: str
) -> None:
    await opened_again(house, sent, leader)
    await sent.says(said)
    sent.hears("báo cáo ngày 10/11/2021", "3 ca → 2 ca")
    assert await answers(house, TODAY) == {}


async def test_a_day_opened_again_in_the_middle_of_todays_report_takes_no_answer_of_it(
    house: House, sent: Talker, leader: Talker
) -> None:
    await house.moves_to("08:20")
    sent.forgets()
    await sent.says("/baocao")
    sent.hears("(1/20)", "11/11/2021")
    await opened_again(house, sent, leader)
    await sent.says("F0 2")
    sent.hears("muốn sửa báo cáo ngày 10/11/2021", "3 ca → 2 ca", "[Không]")
    await sent.says("không")
    sent.hears("(1/20)", "ngày 11/11/2021", "Không có gì thay đổi")
    await sent.says("7")
    sent.hears("(2/20)")
    assert await answers(house, TODAY) == {"f0_new": Answer(7)}
    assert (await answers(house))["f0_new"] == Answer(3)


async def test_a_bare_number_after_something_else_was_shown_is_asked_for_again(
    house: House, sent: Talker, leader: Talker
) -> None:
    await house.moves_to("08:20")
    sent.forgets()
    await sent.says("/baocao")
    sent.hears("(1/20)", "11/11/2021")
    await opened_again(house, sent, leader)
    await sent.says("2")
    sent.hears("(1/20)", "ngày 11/11/2021", "«2» chưa được ghi")
    assert await answers(house, TODAY) == {}
    await sent.says("2")
    sent.hears("(2/20)")


async def test_a_reply_to_a_message_about_a_day_means_that_day(house: House, sent: Talker, leader: Talker) -> None:
    told = await opened_again(house, sent, leader)
    await sent.says("/baocao")
    sent.hears("(1/20)", "11/11/2021")
    await replies(sent, "F0 6", told)
    sent.hears("muốn sửa báo cáo ngày 10/11/2021", "3 ca → 6 ca", "[Sửa]")
    await replies(sent, "6", told)
    sent.hears("về báo cáo ngày 10/11/2021", "«6» chưa nói rõ chỉ tiêu nào", "[Báo cáo ngay]")
    assert await answers(house, TODAY) == {}


async def test_a_reply_to_an_earlier_question_is_about_that_question(house: House, reporter: Talker) -> None:
    await reporter.says("/baocao")
    first = reporter.hears("(1/20)")
    await reporter.says("3")
    reporter.hears("(2/20)")
    await replies(reporter, "4", first)
    reporter.hears("báo cáo ngày 10/11/2021", "F0 mới: 3 ca → 4 ca", "[Ghi]")
    assert await answers(house) == {"f0_new": Answer(3)}
    await reporter.says("ghi")
    asked = reporter.hears("(2/20)", "F0 mới: 3 ca → 4 ca")
    await replies(reporter, "1", asked)
    reporter.hears("(3/20)")
    assert await answers(house) == {"f0_new": Answer(4), "f0_new_community": Answer(1)}


@pytest.mark.parametrize(
    "said", ["f0 6, khỏi 1, ngày 09/11", "Báo cáo ngày 09/11\nf0 6\nkhỏi 1", "f0 6 hôm qua, khỏi 1"]
)
async def test_figures_of_another_day_do_not_land_in_the_open_report(house: House, reporter: Talker, said: str) -> None:
    await reporter.says("/baocao")
    reporter.hears("(1/20)", "10/11/2021")
    await reporter.says(said)
    reporter.hears("(1/20)", "nói về ngày 09/11/2021", "chưa có gì được ghi")
    await reporter.says("/huy")
    reporter.hears("tạm dừng")
    await reporter.says(said)
    reporter.forgets()
    assert await answers(house) == {}


async def test_figures_of_yesterday_are_offered_to_yesterday_while_today_is_open(house: House, sent: Talker) -> None:
    await house.moves_to("07:30")
    sent.forgets()
    await sent.says("/baocao")
    sent.hears("(1/20)", "11/11/2021")
    await sent.says("f0 2, khỏi 1, ngày 10/11")
    sent.hears("muốn sửa báo cáo ngày 10/11/2021", "3 ca → 2 ca", "2 ca → 1 ca")
    assert await answers(house, TODAY) == {}
    await sent.says("sửa")
    sent.hears("Điều chỉnh báo cáo ngày 10/11/2021")


async def test_an_edit_that_is_not_understood_goes_to_the_report_that_it_shows(house: House, reporter: Talker) -> None:
    await reporter.says("/baocao")
    reporter.hears("(1/20)", "10/11/2021")
    said = await reporter.person.says("3")
    await house.settled()
    reporter.hears("(2/20)")
    await house.moves_to("07:30")
    reporter.forgets()
    await reporter.says("/baocao")
    reporter.hears("chọn một báo cáo")
    await reporter.says("hôm nay")
    reporter.hears("(1/20)", "11/11/2021")
    await reporter.person.edits(said, "nhiều")
    await house.settled()
    reporter.hears("(2/20)", "10/11/2021")
    await reporter.says("1")
    reporter.hears("(3/20)", "10/11/2021")
    assert await answers(house, TODAY) == {}
    assert await answers(house) == {"f0_new": Answer(3), "f0_new_community": Answer(1)}


@pytest.mark.parametrize(("said", "day"), [("1", TODAY), ("2", YESTERDAY), ("hôm nay", TODAY), ("10/11", YESTERDAY)])
async def test_one_of_several_reports_is_chosen_by_typing(house: House, reporter: Talker, said: str, day: date) -> None:
    await house.moves_to("07:30")
    reporter.forgets()
    await reporter.says("/baocao")
    reporter.hears("chọn một báo cáo")
    await house.restart()
    await reporter.says("300")
    reporter.hears("chọn một báo cáo", "[xã Thọ Dân – 10/11/2021]")
    await reporter.says(said)
    reporter.hears("(1/20)", f"{day:%d/%m/%Y}")
    await reporter.says("1")
    reporter.hears("(2/20)")
    assert await answers(house, day) == {"f0_new": Answer(1)}


async def test_a_number_typed_at_a_choice_is_no_answer_to_the_report_that_was_open_before(
    house: House, reporter: Talker
) -> None:
    await reporter.says("/baocao")
    reporter.hears("(1/20)", "10/11/2021")
    await house.moves_to("07:30")
    reporter.forgets()
    await reporter.says("/baocao")
    reporter.hears("chọn một báo cáo")
    await reporter.says("1")
    reporter.hears("(1/20)", "11/11/2021")
    assert await answers(house) == {}


async def test_an_older_button_changes_nothing_between_practice_and_report(house: House, reporter: Talker) -> None:
    await reporter.says("/dientap")
    practice = reporter.hears("(1/20)", "DIỄN TẬP")
    await reporter.says("/huy")
    reporter.hears("tạm dừng")
    await reporter.says("/baocao")
    real = reporter.hears("(1/20)")
    assert "DIỄN TẬP" not in real.text
    await reporter.taps("0", practice)
    heard = reporter.hears("(1/20)", "thuộc về một bước trước")
    assert "DIỄN TẬP" not in heard.text
    await reporter.says("3")
    reporter.hears("(2/20)")
    assert await answers(house) == {"f0_new": Answer(3)}
    await reporter.says("/dientap")
    reporter.hears("(1/20)", "DIỄN TẬP")
    await reporter.taps("0", real)
    reporter.hears("(1/20)", "DIỄN TẬP", "thuộc về một bước trước")
    await replies(reporter, "5", real)
    reporter.hears("báo cáo ngày 10/11/2021", "F0 mới: 3 ca → 5 ca")
    assert await answers(house) == {"f0_new": Answer(3)}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_button_of_practice_that_has_ended_begins_it_anew(house: House, reporter: Talker) -> None:
    await reporter.says("/dientap")
    practice = reporter.hears("(1/20)", "DIỄN TẬP")
    await reporter.says("\n".join(f"{place}. {answer}" for place, answer in enumerate((*ANSWERS, "bỏ qua"), 1)))
    reporter.hears("Báo cáo ngày", "DIỄN TẬP")
    await reporter.says("gửi")
    reporter.hears("đã làm xong báo cáo thử")
    await reporter.taps("0", practice)
    reporter.hears("(1/20)", "DIỄN TẬP", "thuộc về một bước trước")
    assert await answers(house) == {}


async def test_a_reply_or_an_edit_of_practice_is_no_figure_of_the_report(house: House, reporter: Talker) -> None:
    await reporter.says("/dientap")
    asked = reporter.hears("(1/20)", "DIỄN TẬP")
    said = await reporter.person.says("9")
    await house.settled()
    reporter.hears("(2/20)", "DIỄN TẬP")
    await reporter.says("/baocao")
    reporter.hears("(1/20)")
    await replies(reporter, "8", asked)
    reporter.hears("của báo cáo diễn tập", "«8» chưa được ghi")
    await reporter.person.edits(said, "7")
    await house.settled()
    assert "DIỄN TẬP" not in reporter.hears("không làm thay đổi số liệu").text
    assert await answers(house) == {}


@pytest.mark.parametrize(("said", "heard"), [("đúng", "Đã ghi nhận"), ("đúng rồi", "Đã ghi nhận"), ("sửa", "(1/20)")])
async def test_a_question_about_a_figure_is_answered_by_its_buttons_words(
    sent: Talker, leader: Talker, said: str, heard: str
) -> None:
    await sent.says("F0 2")
    sent.hears("3 ca → 2 ca", "[Sửa]")
    await leader.says("/hoilai thọ dân ca mắc mới")
    leader.hears("Đã hỏi")
    sent.hears("rà soát số liệu", "[Đúng]", "[Sửa]")
    await sent.says(said)
    assert "2 ca" not in sent.hears(heard if said == "sửa" else "chuyển câu trả lời").text
    leader.forgets()


async def test_a_number_after_a_leaders_question_is_no_answer_to_the_open_question(
    house: House, sent: Talker, leader: Talker
) -> None:
    await house.moves_to("07:30")
    sent.forgets()
    leader.forgets()
    await sent.says("/baocao")
    sent.hears("(1/20)", "11/11/2021")
    await leader.says("/hoilai thọ dân ca mắc mới hôm qua")
    leader.hears("Đã hỏi")
    sent.hears("rà soát số liệu")
    await sent.says("2")
    sent.hears("(1/20)", "«2» chưa được ghi")
    assert await answers(house, TODAY) == {}
