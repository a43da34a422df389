"""Two processes on PostgreSQL: each message comes once; whichever is killed, the other goes on within a minute."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

import pytest
from sqlalchemy import select

from simulator import Seen, Simulator
from simulator.person import Person
from storage.database.engines import writing_engine
from storage.database.tables import metadata
from storage.organisation import invitations, units
from tests.cluster import Cluster
from tests.conversations.house import prepare
from tests.postgres import fresh_database
from tests.processes.running import PATIENCE, is_gone, ticks_stand_still, two_running

START = datetime.fromisoformat("2021-11-10T15:00+07:00")
REMINDED_AT = [START.replace(hour=hour, minute=minute) for hour, minute in ((16, 0), (16, 30), (17, 0))]
"""When the form that ships reminds whoever reports for a unit."""
MINUTE = timedelta(minutes=1)
REPORTERS = {"Lê Văn Nam": "15742", "Hà Thị Hoa": "15700", "Vũ Thị Lan": "15718"}
outbox, said = metadata.tables["outbox"], metadata.tables["said"]


def invite(database: str) -> None:
    """A link for the reporter of each unit; its code is the unit's."""
    engine = writing_engine(database)
    with engine.begin() as connection:
        tree = units.tree(connection)
        for code in REPORTERS.values():
            unit = tree.find(code, START.date())
            assert unit is not None
            invitations.add(connection, code, "reporter", unit.id, START + timedelta(days=1), 1, START)
    engine.dispose()


class Listener:
    """Takes what comes; a message that comes again word for word is counted as a copy of the one before."""

    def __init__(self, person: Person) -> None:
        self.person, self.copies, self.last = person, 0, ""

    async def hears(self, words: str) -> Seen:
        heard = await self.person.next_message(timeout=PATIENCE)
        while heard.text == self.last:
            self.copies += 1
            heard = await self.person.next_message(timeout=PATIENCE)
        assert words in heard.text
        self.last = heard.text
        return heard


async def everybody_joins(simulator: Simulator, database: str) -> list[Listener]:
    """The reporters, each of whom has heard that he is welcome."""
    invite(database)
    listeners = []
    for name, code in REPORTERS.items():
        listener = Listener(simulator.person(name))
        await listener.person.starts(code)
        await listener.hears(f"Kính chào đồng chí {name}")
        listeners.append(listener)
    return listeners


async def everybody_is_reminded_once(simulator: Simulator, listeners: list[Listener], moment: datetime) -> None:
    """At that moment, or in the minute after it."""
    if simulator.clock.now() < moment:
        simulator.clock.move_to(moment)
    for each in listeners:
        heard = await each.hears("báo cáo")
        assert moment <= heard.at <= moment + MINUTE


def nothing_was_said_twice(database: str, listeners: list[Listener]) -> None:
    """Each reminder has one record and one message, and came once; what else was said came once, and again for each doubt."""
    assert [each.person.unheard() for each in listeners] == [[], [], []]
    engine = writing_engine(database)
    with engine.begin() as connection:
        reminders = connection.execute(
            select(said.c.rule, outbox.c.state, outbox.c.uncertain).join(outbox, isouter=True)
        ).all()
        doubts = connection.execute(
            select(outbox.c.uncertain, outbox.c.state).where(~outbox.c.key.startswith("menu "))
        ).all()
    engine.dispose()
    assert len(reminders) == len(REPORTERS) * len(REMINDED_AT)
    assert {(row.state, row.uncertain) for row in reminders} <= {("said", 0), ("sending", 0)}
    assert sum(each.copies for each in listeners) <= sum(row.uncertain for row in doubts)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("killed", ["the one that hears", "the other one"])
async def test_when_one_is_killed_the_other_goes_on_within_a_minute(
    postgres: Cluster, tmp_path: Path, killed: Literal["the one that hears", "the other one"]
) -> None:
    database = fresh_database(postgres, prepare)
    async with Simulator(start=START, seed=1) as simulator:
        simulator.bot()
        async with two_running(simulator, database, tmp_path) as two:
            listeners = await everybody_joins(simulator, database)
            nam = listeners[0]
            await nam.person.says("/baocao")
            await nam.hears("(1/20)")
            hearing = await two.which_hears()
            dying = hearing if killed == "the one that hears" else next(each for each in two.both if each != hearing)
            dying.is_killed()
            await nam.person.says("3")
            await nam.hears("(2/20)")
            await nam.person.says("1")
            await nam.hears("(3/20)")
            for moment in REMINDED_AT:
                await everybody_is_reminded_once(simulator, listeners, moment)
            assert [each.is_there for each in two.both].count(True) == 1
    nothing_was_said_twice(database, listeners)


@pytest.mark.timeout(300)
async def test_when_the_one_that_ticks_is_killed_in_the_middle_of_it_the_other_reminds_everybody_in_the_next_minute(
    postgres: Cluster, tmp_path: Path
) -> None:
    database = fresh_database(postgres, prepare)
    async with Simulator(start=START, seed=1) as simulator:
        simulator.bot()
        async with two_running(simulator, database, tmp_path) as two:
            listeners = await everybody_joins(simulator, database)
            async with ticks_stand_still(database) as still:
                simulator.clock.move_to(REMINDED_AT[0])
                name = await still.who_ticks()
                (ticking,) = (each for each in two.both if each.name == name)
                ticking.is_killed()
            await is_gone(database, name)
            simulator.clock.move_to(REMINDED_AT[0] + MINUTE)
            for moment in REMINDED_AT:
                await everybody_is_reminded_once(simulator, listeners, moment)
            assert [each.is_there for each in two.both].count(True) == 1
    nothing_was_said_twice(database, listeners)
