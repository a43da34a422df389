"""What waits to be said keeps its place among more ranks, forward and back; orders of channels get a table."""

from datetime import UTC, datetime

from sqlalchemy import text

from reporting.people import Address
from reporting.say import Rank, Say
from storage.database.engines import writing_engine
from storage.database.migrate import migrate
from storage.messages import outbox
from tests.channels import CHANNELS
from tests.migrated import begin_at
from tests.storage.migrating import step_back

NOW = datetime(2021, 11, 10, 9, tzinfo=UTC)
BEFORE, AFTER = "0035", "0037"
OLD = {"trả lời": 0, "nhắc": 1, "bản tin": 2}
RANKS = text("select rank from outbox order by id")


def test_forward_and_back_what_waits_keeps_its_place(url: str) -> None:
    begin_at(url, BEFORE)
    engine = writing_engine(url)
    with engine.begin() as connection:
        says = [Say(Address("telegram", "5"), words, key=words) for words in (*OLD, "đã nói")]
        outbox.put(connection, says, NOW, CHANNELS)
        for words, rank in OLD.items():
            connection.execute(text("update outbox set rank = :rank where key = :key"), {"rank": rank, "key": words})
        connection.execute(text("update outbox set rank = 1, state = 'said' where key = 'đã nói'"))
    migrate(url, to=AFTER)
    with engine.begin() as connection:
        assert connection.execute(RANKS).scalars().all() == [Rank.REPLY, Rank.REMINDER, Rank.BROADCAST, 1]
        connection.execute(text("update outbox set rank = 3 where key = 'bản tin'"))
        connection.execute(
            text("insert into channel_order (channel, begins_on, ordered_at) values ('zalo', '2021-11-11', :now)"),
            {"now": NOW},
        )
    with engine.begin() as connection:
        step_back(connection, BEFORE)
        assert connection.execute(RANKS).scalars().all() == [0, 1, 1, 1]
    migrate(url, to=AFTER)
    engine.dispose()
