"""The state in a file survives a stop and a kill; the command line prints one address."""

import asyncio
import signal
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from simulator import Simulator
from tests.simulator.conftest import START

ROOT = Path(__file__).resolve().parents[2]


async def start_program(*words: str) -> tuple[asyncio.subprocess.Process, str]:
    program = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "simulator",
        *words,
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert program.stdout is not None
    line = await asyncio.wait_for(program.stdout.readline(), 60)
    return program, line.decode().strip()


async def call(url: str, path: str, **body: Any) -> Any:
    async with aiohttp.ClientSession() as session, session.post(f"{url}/{path}", json=body) as response:
        return await response.json()


async def test_stopping_and_starting_keeps_everything(tmp_path: Path, picture: bytes) -> None:
    file = tmp_path / "state" / "simulator.db"
    async with Simulator(START, file, seed=3) as sim:
        sim.bot()
        nam = sim.person("Lê Văn Nam", caption="Người báo cáo")
        group = sim.group("Lãnh đạo", [nam], forum=True)
        topic = sim.topic(group, "Sáng")
        await nam.starts()
        await nam.sends_photo(picture, "Ảnh")
        await nam.says("chưa đọc")
        sim.clock.advance(timedelta(hours=1))
        ids, photo = list(sim.first_bot.queue.pending), nam.chat[1].photo
    assert photo is not None
    async with Simulator(None, file) as sim:
        (nam,) = sim.people
        assert (nam.name, nam.user.caption, sim.cloud.seed) == ("Lê Văn Nam", "Người báo cáo", 3)
        assert [m.text for m in nam.chat] == ["/start", "Ảnh", "chưa đọc"]
        again = nam.chat[1].photo
        assert again is not None
        assert (again.file_id, again.content) == (photo.file_id, picture)
        assert list(sim.first_bot.queue.pending) == ids
        assert sim.clock.now() == START + timedelta(hours=1)
        assert sim.group("Lãnh đạo", [nam], forum=True).topics[topic].name == "Sáng"
        assert sim.person("Lê Văn Nam") is nam
        new = await nam.says("sau")
        assert new.message_id == nam.chat[-2].message_id + 1
        fresh = await nam.sends_photo(picture)
        assert fresh.photo is not None
        assert fresh.photo.file_id != photo.file_id


async def test_a_tap_before_a_restart_is_answered_after_it(tmp_path: Path) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Gửi", "callback_data": "1"}]]}
    async with Simulator(START, tmp_path / "s.db", seed=3) as sim:
        sim.bot()
        nam = sim.person("Lê Văn Nam")
        await nam.starts()
        await call(sim.url, "bot1000:SIMULATOR/sendMessage", chat_id=nam.id, text="?", reply_markup=keyboard)
        await nam.taps("Gửi")
    async with Simulator(None, tmp_path / "s.db") as sim:
        updates = (await call(sim.url, "bot1000:SIMULATOR/getUpdates"))["result"]
        query = updates[-1]["callback_query"]["id"]
        assert (await call(sim.url, "bot1000:SIMULATOR/answerCallbackQuery", callback_query_id=query))["ok"]


async def test_a_killed_simulator_loses_nothing_that_it_answered(tmp_path: Path) -> None:
    words = ("--port", "0", "--state", str(tmp_path / "s.db"), "--start", "2021-11-10T15:30+07:00", "--speed", "0")
    program, url = await start_program(*words, "--seed", "5")
    person = (await call(url, "control/people", name="Lê Văn Nam", caption="Thọ Dân"))["id"]
    await call(url, f"control/people/{person}/start")
    await call(url, "bot1000:SIMULATOR/sendMessage", chat_id=person, text="trước khi tắt")
    await call(url, "control/clock", advance=600)
    await call(url, f"control/people/{person}/say", text="sau cùng")
    program.send_signal(signal.SIGKILL)
    await program.wait()
    program, url = await start_program(*words)
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{url}/control/people/{person}") as response:
            assert [m["text"] for m in await response.json()] == ["/start", "trước khi tắt", "sau cùng"]
        async with session.get(f"{url}/control/clock") as response:
            assert (await response.json())["now"] == "2021-11-10T08:40:00+00:00"
        async with session.get(f"{url}/bot1000:SIMULATOR/getUpdates") as response:
            assert [u["message"]["text"] for u in (await response.json())["result"]] == ["/start", "sau cùng"]
    program.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(program.wait(), 60) == 0


async def test_a_busy_port_is_explained(sim: Simulator) -> None:
    port = sim.url.rpartition(":")[2]
    program, line = await start_program("--port", port)
    assert program.stderr is not None
    words = (await program.stderr.read()).decode()
    assert (line, await program.wait()) == ("", 1)
    assert f"cannot listen at 127.0.0.1:{port}" in words
    assert "Traceback" not in words


@pytest.mark.parametrize("words", [("--token", "không"), ("--start", "mai"), ("--start", "2021-11-10T15:30")])
async def test_a_wrong_command_line_is_refused_in_words(words: tuple[str, ...]) -> None:
    program, _ = await start_program("--port", "0", *words)
    assert program.stderr is not None
    assert "Traceback" not in (await program.stderr.read()).decode()
    assert await program.wait() == 2


async def test_memory_is_bounded_by_what_is_kept() -> None:
    async with Simulator(START, seed=1, keep=50) as sim:
        lan = sim.person("Phạm Thị Lan")
        await lan.starts()
        for number in range(200):
            await lan.says(str(number))
        assert [m.text for m in lan.chat] == [str(n) for n in range(150, 200)]


async def test_the_same_seed_gives_the_same_people_and_ids() -> None:
    def numbers(seed: int) -> list[int]:
        sim = Simulator(START, seed=seed)
        return [sim.person("Lê Văn Nam").id, sim.group("x").id, sim.first_bot.queue.next_id]

    assert numbers(1) == numbers(1) != numbers(2)
