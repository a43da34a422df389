"""What was said to residents goes, portion by portion; what was said to staff, groups with a digest and the public channel stays."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, select, update

from reporting.announcement import Audience
from reporting.people import Address
from reporting.receivers import Receiver
from reporting.reminder_key import ReminderKey
from reporting.say import Say
from reporting.translator import Html
from reporting.unit_list import read_units
from storage.database.engines import writing_engine
from storage.database.tables import metadata
from storage.messages import announcements, group_chats, outbox, receipts
from storage.messages.forgetting import Swept, forget_chat, forget_said
from storage.organisation import people, units
from storage.residents import bulletins
from storage.residents.bulletins import BulletinRecord
from tests.channels import CHANNELS
from tests.databases import fresh_of_kind
from tests.migrated import begin_at

NOW = datetime(2021, 11, 10, 9, tzinfo=UTC)
STAFF, GROUP, CHANNEL = (Address("telegram", each) for each in ("5", "-100", "@bantin"))
LAN, BAY = Address("telegram", "70"), Address("telegram", "71")
ROWS = outbox.outbox


@pytest.fixture(params=["sqlite", "postgresql"])
def connection(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Connection]:
    url = fresh_of_kind(request, tmp_path / "said.db")
    begin_at(url)
    engine = writing_engine(url)
    with engine.begin() as connection:
        units.put(connection, read_units("code,name,kind,parent,aliases,since,until\n1,A,xã,,,,\n"))
        someone = people.add(connection, STAFF, "Bà Năm", "vi", NOW)
        group_chats.set_up(connection, GROUP, 1, "vi", someone.id, NOW)
        bulletins.record(connection, CHANNEL, [BulletinRecord(("watch", 1, date(2021, 11, 10)), 0, {}, NOW)])
        yield connection
    engine.dispose()


def said_to(connection: Connection, *to: Address, state: str = "said") -> list[int]:
    ids = outbox.put(connection, [Say(each, Html("…")) for each in to], NOW, CHANNELS)
    connection.execute(update(ROWS).where(ROWS.c.id.in_(ids)).values(state=state))
    return ids


def announced(connection: Connection, row_id: int) -> None:
    """The message is one of an announcement, and its receiver's chat is not known any more."""
    made = announcements.begin_announcement(connection, 1, 1, Audience("all", (1,)), NOW)
    receipts.add_receipts(connection, made.id, {1: 1}, NOW)
    receipts.are_put(connection, made.id, 1, {1: row_id})


def kept(connection: Connection) -> list[tuple[str, str]]:
    return [(row.address, row.state) for row in connection.execute(select(ROWS).order_by(ROWS.c.id))]


def swept(connection: Connection, before: Swept, most: int) -> Swept:
    """A minute's sweep."""
    now = forget_said(connection, before, most, NOW)
    while now.has_more:
        now = forget_said(connection, now, most, NOW)
    return now


def test_only_what_was_said_to_residents_goes(connection: Connection) -> None:
    for state in ("said", "dead", "unknown", "new", "sending"):
        said_to(connection, LAN, STAFF, GROUP, CHANNEL, BAY, state=state)
    after = swept(connection, Swept(), 3)
    own = [each.address for each in (STAFF, GROUP, CHANNEL)]
    waits = [LAN.address, *own, BAY.address]
    wanted = [(each, state) for state in ("said", "dead", "unknown") for each in own]
    assert kept(connection) == [*wanted, *((each, state) for state in ("new", "sending") for each in waits)]
    assert len(after.waiting) == 4
    connection.execute(update(ROWS).values(state="said"))
    assert swept(connection, after, 3).waiting == frozenset()
    assert {address for address, _ in kept(connection)} == set(own)


def test_a_row_that_gets_the_number_of_one_that_is_gone_goes_too(connection: Connection) -> None:
    said_to(connection, STAFF)
    after = Swept()
    for _ in range(3):
        said_to(connection, *[LAN] * 1200)
        after = swept(connection, after, 500)
    assert kept(connection) == [(STAFF.address, "said")]


def test_what_is_evidence_of_a_reminder_stays_though_the_person_has_another_chat(connection: Connection) -> None:
    (row,) = said_to(connection, LAN)
    told_by = ReminderKey.reminder(timedelta(0), Receiver.REPORTER).columns
    evidence = told_by | {"form": "watch", "unit_id": 1, "period": date(2021, 11, 10), "person_id": 1}
    connection.execute(insert(metadata.tables["said"]), [{**evidence, "outbox_id": row, "said_at": NOW, "moot": False}])
    swept(connection, Swept(), 100)
    assert kept(connection) == [(LAN.address, "said")]


def test_who_wants_to_be_forgotten_is_at_once(connection: Connection) -> None:
    said_to(connection, LAN, BAY, STAFF)
    said_to(connection, LAN, state="new")
    for each in (LAN, STAFF):
        forget_chat(connection, each)
    assert kept(connection) == [(BAY.address, "said"), (STAFF.address, "said"), (LAN.address, "new")]


def test_a_pause_that_is_over_is_forgotten(connection: Connection) -> None:
    pause = metadata.tables["pause"]
    until = [(LAN, NOW), (BAY, NOW + timedelta(seconds=1))]
    rows = [{"channel": each.channel, "address": each.address, "until_at": moment} for each, moment in until]
    connection.execute(insert(pause), rows)
    swept(connection, Swept(), 100)
    assert list(connection.execute(select(pause.c.address)).scalars()) == [BAY.address]


def test_what_was_announced_stays_as_evidence(connection: Connection) -> None:
    of_announcement, other = said_to(connection, LAN, BAY)
    announced(connection, of_announcement)
    swept(connection, Swept(), 10)
    assert [row.id for row in connection.execute(select(ROWS.c.id))] == [of_announcement]
    assert other != of_announcement
