"""Reply addresses: bound to a person and an address, signed, good for a while, the same in capitals."""

from datetime import date, timedelta

import pytest

from bot.mail.reply_address import HOLDS, ReplyAddresses, ReplyKind, ReplyToken, answerer, mail_key
from tests.endurance import SEED, times

OURS = ReplyAddresses("giaoban@huyen.test", mail_key("a long secret"))
DAY = date(2021, 11, 10)
NAM, HOA = "nam@xa.test", "hoa@xa.test"
ADDRESSES = {7: [NAM], 8: [HOA]}


def token(address: str) -> ReplyToken:
    found = OURS.token_of(address)
    assert found is not None, address
    return found


def whose(address: str, claimed: str = "somebody@else.test", on: date = DAY) -> str | None:
    read = OURS.token_of(address)
    return answerer(OURS, [read] if read else [], claimed, lambda number: ADDRESSES.get(number, []), on)


def test_an_answer_is_that_of_the_person_whose_address_it_was_given_to_whoever_says_that_he_sends_it() -> None:
    reply_to = OURS.to_answer(7, NAM, DAY)
    assert len(reply_to.partition("@")[0]) <= 64
    assert whose(reply_to) == whose(reply_to.upper()) == whose(reply_to, HOA) == NAM
    ADDRESSES[7] = ["new@xa.test"]
    try:
        assert whose(reply_to, NAM) is None, "an address that is his no more"
    finally:
        ADDRESSES[7] = [NAM]


def test_an_address_that_is_nobodys_yet_answers_for_itself_alone() -> None:
    reply_to = OURS.to_answer(0, NAM, DAY)
    assert whose(reply_to, NAM) == NAM
    assert whose(reply_to, "Nam@Xa.Test") == NAM
    assert whose(reply_to, HOA) is None


def test_it_runs_out() -> None:
    reply_to = OURS.to_answer(7, NAM, DAY)
    assert whose(reply_to, on=DAY + HOLDS) == NAM
    assert whose(reply_to, on=DAY + HOLDS + timedelta(days=1)) is None


def test_what_comes_back_is_no_answer() -> None:
    back = OURS.to_come_back(99, DAY)
    assert whose(back) is None
    assert token(back).kind is ReplyKind.BOUNCE
    assert OURS.is_for(token(back), "")
    assert not OURS.is_for(token(OURS.to_answer(99, NAM, DAY)), "")


def test_another_secret_is_another_office() -> None:
    other = ReplyAddresses("giaoban@huyen.test", mail_key("another"))
    assert whose(other.to_answer(7, NAM, DAY)) is None
    assert mail_key("a") != mail_key("b")


@pytest.mark.parametrize(
    "address",
    [
        "giaoban@huyen.test",
        "giaoban+@huyen.test",
        "giaoban+abc@huyen.test",
        "giaoban+" + "1" * 32 + "@huyen.test",
        "giaoban",
        "@",
        "",
    ],
)
def test_what_has_no_token_is_nobodys(address: str) -> None:
    assert OURS.token_of(address) is None
    assert whose(address) is None


@pytest.mark.endure
def test_no_letter_of_it_can_be_changed() -> None:
    import random

    chance = random.Random(SEED)
    reply_to = OURS.to_answer(7, NAM, DAY)
    name = reply_to.partition("@")[0]
    for _ in range(times(300, 20_000)):
        place = chance.randrange(len("giaoban+"), len(name))
        letter = chance.choice("abcdefghijklmnopqrstuvwxyz234567")
        changed = f"{name[:place]}{letter}{name[place + 1 :]}@huyen.test"
        assert whose(changed, NAM) == (NAM if changed == reply_to else None), f"{changed}, seed {SEED}"
