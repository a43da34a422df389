"""When a report that looks copied is asked about."""

from reporting.filling.sameness import is_asked_about, run

QUIET = {"f0_new": 0, "f1_active": 15}


def test_a_run_ends_where_anything_differs() -> None:
    assert run(QUIET, [QUIET, QUIET, {"f0_new": 1, "f1_active": 15}, QUIET]) == 2
    assert run(QUIET, [{}, QUIET]) == 0
    assert run({}, [{}, {}]) == 0


def test_it_is_asked_on_the_third_like_day_and_then_every_fifth() -> None:
    assert [same for same in range(20) if is_asked_about(same)] == [2, 7, 12, 17]
