"""A process that was started before an upgrade, beside the tables of the newer release: it ends, says why, and loses nothing."""

import asyncio

import pytest
from sqlalchemy import Connection, select, text

from bot.running import program
from reporting.errors import Refused
from storage.database.engines import writing_engine
from storage.database.tables import metadata
from storage.database.version import newest_revision
from tests.conversations.house import House, Talker

AHEAD = ("alter table draft rename column answers to given", "update alembic_version set version_num = '9999'")
BACK = (
    "alter table draft rename column given to answers",
    f"update alembic_version set version_num = '{newest_revision()}'",  # noqa: S608  # of ours
)
inbox = metadata.tables["inbox"].c


def done(house: House, *statements: str) -> None:
    engine = writing_engine(house.database_url)
    with engine.begin() as connection:
        for each in statements:
            connection.execute(text(each))
    engine.dispose()


def waiting(connection: Connection) -> list[tuple[str, int]]:
    return [(row.state, row.tries) for row in connection.execute(select(inbox.state, inbox.tries).order_by(inbox.id))]


async def test_what_it_cannot_handle_waits_for_the_newer_program(house: House, reporter: Talker) -> None:
    done(house, *AHEAD)
    await reporter.person.says("/baocao")
    with pytest.raises(Refused) as ended:
        await asyncio.wait_for(asyncio.wrap_future(house.running.clerk.ended), 60)
    assert (ended.value.key, ended.value.values["stands"]) == ("database_newer", "9999")
    await house.stop()
    engine = writing_engine(house.database_url)
    with engine.begin() as connection:
        assert waiting(connection)[-1] == ("new", 0)
    engine.dispose()
    done(house, *BACK)
    await house.start()
    await house.settled()
    reporter.hears("(1/20)")


async def test_one_that_has_nothing_to_do_ends_too(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    await house.stop()
    monkeypatch.setattr(program, "TABLES_EVERY", 0.05)
    running = asyncio.create_task(program.Program(house.settings, house.simulator.clock.now).run())
    await asyncio.sleep(0)
    done(house, AHEAD[1])
    with pytest.raises(Refused) as ended:
        await asyncio.wait_for(running, 60)
    assert ended.value.key == "database_newer"
