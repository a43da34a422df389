"""A whole report on one page, without a script: the same draft as in chat, by the same rules."""

from collections.abc import Callable

import pytest
from sqlalchemy import Connection, select

from storage.database.tables import metadata
from tests.conversations.house import ANSWERS, House, Talker
from tests.report_page.conftest import Browser, Looked, link_for

report, audit = metadata.tables["report"], metadata.tables["audit"]
only_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def numbers(page: Looked) -> dict[str, str]:
    """An answer that no rule objects to for each number that the page asks for."""
    names = [name[2:] for name, _ in page.fields if name.startswith("k:") and name != "k:note"]
    return dict(zip(names, ANSWERS, strict=True))


async def roads(house: House) -> list[tuple[str, str]]:
    def read(connection: Connection) -> list[tuple[str, str]]:
        wanted = select(audit.c.what, audit.c.road).where(audit.c.what.in_(("report", "correction", "enter report")))
        return [(row.what, row.road) for row in connection.execute(wanted.order_by(audit.c.id))]

    return await house.running.readers.read(read)


async def test_a_report_that_was_begun_in_chat_is_ended_on_the_page(
    house: House, reporter: Talker, browser: Callable[[], Browser]
) -> None:
    await reporter.says("/baocao")
    reporter.hears("(1/20)")
    for answer, place in ((ANSWERS[0], "(2/20)"), (ANSWERS[1], "(3/20)")):
        await reporter.says(answer)
        reporter.hears(place)
    mine = browser()
    page = await mine.opens(await link_for(reporter))
    page.has("Báo cáo ngày về phòng, chống dịch COVID-19", "xã Thọ Dân", "ngày 10/11/2021")
    assert (page.field("a:f0_new"), page.field("a:f0_recovered_new")) == (ANSWERS[0], "")
    page = await mine.sends(**numbers(page))
    assert page.status == 200
    page.has("✓ Đã lưu 15 giờ 30")
    await house.settled()
    sent = await mine.sends("send")
    sent.has("đã tiếp nhận")
    await house.settled()
    reporter.hears("đã tiếp nhận", "[Điều chỉnh trên trang]")
    assert await roads(house) == [("enter report", "web_form"), ("report", "web_form")]


@only_sqlite
async def test_what_was_begun_on_the_page_is_ended_in_chat_and_read_there(
    house: House, reporter: Talker, browser: Callable[[], Browser]
) -> None:
    mine = browser()
    page = await mine.opens(await link_for(reporter))
    await mine.sends(**dict(list(numbers(page).items())[:18]))
    await reporter.says("/baocao")
    reporter.hears("(19/20)")
    await reporter.says("1")
    reporter.hears("(20/20)")
    await reporter.says("không có gì thêm")
    reporter.hears("Báo cáo ngày")
    page = await mine.get(mine.page.url)
    assert (page.field("a:lockdown_areas"), page.field("a:note")) == ("1", "không có gì thêm")


@only_sqlite
async def test_two_at_once_are_told_so_and_asked_which_value_is_right(
    house: House, reporter: Talker, browser: Callable[[], Browser]
) -> None:
    deputy = await house.joined("Bùi Thị Bình", "deputy", "15742")
    mine = browser()
    await mine.opens(await link_for(reporter))
    await deputy.says("/baocao")
    deputy.hears("(1/20)")
    await deputy.says("5")
    deputy.hears("(2/20)")
    page = await mine.sends(f0_new="7", f1_new="9")
    page.has("Bùi Thị Bình", "đã được trả lời ở nơi khác: 5 ca", "Ở đây đang nhập: 7", "Lấy 5 ca", "Giữ 7")
    assert (page.field("a:f0_new"), page.field("k:f0_new"), page.field("k:f1_new")) == ("7", "", "9")
    again = await mine.sends()
    again.has("Ở đây đang nhập: 7")
    taken = await mine.sends_fields({}, "f0_new", "take")
    assert (taken.status, taken.field("a:f0_new")) == (200, "5")
    await deputy.says("1")
    deputy.hears("Lê Văn Nam", "(2/20)")  # the draft has moved on under him, and he is told by whom
    await mine.sends(f0_new="6")
    await deputy.says("/baocao")
    deputy.hears("(2/20)")
    await deputy.says("sửa 1")
    deputy.hears("(1/20)")
    await deputy.says("8")
    deputy.hears("(2/20)")
    (await mine.sends(f0_new="7")).has("8 ca")
    kept = await mine.sends_fields({}, "f0_new", "mine")
    assert (kept.status, kept.field("k:f0_new")) == (200, "7")


@only_sqlite
async def test_what_is_wrong_stands_at_its_field_and_nothing_that_was_typed_is_lost(
    house: House, reporter: Talker, browser: Callable[[], Browser]
) -> None:
    mine = browser()
    page = await mine.opens(await link_for(reporter))
    page = await mine.sends(f0_new="nhiều lắm", f0_new_community="2", note="mất điện")
    assert page.status == 422
    page.has("Còn 1 câu cần xem lại", "ví dụ: 3")
    assert [page.field(f"a:{name}") for name in ("f0_new", "f0_new_community", "note")] == [
        "nhiều lắm",
        "2",
        "mất điện",
    ]
    assert [page.field(f"k:{name}") for name in ("f0_new", "f0_new_community", "note")] == ["", "2", "mất điện"]
    page = await mine.sends(f0_new="1")
    page.has("Số ca cộng đồng đang lớn hơn tổng số ca mắc mới (1)")
    page = await mine.sends("send", f0_new="3")
    page.has("Cần trả lời câu này", "Còn 14 câu cần xem lại")
    page = await mine.sends("send", **numbers(page) | {"f0_new": "900"})
    page.has("⚠️", "Nếu số đúng, ghi lý do")
    page = await mine.sends_fields({"r:f0_new": "dạ"}, "send")
    page.has("Nếu số đúng, ghi lý do")
    assert page.status == 422
    reasons = {f"r:{name}": "xét nghiệm cả xã" for name in ("f0_new", "tests_positive_new")}
    (await mine.sends_fields(reasons, "send")).has("đã tiếp nhận")
    await house.settled()
    reporter.hears("đã tiếp nhận")


@only_sqlite
async def test_fast_ways_and_the_question_whether_all_is_as_before(
    house: House, reporter: Talker, browser: Callable[[], Browser]
) -> None:
    mine = browser()
    page = await mine.opens(await link_for(reporter))
    (await mine.sends("send", **numbers(page) | dict.fromkeys(("f0_new", "f0_new_community"), "0"))).has("đã tiếp nhận")
    for days in range(1, 4):
        await house.moves_to("15:30")
        reporter.forgets()
        page = await mine.opens(await link_for(reporter))
        page.has("Không phát sinh", "Kỳ trước", "Giữ nguyên 15 người")
        page = await mine.sends("quiet")
        assert page.status == 200, page.text
        sent = await mine.sends("send")
        if days == 3:
            sent.has("giống hệt 2 kỳ liền trước", "Đúng, vẫn gửi")
            sent = await mine.sends("sure")
        sent.has("đã tiếp nhận")
    await house.settled()
    reporter.forgets()
