"""Where a reason is awaited only a reason is one: command words, numbers, greetings and questions are told apart from it."""

import pytest
from sqlalchemy import Connection

from reporting.answers import Answer
from reporting.reports import Report
from storage.organisation import units
from storage.reports import drafts, reports
from tests.conversations.house import START, House, Talker, fills_in


@pytest.fixture
async def doubted(reporter: Talker) -> Talker:
    """The reporter, whose first figure is doubted."""
    await reporter.says("/baocao")
    reporter.hears("(1/20)")
    await reporter.says("250")
    reporter.hears("Đang ghi: 250 ca", "[Nhập lại]")
    return reporter


@pytest.fixture
async def correcting(reporter: Talker) -> Talker:
    """The reporter, who is asked why he corrects his first figure to 2."""
    await fills_in(reporter)
    await reporter.taps("Gửi")
    reporter.hears("đã tiếp nhận")
    await reporter.says("/capnhat f0 2")
    reporter.hears("3 ca → 2 ca", "lý do điều chỉnh")
    return reporter


async def first_answer(house: House) -> Answer | None:
    def read(connection: Connection) -> Answer | None:
        unit = units.tree(connection).find("15742", START.date())
        assert unit is not None
        found = drafts.of_unit(connection, "covid_daily", unit.id, START.date())
        return found[0].answers.get("f0_new") if found else None

    return await house.running.clerk.write(read)


async def newest(house: House) -> Report:
    def read(connection: Connection) -> Report:
        unit = units.tree(connection).find("15742", START.date())
        assert unit is not None
        report = reports.newest(connection, "covid_daily", unit.id, START.date())
        assert report is not None
        return report

    return await house.running.clerk.write(read)


IDLE = (
    "gửi", "bỏ qua", "giữ nguyên", "đúng", "đúng rồi", "dạ đúng rồi ạ", "ok em", "chào em", "xin chào đồng chí", "k", "x",
    "không", "vâng", "250", "250 ca", "???", "lý do:", "như hôm qua", "còn lại đều 0",
)  # fmt: skip


async def test_what_is_no_reason_is_not_taken_for_one(house: House, doubted: Talker) -> None:
    for said in IDLE:
        await doubted.says(said)
        doubted.hears("Đang ghi: 250 ca", "chưa phải là lý do", "[Nhập lại]")
        assert await first_answer(house) == Answer(250)
    await doubted.says("lý do: chùm ca bệnh ở công ty may")
    doubted.hears("(2/20)")
    assert await first_answer(house) == Answer(250, reason="chùm ca bệnh ở công ty may")


async def test_a_number_at_a_doubt_is_the_right_figure_and_it_is_said(house: House, doubted: Talker) -> None:
    await doubted.says("25")
    doubted.hears("(2/20)", "F0 mới: 250 ca → 25 ca")
    assert await first_answer(house) == Answer(25)


async def test_a_named_figure_at_a_doubt_is_that_figure(house: House, doubted: Talker) -> None:
    await doubted.says("f0 mới 25")
    doubted.hears("(2/20)", "F0 mới: 250 ca → 25 ca")


@pytest.mark.parametrize(("said", "heard"), [("sửa", "(1/20)"), ("nhập lại", "(1/20)"), ("chưa rõ", "(2/20)")])
async def test_what_can_be_done_at_a_doubt_is_done(doubted: Talker, said: str, heard: str) -> None:
    await doubted.says(said)
    doubted.hears(heard)


async def test_a_question_at_a_doubt_is_answered_and_the_doubt_stays(house: House, doubted: Talker) -> None:
    await doubted.says("F0 hôm nay bao nhiêu ca?")
    doubted.hears("Triệu Sơn")
    doubted.hears("Đang ghi: 250 ca")
    await doubted.says("sao phải ghi lý do?")
    doubted.hears("Đang ghi: 250 ca")
    assert await first_answer(house) == Answer(250)


async def test_what_is_no_reason_sends_no_correction(house: House, correcting: Talker) -> None:
    for said in ("gửi", "bỏ qua", "giữ nguyên", "chưa rõ", "ok", "vâng ạ", "x", "chào em", "vì sao?", "lý do"):
        await correcting.says(said)
        correcting.hears("3 ca → 2 ca", "chưa phải là lý do", "[Nhập nhầm số]")
    assert (await newest(house)).revision == 1
    await correcting.says("nhầm")
    correcting.hears("đã tiếp nhận bản điều chỉnh")
    assert (await newest(house)).reason == "nhầm"


@pytest.mark.parametrize("said", ["sửa", "quay lại", "nhập lại"])
async def test_from_the_reason_back_to_the_review(correcting: Talker, said: str) -> None:
    await correcting.says(said)
    correcting.hears("Báo cáo ngày 10/11/2021", "trong kỳ: 2 ca", "[Gửi]")


async def test_from_the_reason_to_a_line(correcting: Talker) -> None:
    await correcting.says("sửa 1")
    correcting.hears("(1/20)")
    await correcting.says("1")
    correcting.hears("Báo cáo ngày", "trong kỳ: 1 ca")


async def test_a_number_instead_of_a_reason_is_offered_as_the_figure(house: House, correcting: Talker) -> None:
    await correcting.says("1")
    correcting.hears("«1» là số nên chưa được ghi làm lý do", "[Sửa F0 mới thành 1 ca]", "[Nhập nhầm số]")
    assert await first_answer(house) == Answer(2)
    await correcting.taps("Sửa F0 mới thành 1 ca")
    correcting.hears("3 ca → 1 ca", "lý do", "F0 mới: 2 ca → 1 ca")
    await correcting.taps("Nhập nhầm số")
    correcting.hears("đã tiếp nhận bản điều chỉnh")
    assert (await newest(house)).answers["f0_new"].value == 1


async def test_figures_instead_of_a_reason_go_on_correcting(house: House, correcting: Talker) -> None:
    await correcting.says("f0 mới 1, mẫu xn 41")
    correcting.hears("3 ca → 1 ca", "40 mẫu → 41 mẫu", "lý do")
    await correcting.says("1")
    correcting.hears("chưa phải là lý do")
    await correcting.says("đếm trùng")
    correcting.hears("đã tiếp nhận bản điều chỉnh")


async def test_a_correction_taken_back_is_none(correcting: Talker) -> None:
    await correcting.says("f0 mới 3")
    correcting.hears("Báo cáo ngày", "trong kỳ: 3 ca")
