"""A reply is claimed by the transaction that puts it into the outbox: said once, in order, and not if that is not committed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.running.direct_claims import MOST_UNLOOKED
from reporting.people import Address
from reporting.retries import NotSent, Said, TooMany, fate
from reporting.say import Button, Rank, Say
from storage.database.engines import writing_engine
from storage.messages import outbox
from storage.messages.delivery import Mark
from tests.bot.mouth import tables
from tests.channels import CHANNELS
from tests.running.claiming import NOW, Claiming
from tests.sqlite import fresh_sqlite

LAN, HOA = Address("telegram", "5"), Address("telegram", "6")


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = writing_engine(fresh_sqlite(tmp_path / "outbox.db", tables))
    yield engine
    engine.dispose()


@pytest.fixture
def claiming(engine: Engine) -> Claiming:
    return Claiming(engine)


def reply(to: Address = LAN, text: str = "(2/20)", rank: Rank = Rank.STAFF_REPLY) -> Say:
    return Say(to, text, ((Button("Bỏ qua", "s"),),), rank=rank)


def test_a_reply_is_claimed_where_it_is_put_and_is_no_news(claiming: Claiming) -> None:
    claiming.puts(reply())
    assert (claiming.states(), claiming.puts_told) == (["sending"], 0)
    assert [(each.id, each.effect, each.uncertain) for each in claiming.begun] == [(1, reply(), 0)]
    assert claiming.claims_the_rest() == []


def test_of_a_chat_one_is_claimed_and_the_next_waits_until_that_is_marked(claiming: Claiming) -> None:
    claiming.puts(reply(), reply(HOA))
    for each in claiming.begun:
        claiming.claims.begun(each)
    claiming.puts(reply(text="(3/20)"))
    assert (claiming.states(), claiming.puts_told) == (["sending", "sending", "new"], 1)
    claiming.said.add([Mark(1, LAN.address, fate(Said("17"), 0))])
    claiming.puts(reply(text="(4/20)"))
    assert claiming.states() == ["said", "sending", "new", "new"], "before it the third goes"
    assert claiming.puts_told == 3, "what waits behind a mark is news, and so is what is put there"
    assert [each.id for each in claiming.claims_the_rest()] == [3]


@pytest.mark.parametrize("rank", [Rank.LAST_REMINDER, Rank.BROADCAST])
def test_what_is_no_reply_waits(claiming: Claiming, rank: Rank) -> None:
    claiming.puts(reply(rank=rank))
    assert (claiming.states(), claiming.begun, claiming.puts_told) == (["new"], [], 1)


def test_two_messages_of_one_answer_wait(engine: Engine, claiming: Claiming) -> None:
    with engine.begin() as connection:
        outbox.put(connection, [reply(), reply(HOA)], NOW, CHANNELS, {"telegram": claiming.claims})
    assert claiming.states() == ["new", "new"]


def test_whoever_may_not_be_sent_to_yet_waits(claiming: Claiming) -> None:
    claiming.gate.pace.flooded(LAN.address, claiming.now + 30, claiming.now)
    claiming.puts(reply())
    claiming.gate.pace.pause_all(claiming.now + 30)
    claiming.puts(reply(HOA))
    assert claiming.states() == ["new", "new"]


def test_nothing_is_claimed_before_the_first_look_nor_after_the_end(claiming: Claiming) -> None:
    claiming.claims.is_open = False
    claiming.puts(reply())
    claiming.claims.looked(claiming.now)
    claiming.puts(reply(HOA))
    assert [each.id for each in claiming.claims.let_go()] == [2], "it was not begun, and goes back"
    claiming.puts(reply(Address("telegram", "7")))
    assert claiming.states() == ["new", "sending", "new"]


def test_no_more_are_claimed_than_are_said_at_once(claiming: Claiming) -> None:
    claiming.puts(*(reply(Address("telegram", str(chat))) for chat in range(1, 11)))
    assert claiming.states() == ["sending"] * 8 + ["new"] * 2


def test_where_others_may_speak_they_are_looked_at_now_and_then(engine: Engine) -> None:
    claiming = Claiming(engine, is_alone=False)
    claiming.now += 60
    for chat in range(MOST_UNLOOKED + 1):
        claiming.puts(reply(Address("telegram", str(chat))))
        claiming.claims.begun(claiming.begun[-1])
    assert claiming.states() == ["sending"] * MOST_UNLOOKED + ["new"]
    claiming.claims.looked(claiming.now)
    claiming.puts(reply(Address("telegram", "99")))
    assert claiming.states()[-1] == "sending"


@pytest.mark.parametrize("commits", [True, False])
def test_what_is_not_known_to_be_committed_is_not_begun_and_waits_if_it_was(claiming: Claiming, commits: bool) -> None:
    claiming.puts(reply(HOA))
    claiming.said.add([Mark(1, HOA.address, fate(Said("17"), 0))])
    claiming.puts(reply(), is_committed=False, commits=commits)
    assert [each.id for each in claiming.begun] == [1]
    assert [each.fate.state for each in claiming.said] == ["said", "new"], "the marks of it are written by the next"
    claiming.puts()
    assert claiming.states() == ["said", *(["new"] if commits else [])]
    assert [each.uncertain for each in claiming.claims_the_rest()] == ([0] if commits else [])


@pytest.mark.parametrize("outcome", [NotSent("away"), TooMany(3, "429")])
def test_what_is_to_be_said_again_is_news(claiming: Claiming, outcome: NotSent | TooMany) -> None:
    claiming.puts(reply())
    claiming.said.add([Mark(1, LAN.address, fate(outcome, 0))])
    claiming.puts()
    assert (claiming.states(), claiming.puts_told) == (["new"], 1)


def test_a_mark_after_which_nothing_waits_is_no_news(claiming: Claiming) -> None:
    claiming.puts(reply())
    claiming.said.add([Mark(1, LAN.address, fate(Said("17"), 0))])
    claiming.puts()
    assert (claiming.states(), claiming.puts_told) == (["said"], 0)
