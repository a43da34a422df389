"""Echo bots of four libraries talk with somebody in the simulator, polled and by webhook; each must pass whole."""

import asyncio
import base64
import os
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from bench.peers.clients.stand_ins import png
from simulator import DEFAULT_TOKEN, Person, Simulator, Tap

BOTS = {
    "grammY": "echo_grammy.mjs",
    "telegraf": "echo_telegraf.mjs",
    "node-telegram-bot-api": "echo_ntba.mjs",
    "pyTelegramBotAPI": "echo_telebot.py",
}
PICTURE = png(60, 40, 400)
STARTS_IN = 60.0


@asynccontextmanager
async def echo_bot(sim: Simulator, name: str, folder: Path, python: Path, webhook: bool) -> AsyncIterator[None]:
    """A bot that runs, once it says that it is ready."""
    command = [str(python)] if BOTS[name].endswith(".py") else ["node"]
    given = {"API": sim.url, "TOKEN": DEFAULT_TOKEN, "PICTURE": base64.b64encode(PICTURE).decode()}
    if webhook:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            given["HOOK_PORT"] = str(free.getsockname()[1])
    running = await asyncio.create_subprocess_exec(
        *command,
        str(folder / BOTS[name]),
        cwd=folder,
        env=os.environ | given,
        stdout=subprocess.PIPE,
        stderr=sys.stderr,
    )
    assert running.stdout is not None
    try:
        while (line := await asyncio.wait_for(running.stdout.readline(), STARTS_IN)) != b"ready\n":
            if not line:
                raise RuntimeError(f"{name} did not start")
        yield
    finally:
        with suppress(ProcessLookupError):
            running.kill()
        await running.wait()


async def talk(sim: Simulator, ann: Person) -> None:
    """Every way of speaking that the bots know; AssertionError or TimeoutError where one is not answered as on Telegram."""
    await ann.starts()
    hello = await ann.next_message()
    assert (hello.text, hello.labels) == ("Hello", ["Send"])
    tap = await ann.taps("Send")
    assert isinstance(tap, Tap)
    assert await tap.answered() == "Thanks"
    await ann.sees(lambda heard: heard[0].text == "Sent")
    await ann.says("/menu")
    assert (await ann.next_message()).labels == ["Yes", "No"]
    await ann.taps("Yes")
    assert (await ann.next_message()).text == "Yes"
    await ann.says("/marks")
    marks = await ann.next_message()
    assert (marks.text, [each["type"] for each in marks.entities]) == ("bold slanted.", ["bold", "italic"])
    await _files(ann)
    results = await ann.inline("where")
    assert [each["title"] for each in results] == ["Found"]
    assert [each["command"] for each in sim.first_bot.commands] == ["start"]
    await sim.idle_of_updates(20)
    assert ann.unheard() == []
    assert [call.answer for call in sim.first_bot.calls if not call.ok] == []


async def _files(ann: Person) -> None:
    await ann.says("/file")
    document = (await ann.next_message()).document
    assert document is not None
    assert (document.name, document.content) == ("table.csv", b"day,count\n1,2\n")
    await ann.says("/picture")
    picture = await ann.next_message()
    assert picture.photo is not None
    assert (picture.text, picture.photo.content) == ("A picture", PICTURE)
    await ann.says("/album")
    album = [await ann.next_message() for _ in range(2)]
    assert [each.document.content if each.document else b"" for each in album] == [b"1", b"2"]
    sent = await ann.sends_document(b"twelve bytes", "a.txt")
    answer = await ann.next_message()
    assert (answer.text, answer.reply_to) == ("12 letters", sent.message_id)
    await ann.sends_photo(PICTURE, "Mine")
    assert (await ann.next_message()).text == "Mine"
    await ann.sends_sticker()
    assert "sticker" in (await ann.next_message()).body
    await ann.sends_location(19.8, 105.6)
    assert (await ann.next_message()).location == {"latitude": 19.8, "longitude": 105.6}


async def passes(name: str, folder: Path, python: Path, webhook: bool) -> str:
    """Nothing, or what went wrong."""
    async with Simulator(seed=1) as sim:
        sim.bot()
        sim.webhook_wait = 0.1
        ann = sim.person("Ann", language_code="en")
        try:
            async with echo_bot(sim, name, folder, python, webhook):
                await talk(sim, ann)
        except (AssertionError, TimeoutError, RuntimeError, LookupError) as error:
            refused = [(call.method, call.answer) for call in sim.first_bot.calls if not call.ok]
            return f"{type(error).__name__}: {error} {refused or ''}"
    return ""
