"""A resident asks, in his own words and with buttons, and is told what has been reported."""

import re
from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
from sqlalchemy import Connection, select

import handlers.residents.public_answer
from reporting.people import Address
from reporting.say import Say
from reporting.throttle import MOST_TAPS
from reporting.translator import Html
from storage.database.tables import metadata
from storage.messages.forgetting import Swept, forget_said
from storage.messages.outbox import put
from tests.channels import CHANNELS
from tests.conversations.house import House, Talker, fills_in

outbox = metadata.tables["outbox"]


async def sends_report(reporter: Talker) -> None:
    await fills_in(reporter)
    await reporter.taps("Gửi")
    reporter.hears("đã tiếp nhận")


async def test_before_the_report_a_commune_is_said_not_to_have_reported(resident: Talker) -> None:
    await resident.says("Hôm nay xã Thọ Dân có bao nhiêu ca?")
    resident.hears("Xã Thọ Dân chưa báo cáo", "16 giờ 30", "không có nghĩa là bằng 0")


async def test_what_was_reported_is_told_with_its_date_time_and_source(reporter: Talker, resident: Talker) -> None:
    await sends_report(reporter)
    await resident.says("Hôm nay xã Thọ Dân có bao nhiêu ca?")
    resident.hears("3 ca", "10/11/2021", "15 giờ 30", "Nguồn: xã Thọ Dân báo cáo", "[Toàn huyện Triệu Sơn]")
    await resident.taps("Toàn huyện Triệu Sơn")
    resident.hears("Huyện Triệu Sơn", "3 ca", "1/3 đơn vị", "xã Dân Lực", "thị trấn Nưa")
    await resident.says("hom nay xa dan luc co ca nao khong")
    resident.hears("Xã Dân Lực chưa báo cáo")


async def test_a_question_that_is_edited_is_answered_as_it_is_now(
    house: House, reporter: Talker, resident: Talker
) -> None:
    await sends_report(reporter)
    said = await resident.person.says("hôm nay xã Dân Lực bao nhiêu ca")
    await house.settled()
    resident.hears("Xã Dân Lực chưa báo cáo")
    await resident.person.edits(said, "hôm nay xã Thọ Dân bao nhiêu ca")
    await house.settled()
    resident.hears("3 ca", "Xã Thọ Dân")
    said = await reporter.person.says("hôm nay xã Dân Lực bao nhiêu ca")
    await house.settled()
    reporter.hears("Xã Dân Lực chưa báo cáo")
    await reporter.person.edits(said, "hôm nay xã Thọ Dân bao nhiêu ca")
    await house.settled()
    reporter.hears("Tin nhắn đã sửa không làm thay đổi số liệu")


async def test_staff_are_told_the_same(reporter: Talker, leader: Talker) -> None:
    await sends_report(reporter)
    await reporter.says("thọ dân bn ca z")
    reporter.hears("3 ca")
    await leader.says("hôm nay xã nào chưa báo cáo")
    leader.hears("1/3 đơn vị", "xã Dân Lực", "thị trấn Nưa")


async def test_who_has_not_reported_this_week_is_told_day_by_day(reporter: Talker, resident: Talker) -> None:
    await sends_report(reporter)
    await resident.says("tuần này xã nào chưa báo cáo")
    resident.hears(
        "• 08/11/2021: 0/3 đơn vị; chưa báo cáo: xã Dân Lực, thị trấn Nưa, xã Thọ Dân",
        "• 10/11/2021: mới có 1/3 đơn vị, hạn báo cáo là 16 giờ 30; chưa báo cáo: xã Dân Lực, thị trấn Nưa",
    )


async def test_who_does_not_ask_is_told_how_to(resident: Talker) -> None:
    await resident.says("xin chào")
    resident.hears("Kính chào quý ông/bà")
    await resident.says("/tracuu")
    resident.hears("chọn đơn vị", "[Toàn huyện Triệu Sơn]", "[thị trấn Nưa]")
    await resident.says("/tracuu nưa hôm nay mấy ca")
    resident.hears("Thị trấn Nưa chưa báo cáo")


async def test_a_flood_is_slowed_but_nobody_else(resident: Talker, reporter: Talker) -> None:
    for _ in range(23):
        await resident.says("hôm nay xã Thọ Dân bao nhiêu ca")
    heard = [each.text for each in resident.forgets()]
    assert len(heard) == 21
    assert "chờ một phút" in heard[-1]
    for _ in range(22):
        await reporter.says("hôm nay xã Thọ Dân bao nhiêu ca")
    assert all("chưa báo cáo" in each.text for each in reporter.forgets())
    await resident.says("con tôi bị khó thở")
    resident.hears("115")


async def test_a_flood_in_a_group_slows_who_floods_and_neither_the_others_nor_staff(
    house: House, resident: Talker, reporter: Talker
) -> None:
    other = house.talker("Ông Bảy")
    group = house.simulator.group("Khu dân cư", [resident.person, other.person, reporter.person])
    question = f"@{house.bot_name} hôm nay xã Thọ Dân bao nhiêu ca"

    async def asks(talker: Talker, times: int) -> list[str]:
        for _ in range(times):
            await talker.person.says(question, chat=group)
        await house.settled()
        heard = [each.text for each in talker.person.unheard(group)]
        group.unheard.clear()
        return heard

    flood = await asks(resident, 25)
    assert len(flood) == 21
    assert "chờ một phút" in flood[-1]
    assert ["chưa báo cáo" in text for text in await asks(other, 1)] == [True]
    assert ["chưa báo cáo" in text for text in await asks(reporter, 22)] == [True] * 22
    await resident.says("hôm nay xã Thọ Dân bao nhiêu ca")
    resident.hears_nothing()
    await other.says("hôm nay xã Thọ Dân bao nhiêu ca")
    other.hears("chưa báo cáo")


async def test_taps_are_slowed_too_but_never_those_of_staff(resident: Talker, reporter: Talker, house: House) -> None:
    async def taps(talker: Talker, data: str) -> list[str]:
        """Very often; what is said about it beside the menu that changes in its place."""
        await talker.says("/tracuu")
        menu = talker.hears("chọn đơn vị")
        for _ in range(MOST_TAPS + 5):
            talker.person.forges(menu, data)
        await house.settled()
        return [each.text for each in talker.forgets()]

    (slow,) = await taps(resident, "look:u")
    assert "chờ một phút" in slow
    assert await taps(resident, "follow:1") == []
    assert await taps(reporter, "look:u") == []
    await resident.says("con tôi bị khó thở")
    resident.hears("115")


async def test_in_a_group_only_what_names_the_bot_is_answered(house: House, resident: Talker) -> None:
    group = house.simulator.group("Khu dân cư", [resident.person])
    await resident.person.says("hôm nay xã Thọ Dân bao nhiêu ca", chat=group)
    await house.settled()
    assert resident.person.unheard(group) == []
    await resident.person.says(f"@{house.bot_name} hôm nay xã Thọ Dân bao nhiêu ca", chat=group)
    await house.settled()
    assert "Xã Thọ Dân chưa báo cáo" in resident.person.unheard(group)[-1].text
    resident.forgets()


async def test_nothing_of_a_resident_is_kept(house: House, resident: Talker, reporter: Talker) -> None:
    group = house.simulator.group("Khu dân cư", [resident.person])
    await resident.says("Hôm nay xã Thọ Dân có bao nhiêu ca?")
    resident.hears("chưa báo cáo", "[Toàn huyện Triệu Sơn]")
    await resident.taps("Toàn huyện Triệu Sơn")
    await resident.says("/tracuu")
    await resident.person.inline("xã thọ dân")
    await resident.person.says(f"@{house.bot_name} hôm nay xã Thọ Dân bao nhiêu ca", chat=group)
    await house.settled()
    resident.forgets()
    await resident.says("/theodoi xã Thọ Dân")
    resident.hears("Theo dõi xã Thọ Dân")
    await resident.taps("Mỗi khi có số mới")
    resident.hears("Đã ghi")
    await resident.says("/quen")
    resident.hears("Đã xóa")
    await reporter.says("thọ dân mấy ca")
    reporter.hears("chưa báo cáo")
    await house.restart()
    await house.moves_to("15:31")
    words = (resident.person.name, str(resident.person.id), str(group.id), "có bao nhiêu ca", "xã thọ dân")
    kept = await house.running.clerk.write(everything)
    assert [line for line in kept if any(word in line for word in words)] == []
    assert any("chưa báo cáo" in line for line in kept), "what staff were told is evidence"


async def test_of_a_bug_that_a_resident_met_only_the_place_is_kept(
    house: House, resident: Talker, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(text: str, *_: object) -> None:
        raise RuntimeError(f"a bug about {text}")

    monkeypatch.setattr(handlers.residents.public_answer, "understand", fails)
    await resident.says("bí mật của tôi")
    reference = re.search(r"GB-\d+", resident.hears("GB-").text)
    assert reference is not None
    assert reference[0] in caplog.text
    assert "RuntimeError" in caplog.text
    assert "in fails" in caplog.text
    assert "bí mật" not in caplog.text
    await house.moves_to("15:31")
    kept = await house.running.clerk.write(everything)
    assert [line for line in kept if "bí mật" in line or str(resident.person.id) in line] == []
    assert any("aside" in line and "RuntimeError" in line for line in kept)


async def test_what_waits_to_be_said_to_a_resident_is_said_and_then_forgotten(house: House, resident: Talker) -> None:
    await resident.says("xin chào")
    resident.forgets()
    to, later = Address("telegram", str(resident.person.id)), house.simulator.clock.now() + timedelta(minutes=1)

    def waits(connection: Connection) -> None:
        put(connection, [Say(to, Html("Bản tin"))], later, CHANNELS)
        chat = {"channel": to.channel, "address": to.address, "until_at": later}
        connection.execute(metadata.tables["pause"].insert().values(chat))

    await house.running.clerk.write(waits)
    swept = await house.running.clerk.write(
        lambda connection: forget_said(connection, Swept(), 100, house.simulator.clock.now())
    )
    assert (len(swept.waiting), swept.has_more) == (1, False)
    assert len(await house.running.clerk.write(everything_to(to))) == 1
    await house.moves_to("15:31")
    resident.hears("Bản tin")
    await house.moves_to("15:32")
    assert await house.running.clerk.write(everything_to(to)) == []


def everything_to(to: Address) -> Callable[[Connection], Sequence[object]]:
    return lambda connection: connection.execute(select(outbox.c.id).where(outbox.c.address == to.address)).all()


def everything(connection: Connection) -> list[str]:
    """Every row of every table, as text."""
    rows = ((table.name, row) for table in metadata.sorted_tables for row in connection.execute(select(table)))
    return [f"{name} {row}" for name, row in rows]


async def test_a_unit_is_followed_and_forgotten(resident: Talker) -> None:
    await resident.says("Tôi muốn nhận thông báo mỗi ngày về xã Thọ Dân")
    resident.hears("Theo dõi xã Thọ Dân", "[Mỗi khi có số mới]", "[Hằng ngày lúc 17 giờ 00]")
    await resident.taps("Hằng ngày lúc 17 giờ 00")
    resident.hears("Đã ghi: xã Thọ Dân, nhận hằng ngày lúc 17 giờ 00", "[Bỏ theo dõi]")
    await resident.says("/theodoi")
    resident.hears("Đang theo dõi", "xã Thọ Dân: hằng ngày lúc 17 giờ 00", "[Bỏ: xã Thọ Dân]", "/quen")
    await resident.says("/quen")
    resident.hears("Đã xóa mọi theo dõi")
    await resident.says("/theodoi")
    resident.hears("chưa theo dõi đơn vị nào")


async def test_whoever_follows_a_unit_is_told_once_of_its_report_and_ends_it_in_one_tap(
    house: House, reporter: Talker, resident: Talker
) -> None:
    await resident.says("/theodoi số ca mắc mới xã Thọ Dân")
    resident.hears("[Mỗi khi có số mới]")
    await resident.taps("Mỗi khi có số mới")
    resident.hears("Đã ghi")
    await house.moves_to("15:32")
    resident.hears_nothing()
    await sends_report(reporter)
    await house.moves_to("15:34")
    resident.hears("Thọ Dân", "3 ca", "[Bỏ theo dõi]")
    await house.moves_to("15:36")
    resident.hears_nothing()
    await resident.taps("Bỏ theo dõi")
    resident.hears("Đã bỏ theo dõi")
    await house.restart()
    resident.hears_nothing()


async def test_equal_doubts_become_one_question_and_all_are_told_its_outcome(
    house: House, reporter: Talker, resident: Talker
) -> None:
    await sends_report(reporter)
    other = house.talker("Ông Bảy")
    for each in (resident, other):
        await each.says("hôm nay xã Thọ Dân bao nhiêu ca mắc mới")
        each.hears("3 ca", "[Số này chưa đúng?]")
        await each.taps("Số này chưa đúng?")
        each.hears("Đã chuyển đơn vị rà soát: xã Thọ Dân", "10/11/2021", "/quen")
    question = reporter.hears("Có người dân phản ánh", "3 ca", "[Đúng]")
    reporter.hears_nothing()
    await reporter.taps("Đúng", question)
    reporter.hears("Đã ghi nhận")
    for each in (resident, other):
        each.hears("Xã Thọ Dân đã rà soát", "xác nhận")
    assert await house.running.clerk.write(kept_flags) == 0
    await resident.says("số ca mắc mới xã Thọ Dân hôm nay sai rồi")
    resident.hears("đã được đơn vị rà soát và xác nhận")
    reporter.hears_nothing()


async def test_a_doubt_changes_nothing_and_is_forgotten_when_asked(
    house: House, reporter: Talker, resident: Talker
) -> None:
    await sends_report(reporter)
    await resident.says("số ca mắc mới xã Thọ Dân hôm nay sai rồi")
    resident.hears("Đã chuyển đơn vị rà soát")
    reporter.hears("Có người dân phản ánh")
    await resident.says("/quen")
    resident.hears("Đã xóa")
    assert await house.running.clerk.write(kept_flags) == 0
    await resident.says("hôm nay xã Thọ Dân bao nhiêu ca mắc mới")
    resident.hears("3 ca")


def kept_flags(connection: Connection) -> int:
    return len(connection.execute(select(metadata.tables["flag"])).all())


async def test_an_official_figure_is_shared_in_any_chat(house: House, reporter: Talker, resident: Talker) -> None:
    await sends_report(reporter)
    (article,) = await resident.person.inline("số ca mắc mới xã thọ dân")
    assert article["title"] == "Xã Thọ Dân"
    text = article["input_message_content"]["message_text"]
    assert "<b>3 ca</b>" in text
    assert "Nguồn: xã Thọ Dân báo cáo" in text
    towns = await resident.person.inline("triệu sơn bao nhiêu ca mắc mới")
    assert all("Triệu Sơn" in each["title"] for each in towns)
    assert await resident.person.inline("ai bị nhiễm ở xã Thọ Dân") == []
    (area,) = await resident.person.inline("")
    assert area["title"] == "Huyện Triệu Sơn"
    for text in (
        "thôn 5 thọ dân mấy ca",
        "trường tiểu học thọ dân mấy ca",
        "anh Tiến Nông có bị covid không",
        "xã minh sơn ngọc lặc mấy ca",
        "chợ nưa mấy ca",
        "tay chân miệng thọ dân mấy ca",
        "toàn huyện trừ thọ dân mấy ca",
    ):
        assert await resident.person.inline(text) == [], text
    await house.settled()
    resident.hears_nothing()
