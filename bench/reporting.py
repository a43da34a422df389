"""What a report costs the person and the bot: actions, and calls of the Bot API, on an unchanged and on a busy day, each way."""

import argparse
import asyncio
import tempfile
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO

from sqlalchemy import Connection, func, select

from bench.answers import ANSWERS, NOW, prepare
from bench.crowd import FIRST_CHAT
from bot.running.program import Program
from bot.settings import Settings
from reporting.answers import Answer
from reporting.pace import UNHURRIED
from reporting.reports import Report, number_of
from services.submit_report import accept
from simulator import DEFAULT_TOKEN, Simulator
from simulator.person import Person
from storage.database.tables import metadata
from storage.organisation import units
from storage.reports import forms

BUSY = {1: "3", 2: "1", 3: "2", 4: "0", 6: "6", 11: "2", 12: "5", 13: "40", 14: "3"}
"""What happened on a busy day, by the place of its question; what stands is as it was."""
UNCOUNTED = ("getUpdates", "getMe", "setMyCommands")
FIRST_ROW, VALUE = 5, "E"


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one report: what the person typed, tapped or sent, and the calls that the bot made by method."""

    actions: int
    calls: Counter[str]


class Bench:
    """The bot beside a simulator; each way is gone by a reporter of his own, whose unit reported the day before."""

    def __init__(self, simulator: Simulator, program: Program) -> None:
        self.simulator, self.program = simulator, program
        self.actions = 0

    async def cost(self, number: int, way: Callable[["Bench", Person], Awaitable[None]]) -> Cost:
        person = self.simulator.person(f"Cán bộ {number}", id=FIRST_CHAT + number)
        self.actions, before = 0, len(list(self.simulator.first_bot.calls))
        await way(self, person)
        calls = Counter(
            call.method for call in list(self.simulator.first_bot.calls)[before:] if call.method not in UNCOUNTED
        )
        last = person.unheard()[-1].text
        if "đã tiếp nhận" not in last:
            raise AssertionError(f"no receipt, but: {last}")
        return Cost(self.actions, calls)

    async def says(self, person: Person, text: str) -> None:
        await person.says(text)
        await self._settled()

    async def taps(self, person: Person, label: str) -> None:
        await person.taps(label)
        await self._settled()

    async def sends(self, person: Person, content: bytes) -> None:
        await person.sends_document(content, "bao-cao.xlsx")
        for _ in range(3):  # fetched, heard, answered
            await self._settled(0)
        self.actions += 1

    async def _settled(self, actions: int = 1) -> None:
        self.actions += actions
        await self.simulator.idle_of_updates()
        while await self.program.clerk.write(_waiting):  # noqa: ASYNC110  # the outbox is in the database
            await asyncio.sleep(0.005)  # the outbox is in the database


async def unchanged(bench: Bench, person: Person) -> None:
    await bench.says(person, "/baocao")
    await bench.taps(person, "Không phát sinh")
    await bench.taps(person, "Gửi")


async def wizard(bench: Bench, person: Person) -> None:
    """Every question answered one by one: typed where something happened, a tap where nothing changed."""
    await bench.says(person, "/baocao")
    for place in range(1, len(ANSWERS) + 1):
        labels = person.unheard()[-1].labels
        kept = next((label for label in labels if label.startswith("Giữ nguyên")), None)
        await (bench.taps(person, kept) if kept else bench.says(person, BUSY[place]))
    await bench.taps(person, "Bỏ qua")
    await bench.taps(person, "Gửi")


async def kept(bench: Bench, person: Person) -> None:
    """«Còn lại như hôm qua» and the flows one by one."""
    await bench.says(person, "/baocao")
    await bench.taps(person, "Còn lại như hôm qua")
    for value in BUSY.values():
        await bench.says(person, value)
    await bench.taps(person, "Bỏ qua")
    await bench.taps(person, "Gửi")


async def lines(bench: Bench, person: Person) -> None:
    """Everything in one message, without opening the report first."""
    values = dict(enumerate(_yesterday(), 1)) | BUSY
    text = "\n".join(f"{place}. {value}" for place, value in sorted(values.items()))
    await bench.says(person, text + "\nghi chú bỏ qua")
    await bench.taps(person, "Gửi")


async def excel(bench: Bench, person: Person) -> None:
    """The template fetched, filled and sent back."""
    from openpyxl import load_workbook

    await bench.says(person, "/baocao")
    await bench.taps(person, "Mẫu Excel")
    sent = person.unheard()[-1].document
    if sent is None:
        raise AssertionError("no template came")
    book = load_workbook(BytesIO(sent.content))
    sheet = book.worksheets[0]
    for place, value in (BUSY | {20: "không"}).items():
        sheet[f"{VALUE}{FIRST_ROW + place - 1}"] = int(value) if value.isdecimal() else value
    file = BytesIO()
    book.save(file)
    await bench.sends(person, file.getvalue())
    await bench.taps(person, "Gửi")


WAYS = {
    "unchanged day, one tap": unchanged,
    "busy day, question by question": wizard,
    "busy day, «Như hôm qua» and the flows": kept,
    "busy day, one message": lines,
    "busy day, Excel": excel,
}


def _yesterday() -> list[str]:
    """Yesterday's answers: those of the crowd, with nobody treated at home."""
    return [*ANSWERS[:4], "0", *ANSWERS[5:]]


def _reported(connection: Connection, program: Program) -> None:
    day = NOW.date() - timedelta(days=1)
    form = forms.published(connection, "covid_daily", day)
    if form is None:
        raise LookupError("no form")
    given = {q.name: Answer(int(value)) for q, value in zip(form.asked, _yesterday(), strict=False)}
    for unit in units.tree(connection):
        if unit.kind == "xã":
            at = NOW - timedelta(days=1)
            new = Report(number_of(form, unit, day, 1), form.key, form.version, unit.id, day, 1, given, None, at, at)
            accept(connection, form, new, program.settings.zone)


def _waiting(connection: Connection) -> int:
    inbox, outbox = metadata.tables["inbox"], metadata.tables["outbox"]
    heard = select(func.count()).where(inbox.c.state == "new")
    said = select(func.count()).where(outbox.c.state.in_(("new", "sending")))
    return int(connection.execute(heard).scalar_one()) + int(connection.execute(said).scalar_one())


async def measure() -> dict[str, Cost]:
    """Each way's cost, by its name."""
    with tempfile.TemporaryDirectory(prefix="giaoban-bench-") as folder:
        url = f"sqlite:///{folder}/giaoban.db"
        prepare(url, len(WAYS))
        async with Simulator(start=NOW, seed=1) as simulator:
            simulator.clock.run(0)
            simulator.bot()
            settings = Settings(bot_token=DEFAULT_TOKEN, bot_api_url=simulator.url, database_url=url, _env_file=None)
            program = Program(settings, simulator.clock.now, UNHURRIED)
            await program.start()
            try:
                await program.clerk.write(lambda connection: _reported(connection, program))
                bench = Bench(simulator, program)
                return {name: await bench.cost(number, way) for number, (name, way) in enumerate(WAYS.items())}
            finally:
                await program.stop()


def main() -> None:
    argparse.ArgumentParser(description=__doc__).parse_args()
    found = asyncio.run(measure())
    print(f"{'way':42} {'actions':>7} {'calls':>6}  of which")
    for name, cost in found.items():
        by_method = ", ".join(f"{method} {count}" for method, count in sorted(cost.calls.items()))
        print(f"{name:42} {cost.actions:7} {cost.calls.total():6}  {by_method}")


if __name__ == "__main__":
    main()
