"""The public channel: a bulletin once a form and day, corrections told as such, and nothing but what is public."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import Connection, select

from reminders.context import Tick
from reminders.public_channel import PublicChannel, post, prepared_posts
from reporting.people import Address
from services.import_units import change_units
from simulator.chats import Chat
from simulator.seen import Seen
from storage.database.tables import metadata
from storage.messages import undelivered
from storage.messages.queues import aside_since, inbox_queues
from tests.channels import CHANNELS
from tests.conversations.house import START, House, Talker, fills_in
from tests.conversations.test_residents import sends_report

bulletin = metadata.tables["bulletin"]


@dataclass
class Readers:
    """Whoever reads the channel."""

    house: House
    chat: Chat

    def hears(self, *fragments: str) -> Seen:
        """The next post, with all of these in it."""
        heard = self._unheard()
        assert heard, f"nothing is posted, though {fragments} was expected"
        self.chat.unheard.popleft()
        shown = f"{heard[0].text}\n" + " ".join(f"[{label}]" for label in heard[0].labels)
        for fragment in fragments:
            assert fragment in shown, f"{fragment!r} is not in:\n{shown}"
        return heard[0]

    def hears_nothing(self) -> None:
        assert [each.text for each in self._unheard()] == []

    def _unheard(self) -> list[Seen]:
        return next(iter(self.house.simulator.people)).unheard(self.chat)


async def gets_a_channel(house: House, **settings: object) -> Readers:
    reader = house.simulator.person("Ông Bảy")
    chat = house.simulator.channel("Bản tin", [reader], username="bantin")
    house.settings = house.settings.model_copy(update={"bulletin_channel": "@bantin", **settings})
    await house.restart()
    return Readers(house, chat)


@pytest.fixture
async def readers(house: House) -> AsyncIterator[Readers]:
    readers = await gets_a_channel(house)
    yield readers
    readers.hears_nothing()


async def corrects(reporter: Talker, words: str) -> None:
    await reporter.says(f"/capnhat {words}, lý do: nhập nhầm")
    reporter.hears("bản điều chỉnh")


async def test_at_the_digests_hour_the_day_is_told_once_with_its_picture(
    house: House, readers: Readers, reporter: Talker
) -> None:
    await sends_report(reporter)
    await house.moves_to("16:59")
    readers.hears_nothing()
    await house.moves_to("17:00")
    told = readers.hears(
        "Bản tin phòng, chống dịch COVID-19 – ngày 10/11/2021",
        "Huyện Triệu Sơn",
        "Số ca mắc mới (F0) ghi nhận trong kỳ: 3 ca",
        "1/3 đơn vị; chưa báo cáo (2): xã Dân Lực, thị trấn Nưa",
        "Số liệu tạm tính",
        "15 giờ 30 ngày 10/11/2021. Nguồn: các đơn vị báo cáo, UBND huyện Triệu Sơn tổng hợp.",
        "[Hỏi số liệu của từng đơn vị]",
    )
    assert told.photo is not None
    assert told.photo.content.startswith(b"\x89PNG")
    assert told.buttons[0][0].url == f"https://t.me/{house.bot_name}"
    assert not any(word in told.text for word in ("Số F2", "tổ COVID", "Lê Văn Nam", "minh họa"))
    reporter.forgets()
    await house.moves_to("17:01")
    await house.restart()
    await house.moves_to("17:02")
    readers.hears_nothing()


async def test_two_who_tick_at_once_tell_it_once(house: House, readers: Readers, reporter: Talker) -> None:
    await sends_report(reporter)
    await house.stop()
    house.settings = house.settings.model_copy(update={"bulletin_channel": ""})
    await house.start()
    await house.moves_to("17:00")
    reporter.forgets()
    now = house.simulator.clock.now()
    channel = PublicChannel(Address("telegram", "@bantin"), "vi")

    def both(connection: Connection) -> list[int]:
        tick = Tick(connection, now, house.settings.zone, CHANNELS)
        plans = [prepared_posts(tick, channel) for _ in range(2)]
        return [post(tick, channel, plan) for plan in plans]

    assert await house.running.clerk.write(both) == [1, 0]
    await house.settled()
    readers.hears("Bản tin")


async def test_a_correction_is_told_as_one_and_the_bulletin_stays_as_it_was(
    house: House, readers: Readers, reporter: Talker
) -> None:
    await sends_report(reporter)
    await house.moves_to("17:00")
    told = readers.hears("trong kỳ: 3 ca")
    reporter.forgets()
    await corrects(reporter, "f0 5, xn dương tính 5")
    await house.moves_to("17:06")
    corrected = readers.hears(
        "Đính chính số liệu phòng, chống dịch COVID-19",
        "Huyện Triệu Sơn, ngày 10/11/2021",
        "• Số ca mắc mới (F0) ghi nhận trong kỳ: 5 ca (đã công bố: 3 ca)",
        "• xã Thọ Dân – Số ca mắc mới (F0) ghi nhận trong kỳ: 5 ca (đã công bố: 3 ca)",
        "1/3 đơn vị",
        "đã được đính chính",
    )
    assert "nhập nhầm" not in corrected.text
    assert corrected.reply_to == told.message_id
    (call,) = (each for each in house.simulator.first_bot.asked("sendMessage") if each.params["chat_id"] == "@bantin")
    assert call.params["disable_notification"]
    await house.moves_to("17:07")
    readers.hears_nothing()
    now = {each.message_id: each for each in next(iter(house.simulator.people)).reads(readers.chat)}
    assert not now[told.message_id].edited


async def test_corrections_come_together_and_not_in_a_flood(house: House, readers: Readers, reporter: Talker) -> None:
    await sends_report(reporter)
    await house.moves_to("17:00")
    readers.hears("Bản tin")
    reporter.forgets()
    await corrects(reporter, "f0 5, xn dương tính 5")
    await corrects(reporter, "f0 6, xn dương tính 6")
    await house.moves_to("17:06")
    readers.hears("trong kỳ: 6 ca (đã công bố: 3 ca)")
    await corrects(reporter, "f0 7, xn dương tính 7")
    await house.moves_to("17:08")
    await corrects(reporter, "f0 8, xn dương tính 8")
    await house.moves_to("17:10")
    readers.hears_nothing()
    await house.moves_to("17:21")
    readers.hears("trong kỳ: 8 ca (đã công bố: 6 ca)")
    await corrects(reporter, "test 41")
    await house.moves_to("17:40")
    reporter.forgets()


async def test_late_reports_are_told_of_together_when_the_day_closes(
    house: House, readers: Readers, reporter: Talker
) -> None:
    late = await house.joined("Lê Thị Hoa", "reporter", "15700")
    await sends_report(reporter)
    await house.moves_to("17:00")
    readers.hears("1/3 đơn vị")
    late.forgets()
    await fills_in(late)
    await late.taps("Gửi")
    late.hears("đã tiếp nhận")
    await house.moves_to("17:10")
    readers.hears_nothing()
    await house.moves_to("07:59")
    readers.hears_nothing()
    await house.moves_to("08:00")
    added = readers.hears(
        "Bổ sung số liệu phòng, chống dịch COVID-19",
        "trong kỳ: 6 ca (đã công bố: 3 ca)",
        "Đã có thêm báo cáo của: xã Dân Lực.",
        "2/3 đơn vị",
    )
    assert "Đính chính" not in added.text
    for each in (late, reporter):
        each.forgets()
    await house.moves_to("08:01")


async def test_a_late_report_that_is_revised_before_it_was_told_is_no_correction(
    house: House, readers: Readers, reporter: Talker
) -> None:
    late = await house.joined("Lê Thị Hoa", "reporter", "15700")
    await sends_report(reporter)
    await house.moves_to("17:00")
    readers.hears("1/3 đơn vị")
    late.forgets()
    await fills_in(late)
    await late.taps("Gửi")
    late.hears("đã tiếp nhận")
    await corrects(late, "f0 5, xn dương tính 5")
    await house.moves_to("17:20")
    readers.hears_nothing()
    reporter.forgets()
    await corrects(reporter, "f0 4, xn dương tính 4")
    await house.moves_to("17:21")
    readers.hears("Đính chính", "xã Thọ Dân – Số ca mắc mới (F0) ghi nhận trong kỳ: 4 ca (đã công bố: 3 ca)")
    late.forgets()
    await corrects(late, "f0 6, xn dương tính 6")
    await house.moves_to("17:40")
    readers.hears("Đính chính", "xã Dân Lực – Số ca mắc mới (F0) ghi nhận trong kỳ: 6 ca (đã công bố: 5 ca)")
    for each in (late, reporter):
        each.forgets()


async def test_a_late_report_revised_before_it_was_told_is_added_when_the_day_closes(
    house: House, readers: Readers, reporter: Talker
) -> None:
    late = await house.joined("Lê Thị Hoa", "reporter", "15700")
    await sends_report(reporter)
    await house.moves_to("17:00")
    readers.hears("1/3 đơn vị")
    late.forgets()
    await fills_in(late)
    await late.taps("Gửi")
    late.hears("đã tiếp nhận")
    await corrects(late, "f0 5, xn dương tính 5")
    await house.moves_to("17:20")
    await house.moves_to("08:00")
    added = readers.hears("Bổ sung số liệu", "trong kỳ: 8 ca (đã công bố: 3 ca)", "xã Dân Lực")
    assert "Đính chính" not in added.text
    for each in (late, reporter):
        each.forgets()


async def test_after_a_night_away_the_newest_is_told_and_what_is_stale_is_not(
    house: House, readers: Readers, reporter: Talker
) -> None:
    await sends_report(reporter)
    await house.stop()
    house.simulator.clock.advance(timedelta(hours=17))
    await house.start()
    await house.settled()
    readers.hears("ngày 10/11/2021")
    reporter.forgets()
    await fills_in(reporter, (3, "0"))
    await reporter.taps("Gửi")
    reporter.forgets()
    await house.stop()
    house.simulator.clock.advance(timedelta(hours=26))
    await house.start()
    await house.settled()
    readers.hears_nothing()
    reporter.forgets()


async def test_a_day_without_a_single_figure_is_not_told(house: House, readers: Readers) -> None:
    await house.moves_to("17:00")
    readers.hears_nothing()


@pytest.mark.parametrize(
    ("standing", "username", "why"),
    [
        ("left", "bantin", "not a member of the channel"),
        ("member", "bantin", "administrator rights"),
        ("administrator", "other", "chat not found"),
    ],
)
async def test_where_the_bot_may_not_post_the_desk_sees_it_and_nothing_else_breaks(
    house: House, readers: Readers, reporter: Talker, resident: Talker, standing: str, username: str, why: str
) -> None:
    simulator = house.simulator
    simulator.admit(readers.chat, simulator.first_bot, standing)
    readers.chat.username = username
    await sends_report(reporter)
    await house.moves_to("17:00")
    readers.hears_nothing()
    (dead,) = await house.running.clerk.write(lambda connection: undelivered.unsaid(connection, START.date()))
    assert (dead.effect.to.address, dead.state) == ("@bantin", "dead")
    assert why in dead.error.lower()
    await resident.says("hôm nay xã Thọ Dân bao nhiêu ca mắc mới")
    resident.hears("3 ca")
    simulator.admit(readers.chat, simulator.first_bot, "administrator")
    readers.chat.username = "bantin"
    assert await house.running.clerk.write(lambda connection: undelivered.say_again(connection, dead.id, START))
    await house.settled()
    readers.hears("Bản tin")
    reporter.forgets()


async def test_what_others_post_in_the_channel_concerns_nobody(house: House, readers: Readers) -> None:
    chat = {"id": readers.chat.id, "title": "Bản tin", "type": "channel", "username": "bantin"}
    posted = {"message_id": 9, "date": 1636533000, "chat": chat, "sender_chat": chat, "text": "/baocao xã Thọ Dân 3 ca"}
    heard = [{"update_id": 70 + n, kind: posted} for n, kind in enumerate(("channel_post", "edited_channel_post"))]
    await house.running.clerk.hear([json.dumps(each) for each in heard], "telegram")
    await house.settled()
    assert not any(each.waiting for each in (await house.running.clerk.write(inbox_queues)).values())
    assert await house.running.clerk.write(lambda connection: aside_since(connection, START)) == 0
    readers.hears_nothing()


async def test_it_is_told_in_the_bots_language_and_made_up_figures_are_marked(house: House, reporter: Talker) -> None:
    readers = await gets_a_channel(house, language="en", demonstration=True)
    await sends_report(reporter)
    await house.moves_to("17:00")
    readers.hears("Bulletin: COVID-19 prevention and control, on 10/11/2021", "provisional", "demonstration")
    reporter.forgets()


async def test_no_channel_no_bulletin(house: House, reporter: Talker) -> None:
    await sends_report(reporter)
    await house.moves_to("17:00")
    reporter.forgets()
    assert await house.running.clerk.write(lambda c: c.execute(select(bulletin)).all()) == []


async def test_units_that_were_merged_before_a_day_that_was_told_change_it_and_that_is_told_once(
    house: House, readers: Readers, reporter: Talker
) -> None:
    other = await house.joined("Phạm Văn Bình", "reporter", "15700")
    await sends_report(reporter)
    await sends_report(other)
    await house.moves_to("17:00")
    readers.hears("Số ca mắc mới (F0) ghi nhận trong kỳ: 6 ca", "2/3 đơn vị")
    await house.moves_to("09:00")
    readers.hears_nothing()

    def merge(connection: Connection) -> None:
        text = "on,old,new,name,kind,parent,aliases,people\n2021-11-10,15742,15763,Thọ Phú,xã,397,,\n"
        change_units(connection, text, house.simulator.clock.now(), house.settings.zone, kind="mergers")

    await house.running.clerk.write(merge)
    await house.moves_to("09:01")
    readers.hears("Số ca mắc mới (F0) ghi nhận trong kỳ", "6 ca", "3 ca")
    for clock in ("09:20", "09:40"):
        await house.moves_to(clock)
    for each in (reporter, other):
        each.forgets()
