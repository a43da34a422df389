"""`python -m bench.portal [UNITS]`: a country's figures of a day leave for the stand-in of DHIS2: requests and values a second."""

import asyncio
import os
import sys
import time
from collections.abc import Callable
from datetime import datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection as Pipe
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine

from bench import country
from bench.machine import described, load
from bench.processor import memory_of, seconds_of
from bot.portal import sender
from services.portal_targets import use_mapping
from simulator.dhis2 import DataSet, Dhis2Server, Element, Metadata, OrgUnit
from storage.database.engines import reading_engine, writing_engine
from storage.portal import deliveries, targets

UNITS = 10_599
"""Of which nine in ten have reported."""
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NAMES = [f"i{n:02}" for n in range(20)]
MAPPING = """target = "country"
title = "Country"
format = "dhis2-json"
url = "{url}"
authentication = "token"
secret = "PORTAL_BENCH"
form = "ledger"
since = 2021-11-10

[dhis2]
dataSet = "LEDGER"
idScheme = "code"

[units]
others = "own code"

[indicators]
"""


def mapping_for(url: str) -> str:
    """All twenty indicators under their own names; the state's choices are numbers there."""
    lines = [f'{name} = "{name}"' for name in NAMES[:-1]]
    choices = ", ".join(f'{choice} = "{choice}"' for choice in (1, 2, 3))
    lines.append(f'{NAMES[-1]} = {{ element = "{NAMES[-1]}", choices = {{ {choices} }} }}')
    return MAPPING.replace("{url}", url) + "\n".join(lines) + "\n"


def _serve(pipe: Pipe, units: int) -> None:
    """The stand-in, in a process of its own, until it is asked what it holds."""

    async def serve() -> None:
        known = [each for each in country.units_of(units) if each["kind"] == "xã"]
        org_units = tuple(OrgUnit(f"ou{each['id']:09}", each["code"], each["name"]) for each in known)
        elements = tuple(Element(f"de{name:_<9}", name, name) for name in NAMES)
        data_set = DataSet("dsLEDGER___", "LEDGER", "Ledger", elements=elements, units=org_units)
        async with Dhis2Server(Metadata((data_set,), today=lambda: country.TODAY), "2.43") as server:
            pipe.send(server.url)
            await asyncio.to_thread(pipe.recv)
            pipe.send((len(server.stored.values), len(server.calls)))

    asyncio.run(serve())


async def send_all(writing: Engine, reading: Engine, samples: list[float]) -> None:
    """Everything that is due; the memory of this process is noted as it goes."""

    def within(engine: Engine) -> Callable[[Callable[[Connection], Any]], Any]:
        def run(what: Callable[[Connection], Any]) -> Any:
            with engine.begin() as connection:
                return what(connection)

        return run

    async def read(what: Callable[[Connection], Any]) -> Any:
        return await asyncio.to_thread(within(reading), what)

    async def write(what: Callable[[Connection], Any]) -> Any:
        samples.append(memory_of(os.getpid()))
        return await asyncio.to_thread(within(writing), what)

    def now() -> datetime:
        return country.NOW

    sending = sender.PortalSender(read, write, now, ZONE, allow_private=True)
    while await sending.round():
        pass


def main() -> int:
    units = int(sys.argv[1]) if len(sys.argv) > 1 else UNITS
    before = load()
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'country.db'}"
        country.build(url, units, 1)
        mine, theirs = get_context("spawn").Pipe()
        server = get_context("spawn").Process(target=_serve, args=(theirs, units), daemon=True)
        server.start()
        address = mine.recv()
        os.environ["PORTAL_BENCH"] = "d2pat_simulated"
        writing, reading = writing_engine(url), reading_engine(url)
        with writing.begin() as connection:
            use_mapping(connection, mapping_for(address), country.NOW, country.TODAY)
            due = deliveries.waiting(connection, targets.targets(connection)[0].id)
        samples: list[float] = []
        began, worked = time.perf_counter(), seconds_of(os.getpid())
        asyncio.run(send_all(writing, reading, samples))
        took, worked = time.perf_counter() - began, seconds_of(os.getpid()) - worked
        mine.send("told")
        values, calls = mine.recv()
        with reading.begin() as connection:
            left = deliveries.counts(connection)
        server.join()
        writing.dispose()
        reading.dispose()
    tenth = max(1, len(samples) // 10)
    print(f"{described()} Load before and after: {before}; {load()}.")
    print(
        f"{due:,} units and periods due; states now: {left}; {values:,} values there, {calls:,} requests in {took:,.0f} s"
    )
    print(
        f"{calls / took:,.0f} requests/s, {values / took:,.0f} values/s; {worked / max(1, calls) * 1e3:.1f} ms of processor a request"
    )
    print(
        f"memory: {samples[tenth]:.0f} MB after a tenth, {samples[len(samples) // 2]:.0f} half way, "
        f"{samples[-1]:.0f} at the end, {max(samples):.0f} at the most"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
