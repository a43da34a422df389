"""The pace keeps under Telegram's limits whoever waits, and comes near them."""

import heapq
import itertools
import math
import random
from collections.abc import Callable

import pytest

from reporting.pace import Limits, Pace, Passing


def run(
    pace: Pace,
    chats: list[str],
    seconds: float,
    late: Callable[[], float] = lambda: 0.0,
    way: Callable[[], float] = lambda: 0.0,
) -> list[tuple[float, str]]:
    """Sends to whoever of `chats` (in a circle) is first allowed, each time `late` seconds after it could.

    Each message takes a `way` to Telegram and its answer one back. What Telegram sees: (moment, chat), in that order.
    """
    counted: list[tuple[float, str]] = []
    answers: list[tuple[float, int, Passing]] = []
    now = 100.0
    while now < 100.0 + seconds:
        at = pace.open_at(now)
        if answers and answers[0][0] <= at:
            now, _, passing = heapq.heappop(answers)
            pace.arrived(passing, now)
            continue
        ready = {chat: pace.chat_at(chat, at) for chat in dict.fromkeys(chats)}
        at = min(ready.values()) + late()
        chat = next(chat for chat in ready if ready[chat] <= at)
        counted.append((at + way(), chat))
        heapq.heappush(answers, (counted[-1][0] + way(), len(counted), pace.take(chat, at)))
        chats = [*(each for each in chats if each != chat), chat]
        now = at
    return sorted(counted)


def most_within(moments: list[float], seconds: float) -> int:
    """The most moments in any stretch of so many seconds."""
    return max(sum(at <= other < at + seconds - 1e-9 for other in moments) for at in moments)


CROWD = [str(number) for number in range(1, 400)]


@pytest.mark.parametrize("rate", [5.0, 20.0, 28.0])
def test_no_second_holds_more_than_telegram_allows_and_the_rate_is_reached(rate: float) -> None:
    chance = random.Random(1)
    slack = Limits(rate=rate).slack
    sent = [at for at, _ in run(Pace(Limits(rate=rate)), CROWD, 20, lambda: chance.random() * slack / 2)]
    assert most_within(sent, 1.0) <= 30
    assert len(sent) >= 20 * rate * 0.99


@pytest.mark.parametrize("rate", [28.0, 30.0])
@pytest.mark.parametrize(("shortest", "jitter"), [(0.002, 0.005), (0.1, 0.05), (0.05, 1.5)])
def test_however_uneven_the_way_no_second_is_too_full(rate: float, shortest: float, jitter: float) -> None:
    chance = random.Random(2)
    sent = run(
        Pace(Limits(rate=rate)),
        CROWD,
        60,
        lambda: chance.random() * 0.01,
        lambda: shortest + chance.random() ** 4 * jitter,
    )
    assert most_within([at for at, _ in sent], 1.0) <= 30


def test_telegrams_own_rate_is_nearly_reached_on_a_near_way() -> None:
    chance = random.Random(2)
    sent = run(
        Pace(Limits(rate=30.0)), CROWD, 60, lambda: chance.random() * 0.01, lambda: 0.002 + chance.random() * 0.003
    )
    assert len(sent) >= 60 * 30 * 0.985


def test_while_thirty_have_no_answer_nobody_goes() -> None:
    pace = Pace(Limits(rate=30.0))
    gone = [pace.take(chat, 100.0 + number / 30) for number, chat in enumerate(CROWD[:30])]
    assert pace.open_at(200.0) == math.inf
    pace.arrived(gone[7], 200.0)
    assert 200.9 < pace.open_at(200.0) <= 201.01
    assert pace.open_at(202.0) == 202.0


def test_who_pays_is_held_by_his_own_rate_alone() -> None:
    assert len(run(Pace(Limits(rate=200.0)), CROWD, 5)) >= 5 * 200 * 0.99


def test_the_first_second_is_as_even_as_the_others() -> None:
    sent = [at for at, _ in run(Pace(), CROWD, 1.0)]
    assert most_within(sent, 1.0) <= 30
    assert most_within(sent, 0.1) <= 6


def test_what_came_late_is_made_up_for_but_idleness_is_not() -> None:
    pace = Pace(Limits(rate=20.0))
    pace.take("1", 100.0)
    pace.take("1", 100.0)
    assert pace.open_at(100.0) == pytest.approx(100.1 - pace.limits.slack)
    assert pace.open_at(200.0) == 200.0
    pace.take("2", 200.0)
    pace.take("3", pace.open_at(200.0))
    assert pace.open_at(200.0) == pytest.approx(200.1 - pace.limits.slack)


def test_a_chat_gets_a_small_burst_and_then_one_a_second() -> None:
    sent = [at for at, _ in run(Pace(), ["7"], 30)]
    assert most_within(sent, 0.9) == 2 + 1
    assert 29 <= len(sent) <= 33
    assert all(later - at >= 0.99 for at, later in itertools.pairwise(sent[5:]))


@pytest.mark.parametrize("chat", ["-100", "@bantin"])
def test_a_group_or_channel_gets_twenty_a_minute(chat: str) -> None:
    sent = [at for at, _ in run(Pace(), [chat], 300)]
    assert most_within(sent, 60.0) == 20
    assert len(sent) >= 95


def test_a_chat_that_waits_holds_up_nobody_else() -> None:
    pace = Pace()
    for _ in range(5):
        pace.take("7", 100.0)
    assert pace.chat_at("7", 101.0) > 102.0
    assert pace.chat_at("8", 101.0) == 101.0
    assert pace.not_before(101.25, 101.0).keys() == {"7"}


def test_one_chat_that_wants_peace_pauses_alone_and_two_pause_everybody() -> None:
    pace = Pace()
    pace.flooded("7", until=130.0, now=100.0)
    assert (pace.chat_at("7", 100.0), pace.open_at(100.0)) == (130.0, 100.0)
    assert pace.not_before(100.25, 100.0) == {"7": 130.0}
    pace.flooded("8", until=110.0, now=101.0)
    assert pace.open_at(101.0) == 130.0


def test_a_pause_that_is_over_is_forgotten() -> None:
    pace = Pace()
    pace.flooded("7", until=105.0, now=100.0)
    pace.flooded("8", until=120.0, now=110.0)
    assert pace.open_at(110.0) == 110.0
    assert pace.chat_at("7", 110.0) == 110.0


def test_a_longer_pause_is_never_made_shorter() -> None:
    pace = Pace()
    pace.flooded("7", until=130.0, now=100.0)
    pace.flooded("7", until=110.0, now=101.0)
    assert pace.chat_at("7", 101.0) == 130.0
    pace.pause_all(140.0)
    pace.pause_all(120.0)
    assert pace.open_at(101.0) == 140.0


def test_processes_that_speak_at_once_share_the_rate() -> None:
    pace = Pace(Limits(rate=28.0))
    pace.share(2)
    assert len(run(pace, CROWD, 10)) == pytest.approx(140, abs=3)


def test_chats_that_may_be_sent_to_again_are_forgotten() -> None:
    pace = Pace()
    for at, chat in run(pace, CROWD, 10):
        pace.not_before(at, at)
        assert chat
    pace.not_before(200.0, 200.0)
    assert not pace._chats
