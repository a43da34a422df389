"""Eight hours of a province in one process: reports in time and late, reminders, digests, residents; its memory stays what it was."""

import asyncio
import os
import random
from collections import deque
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from reporting.people import Address, Duty, Role
from reporting.unit_list import read_units
from simulator import Simulator
from storage.database import audit
from storage.database.engines import writing_engine
from storage.organisation import people, units
from storage.reports import forms
from tests.crash.commune import FORM, REPORTER, START
from tests.crash.ward import Ward, Zygote, tables
from tests.endurance import ENDURING, SEED, times
from tests.migrated import begin_at
from tests.sqlite import fresh_sqlite

COMMUNES, STEPS = times(12, 559), times(8, 480)
HOURS = 8
LATE = 10
"""One in so many communes reports after the deadline, one in so many does not at all."""
RESIDENTS = times(10, 2000)
FLAT_MEGABYTES = 15
LEADER = REPORTER - 1
GLANCE = 0.6
"""Real seconds after which the bot has seen that the clock was moved."""
ANSWERS = ("/baocao", "3", "1", "40", "Vùng xanh", "bỏ qua", "gửi")
QUESTIONS = ("Hôm nay xã Thọ Dân 3 có bao nhiêu ca mắc mới?", "toàn tỉnh hôm nay bao nhiêu ca mắc mới", "xin chào")
pytestmark = [pytest.mark.endure, pytest.mark.timeout(0 if ENDURING else 180)]


def prepare(url: str) -> None:
    """A migrated database with the communes, their reporters, a leader of the province, and the small form with a digest."""
    begin_at(url)
    text = FORM.read_text(encoding="utf-8").replace("| topic     |", "| digest | topic     |")
    text = text.replace("| phòng dịch |", "| 17:00, 21:00 | phòng dịch |")
    text = text.replace("-30m reporter", "-30m reporter; 0m reporter; +30m reporter; +120m leader").replace(
        "toàn huyện", "toàn tỉnh"
    )
    rows = "".join(f"c{place},Thọ Dân {place},xã,38,,,\n" for place in range(1, COMMUNES + 1))
    engine = writing_engine(url)
    with engine.begin() as connection:
        units.put(
            connection, read_units(f"code,name,kind,parent,aliases,since,until\n38,Thanh Hóa,tỉnh,,toàn tỉnh,,\n{rows}")
        )
        audit.write(connection, START, None, "units")
        forms.publish(connection, text.encode(), FORM.name, date(2021, 11, 1), START)
        held: list[tuple[int, str, Role]] = [(LEADER, "38", "leader")]
        held += [(REPORTER + place, f"c{place}", "reporter") for place in range(1, COMMUNES + 1)]
        tree = units.tree(connection)
        for chat, code, role in held:
            unit = tree.find(code, START.date())
            assert unit is not None
            person = people.add(connection, Address("telegram", str(chat)), f"Cán bộ {chat}", "vi", START)
            people.charge(connection, Duty(person.id, unit.id, role, date(2021, 11, 1)))
    engine.dispose()


async def test_the_memory_of_a_provinces_day_is_flat(zygote: Zygote, tmp_path: Path) -> None:
    url, chance = fresh_sqlite(tmp_path / "giaoban.db", prepare), random.Random(SEED)  # not for secrets
    async with (
        Simulator(start=START.replace(hour=14), seed=SEED, keep=20) as simulator,
        Ward(zygote, simulator, url, tmp_path / "bot.log", deque()) as ward,
    ):
        reporters = [simulator.person(f"Cán bộ {place}", id=REPORTER + place) for place in range(1, COMMUNES + 1)]
        leader = simulator.person("Lãnh đạo", id=LEADER)
        residents = [simulator.person(f"Bà {number}") for number in range(RESIDENTS)]
        for person in (*reporters, leader, *residents):
            person.private().started = True
        silent, late = COMMUNES // LATE, COMMUNES // LATE
        in_time, held = reporters[silent + late :], list[float]()
        waves = {
            **{STEPS * place // (3 * len(in_time)): [] for place in range(len(in_time))},
            STEPS // 2: reporters[silent : silent + late],
        }
        for place, person in enumerate(in_time):
            waves[STEPS * place // (3 * len(in_time))].append(person)
        for step in range(STEPS):
            for answer in ANSWERS if step in waves else ():
                for person in waves[step]:
                    await person.says(answer)
                await ward.settled()
            for person in residents[step::STEPS]:
                await person.says(chance.choice(QUESTIONS))
            simulator.clock.move_to(simulator.clock.now() + timedelta(hours=HOURS) / STEPS)
            await asyncio.sleep(GLANCE)  # the bot looks at the clock by itself; nothing tells when it has
            await ward.settled()
            held.append(_megabytes(ward.process))
        told = (
            f"{held[STEPS // 8]:.0f} MB after an hour, {held[STEPS // 2]:.0f} in the middle, {held[-1]:.0f} at the end"
        )
        print(told)  # noqa: T201  # the long run's figure
        with ward.engine.begin() as connection:
            reports = connection.execute(select(func.count()).select_from(tables["report"])).scalar_one()
            kinds = set(connection.execute(select(tables["said"].c.kind)).scalars())
        assert reports == COMMUNES - silent
        assert {"reminder", "digest"} <= kinds
        assert all(person.heard for person in residents)
        assert held[-1] - held[STEPS // 2] < FLAT_MEGABYTES, f"{told}, ENDURE_SEED={SEED}"
        assert await ward.stops() == 0, ward.logged()


def _megabytes(process: int) -> float:
    """What the process holds in memory now."""
    pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
