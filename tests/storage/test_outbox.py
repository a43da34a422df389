"""The outbox gives each message to one speaker, in its order, and keeps what became of it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, insert, select, text

from reporting.people import Address
from reporting.retries import DeliveryProblem, NotSent, Said, TooMany, Uncertain, Unreachable, fate
from reporting.say import Button, Drawn, KeptDrawing, Rank, Say
from storage.database.engines import writing_engine
from storage.database.tables import metadata
from storage.messages import delivery, outbox, undelivered
from storage.messages.delivery import Claimed, Mark
from storage.schedule import reminder_log
from tests.bot.mouth import database_url
from tests.channels import CHANNELS

NOW = datetime(2021, 11, 10, 8, 30, tzinfo=UTC)
TELEGRAM = "telegram"


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    url = database_url(request.param, tmp_path, lambda: request.getfixturevalue("postgres"))
    engine = writing_engine(url)
    yield engine
    engine.dispose()


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    with engine.begin() as connection:
        yield connection


def say(chat: str, words: str, rank: Rank = Rank.REPLY, **more: Any) -> Say:
    return Say(Address(TELEGRAM, chat), words, rank=rank, **more)


def put(connection: Connection, *says: Say) -> list[int]:
    return outbox.put(connection, says, NOW, CHANNELS)


def claim(connection: Connection, most: int = 10, owner: str = "me", **more: Any) -> list[Claimed]:
    return delivery.claim(connection, TELEGRAM, owner, NOW, most, **more)


def texts(rows: list[Claimed]) -> list[str]:
    return [text_of(row) for row in rows]


def text_of(row: Claimed) -> str:
    assert isinstance(row.effect, Say)
    return row.effect.text


def mark(connection: Connection, row: Claimed, outcome: Any, owner: str = "me") -> None:
    marks = [Mark(row.id, row.effect.to.address, fate(outcome, row.uncertain))]
    delivery.mark(connection, TELEGRAM, owner, marks, NOW)


def states(connection: Connection) -> list[str]:
    return list(connection.execute(select(outbox.outbox.c.state).order_by(outbox.outbox.c.id)).scalars())


def test_staff_are_answered_before_residents_however_many_wait(connection: Connection) -> None:
    put(
        connection,
        *(say(str(chat), "của người dân") for chat in range(1, 31)),
        say("99", "của cán bộ", Rank.STAFF_REPLY),
    )
    assert texts(claim(connection, most=2)) == ["của cán bộ", "của người dân"]


def test_a_say_comes_out_as_it_was_put_in(connection: Connection) -> None:
    buttons = ((Button("Gửi", "send:1"), Button("Cổng", url="https://x.vn")), (Button("Chép", copy="GB-7"),))
    whole = Say(
        Address(TELEGRAM, "7", 5),
        "<b>Số ca</b>",
        buttons,
        photo=Drawn("bảng.png", KeptDrawing("board", {"units": [1, 2]})),
        rank=Rank.REMINDER,
        edits="12",
        silent=True,
    )
    bare = say("8", "Chào", document=Drawn("a.xlsx", KeptDrawing("sheet", {})))
    put(connection, whole, bare)
    (second, first) = claim(connection)
    assert (first.effect, second.effect) == (whole, bare)


def test_each_say_gets_one_id_in_its_order(connection: Connection) -> None:
    ids = put(connection, say("7", "một"), say("7", "hai", key="k"), say("7", "x" * 5000), say("7", "ba"))
    rows = connection.execute(select(outbox.outbox.c.id, outbox.outbox.c.say).order_by(outbox.outbox.c.id)).all()
    assert [len(row.say["text"]) for row in rows] == [3, 3, 4096, 904, 2]
    assert ids == [rows[0].id, rows[1].id, rows[3].id, rows[4].id]


def test_nothing_is_put_for_nothing(connection: Connection) -> None:
    assert put(connection) == []


def test_what_waits_already_is_not_put_there_again(connection: Connection) -> None:
    first, other = put(connection, say("7", "một", key="k"), say("8", "một", key="k"))
    again, same, twice = put(
        connection, say("7", "hai", key="k"), say("7", "ba", key="new"), say("7", "bốn", key="new")
    )
    assert again == first
    assert same == twice
    assert len({first, other, same}) == 3
    assert sorted(texts(claim(connection))) == ["một", "một"]


def test_what_is_being_said_already_is_put_there_again(connection: Connection) -> None:
    (first,) = put(connection, say("7", "một", key="k"))
    (row,) = claim(connection)
    (second,) = put(connection, say("7", "hai", key="k"))
    assert second != first
    mark(connection, row, Uncertain("502"))
    assert states(connection) == ["new", "new"]
    assert texts(claim(connection)) == ["một"]


def test_replies_come_before_reminders_before_broadcasts_and_one_of_each_chat(connection: Connection) -> None:
    put(
        connection,
        say("1", "bản tin", Rank.BROADCAST),
        say("1", "nhắc", Rank.REMINDER),
        say("2", "nhắc 2", Rank.REMINDER),
    )
    put(connection, say("3", "đáp 1"), say("3", "đáp 2"), say("2", "đáp 3"))
    assert texts(claim(connection)) == ["đáp 1", "đáp 3", "nhắc"]
    assert claim(connection) == []


def test_the_next_of_a_chat_comes_when_the_one_before_is_marked(connection: Connection) -> None:
    put(connection, say("1", "một"), say("1", "hai"), say("1", "ba"))
    (first,) = claim(connection)
    mark(connection, first, NotSent("refused"))
    (first,) = claim(connection)
    assert text_of(first) == "một"
    mark(connection, first, Uncertain("502"))
    (first,) = claim(connection)
    assert (text_of(first), first.uncertain) == ("một", 1)
    mark(connection, first, Said("99"))
    assert texts(claim(connection)) == ["hai"]


def test_busy_chats_lower_ranks_and_other_channels_are_left(connection: Connection) -> None:
    put(
        connection, say("1", "một"), say("2", "hai"), say("3", "nhắc", Rank.REMINDER), Say(Address("pager", "9"), "bốn")
    )
    assert texts(claim(connection, busy=["1"], rank=Rank.REPLY)) == ["hai"]
    assert texts(claim(connection, most=1, busy=["2"])) == ["một"]
    assert claim(connection, most=0) == []
    assert texts(claim(connection)) == ["nhắc"]


def test_only_who_has_claimed_a_row_marks_it(connection: Connection) -> None:
    put(connection, say("1", "một"))
    (row,) = claim(connection, owner="another")
    mark(connection, row, Said("5"), owner="me")
    assert states(connection) == ["sending"]
    (seen,) = delivery.sending(connection, TELEGRAM)
    assert (seen.owner, seen.address, seen.since) == ("another", "1", NOW)


def test_a_pause_is_the_chats_and_outlives_the_message_that_met_with_it(connection: Connection) -> None:
    put(connection, say("1", "một"), say("2", "hai"))
    first, second = claim(connection)
    mark(connection, first, TooMany(30, "429"))
    mark(connection, second, Said("5"))
    assert delivery.paused(connection, TELEGRAM, NOW) == {"1": NOW + timedelta(seconds=30)}
    assert delivery.paused(connection, TELEGRAM, NOW + timedelta(seconds=31)) == {}
    reminder_log.take_back(connection, [first.id])
    assert states(connection) == ["said"]
    assert delivery.paused(connection, TELEGRAM, NOW) == {"1": NOW + timedelta(seconds=30)}


def test_of_two_pauses_of_a_chat_the_longer_one_holds(connection: Connection) -> None:
    for seconds in (30, 10):
        put(connection, say("1", "một"))
        (row,) = claim(connection)
        mark(connection, row, TooMany(seconds, "429"))
    assert delivery.paused(connection, TELEGRAM, NOW) == {"1": NOW + timedelta(seconds=30)}


def known(connection: Connection, *chats: str) -> None:
    """The chats belong to people of ours."""
    people, addresses = metadata.tables["person"], metadata.tables["address"]
    for chat in chats:
        row = {"name": chat, "language": "vi", "created_at": NOW}
        number = connection.execute(insert(people).returning(people.c.id), row).scalar_one()
        connection.execute(insert(addresses).values(channel=TELEGRAM, address=chat, person_id=number))


def test_a_closed_chat_gets_replies_only_until_it_is_reachable(connection: Connection) -> None:
    known(connection, "1", "2")
    put(connection, say("1", "một"), say("1", "hai"), say("2", "ba"))
    first, _ = claim(connection)
    mark(connection, first, Unreachable("Forbidden: bot was blocked"))
    assert states(connection) == ["dead", "dead", "sending"]
    assert outbox.closed(connection, TELEGRAM, ["1", "2", "3"]) == {"1"}
    put(connection, say("1", "nhắc", Rank.REMINDER), say("1", "đáp"))
    assert states(connection)[3:] == ["dead", "new"]
    outbox.reachable(connection, Address(TELEGRAM, "1"))
    assert outbox.closed(connection, TELEGRAM, ["1", "2"]) == set()


def test_a_chat_that_moves_takes_what_waits_along(connection: Connection) -> None:
    known(connection, "-1", "-2")
    put(connection, say("-1", "một", key="k"), say("-100", "hai", key="k"))
    outbox.move(connection, Address(TELEGRAM, "-1"), "-100")
    assert texts(claim(connection)) == ["một"]
    addresses = metadata.tables["address"]
    found = connection.execute(select(addresses.c.address).order_by(addresses.c.id)).scalars()
    assert list(found) == ["-100", "-2"]
    outbox.move(connection, Address(TELEGRAM, "-2"), "-100")
    found = connection.execute(select(addresses.c.address).order_by(addresses.c.id)).scalars()
    assert list(found) == ["-100", "-2"]


def test_the_desk_sees_what_was_not_said_and_has_it_said_again(connection: Connection) -> None:
    known(connection, "1", "2", "3")
    put(connection, say("1", "một"), say("2", "hai"), say("3", "ba"))
    first, second, third = claim(connection)
    mark(connection, first, Unreachable("Forbidden"))
    mark(connection, second, Said("5"))
    mark(connection, third, Uncertain("502"))
    (third,) = claim(connection)
    mark(connection, third, Uncertain("502"))
    seen = undelivered.unsaid(connection, NOW.date())
    assert [(each.text, each.state, each.name) for each in seen] == [("ba", "unknown", "3"), ("một", "dead", "1")]
    assert undelivered.say_again(connection, third.id, NOW)
    assert not undelivered.say_again(connection, second.id, NOW)


def test_what_is_said_again_keeps_that_it_may_have_been_said_and_is_tried_once_more_only(
    connection: Connection,
) -> None:
    (row_id,) = put(connection, say("1", "một"))
    for _ in range(2):
        (row,) = claim(connection)
        mark(connection, row, Uncertain("502"))
    assert states(connection) == ["unknown"]
    for uncertain in (2, 3):
        assert undelivered.say_again(connection, row_id, NOW)
        (row,) = claim(connection)
        assert row.uncertain == uncertain
        mark(connection, row, Uncertain("502"))
        assert states(connection) == ["unknown"]


def test_residents_who_cannot_be_reached_do_not_push_officials_out_of_what_the_desk_sees(
    connection: Connection,
) -> None:
    known(connection, "1")
    put(connection, say("1", "một"), *(say(str(n), "bản tin") for n in range(100, 160)), say("99", "<b>hỏng"))
    for row in claim(connection, most=100):
        mark(
            connection,
            row,
            DeliveryProblem("parse entities") if row.effect.to.address in ("1", "99") else Unreachable("blocked"),
        )
    seen = [(each.text, each.is_ours) for each in undelivered.unsaid(connection, NOW.date())]
    assert seen == [("một", True), ("<b>hỏng", False)]
    assert [each.text for each in undelivered.unsaid_since(connection, NOW, NOW.date())] == ["một"]


def test_what_could_not_be_said_is_looked_up_by_its_index(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        sql = undelivered.SINCE.params(since=NOW, most=9).compile(connection, compile_kwargs={"literal_binds": True})
        plan = " / ".join(row[3] for row in connection.execute(text(f"EXPLAIN QUERY PLAN {sql}")))
        assert "ix_outbox_unsaid" in plan


def test_ten_thousand_messages_are_put_at_once_and_the_queue_is_read_by_its_index(connection: Connection) -> None:
    count = 10_599
    ids = put(connection, *(say(str(n % 2_000), "nhắc", Rank.REMINDER, key=f"round {n}") for n in range(count)))
    assert len(set(ids)) == count
    if connection.dialect.name == "sqlite":
        compiled = delivery._heads("sqlite").compile(connection)
        explained = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}", (None,) * len(compiled.params))
        plan = " / ".join(row[3] for row in explained)
        assert "ix_outbox_waiting" in plan
        assert "ix_outbox_chat_waiting" in plan
        assert "TEMP B-TREE" not in plan
    assert len(claim(connection, most=8)) == 8


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_two_processes_never_claim_the_same_row(engine: Engine) -> None:
    with engine.begin() as connection:
        put(connection, *(say(str(n), "nhắc") for n in range(6)))
    with engine.connect() as one, engine.connect() as other, one.begin(), other.begin():
        first = claim(one, most=2, owner="one")
        second = claim(other, most=10, owner="other")
    assert len(first) == 2
    assert len(second) == 4
    assert not {row.id for row in first} & {row.id for row in second}
