"""A question about a figure is answered in words: by the figure that is right, which is offered, or by what explains it."""

import pytest

from tests.conversations.house import House, Talker, fills_in


@pytest.fixture
async def asked(reporter: Talker, leader: Talker) -> Talker:
    """A reporter who was asked about his 3 new cases."""
    await fills_in(reporter)
    await reporter.says("gửi")
    reporter.hears("đã tiếp nhận")
    await leader.says("/hoilai Thọ Dân ca mắc mới hôm nay: sao cao thế?")
    leader.hears("Đã hỏi xã Thọ Dân")
    reporter.hears("Nội dung hỏi: sao cao thế?")
    return reporter


@pytest.mark.parametrize(
    "said", ["2 ca thôi anh ạ, nhầm", "Hôm nay xã có 2 F0 chứ không phải 3", "2", "f0 2", "dạ 2 ạ", "sửa 3 thành 2"]
)
async def test_another_number_is_offered_and_becomes_a_correction(
    house: House, asked: Talker, leader: Talker, said: str
) -> None:
    await asked.says(said)
    asked.hears("F0 mới: 3 ca → 2 ca", "[Sửa]")
    await asked.says("sửa")
    asked.hears("3 ca → 2 ca", "lý do")
    await asked.says("nhập nhầm")
    asked.hears("bản điều chỉnh")
    await house.running.tick()
    await house.settled()
    leader.hears("3 ca → 2 ca")


async def test_other_words_are_the_answer(asked: Talker, leader: Talker) -> None:
    await asked.says("do có chùm ca bệnh ở công ty may")
    asked.hears("Đã ghi nhận và chuyển câu trả lời")
    leader.hears("do có chùm ca bệnh ở công ty may")


@pytest.mark.parametrize("said", ["ok", "dạ vâng ạ", "vẫn là 3 ca", "3 hay 4 hay 5"])
async def test_what_answers_nothing_shows_the_question_again(asked: Talker, leader: Talker, said: str) -> None:
    await asked.says(said)
    asked.hears("Nội dung hỏi: sao cao thế?", "[Đúng]", "[Sửa]")
    leader.hears_nothing()


async def test_a_question_of_his_own_and_a_command_are_no_answer(asked: Talker, leader: Talker) -> None:
    await asked.says("hôm nay huyện có bao nhiêu ca?")
    asked.hears("Huyện Triệu Sơn, hôm nay")
    await asked.says("tình hình")
    asked.hears("Đã báo cáo: 1/1")
    leader.hears_nothing()


async def test_figures_of_another_name_are_not_taken_for_the_answer(asked: Talker, leader: Talker) -> None:
    await asked.says("khỏi 1")
    asked.hears("Khỏi mới: 2 ca → 1 ca")
    leader.hears_nothing()
