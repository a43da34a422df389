"""What the clerk is asked to write while it is at work is written together, and whoever asked for what fails hears of it alone."""

import asyncio
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, event

from bot.running.clerk import Clerk
from storage.database.engines import writing_engine
from storage.messages import inbox
from tests.bot.mouth import tables
from tests.channels import CHANNELS
from tests.sqlite import fresh_sqlite

NOW = datetime(2021, 11, 10, tzinfo=UTC)


async def test_one_change_that_fails_leaves_nothing_behind_and_undoes_no_other(tmp_path: Path) -> None:
    engine = writing_engine(fresh_sqlite(tmp_path / "numbers.db", tables))
    with engine.begin() as connection:
        connection.exec_driver_sql("create table numbers(number integer unique)")
    began, goes_on = threading.Event(), threading.Event()

    def waits(_: Connection) -> None:
        began.set()
        assert goes_on.wait(10)

    def adds(*numbers: int) -> Callable[[Connection], int]:
        def change(connection: Connection) -> int:
            for number in numbers:
                connection.exec_driver_sql("insert into numbers values (?)", (number,))
                assert number < 9
            return sum(numbers)

        return change

    clerk = Clerk(
        engine,
        lambda: NOW,
        lambda channel, raw: inbox.Heard(channel, raw, raw, raw),
        lambda *_: [],
        lambda *_: [],
        CHANNELS,
    )
    clerk.start()
    busy = asyncio.ensure_future(clerk.write(waits))
    assert await asyncio.to_thread(began.wait, 10)
    together = asyncio.gather(*(clerk.write(adds(*each)) for each in ((1, 2), (3, 9), (4,))), return_exceptions=True)
    await asyncio.sleep(0)  # each is asked for
    commits = list[Connection]()
    event.listen(engine, "commit", commits.append)
    goes_on.set()
    await busy
    first, failed, last = await together
    shared = len(commits)
    alone = await asyncio.gather(clerk.write(adds(5, 9)), return_exceptions=True)
    await clerk.stop()
    assert (first, last, _kept(engine)) == (3, 4, [1, 2, 4])
    assert shared == 2, "the one that was waited for, and the three together"
    assert isinstance(failed, AssertionError)
    assert isinstance(alone[0], AssertionError)


def _kept(engine: Engine) -> list[int]:
    with engine.connect() as connection:
        kept = [row[0] for row in connection.exec_driver_sql("select number from numbers order by number")]
    engine.dispose()
    return kept
