"""How often codes may be guessed: by one chat, by all, and how long whoever has a good one waits meanwhile."""

from datetime import UTC, datetime, timedelta

from reporting.guesses import OF_ALL, OF_ONE, TURN_AFTER, WITHIN, own_turn, turn_among_all

NOW = datetime(2021, 11, 10, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_a_few_wrong_codes_keep_nobody_waiting() -> None:
    assert own_turn([NOW - SECOND] * (OF_ONE - 1), NOW) is None
    assert turn_among_all(OF_ALL - 1, None, NOW) is None


def test_after_as_many_as_are_allowed_a_chat_waits_until_the_first_of_them_counts_no_more() -> None:
    wrong = [NOW + SECOND * place for place in range(OF_ONE)]
    assert own_turn(wrong, NOW + SECOND * OF_ONE) == NOW + WITHIN
    assert own_turn(wrong, NOW + WITHIN - SECOND) == NOW + WITHIN
    assert own_turn(wrong, NOW + WITHIN) is None


def test_in_a_flood_whoever_waits_has_his_turn_and_is_told_the_same_moment_until_then() -> None:
    turn = turn_among_all(OF_ALL, None, NOW)
    assert turn == NOW + TURN_AFTER
    assert turn_among_all(OF_ALL * 10, turn, NOW + TURN_AFTER - SECOND) == turn
    assert turn_among_all(OF_ALL * 10, turn, NOW + TURN_AFTER) is None
