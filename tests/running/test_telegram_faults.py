"""Telegram wants peace, has no address, hears two of us, brings a monster; the clock jumps: nothing is lost, nobody waits."""

import asyncio
from argparse import Namespace
from datetime import timedelta
from pathlib import Path
from time import process_time
from typing import Any

import pytest

from bot.running.run import run
from bot.telegram.ear import Ear
from reporting.errors import Refused
from simulator import Simulator
from tests.bot.mouth import database_url as outbox_url
from tests.bot.mouth import mouth_at, say, somebody
from tests.bot.test_ear import TOKEN, Listener
from tests.conversations.house import START, House, Talker
from tests.running.log_lines import logged

HOUR = 3600
MONSTER = 900_000
"""Letters: more than any update of Telegram's has."""
MOST_SECONDS = 5.0


def no_cluster() -> Any:
    raise AssertionError("no PostgreSQL is wanted here")


async def test_a_chat_that_wants_peace_for_an_hour_gets_it_over_a_restart_too(tmp_path: Path) -> None:
    async with mouth_at(outbox_url("sqlite", tmp_path, no_cluster)) as mouth:
        mouth.sim.clock.run(0)
        lan, hoa = [await somebody(mouth.sim, name) for name in ("Nguyễn Thị Lan", "Hà Thị Hoa")]
        mouth.sim.faults.add(method="sendMessage", chat_id=lan.id, status=429, retry_after=HOUR)
        await mouth.puts(say(lan, "một"), say(lan, "hai"), say(hoa, "ba"))
        await mouth.settles("new", "new", "said")
        await mouth.starts_again()
        await mouth.puts(say(hoa, "bốn"))
        await mouth.settles("new", "new", "said", "said")
        mouth.sim.clock.advance(timedelta(seconds=HOUR + 1))
        await mouth.starts_again()
        rows = await mouth.settles(*["said"] * 4)
        assert [(row.tries, row.uncertain) for row in rows] == [(1, 0)] * 4
        assert [each.text for each in lan.heard] == ["một", "hai"]


async def test_a_name_that_has_no_address_is_no_attempt(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    url = outbox_url("sqlite", tmp_path, no_cluster)
    async with mouth_at(url, api_url="http://telegram.invalid") as mouth:
        person = await somebody(mouth.sim, "Nguyễn Thị Lan")
        async with logged("telegram is not reached"):
            await mouth.puts(say(person, "một"))
        await mouth.stops()
        (row,) = mouth.rows()
        assert (row.state, row.tries, row.uncertain) == ("new", 0, 0)
        assert "telegram is not reached" in caplog.text
        assert mouth.sim.first_bot.token not in row.error + caplog.text


async def test_an_ear_whose_telegram_has_no_address_asks_on(caplog: pytest.LogCaptureFixture) -> None:
    listener = Listener()
    ear = Ear(TOKEN, "http://telegram.invalid", listener.hear, listener.acknowledge, longest_backoff=0.01)
    polling = asyncio.create_task(ear.poll(1))
    for _ in range(2):
        async with logged("Telegram is not reached"):
            pass
    polling.cancel()
    await asyncio.wait({polling})
    assert TOKEN not in caplog.text


async def test_of_two_that_hear_with_one_token_one_is_told_so_and_goes_on_when_the_other_has_ended() -> None:
    """It is Telegram's own refusal, whatever database is behind the ears."""
    async with Simulator() as sim:
        sim.bot(TOKEN)
        listeners = [Listener(), Listener()]
        ears = [Ear(TOKEN, sim.url, each.hear, each.acknowledge, longest_backoff=0.1) for each in listeners]
        async with logged("another process polls with this token"):
            polling = [asyncio.create_task(ear.poll(2)) for ear in ears]
        polling[0].cancel()
        await asyncio.wait({polling[0]})
        await sim.person("Nguyễn Thị Lan").starts()
        await listeners[1].hears(1 - len(listeners[0].heard))
        polling[1].cancel()
        await asyncio.wait({polling[1]})
        assert [*listeners[0].texts, *listeners[1].texts] == ["/start"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_text_of_a_million_letters_is_answered_and_holds_nobody_up(
    house: House, reporter: Talker, resident: Talker
) -> None:
    await reporter.says("/baocao")
    reporter.hears("(1/20)")
    await resident.says("/start")
    resident.forgets()
    for letters in ("x", "dạ ", "đổi thành "):
        began = process_time()
        for talker in (reporter, resident):
            brings(house, talker, text=(letters * MONSTER)[:MONSTER])
        await house.simulator.idle_of_updates(60)
        await house.settled()
        assert process_time() - began < MOST_SECONDS, letters
        said = [*reporter.forgets(), *resident.forgets()]
        assert len(said) >= 2
        assert all(len(each.text) <= 4096 and "mã lỗi" not in each.text for each in said)
    await reporter.says("3")
    reporter.hears("(2/20)")


def brings(house: House, talker: Talker, **content: Any) -> None:
    """A message that no phone would let anybody send."""
    person = {"id": talker.person.id, "is_bot": False, "first_name": talker.person.name}
    chat = {"id": talker.person.id, "type": "private", "first_name": talker.person.name}
    message = {"message_id": 900, "date": 1636533000, "chat": chat, "from": person, **content}
    house.simulator.raw_update("message", message)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_document_of_two_gigabytes_is_refused_before_anything_is_fetched(
    house: House, reporter: Talker
) -> None:
    admin = await house.joined("Phạm Thị Mai", "admin", "397")
    for talker, name in ((reporter, "báo cáo.xlsx"), (admin, "bieu_mau.xlsx"), (admin, "don_vi.csv")):
        file = {"file_id": "x", "file_unique_id": "x", "file_name": name, "file_size": 2_000_000_000}
        brings(house, talker, document=file)
        await house.settled()
        assert "mã lỗi" not in talker.hears("").text
        talker.forgets()
    assert not house.simulator.first_bot.asked("getFile")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_clock_that_is_set_back_an_hour_says_nothing_again(house: House, reporter: Talker) -> None:
    await house.moves_to("16:00")
    reporter.hears("báo cáo")
    house.simulator.clock.restore(START, 0)
    await house.running.tick()
    await reporter.says("/baocao")
    reporter.hears("(1/20)")
    house.simulator.clock.advance(timedelta(minutes=30))
    await house.running.tick()
    await house.settled()
    reporter.hears_nothing()
    assert not house.running.due.troubled


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_clock_that_jumps_a_year_says_what_is_true_then_and_nothing_of_the_year(
    house: House, reporter: Talker, leader: Talker
) -> None:
    house.simulator.clock.advance(timedelta(days=365))
    for _ in range(3):
        await house.running.tick()
        house.simulator.clock.advance(timedelta(minutes=1))
        await house.settled()
    assert not house.running.due.troubled
    assert len(reporter.forgets()) <= 2
    assert len(leader.forgets()) <= 3
    await reporter.says("/baocao")
    reporter.hears("10/11/2022")


def test_a_webhook_without_a_secret_does_not_start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name, value in {"BOT_TOKEN": TOKEN, "WEBHOOK_URL": "https://xa.example/hook", "WEBHOOK_SECRET": ""}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(Refused) as refused:
        run(Namespace())
    assert refused.value.key == "webhook_secret_missing"
