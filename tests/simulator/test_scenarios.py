"""Scenarios: read from CSV, and played on the phones with every answer awaited."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from simulator import Person, Simulator
from simulator.scenarios import Act, Scenario, Step, read_scenario

TITLE = {"vi": "Một ngày", "en": "A day"}
HEAD = "clock,who,does,hears,seconds,caption::vi,caption::en\n"


def scenario(*rows: str) -> Scenario:
    return read_scenario(HEAD + "\n".join(rows), TITLE)


def test_a_scenario_is_read_from_rows() -> None:
    (step,) = scenario("16:00,Nam | Lan,[START] | /baocao | 3 | [Gửi],đã nhận,2.5,Gõ và chạm,Types and taps").steps
    assert step.who == ("Nam", "Lan")
    assert step.clock is not None
    assert step.clock.hour == 16
    assert step.acts == (Act("START", is_tap=True), Act("/baocao"), Act("3"), Act("Gửi", is_tap=True))
    assert (step.hears, step.seconds) == ("đã nhận", 2.5)
    assert step.captions == {"vi": "Gõ và chạm", "en": "Types and taps"}


@pytest.mark.parametrize("row", ["25:00,Nam,,x,1,a,b", ",,/baocao,,1,a,b", ",Nam,,x,nhanh,a,b"])
def test_what_cannot_be_read_is_named_by_its_row(row: str) -> None:
    with pytest.raises(ValueError, match="row 3 of the scenario"):
        scenario("16:00,Nam,,x,1,a,b", row)


async def answer(bot: Bot) -> None:
    """Says what it has heard, and «Đã gửi» in place of a message whose button was tapped; knows nothing of «im lặng»."""
    offset = 0
    keys = InlineKeyboardMarkup([[InlineKeyboardButton("Gửi", callback_data="send")]])
    while True:
        for update in await bot.get_updates(offset=offset, timeout=5):
            offset = update.update_id + 1
            query, message = update.callback_query, update.message
            if query is not None and query.message is not None:
                await query.answer()
                await bot.edit_message_text("Đã gửi", query.message.chat.id, query.message.message_id)
            elif message is not None and message.text is not None and message.text != "im lặng":
                await bot.send_message(message.chat_id, f"Nghe: {message.text}", reply_markup=keys)


@pytest.fixture
async def bot(ptb: Bot) -> AsyncIterator[Bot]:
    running = asyncio.create_task(answer(ptb))
    yield ptb
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def played(sim: Simulator, *rows: str) -> str:
    sim.playback.scenario = scenario(*rows)
    sim.playback.play(1000)
    return await sim.playback.ended(60)


async def test_turns_are_done_one_after_the_answer_to_the_other(sim: Simulator, bot: Bot, nam: Person) -> None:
    lan = sim.person("Lan")
    assert await played(sim, ",Lê Văn Nam | Lan,[START] | 3 | [Gửi],Đã gửi,1,a,b") == "ended"
    for person in (nam, lan):
        assert [each.text for each in person.chat] == ["/start", "Nghe: /start", "3", "Đã gửi"]


async def test_a_chat_that_is_begun_is_not_begun_again(sim: Simulator, bot: Bot, nam: Person) -> None:
    await nam.starts()
    await nam.next_message()
    assert await played(sim, ",Lê Văn Nam,[START],Nghe: /start,1,a,b") == "ended"
    assert len(nam.chat) == 2


async def test_the_clock_goes_to_the_next_such_hour_and_stands(sim: Simulator, nam: Person) -> None:
    sim.clock.run(60)
    assert await played(sim, "17:00,,,,0,a,b", "07:00,,,,0,a,b") == "ended"
    assert sim.clock.now().astimezone(sim.zone).isoformat() == "2021-11-11T07:00:00+07:00"
    assert sim.clock.speed == 0


async def test_whoever_cannot_be_reached_is_brought_back_first(sim: Simulator, bot: Bot, nam: Person) -> None:
    await nam.starts()
    await nam.blocks()
    await nam.goes_offline()
    assert await played(sim, ",Lê Văn Nam,3,Nghe: 3,1,a,b") == "ended"


async def test_it_is_paused_and_goes_on_and_a_long_step_is_skipped(sim: Simulator, bot: Bot, nam: Person) -> None:
    sim.playback.scenario = scenario(",Lê Văn Nam,một,Nghe: một,9000,a,b", ",Lê Văn Nam,hai,Nghe: hai,0,c,d")
    sim.playback.play(1)
    await nam.next_message()
    sim.playback.pause()
    view = sim.playback.view()
    assert view is not None
    assert (view["state"], view["step"], view["steps"], view["who"]) == ("paused", 1, 2, [nam.id])
    sim.playback.play()
    sim.playback.skip()
    assert await sim.playback.ended(60) == "ended"
    assert nam.heard[-1].text == "Nghe: hai"


async def test_it_is_stopped_and_begun_anew(sim: Simulator, bot: Bot, nam: Person) -> None:
    sim.playback.scenario = scenario(",Lê Văn Nam,im lặng,Nghe,1,a,b")
    sim.playback.play(1000)
    sim.playback.stop()
    assert sim.playback.state == "stopped"
    assert await played(sim, ",Lê Văn Nam,một,Nghe: một,0,a,b") == "ended"


async def test_it_says_why_it_could_not_go_on(sim: Simulator, nam: Person) -> None:
    assert await played(sim, ",Ai Đó,một,,0,a,b") == "failed"
    assert "Ai Đó" in sim.playback.trouble
    assert await played(sim, ",Lê Văn Nam,[Gửi],,0,a,b") == "failed"
    assert "Lê Văn Nam sees no button «Gửi»" in sim.playback.trouble


async def test_it_is_ordered_over_http(sim: Simulator, bot: Bot, nam: Person) -> None:
    async with aiohttp.ClientSession(sim.url) as session:
        refused = await session.post("/control/playback", json={"do": "play"})
        assert (refused.status, "no scenario" in await refused.text()) == (400, True)
        sim.playback.scenario = Scenario(TITLE, (Step(("Lê Văn Nam",), acts=(Act("một"),), seconds=9000),))
        for body in ({"do": "play", "speed": 0}, {"do": "rewind"}):
            assert (await session.post("/control/playback", json=body)).status == 400
        for order, state in (("play", "playing"), ("pause", "paused"), ("play", "playing"), ("stop", "stopped")):
            response = await session.post("/control/playback", json={"do": order})
            assert (await response.json())["state"] == state
        state = (await (await session.get("/control/state")).json())["playback"]
        assert (state["title"], state["seconds"]) == (TITLE, 9000)


async def test_people_and_chats_keep_their_order_over_a_restart(tmp_path: Path) -> None:
    file = tmp_path / "state.db"
    names = [f"Người {n}" for n in range(9)]
    async with Simulator(state=file, seed=3) as first:
        first.bot()
        people = [first.person(name) for name in names]
        first.channel("Bản tin", people)
        first.group("Họp", people)
    async with Simulator(state=file) as second:
        assert [person.name for person in second.people] == names
        assert [chat.type for chat in second.cloud.sees(second.people[0].user)] == ["private", "channel", "supergroup"]
