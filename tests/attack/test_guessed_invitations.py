"""Invitations and codes that are guessed, a million times by the rule, and an invitation that two people bring at once."""

from collections import defaultdict, deque
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from reporting.guesses import OF_ALL, OF_ONE, TURN_AFTER, WITHIN, own_turn, turn_among_all
from services.invite import RANDOM_BYTES
from services.link_address import DIGITS
from services.switch_channel import CODE_FOR
from tests.conversations.house import House
from tests.endurance import SEED, times

START = datetime(2021, 11, 10, 9, tzinfo=UTC)


class Gate:
    """What `services.join` keeps of guesses, by the rule alone."""

    def __init__(self) -> None:
        self.of_chat: dict[int, list[datetime]] = defaultdict(list)
        self.of_all: deque[datetime] = deque()
        self.turns: dict[int, datetime] = {}

    def brings(self, chat: int, now: datetime, *, is_good: bool = False) -> datetime | None:
        """None where the code is looked at; else the moment that the chat is told. A wrong one counts."""
        while self.of_all and self.of_all[0] <= now - WITHIN:
            self.of_all.popleft()
        wrong = self.of_chat[chat] = self.of_chat[chat][-OF_ONE:]
        wait = own_turn(wrong, now)
        if wait is None:
            wait = turn_among_all(len(self.of_all), self.turns.get(chat), now)
            if wait is not None:
                self.turns[chat] = wait
            else:
                self.turns.pop(chat, None)
        if wait is None and not is_good:
            wrong.append(now)
            self.of_all.append(now)
        return wait


@pytest.mark.endure
def test_of_a_million_guesses_few_are_looked_at_and_who_has_a_code_still_comes_in() -> None:
    """A thousand chats guess as fast as they can for hours; now and then somebody brings a good code."""
    gate, chance, now = Gate(), Random(SEED), START
    looked: dict[int, list[datetime]] = defaultdict(list)
    many, guests = times(20_000, 1_000_000), 0
    for number in range(many):
        now += timedelta(seconds=chance.expovariate(100))
        chat = chance.randrange(1000)
        if gate.brings(chat, now) is None:
            looked[chat].append(now)
        if number % 1000 == 999:
            guests += 1
            wait = gate.brings(-number, now, is_good=True)
            assert wait is None or wait <= now + TURN_AFTER, SEED
            assert wait is None or gate.brings(-number, wait, is_good=True) is None, SEED
    spans = (now - START) // WITHIN + 1
    assert guests == many // 1000
    assert max(map(len, looked.values())) <= OF_ONE * spans, SEED
    assert sum(map(len, looked.values())) <= (OF_ALL + 1000 * OF_ONE) * spans, SEED
    for ats in looked.values():
        assert all(late - early >= WITHIN for early, late in zip(ats, ats[OF_ONE:], strict=False)), SEED


def test_a_code_has_more_letters_than_anybody_guesses() -> None:
    """With all chats of the test above it is guessed once in 10^30 years."""
    a_year = (OF_ALL + 1000 * OF_ONE) * timedelta(days=365) / WITHIN
    assert 2 ** (8 * RANDOM_BYTES) / a_year > 10**30


def test_the_code_of_another_address_is_not_guessed_while_a_whole_province_has_one() -> None:
    """By all chats of the test above, in the week in which everybody of 600 communes is to go over to another messenger."""
    guesses = (OF_ALL + 1000 * OF_ONE) * CODE_FOR / WITHIN
    assert guesses * 600 / 10**DIGITS < 1 / 100


async def test_of_two_people_who_bring_one_invitation_at_once_one_comes_in(house: House) -> None:
    link = await house.invitation("reporter", "15742")
    people = [house.talker(name) for name in ("An", "Bình", "Chi")]
    for each in people:
        await each.person.opens(link)
    await house.settled()
    heard = [each.hears().text for each in people]
    assert len([each for each in heard if "Kính chào đồng chí" in each]) == 1
    assert len([each for each in heard if "đã được sử dụng" in each]) == 2
    for each in people:
        await each.says("/baocao")
    assert sorted("(1/20)" in each.hears().text for each in people) == [False, False, True]
