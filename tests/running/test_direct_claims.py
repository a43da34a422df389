"""A reply is claimed by the transaction that puts it into the outbox: said once, in order, and not if that is not committed."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from bot.running.direct_claims import MOST_UNLOOKED, DirectClaims
from bot.running.marks import Marks
from bot.running.orphan_recovery import Others
from bot.running.rate_limiter import Gate
from reporting.pace import Limits, Pace
from reporting.people import Address
from reporting.retries import NotSent, Said, TooMany, fate
from reporting.say import Button, Rank, Say
from storage.database.engines import EngineMemory, writing_engine
from storage.messages import delivery, outbox
from storage.messages.delivery import Claimed, Mark
from tests.bot.mouth import tables
from tests.channels import CHANNELS
from tests.sqlite import fresh_sqlite

NOW = datetime(2021, 11, 10, 8, 30, tzinfo=UTC)
LAN, HOA = Address("telegram", "5"), Address("telegram", "6")


class Desk:
    """A speaker's claims without the speaker; `now` is the steady clock's."""

    def __init__(self, engine: Engine, *, is_alone: bool = True) -> None:
        self.engine, self.now = engine, 100.0
        self.said, self.begun = Marks(), list[Claimed]()
        self.others = Others("me", "telegram", 45)
        self.others.is_alone = is_alone
        self.gate = Gate(Pace(Limits()), lambda: self.now)
        self.claims = DirectClaims(
            "telegram", "me", self.gate, self.others, 8, lambda: NOW, self.said, {}, self.begun.extend
        )
        self.claims.looked(self.now)

    def puts(self, *says: Say, is_committed: bool = True, commits: bool = True) -> None:
        """One transaction of the clerk's; `is_committed`: as far as he knows."""
        with self.engine.connect() as connection:
            self.claims.mark(connection)
            for each in says:
                outbox.put(connection, [each], NOW, CHANNELS, {"telegram": self.claims})
            connection.commit() if commits else connection.rollback()
        self.claims.settle(is_committed)

    def states(self) -> list[str]:
        with self.engine.begin() as connection:
            return list(connection.execute(select(outbox.outbox.c.state).order_by(outbox.outbox.c.id)).scalars())

    def claims_the_rest(self) -> Sequence[Claimed]:
        with self.engine.begin() as connection:
            return delivery.claim(connection, "telegram", "me", NOW, 10)

    @property
    def puts_told(self) -> int:
        return EngineMemory.of(self.engine).puts


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = writing_engine(fresh_sqlite(tmp_path / "outbox.db", tables))
    yield engine
    engine.dispose()


@pytest.fixture
def desk(engine: Engine) -> Desk:
    return Desk(engine)


def reply(to: Address = LAN, text: str = "(2/20)", rank: Rank = Rank.STAFF_REPLY) -> Say:
    return Say(to, text, ((Button("Bỏ qua", "s"),),), rank=rank)


def test_a_reply_is_claimed_where_it_is_put_and_is_no_news(desk: Desk) -> None:
    desk.puts(reply())
    assert (desk.states(), desk.puts_told) == (["sending"], 0)
    assert [(each.id, each.effect, each.uncertain) for each in desk.begun] == [(1, reply(), 0)]
    assert desk.claims_the_rest() == []


def test_of_a_chat_one_is_claimed_and_the_next_waits_until_that_is_marked(desk: Desk) -> None:
    desk.puts(reply(), reply(HOA))
    for each in desk.begun:
        desk.claims.begun(each)
    desk.puts(reply(text="(3/20)"))
    assert (desk.states(), desk.puts_told) == (["sending", "sending", "new"], 1)
    desk.said.add([Mark(1, LAN.address, fate(Said("17"), 0))])
    desk.puts(reply(text="(4/20)"))
    assert desk.states() == ["said", "sending", "new", "new"], "before it the third goes"
    assert desk.puts_told == 3, "what waits behind a mark is news, and so is what is put there"
    assert [each.id for each in desk.claims_the_rest()] == [3]


@pytest.mark.parametrize("rank", [Rank.LAST_REMINDER, Rank.BROADCAST])
def test_what_is_no_reply_waits(desk: Desk, rank: Rank) -> None:
    desk.puts(reply(rank=rank))
    assert (desk.states(), desk.begun, desk.puts_told) == (["new"], [], 1)


def test_two_messages_of_one_answer_wait(engine: Engine, desk: Desk) -> None:
    with engine.begin() as connection:
        outbox.put(connection, [reply(), reply(HOA)], NOW, CHANNELS, {"telegram": desk.claims})
    assert desk.states() == ["new", "new"]


def test_whoever_may_not_be_sent_to_yet_waits(desk: Desk) -> None:
    desk.gate.pace.flooded(LAN.address, desk.now + 30, desk.now)
    desk.puts(reply())
    desk.gate.pace.pause_all(desk.now + 30)
    desk.puts(reply(HOA))
    assert desk.states() == ["new", "new"]


def test_nothing_is_claimed_before_the_first_look_nor_after_the_end(desk: Desk) -> None:
    desk.claims.is_open = False
    desk.puts(reply())
    desk.claims.looked(desk.now)
    desk.puts(reply(HOA))
    assert [each.id for each in desk.claims.let_go()] == [2], "it was not begun, and goes back"
    desk.puts(reply(Address("telegram", "7")))
    assert desk.states() == ["new", "sending", "new"]


def test_no_more_are_claimed_than_are_said_at_once(desk: Desk) -> None:
    desk.puts(*(reply(Address("telegram", str(chat))) for chat in range(1, 11)))
    assert desk.states() == ["sending"] * 8 + ["new"] * 2


def test_where_others_may_speak_they_are_looked_at_now_and_then(engine: Engine) -> None:
    desk = Desk(engine, is_alone=False)
    desk.now += 60
    for chat in range(MOST_UNLOOKED + 1):
        desk.puts(reply(Address("telegram", str(chat))))
        desk.claims.begun(desk.begun[-1])
    assert desk.states() == ["sending"] * MOST_UNLOOKED + ["new"]
    desk.claims.looked(desk.now)
    desk.puts(reply(Address("telegram", "99")))
    assert desk.states()[-1] == "sending"


@pytest.mark.parametrize("commits", [True, False])
def test_what_is_not_known_to_be_committed_is_not_begun_and_waits_if_it_was(desk: Desk, commits: bool) -> None:
    desk.puts(reply(HOA))
    desk.said.add([Mark(1, HOA.address, fate(Said("17"), 0))])
    desk.puts(reply(), is_committed=False, commits=commits)
    assert [each.id for each in desk.begun] == [1]
    assert [each.fate.state for each in desk.said] == ["said", "new"], "the marks of it are written by the next"
    desk.puts()
    assert desk.states() == ["said", *(["new"] if commits else [])]
    assert [each.uncertain for each in desk.claims_the_rest()] == ([0] if commits else [])


@pytest.mark.parametrize("outcome", [NotSent("away"), TooMany(3, "429")])
def test_what_is_to_be_said_again_is_news(desk: Desk, outcome: NotSent | TooMany) -> None:
    desk.puts(reply())
    desk.said.add([Mark(1, LAN.address, fate(outcome, 0))])
    desk.puts()
    assert (desk.states(), desk.puts_told) == (["new"], 1)


def test_a_mark_after_which_nothing_waits_is_no_news(desk: Desk) -> None:
    desk.puts(reply())
    desk.said.add([Mark(1, LAN.address, fate(Said("17"), 0))])
    desk.puts()
    assert (desk.states(), desk.puts_told) == (["said"], 0)
