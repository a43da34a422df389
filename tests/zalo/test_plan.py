"""What Zalo's plan allows: counted, foretold, spent by rank; and everybody goes over by one command."""

import asyncio
import re
from datetime import date, timedelta

import pytest
from sqlalchemy import Connection, text

from bot.channels import ALL_CHANNELS, plans_of
from bot.doctor.checks import examine_for_alerts
from bot.doctor.findings import Patient, Surroundings
from bot.web.metrics import Metrics, look
from bot.zalo.doctor_checks import check_zalo
from bot.zalo.settings import ZaloSettings
from messages.common.link_words import switch_revoked, switch_told
from reporting.errors import Refused
from reporting.message_plan import NOTHING, MessagePlan, days_left, need_of
from reporting.people import Address
from reporting.say import Rank, Say
from services.switch_channel import revoke_switch, switch_channel
from storage.messages import outbox
from storage.messages.sent_counts import sent_in_month
from storage.organisation import units
from tests.conversations.house import START, fills_in
from tests.zalo.roads import TwoRoads, ZaloTalker
from tests.zalo.test_two_roads import linked

FREE = MessagePlan(50, 3000)
TODAY = date(2021, 11, 10)


@pytest.mark.parametrize(
    ("sent", "rank"),
    [
        (0, Rank.BROADCAST),
        (2399, Rank.BROADCAST),
        (2400, Rank.REMINDER),
        (2749, Rank.REMINDER),
        (2750, Rank.LAST_REMINDER),
        (2874, Rank.LAST_REMINDER),
        (2875, Rank.REPLY),
        (2999, Rank.REPLY),
        (3000, NOTHING),
        (4000, NOTHING),
    ],
)
def test_a_plan_is_spent_by_rank(sent: int, rank: int) -> None:
    assert FREE.rank_allowed(sent) == rank


def test_the_free_plan_carries_thirty_four_reporters_and_no_chairs() -> None:
    assert need_of(34) == 2108
    assert FREE.is_enough_for(34)
    assert not FREE.is_enough_for(68)
    assert not MessagePlan(100, 3000).is_enough_for(68)


def test_whether_it_lasts_is_foretold_from_what_was_spent() -> None:
    assert days_left(date(2021, 11, 19)) == 12
    assert days_left(date(2020, 2, 1)) == 29
    assert FREE.lasts(990, date(2021, 11, 10))
    assert not FREE.lasts(1010, date(2021, 11, 10))


def test_what_is_left_for_residents_is_what_those_who_report_do_not_need() -> None:
    on = date(2021, 11, 21)  # ten days of the month are left
    assert MessagePlan(50, 1000).left_for_residents(319, 34, on) == 1
    assert MessagePlan(50, 1000).left_for_residents(320, 34, on) == 0


async def test_residents_get_the_pages_address_once_where_the_plan_is_needed_for_reporting(roads: TwoRoads) -> None:
    zalo = roads.settings.of(ZaloSettings).model_copy(update={"zalo_messages": 60})
    roads.settings = roads.settings.model_copy(update={"public_url": "https://giaoban.example"}).with_own(zalo)
    await roads.restart()
    nam = await roads.joined_by_zalo("Lê Văn Nam", "reporter", "15742")
    lan = roads.zalo_talker("Bà Lan")
    await lan.says("Thọ Dân có bao nhiêu F0?")
    assert "dành cho" not in lan.hears("Thọ Dân").words
    await roads.joined_by_zalo("Trần Thị Hoa", "leader", "397")  # two people need 84 in 21 days
    await lan.says("Thọ Dân có bao nhiêu F0?")
    lan.hears("dành cho việc báo cáo", "tại: https://giaoban.example")
    await lan.says("còn Thọ Tân?")
    lan.hears_nothing()
    await nam.says("Thọ Dân có bao nhiêu F0?")
    assert "dành cho" not in nam.hears("Thọ Dân").words


async def test_messages_are_counted_and_what_is_for_many_waits_when_few_are_left(roads: TwoRoads) -> None:
    nam = await roads.joined_by_zalo("Lê Văn Nam", "reporter", "15742")
    roads.settings.of(ZaloSettings).__dict__["zalo_messages"] = 10

    def sent(connection: object) -> int:
        return sent_in_month(connection, "zalo", TODAY)  # type: ignore[arg-type]

    assert await roads.running.clerk.write(sent) == 1
    for _ in range(8):
        await nam.says("báo cáo")
    assert len(nam.forgets()) == 8
    assert await roads.running.clerk.write(sent) == 9
    to = Address("zalo", nam.person.id)
    says = [Say(to, "cho mọi người", rank=Rank.BROADCAST), Say(to, "nhắc", rank=Rank.REMINDER), Say(to, "trả lời")]
    await roads.running.clerk.write(
        lambda connection: outbox.put(connection, says, roads.simulator.clock.now(), roads.running.channels)
    )
    heard = await nam.person.next_message()
    assert heard.text == "trả lời"
    states = [row.state for row in (await roads.rows("outbox"))[-3:]]
    assert states[:2] == ["new", "new"]
    while await roads.running.clerk.write(sent) < 10:  # noqa: ASYNC110  # counted with what was said next
        await asyncio.sleep(0.01)

    def looked(connection: Connection) -> tuple[str, str, bytes]:
        now, settings = roads.simulator.clock.now(), roads.settings
        found = check_zalo(Patient(Surroundings(settings, now, None), connection)).key
        alerted = next(e.finding.key for e in examine_for_alerts(settings, connection, now) if e.check == "zalo")
        told = Metrics(lambda: 0.0).told(look(connection, now, settings.zone, plans_of(settings)))
        return found, alerted, told

    found, alerted, told = await roads.running.clerk.write(looked)
    assert found == alerted == "doctor_zalo_spent"
    assert b'giaoban_plan{channel="zalo",of="left"} 0.0' in told
    assert b'giaoban_plan{channel="zalo",of="days_left"} 21.0' in told


async def switched(
    roads: TwoRoads, channel: str, begins_on: date | None = None, *, tries: bool = False
) -> tuple[int, int, bool | None]:
    """How many went over, got a code, and whether the plan suffices."""
    now = roads.simulator.clock.now()
    on = now.astimezone(roads.settings.zone).date()

    def change(connection: Connection) -> tuple[int, int, bool | None]:
        plan, tree = FREE if channel == "zalo" else None, units.tree(connection)
        done = switch_channel(connection, channel, None, tree, plan, on, now, begins_on=begins_on, tries=tries)
        if not tries:
            outbox.put(connection, switch_told(done, channel), now, ALL_CHANNELS)
        return len(done.there), len(done.codes), done.is_enough

    done = await roads.running.clerk.write(change)
    await roads.settled()
    return done


async def test_everybody_goes_over_is_told_once_and_comes_back(roads: TwoRoads) -> None:
    nam, too = await linked(roads)
    hoa = await roads.joined("Trần Thị Hoa", "leader", "397")

    assert await switched(roads, "zalo", tries=True) == (1, 1, True)
    assert await switched(roads, "zalo") == (1, 1, True)
    too.hears("Từ nay", "qua Zalo trước")
    code = re.findall(r"mã (\d{12})", hoa.hears("Trong 7 ngày tới").text)[0]
    await roads.moves_to("16:00")
    too.hears("Còn 30 phút")
    her = roads.zalo_talker("Trần Thị Hoa")
    await her.says(f"mã {code}")
    her.hears("Đã liên kết", "gửi qua Zalo trước")  # who links it after the order goes over too
    hoa.hears("liên kết thêm với Zalo")
    assert await switched(roads, "telegram") == (2, 0, None)
    nam.hears("qua Telegram trước")
    hoa.hears("qua Telegram trước")


async def test_everybody_goes_over_on_the_day_that_was_ordered_whoever_links_until_then_too(roads: TwoRoads) -> None:
    nam, too = await linked(roads)
    hoa = await roads.joined("Trần Thị Hoa", "leader", "397")
    tomorrow = TODAY + timedelta(days=1)
    assert await switched(roads, "zalo", tomorrow) == (1, 1, True)
    nam.hears("Từ ngày 11/11/2021", "qua Zalo trước", "vẫn như cũ")
    code = re.findall(r"mã (\d{12})", hoa.hears("Từ ngày 11/11/2021").text)[0]
    her = roads.zalo_talker("Trần Thị Hoa")
    await her.says(f"mã {code}")
    her.hears("Đã liên kết", "gửi qua Telegram trước")  # the day has not come
    hoa.hears("liên kết thêm với Zalo")
    await roads.moves_to("23:59")
    nam.forgets()
    hoa.forgets()
    assert too.forgets() == her.forgets() == []
    await roads.moves_to("00:00")
    assert [too.person.unheard(), her.person.unheard(), nam.person.unheard()] == [[], [], []]  # people are asleep
    assert {row.channel for row in await roads.rows("address") if row.preference == 0} == {"zalo"}
    await roads.restart()
    await roads.moves_to("06:00")
    for each in (too, her):
        assert sum("Từ nay" in heard.words and "qua Zalo trước" in heard.words for heard in each.forgets()) == 1
    await roads.moves_to("06:01")
    assert not [heard for each in (too, her) for heard in each.forgets() if "Từ nay" in heard.words]
    lines = [row.what for row in await roads.rows("audit") if row.what.startswith("channel")]
    assert lines == ["channel order", "channel switch"]
    assert await switched(roads, "telegram") == (2, 0, None)
    nam.hears("qua Telegram trước")
    hoa.hears("qua Telegram trước")


async def test_what_was_ordered_can_be_revoked_until_it_begins(roads: TwoRoads) -> None:
    nam, _ = await linked(roads)
    tomorrow = TODAY + timedelta(days=1)
    await switched(roads, "zalo", tomorrow)
    nam.hears("Từ ngày 11/11/2021")

    def revoked(connection: Connection) -> str:
        order, concerned = revoke_switch(connection, 1, units.tree(connection), TODAY, START)
        outbox.put(connection, switch_revoked(order, concerned), START, ALL_CHANNELS)
        with pytest.raises(Refused) as refused:
            revoke_switch(connection, 1, units.tree(connection), TODAY, START)
        return refused.value.key

    assert await roads.running.clerk.write(revoked) == "channel_order_revoked"
    await roads.settled()
    nam.hears("chuyển sang Zalo từ ngày 11/11/2021 đã được hủy")
    await roads.moves_to("06:00")
    nam.forgets()
    assert [row.preference for row in await roads.rows("address")] == [0, 1]


async def day_after(roads: TwoRoads) -> ZaloTalker:
    """A reporter who has sent yesterday's report, and is spoken to at Zalo."""
    nam, too = await linked(roads)
    await fills_in(nam)
    await nam.says("gửi")
    nam.forgets()
    await too.says("/lienket zalo")
    too.forgets()
    await roads.moves_to("16:01")
    await roads.moves_to("16:00")
    return too


async def test_an_unchanged_day_by_zalo_costs_two_messages(roads: TwoRoads) -> None:
    too = await day_after(roads)
    before = roads.zalo.sent_this_month()
    reminder = too.forgets()[-1].words
    assert "Như kỳ trước: " in reminder
    assert "Bằng 0: F0 mới; " in reminder
    assert "Để trống: Ghi chú" in reminder
    await too.says(re.findall(r"(\d+) Gửi nguyên như trên", reminder)[0])
    too.hears("đã tiếp nhận báo cáo ngày 11/11/2021")
    assert roads.zalo.sent_this_month() - before == 1  # after the reminder
    first, second = await roads.rows("report")
    kept = {name for name, each in second.answers.items() if each.get("kept")}
    assert kept
    assert all(second.answers[name]["value"] == first.answers[name]["value"] for name in kept)
    assert {each.get("value") for name, each in second.answers.items() if name not in kept} == {0, None}


async def test_what_is_not_as_the_reminder_showed_it_any_more_is_shown_and_not_sent(roads: TwoRoads) -> None:
    too = await day_after(roads)
    number = re.findall(r"(\d+) Gửi nguyên như trên", too.forgets()[-1].words)[0]

    def changes(connection: Connection) -> None:
        connection.execute(text("update typed_choice set press = press || 'x' where press like 'unchanged:%'"))

    await roads.running.clerk.write(changes)
    await too.says(number)
    too.hears("đã khác với tin nhắc nên chưa gửi gì", "Báo cáo ngày")
    assert len(await roads.rows("report")) == 1
    await too.says("sửa 1")
    too.forgets()
    await too.says("4")
    too.forgets()
    await too.says(f"*{number}")  # the draft has been begun
    too.hears("đã khác với tin nhắc nên chưa gửi gì")
    assert len(await roads.rows("report")) == 1
