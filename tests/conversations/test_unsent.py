"""A correction that was begun and not sent: it does not vanish silently."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import Connection

from reporting.filling.drafts import Draft
from storage.organisation import units
from storage.reports import drafts, reports
from tests.conversations.house import START, House, Talker, fills_in, running_house

NOT_SENT = "chưa được gửi"


@pytest.fixture
async def begun(reporter: Talker) -> Talker:
    """The reporter, who has changed his first figure to 2 and sent nothing."""
    await fills_in(reporter)
    await reporter.taps("Gửi")
    reporter.hears("đã tiếp nhận")
    await reporter.says("/capnhat")
    reporter.hears("Báo cáo ngày", "[Bỏ điều chỉnh]")
    await reporter.says("sửa 1")
    reporter.hears("(1/20)")
    await reporter.says("2")
    reporter.hears("Báo cáo ngày", "trong kỳ: 2 ca")
    return reporter


async def passes(house: House, minutes: int) -> None:
    """The clock runs for so many minutes, and ticks at their end."""
    house.simulator.clock.advance(timedelta(minutes=minutes))
    await house.running.tick()
    await house.settled()


async def standing(house: House) -> tuple[int, Draft | None]:
    """The newest revision, and the draft as it stands."""

    def read(connection: Connection) -> tuple[int, Draft | None]:
        unit = units.tree(connection).find("15742", START.date())
        assert unit is not None
        report = reports.newest(connection, "covid_daily", unit.id, START.date())
        found = drafts.of_unit(connection, "covid_daily", unit.id, START.date())
        return report.revision if report else 0, found[0] if found else None

    return await house.running.clerk.write(read)


async def test_who_forgets_to_send_a_correction_is_told_once(house: House, begun: Talker) -> None:
    await passes(house, 5)
    begun.hears_nothing()
    await passes(house, 6)
    begun.hears("báo cáo ngày 10/11/2021 của xã Thọ Dân", NOT_SENT, "3 ca → 2 ca", "trước 08 giờ 00", "[Gửi]", "[Bỏ]")
    await passes(house, 20)
    begun.hears_nothing()
    await begun.taps("Gửi")
    begun.hears("lý do điều chỉnh")
    await begun.taps("Nhập nhầm số")
    begun.hears("đã tiếp nhận bản điều chỉnh")
    await passes(house, 20)
    begun.hears_nothing()
    assert (await standing(house))[0] == 2


@pytest.mark.parametrize("how", ["taps", "says"])
async def test_the_correction_is_dropped_and_what_was_sent_stands(house: House, begun: Talker, how: str) -> None:
    await passes(house, 11)
    begun.hears(NOT_SENT)
    await (begun.taps("Bỏ") if how == "taps" else begun.says("bỏ"))
    begun.hears("Đã bỏ phần điều chỉnh", "CD-15742-101121-1", "giữ nguyên như đã gửi")
    revision, draft = await standing(house)
    assert revision == 1
    assert draft is not None
    assert (draft.state, draft.correcting, draft.answers["f0_new"].value) == ("sent", "", 3)
    await passes(house, 20)
    begun.hears_nothing()
    await begun.says("/capnhat")
    begun.hears("trong kỳ: 3 ca")


async def test_it_is_sent_by_typing_even_after_leaving_the_draft(house: House, begun: Talker) -> None:
    await begun.says("/huy")
    begun.hears(NOT_SENT, "/capnhat")
    await passes(house, 11)
    begun.hears(NOT_SENT)
    await begun.says("gửi")
    begun.hears("lý do điều chỉnh")


async def test_who_goes_on_and_forgets_again_is_told_again(house: House, begun: Talker) -> None:
    await passes(house, 11)
    begun.hears(NOT_SENT)
    await begun.says("sửa 1")
    begun.hears("(1/20)")
    await begun.says("1")
    begun.hears("trong kỳ: 1 ca")
    await passes(house, 11)
    begun.hears(NOT_SENT, "3 ca → 1 ca")


async def test_when_the_time_is_over_it_is_ended_with_a_word(house: House, begun: Talker) -> None:
    await house.moves_to("23:00")
    begun.hears(NOT_SENT)
    await house.moves_to("08:01")
    while "Đã hết thời gian điều chỉnh" not in (said := begun.hears("").text):
        pass
    assert "3 ca → 2 ca" in said
    assert "liên hệ UBND huyện Triệu Sơn" in said
    begun.forgets()
    revision, draft = await standing(house)
    assert revision == 1
    assert draft is not None
    assert (draft.state, draft.answers["f0_new"].value) == ("sent", 3)
    await passes(house, 5)
    begun.hears_nothing()


async def test_who_changes_nothing_is_left_in_peace(house: House, reporter: Talker) -> None:
    await fills_in(reporter)
    await reporter.taps("Gửi")
    reporter.hears("đã tiếp nhận")
    await reporter.says("/capnhat")
    reporter.hears("Báo cáo ngày")
    await passes(house, 30)
    reporter.hears_nothing()
    await reporter.says("bỏ điều chỉnh")
    reporter.hears("Đã bỏ phần điều chỉnh")


async def test_there_is_nothing_to_drop_in_a_report_not_sent_yet(reporter: Talker) -> None:
    await reporter.says("/baocao")
    reporter.hears("(1/20)")
    await reporter.says("bỏ")
    reporter.hears("(1/20)", "không có phần điều chỉnh nào để bỏ")


async def test_shortly_before_the_time_is_over_it_is_said_sooner(house: House, begun: Talker) -> None:
    await begun.taps("Bỏ điều chỉnh")
    begun.hears("Đã bỏ")
    await house.moves_to("07:50")
    begun.forgets()
    await begun.says("/capnhat f0 2 hôm qua")
    begun.hears("3 ca → 2 ca")
    await passes(house, 4)
    begun.hears(NOT_SENT)


class TestQuietHours:
    """From 21:00 to 06:00 nobody is told."""

    @pytest.fixture
    async def house(self, database_url: str) -> AsyncIterator[House]:
        async with running_house(database_url, quiet_hours="21:00-06:00") as house:
            yield house

    async def test_before_they_begin_it_is_said_sooner(self, house: House, begun: Talker) -> None:
        await house.moves_to("20:50")
        begun.hears(NOT_SENT)
        await begun.says("sửa 1")
        begun.hears("(1/20)")
        await begun.says("1")
        begun.hears("trong kỳ: 1 ca")
        await passes(house, 4)
        begun.hears(NOT_SENT)

    async def test_in_them_nothing_is_said_and_in_the_morning_it_is(self, house: House, begun: Talker) -> None:
        await house.moves_to("22:00")
        begun.hears_nothing()
        await house.moves_to("06:00")
        begun.hears(NOT_SENT, "trước 08 giờ 00")
        begun.forgets()
