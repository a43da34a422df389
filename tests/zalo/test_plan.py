"""What Zalo's plan allows: counted, foretold, spent by rank; and everybody goes over by one command."""

import re
from datetime import date

import pytest

from bot.cli.channel import CHANNELS
from bot.doctor.findings import Patient, Surroundings
from bot.doctor.zalo_checks import check_zalo
from messages.common.link_words import switch_told
from reporting.message_plan import NOTHING, MessagePlan, days_left, need_of
from reporting.people import Address
from reporting.say import Rank, Say
from services.switch_channel import switch_channel
from storage.messages import outbox
from storage.messages.sent_counts import sent_in_month
from storage.organisation import units
from tests.conversations.house import START, fills_in
from tests.zalo.roads import TwoRoads
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
        (2750, Rank.REPLY),
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


async def test_messages_are_counted_and_what_is_for_many_waits_when_few_are_left(roads: TwoRoads) -> None:
    nam = await roads.joined_by_zalo("Lê Văn Nam", "reporter", "15742")
    roads.settings.__dict__["zalo_messages"] = 10

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

    def looked(connection: object) -> str:
        surroundings = Surroundings(roads.settings, roads.simulator.clock.now(), None)
        return check_zalo(Patient(surroundings, connection)).key  # type: ignore[arg-type]

    assert await roads.running.clerk.write(looked) in ("doctor_zalo_short", "doctor_zalo_spent")


async def test_everybody_goes_over_is_told_once_and_comes_back(roads: TwoRoads) -> None:
    nam, too = await linked(roads)
    hoa = await roads.joined("Trần Thị Hoa", "leader", "397")

    async def switch(channel: str, *, tries: bool = False) -> tuple[int, int, bool | None]:
        def change(connection: object) -> tuple[int, int, bool | None]:
            ids = [each.id for each in units.tree(connection).units]  # type: ignore[arg-type]
            plan = FREE if channel == "zalo" else None
            done = switch_channel(connection, channel, ids, plan, TODAY, START, tries=tries)  # type: ignore[arg-type]
            if not tries:
                outbox.put(connection, switch_told(done, channel), START, CHANNELS)  # type: ignore[arg-type]
            return len(done.there), len(done.codes), done.is_enough

        done = await roads.running.clerk.write(change)
        await roads.settled()
        return done

    assert await switch("zalo", tries=True) == (1, 1, True)
    assert await switch("zalo") == (1, 1, True)
    too.hears("Từ nay", "qua Zalo trước")
    code = re.findall(r"mã (\d{8})", hoa.hears("Trong 7 ngày tới").text)[0]
    await roads.moves_to("16:00")
    too.hears("Còn 30 phút")
    her = roads.zalo_talker("Trần Thị Hoa")
    await her.says(f"mã {code}")
    her.hears("Đã liên kết")
    hoa.hears("liên kết thêm với Zalo")
    assert await switch("telegram") == (1, 0, None)
    nam.hears("qua Telegram trước")


async def test_an_unchanged_day_by_zalo_costs_few_messages(roads: TwoRoads) -> None:
    nam, too = await linked(roads)
    await fills_in(nam)
    await nam.says("gửi")
    nam.forgets()
    await too.says("/lienket zalo")
    too.forgets()
    await roads.moves_to("16:01")
    await roads.moves_to("16:00")
    before = roads.zalo.sent_this_month()
    reminder = too.forgets()[-1].words
    await too.says(re.findall(r"(\d+) Báo cáo ngay", reminder)[0])
    too.hears("*4 Không phát sinh")
    await too.says("*4")
    too.hears("Báo cáo ngày")
    await too.says("1")
    too.hears("đã tiếp nhận")
    assert roads.zalo.sent_this_month() - before == 3  # after the reminder
