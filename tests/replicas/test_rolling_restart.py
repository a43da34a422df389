"""Three processes behind nginx on PostgreSQL: each chat in order, nothing lost, nothing twice, whichever ends, dies or begins anew."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Row, func, select
from yarl import URL

from reporting.people import Address, Duty
from reporting.unit_list import read_units
from simulator import Simulator
from simulator.bots import SimulatedBot
from simulator.person import Person
from storage.database import audit
from storage.database.engines import reading_engine, writing_engine
from storage.database.tables import metadata
from storage.organisation import people, units
from storage.reports import forms
from tests.cluster import Cluster
from tests.endurance import times
from tests.migrated import begin_at
from tests.postgres import fresh_database
from tests.processes.running import is_gone, ticks_stand_still
from tests.replicas.fleet import PATIENCE, Fleet, fleet

START = datetime.fromisoformat("2021-11-10T15:30+07:00")
TODAY = date(2021, 11, 10)
REMINDED_AT = [START.replace(hour=16, minute=minute) for minute in (0, 30)]
MINUTE = timedelta(minutes=1)
QUESTIONS = times(120, 2000)
BREATH = 3
"""So many answers are said before the first of their questions is heard: so there is an order to be kept."""
BUSY, SILENT = 6, 4
"""So many report; so many say nothing and are reminded."""
ROLLS = times(1, 20)
LONGEST_STOP = 25.0
"""Seconds in which a process has to end that is told to while it works; systemd waits for sixty, Docker as compose.yaml says."""
FORM = """| settings | form_title | form_id | version | default_language | opens | due | closes | remind |
|---|---|---|---|---|---|---|---|---|
| | Báo cáo dài | long | 1 | vi | 08:00 | 17:00 | 08:00+1d | -60m reporter; -30m reporter |

| survey | type | name | label | required | kind |
|---|---|---|---|---|---|
"""
tables = metadata.tables


def prepare(url: str) -> None:
    """A migrated database with a commune and a reporter for each, and a form with many questions."""
    begin_at(url)
    engine = writing_engine(url)
    communes = "".join(f"{15000 + number},Xã {number},xã,397,,,\n" for number in range(BUSY + SILENT))
    questions = "".join(
        f"| | integer | q{number} | Câu {number} | yes | flow |\n" for number in range(1, QUESTIONS + 1)
    )
    with engine.begin() as connection:
        units.put(connection, read_units(f"code,name,kind,parent,aliases,since,until\n397,Huyện,huyện,,,,\n{communes}"))
        audit.write(connection, START, None, "units")
        forms.publish(connection, (FORM + questions).encode(), "long.md", date(2021, 11, 1), START)
        tree = units.tree(connection)
        for number in range(BUSY + SILENT):
            commune = tree.find(str(15000 + number), TODAY)
            assert commune is not None
            person = people.add(connection, Address("telegram", str(7000 + number)), f"Cán bộ {number}", "vi", START)
            people.charge(connection, Duty(person.id, commune.id, "reporter", date(2021, 11, 1)))
    engine.dispose()


@dataclass
class Reporter:
    """Answers three questions in a breath, and goes on when he has heard the three that follow."""

    number: int
    person: Person
    said: int = 0
    heard: list[str] = field(default_factory=list)

    def value(self, question: int) -> int:
        return self.number * 10_000 + question

    async def begins(self) -> None:
        await self.person.says("/baocao")
        await self.hears(1)

    async def answers_until(self, over: asyncio.Event) -> None:
        while not over.is_set() and self.said + BREATH < QUESTIONS:
            for _ in range(BREATH):
                self.said += 1
                await self.person.says(str(self.value(self.said)))
            await self.hears(BREATH)

    async def hears(self, count: int) -> None:
        for _ in range(count):
            self.heard.append((await self.person.next_message(PATIENCE)).text)


def rows(database: str, table: str) -> list[Row[Any]]:
    engine = reading_engine(database)
    with engine.begin() as connection:
        found = list(connection.execute(select(tables[table]).order_by(*tables[table].primary_key)))
    engine.dispose()
    return found


async def settled(simulator: Simulator, database: str) -> None:
    """Until nothing waits to be handled or said."""
    await simulator.idle_of_updates(PATIENCE)
    engine = reading_engine(database)
    queues = (("inbox", ("new",)), ("outbox", ("new", "sending")))
    async with asyncio.timeout(PATIENCE):
        while True:
            with engine.begin() as connection:
                counts = [select(func.count()).where(tables[name].c.state.in_(states)) for name, states in queues]
                if not any(connection.execute(count).scalar_one() for count in counts):
                    break
            await asyncio.sleep(0.05)  # other processes write there: nothing tells us of it
    engine.dispose()


def everything_was_taken_once(database: str, reporters: list[Reporter], first_update: int, next_update: int) -> None:
    """Each update is in the inbox once, done at its first try; each answer is at its own question, each question was asked once."""
    inbox = rows(database, "inbox")
    assert sorted(int(each.update_id) for each in inbox) == list(range(first_update, next_update))
    assert {(each.state, each.tries) for each in inbox} == {("done", 0)}
    answers = [each.answers for each in sorted(rows(database, "draft"), key=lambda each: each.unit_id)]
    for reporter, given in zip(reporters, answers, strict=True):
        expected = {f"q{number}": {"value": reporter.value(number)} for number in range(1, reporter.said + 1)}
        assert given == expected
        places = [text.partition("/")[0].rpartition("(")[2] for text in reporter.heard]
        assert places == [str(number) for number in range(1, reporter.said + 2)]
        assert reporter.person.unheard() == []


def copies_are_accounted_for(database: str, bot: SimulatedBot) -> None:
    """What was put into the outbox was said, and a message came twice only where it was uncertain."""
    outbox = [each for each in rows(database, "outbox") if "text" in each.say]
    assert {each.state for each in outbox} == {"said"}
    wanted = Counter({(each.address, each.say["text"]): 0 for each in outbox})
    for each in outbox:
        wanted[each.address, each.say["text"]] += 1 + each.uncertain
    came = Counter((str(call.params["chat_id"]), call.params["text"]) for call in bot.asked("sendMessage") if call.ok)
    assert {key: (count, wanted[key]) for key, count in came.items() if count > wanted[key]} == {}
    assert came.keys() == wanted.keys()


async def everybody_is_reminded_once(silent: list[Person], moment: datetime) -> None:
    for each in silent:
        heard = await each.next_message(PATIENCE)
        assert "báo cáo" in heard.text
        assert moment <= heard.at <= moment + MINUTE


async def the_proxy_lets_through_what_it_should(many: Fleet) -> None:
    """People's pages, and nothing that is for whoever runs the processes, however it is asked for."""
    (first, *_), forged = many.replicas, {"X-Forwarded-For": "127.0.0.1", "X-Real-IP": "127.0.0.1", "Forwarded": ""}
    behind = f"http://127.0.0.1:{first.ports.desk}"
    for url, headers, status in (
        (f"{many.url}/", {}, 200),
        (f"{many.url}/desk/", {}, 401),
        (f"{many.url}/desk/metrics", {}, 404),
        (f"{many.url}/desk/metrics", forged, 404),
        (f"{many.url}/desk//metrics", forged, 404),
        (f"{many.url}/desk/x/../readyz", {}, 404),
        (f"{many.url}/telegram", {}, 403),
        (f"{behind}/metrics", {}, 200),
        (f"{behind}/metrics", forged, 404),
    ):
        async with many.session.get(URL(url, encoded=True), headers=headers) as answer:
            assert answer.status == status, url
    async with many.session.post(f"{many.url}/telegram", data="{}") as answer:
        assert answer.status == 403


async def roll_under_load(many: Fleet, reporters: list[Reporter]) -> list[float]:
    """How long each process took to end, while everybody answered."""
    over = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        for each in reporters:
            group.create_task(each.answers_until(over))
        took = [seconds for _ in range(ROLLS) for seconds in await many.rolls()]
        over.set()
    return took


async def another_ticks_when_the_one_that_did_is_killed(
    simulator: Simulator, database: str, many: Fleet, silent: list[Person]
) -> None:
    """Killed in the middle of it; everybody is reminded once all the same, and once the next time."""
    async with ticks_stand_still(database) as still:
        simulator.clock.move_to(REMINDED_AT[0])
        name = await still.who_ticks()
        (ticking,) = (each for each in many.replicas if each.name == name)
        await ticking.dies()
    await is_gone(database, name)
    simulator.clock.move_to(REMINDED_AT[0] + MINUTE)
    await everybody_is_reminded_once(silent, REMINDED_AT[0])
    simulator.clock.move_to(REMINDED_AT[1])
    await everybody_is_reminded_once(silent, REMINDED_AT[1])


@pytest.mark.endure
@pytest.mark.timeout(times(300, 3600))
async def test_a_rolling_restart_under_load_loses_nothing_and_another_ticks_when_the_one_that_did_is_killed(
    postgres: Cluster, tmp_path: Path
) -> None:
    database = fresh_database(postgres, prepare)
    async with Simulator(start=START, seed=1) as simulator:
        simulator.clock.run(0)
        bot = simulator.bot()
        persons = [simulator.person(f"Cán bộ {number}", id=7000 + number) for number in range(BUSY + SILENT)]
        for each in persons:
            each.private().started = True
        reporters = [Reporter(number, persons[number]) for number in range(BUSY)]
        silent = persons[BUSY:]
        first_update = bot.queue.next_id
        async with fleet(simulator, database, tmp_path) as many:
            await the_proxy_lets_through_what_it_should(many)
            await asyncio.gather(*(each.begins() for each in reporters))
            took = await roll_under_load(many, reporters)
            assert max(took) < LONGEST_STOP, took
            assert min(each.said for each in reporters) > BREATH
            await settled(simulator, database)
            everything_was_taken_once(database, reporters, first_update, bot.queue.next_id)
            await another_ticks_when_the_one_that_did_is_killed(simulator, database, many, silent)
            await settled(simulator, database)
            for left in many.replicas:
                if left.pid:
                    await left.ends()
        copies_are_accounted_for(database, bot)
        assert [each.unheard() for each in silent] == [[]] * SILENT
