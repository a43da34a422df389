"""A channel is added: pagers of two hundred letters, without buttons, edits or files, beside Telegram."""

import json
from importlib import import_module
from pathlib import Path

from tests.conversations.house import House, prepare, running_house
from tests.one_place.additions import Addition, Put
from tests.sqlite import fresh_sqlite

MESSENGER = '''"""Pagers: they show two hundred letters, and have a keyboard and nothing to tap."""

import asyncio
import json
from collections.abc import Sequence

from bot.running.messenger import Hear
from bot.running.outbox_worker import Write
from bot.running.clock import Now
from reporting.channel import Channel
from reporting.incoming import Incoming, Message, Sender
from reporting.people import Address
from reporting.retries import Outcome, Said, fate
from reporting.say import Say
from storage.messages import delivery
from storage.messages.inbox import Heard

PAGER = Channel(
    "pager", text_length=200, caption_length=0, press_size=0, formatting="plain",
    can_edit=False, has_files=False, has_pictures=False, has_menu=False, rate=5,
)


class Pagers:
    """`shown`: what stands on each pager, by its number."""

    channel = PAGER
    username = "pager"

    def __init__(self, hear: Hear, write: Write, now: Now) -> None:
        self._hear, self._write, self._now = hear, write, now
        self._woken: asyncio.Event = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self.shown: dict[str, list[str]] = {}

    async def prepare(self) -> None:
        self._loop = asyncio.get_running_loop()

    async def hear(self) -> None:
        await asyncio.Event().wait()

    async def receives(self, raw: str) -> None:
        await self._hear([raw], PAGER.name)

    async def speak(self) -> None:
        while True:
            self._woken.clear()
            claimed = await self._write(lambda c: delivery.claim(c, PAGER.name, "pagers", self._now(), 10))
            marks = [delivery.Mark(each.id, each.effect.to.address, fate(self._said(each), 0)) for each in claimed]
            if marks:
                await self._write(lambda c, marks=marks: delivery.mark(c, PAGER.name, "pagers", marks, self._now()))
            else:
                await self._woken.wait()

    def _said(self, row: delivery.Claimed) -> Outcome:
        if isinstance(row.effect, Say):
            self.shown.setdefault(row.effect.to.address, []).append(row.effect.text)
        return Said(str(row.id))

    def wake(self) -> None:
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._woken.set)

    def heard(self, raw: str) -> Heard:
        read = json.loads(raw)
        return Heard(PAGER.name, str(read["id"]), read["pager"], raw)

    def decode(self, raw: str) -> Incoming | None:
        read = json.loads(raw)
        at, text = Address(PAGER.name, read["pager"]), read["text"]
        command, _, rest = text.removeprefix("/").partition(" ") if text.startswith("/") else ("", "", "")
        return Message(at, "private", None, Sender(at, "Nam", "vi"), read["id"], text, command, rest)

    def is_own_chat(self, address: str) -> bool:
        return True

    async def set_common_menu(self, commands: Sequence[tuple[str, str]], language: str) -> None:
        """A pager has none."""
'''
FOLDER = '''"""What this folder gives the program."""

from bot.pager.messenger import PAGER, Pagers
from bot.running.channel_folder import ChannelFolder

PAGER_FOLDER = ChannelFolder(
    PAGER,
    is_wanted=lambda settings: True,
    messenger=lambda needs: Pagers(needs.hear, needs.write, needs.now),
)
'''
ADDITION = Addition(
    "a channel",
    (
        Put("bot/pager/__init__.py", '"""Pagers."""\n'),
        Put("bot/pager/messenger.py", MESSENGER),
        Put("bot/pager/folder.py", FOLDER),
        Put("bot/channels.py", "from bot.pager.folder import PAGER_FOLDER\n", "from bot.telegram.folder"),
        Put("bot/channels.py", "    PAGER_FOLDER,\n", "    ZALO_FOLDER,"),
    ),
)


async def types(house: House, number: int, text: str) -> list[str]:
    """What stands on the pager after it."""
    (pagers,) = (each for each in house.running.messengers if each.channel.name == "pager")
    assert isinstance(pagers, import_module("bot.pager.messenger").Pagers)  # there is such a channel in the copy only
    pagers.shown.clear()
    await pagers.receives(json.dumps({"id": number, "pager": "5", "text": text}))
    await house.settled()
    return list(pagers.shown.get("5", ()))


async def test_a_report_is_begun_answered_and_read_on_a_channel_without_buttons(tmp_path: Path) -> None:
    url = fresh_sqlite(tmp_path / "giaoban.db", prepare)
    async with running_house(url) as house:
        code = (await house.invitation("reporter", "15742")).partition("=")[2]
        hello = await types(house, 1, f"/start {code}")
        assert "Kính chào đồng chí" in hello[0]
        assert all(len(each) <= import_module("bot.pager.messenger").PAGER.text_length for each in hello)
        assert not any("<b>" in each for each in hello)
        assert "(1/20)" in "".join(await types(house, 2, "/baocao"))
        assert "(2/20)" in "".join(await types(house, 3, "3"))
        assert "3 ca" in "".join(await types(house, 4, "quay lại"))
        leader = await house.joined("Trần Thị Hoa", "leader", "397")
        await leader.says("/tinhhinh")
        leader.hears("xã Thọ Dân")
