"""What a day's report costs by each road: what the person does, and what we say; on a first day, an unchanged and a changed one.

`python -m bench.roads` counts it in the simulators and prints the table of docs/zalo.md, whose rows a test watches.
"""

import argparse
import asyncio
import re
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from simulator import Simulator
from simulator.zalo import ZaloSimulator
from tests.conversations.house import ANSWERS, START, Talker, prepare
from tests.ports import free_port
from tests.report_page.conftest import Browser, Looked
from tests.zalo.roads import TwoRoads, ZaloTalker

HEAD = "| road | day | does | is told |\n|---|---|---:|---:|"
CHANGED, BECAME = 17, "3"
"""The place of the one figure that changes, and to what."""
SKIP, WHOLE = "bỏ qua", "Gửi nguyên như trên"
LINK = re.compile(r"http://\S+/r/enter\?k=\S+")
NUMBER = r"(\*?\d+) {}"


@dataclass(frozen=True, slots=True)
class RoadCost:
    """Of one day's report by one road. `does`: what the person types, taps or fills in; `is_told`: messages from us."""

    road: str
    day: str
    does: int
    is_told: int

    def line(self) -> str:
        return f"| {self.road} | {self.day} | {self.does} | {self.is_told} |"


class Way:
    """Somebody who reports by one road; `did` counts what he does."""

    name = ""

    def __init__(self) -> None:
        self.did = 0

    def told(self) -> int:
        """How many messages he has had from us."""
        raise NotImplementedError

    async def reports(self, typed: dict[int, str], *, quietly: bool) -> None:
        """From the reminder to the receipt. `typed`: figures by their places; `quietly`: all others as nothing had happened."""
        raise NotImplementedError


class AtTelegram(Way):
    name = "Telegram, chat"

    def __init__(self, talker: Talker) -> None:
        super().__init__()
        self.talker = talker

    def told(self) -> int:
        calls = self.talker.house.simulator.first_bot.asked("sendMessage")
        return sum(call.ok and str(call.params["chat_id"]) == str(self.talker.person.id) for call in calls)

    async def says(self, text: str) -> None:
        self.did += 1
        await self.talker.says(text)

    async def chooses(self, label: str) -> None:
        self.did += 1
        await self.talker.taps(label)

    async def reports(self, typed: dict[int, str], *, quietly: bool) -> None:
        await self.chooses("Báo cáo ngay")
        if quietly:
            await self.chooses("Không phát sinh")
        for place, text in typed.items():
            await self.says(f"{place}. {text}" if quietly else text)
        await self.chooses("Gửi")


class AtZalo(AtTelegram):
    name = "Zalo, chat"

    def __init__(self, house: TwoRoads, talker: ZaloTalker) -> None:
        Way.__init__(self)
        self.house, self.there = house, talker

    def told(self) -> int:
        return _told_at_zalo(self.house, self.there)

    async def says(self, text: str) -> None:
        self.did += 1
        await self.there.says(text)

    async def reports(self, typed: dict[int, str], *, quietly: bool) -> None:
        if quietly and not typed and WHOLE in self.there.person.unheard()[-1].words:
            await self.chooses(WHOLE)
        else:
            await super().reports(typed, quietly=quietly)

    async def chooses(self, label: str) -> None:
        last = self.there.person.unheard()[-1].words
        found = re.findall(NUMBER.format(re.escape(label)), last)
        if not found:
            raise AssertionError(f"«{label}» cannot be typed:\n{last}")
        await self.says(found[0])


class ByPage(Way):
    name = "page, its link by Zalo"

    def __init__(self, house: TwoRoads, talker: ZaloTalker, browser: Browser) -> None:
        super().__init__()
        self.house, self.there, self.browser = house, talker, browser

    def told(self) -> int:
        return _told_at_zalo(self.house, self.there)

    async def reports(self, typed: dict[int, str], *, quietly: bool) -> None:
        (link,) = LINK.findall(self.there.person.unheard()[-1].words)
        page = await self.browser.opens(link)
        self.did += 2  # the link, and «Mở phiếu»
        names = [name.removeprefix("k:") for name, _ in page.fields if name.startswith("k:")]
        if quietly:
            page = await self.browser.sends("quiet")
            self.did += 1
        filled = {f"a:{names[place - 1]}": text for place, text in typed.items() if text != SKIP}
        self.did += len(filled) + 1  # and «Gửi»
        _received(await self.browser.sends_fields(filled, "send"))
        await self.house.settled()


def _told_at_zalo(house: TwoRoads, talker: ZaloTalker) -> int:
    calls = house.zalo.world.bot.calls
    return sum(
        each.ok and each.method == "sendMessage" and each.params["chat_id"] == talker.person.id for each in calls
    )


def _received(page: Looked) -> None:
    if "đã tiếp nhận" not in page.text:
        raise AssertionError(page.text)


@asynccontextmanager
async def _world(folder: Path) -> AsyncIterator[tuple[TwoRoads, list[Way]]]:
    url = f"sqlite:///{folder / 'giaoban.db'}"
    prepare(url)
    async with (
        Simulator(start=START, seed=1) as simulator,
        ZaloSimulator(clock=simulator.clock) as zalo,
        aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http,
    ):
        simulator.clock.run(0)
        simulator.bot()
        house, at = TwoRoads(simulator, url, zalo, free_port()), f"127.0.0.1:{free_port()}"
        house.settings = house.settings.model_copy(update={"open_data_listen": at, "public_url": f"http://{at}"})
        await house.start()
        nam = await house.joined("Lê Văn Nam", "reporter", "15742")
        hoa = await house.joined_by_zalo("Trần Thị Hoa", "reporter", "15700")
        lan = await house.joined_by_zalo("Bùi Thị Lan", "reporter", "15718")
        nam.forgets()
        yield house, [AtTelegram(nam), AtZalo(house, hoa), ByPage(house, lan, Browser(http))]
        await house.stop()


async def measure() -> list[RoadCost]:
    """Road by road, each with its three days."""
    first = dict(enumerate((*ANSWERS[:4], "0", *ANSWERS[5:], SKIP), 1))
    days: dict[str, Callable[[Way], Awaitable[None]]] = {
        "the first": lambda way: way.reports(first, quietly=False),
        "unchanged": lambda way: way.reports({}, quietly=True),
        "one figure changed": lambda way: way.reports({CHANGED: BECAME}, quietly=True),
    }
    found = []
    with tempfile.TemporaryDirectory(prefix="giaoban-bench-") as folder:
        async with _world(Path(folder)) as (house, ways):
            for day, report in days.items():
                told = {way: way.told() for way in ways}
                await house.moves_to("16:00")
                for way in ways:
                    way.did = 0
                    await report(way)
                    found.append(RoadCost(way.name, day, way.did, way.told() - told[way]))
    return sorted(found, key=lambda each: [way.name for way in ways].index(each.road))


def main() -> None:
    argparse.ArgumentParser(description=__doc__).parse_args()
    print(HEAD)
    for each in asyncio.run(measure()):
        print(each.line())


if __name__ == "__main__":
    main()
