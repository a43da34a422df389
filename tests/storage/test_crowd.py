"""In a sudden crowd PostgreSQL knows nothing of what has just come: what is taken is looked up all the same, however many wait."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, text

from reporting.filling.drafts import Draft
from reporting.forms import Form
from reporting.people import Address
from reporting.retries import Said, fate
from reporting.say import Rank, Say
from storage.database.engines import writing_engine
from storage.database.tables import metadata
from storage.messages import delivery, inbox, other_road, outbox, receipts
from storage.messages.delivery import Mark
from storage.organisation import people
from storage.reports import drafts
from storage.schedule import reminder_log
from tests.bot.mouth import database_url
from tests.channels import CHANNELS
from tests.running.claiming import NOW, Claiming

pytestmark = pytest.mark.postgres
TELEGRAM, ZALO = "telegram", "zalo"
FORM = Form("daily", "1", {}, ())
CROWD, CHATS, AT_ONCE = 3000, 2400, 8
FEW = 3 * AT_ONCE
"""Rows read for each that is taken: itself, its chat's first, and its new state."""
READ = text("select seq_tup_read + idx_tup_fetch from pg_stat_xact_user_tables where relname = :of")


@pytest.fixture(params=[(0, 0), (20, 0), (300, 60)], ids=["nothing", "little", "some wait"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database that has looked at its tables when so much was said and so much waited, and plans by that; then a crowd comes."""
    engine = writing_engine(database_url("postgresql", tmp_path, lambda: request.getfixturevalue("postgres")))
    said, waits = request.param
    with engine.begin() as connection:
        known(connection)
        for table in ("outbox", "inbox", "address"):
            connection.exec_driver_sql(f"alter table {table} set (autovacuum_enabled = off)")
        come(connection, said, first=0)
        while turn(connection, 200):
            pass
        come(connection, waits, first=said)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("vacuum analyze outbox, inbox, address")
    for _ in range(12):  # so that plans are kept
        with engine.begin() as connection:
            turn(connection, 1)
            for look_up in LOOKED_UP:
                look_up(connection)
    with engine.begin() as connection:
        come(connection, CROWD, first=said + waits)
    yield engine
    engine.dispose()


def known(connection: Connection) -> None:
    """Somebody who has both messengers, and is at a draft."""
    who = people.add(connection, Address(TELEGRAM, "1"), "Bà Hoa", "vi", NOW)
    zalo = text("insert into address (person_id, channel, address) values (:who, :channel, '1')")
    connection.execute(zalo, {"who": who.id, "channel": ZALO})
    connection.execute(text("insert into unit (id, code, name, kind, aliases) values (1, '1', 'Một', 'xã', '')"))
    begun = {
        "form": "daily",
        "version": "1",
        "unit_id": 1,
        "period": NOW.date(),
        "answers": {},
        "state": "asking",
        "at": "",
    }
    connection.execute(metadata.tables["draft"].insert(), begun | {"turn": 1, "correcting": ""})


def come(connection: Connection, many: int, first: int) -> None:
    numbers = range(first, first + many)
    inbox.put(connection, [inbox.Heard(TELEGRAM, str(each), str(each), "{}") for each in numbers], NOW, NOW.date())
    says = [Say(Address(TELEGRAM, str(each % CHATS)), "ca mắc", rank=Rank.REPLY) for each in numbers]
    outbox.put(connection, says, NOW, CHANNELS)


def turn(connection: Connection, most: int) -> int:
    """What the clerk and the speaker do once; how much was said."""
    inbox.take(connection, most, NOW)
    delivery.sending(connection, TELEGRAM)
    rows = delivery.claim(connection, TELEGRAM, "me", NOW, most, BUSY)
    marks = [Mark(each.id, each.effect.to.address, fate(Said("1"), 0)) for each in rows]
    delivery.mark(connection, TELEGRAM, "me", marks, NOW)
    return len(rows)


def put_and_mark(connection: Connection) -> None:
    """A reply is put there as being said already, and was said."""
    chat = Address(TELEGRAM, "70")
    claiming = Claiming(connection.engine)
    (row,) = outbox.put(connection, [Say(chat, "3 ca", rank=Rank.REPLY)], NOW, CHANNELS, {TELEGRAM: claiming.claims})
    claiming.said.add([Mark(row, chat.address, fate(Said("2"), 0))])
    claiming.claims.mark(connection)


BUSY = [f"busy {number}" for number in range(100)]
LOOKED_UP: list[Callable[[Connection], object]] = [
    lambda connection: drafts.save(connection, FORM, Draft(1, FORM.key, FORM.version, 1, NOW.date()), 1, NOW),
    lambda connection: reminder_log.put_off(connection, 1),
    lambda connection: other_road.drop_questions(connection, Address(ZALO, "1")),
    lambda connection: outbox.close(connection, Address(TELEGRAM, "9"), "blocked", NOW),
    lambda connection: reminder_log.withdraw(connection, "daily", 1, NOW.date()),
    lambda connection: reminder_log.take_back(connection, [0]),
    lambda connection: receipts.take_back_unsent(connection, [0]),
    put_and_mark,
]


@contextmanager
def reads_few(engine: Engine, of: str) -> Iterator[Connection]:
    """A transaction, at whose end the rows of this table that it read are counted: the server counts them for the session."""
    with engine.begin() as connection:
        before = connection.execute(READ, {"of": of}).scalar_one()
        yield connection
        assert connection.execute(READ, {"of": of}).scalar_one() - before <= FEW


def test_what_is_next_and_what_waits_for_one_chat_is_looked_up(engine: Engine) -> None:
    with reads_few(engine, "outbox") as connection:
        assert len(delivery.claim(connection, TELEGRAM, "me", NOW, AT_ONCE, BUSY)) == AT_ONCE
    with reads_few(engine, "outbox") as connection:
        assert len(delivery.sending(connection, TELEGRAM)) == AT_ONCE
    with reads_few(engine, "inbox") as connection:
        assert len(inbox.take(connection, AT_ONCE, NOW)[0]) == AT_ONCE
    for look_up in LOOKED_UP:
        with reads_few(engine, "outbox") as connection:
            look_up(connection)
