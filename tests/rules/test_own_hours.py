"""His own hours: what they stand in for, when they begin to hold, and what always stands."""

from datetime import time, timedelta

import pytest

from reporting.reminder_rules import read_rules
from reporting.rounds.deadlines import deadline
from reporting.rounds.own_hours import OwnHours, replaced_rules
from tests.rule_keys import spelled
from tests.rules.round_made import CHAIR, DAY, HELD, HOA, NAM, THO_DAN, ZONE, Day, at, form

LONG_AGO = at("08:00") - timedelta(days=3)
EVERY_DAY = frozenset(range(7))


def own(*hours: str, weekdays: frozenset[int] = EVERY_DAY, since: str = "") -> OwnHours:
    return OwnHours(tuple(map(time.fromisoformat, hours)), weekdays, at(since) if since else LONG_AGO)


def of_nam(day: Day, *clocks: str) -> dict[str, tuple[str, ...]]:
    """What Nam is reminded by, at which of these times."""
    heard = {clock: [rules for person, _, rules in day.tick(clock) if person == NAM] for clock in clocks}
    return {clock: rules[0] for clock, rules in heard.items() if rules}


CLOCKS = ("10:00", "13:00", "14:00", "15:00", "15:30", "16:29", "16:30", "17:00")


@pytest.mark.parametrize(
    ("rules", "replaced"),
    [
        ("-60m reporter; 0m reporter; +60m chair", ("-60m reporter",)),
        ("-60m reporter; +60m chair", ()),
        ("-120m reporter; -60m deputy; -30m chair; 0m reporter; +60m leader", ("-120m reporter",)),
        ("-120m reporter; -60m reporter", ("-120m reporter", "-60m reporter")),
        ("0m reporter; +60m chair", ()),
    ],
)
def test_they_stand_in_for_early_reminders_but_for_the_last_before_a_superior_hears(
    rules: str, replaced: tuple[str, ...]
) -> None:
    assert set(spelled(replaced_rules(read_rules(rules)))) == set(replaced)


def test_one_is_reminded_at_them_and_from_the_deadline_on_as_the_form_says_and_others_as_before() -> None:
    day = Day()
    day.own = {NAM: own("10:00", "15:00")}
    assert of_nam(day, *CLOCKS) == {
        "10:00": ("own 10:00",),
        "15:00": ("own 15:00",),
        "16:30": ("+0m reporter",),
        "17:00": ("+30m reporter",),
    }
    assert CHAIR in [person for person, *_ in day.tick("17:30")]
    assert [person for person, *_ in Day().tick("15:30")] == [HOA, NAM]


def test_a_tick_that_comes_late_says_them_once() -> None:
    day = Day()
    day.own = {NAM: own("10:00", "14:00")}
    assert of_nam(day, "15:00", "15:01") == {"15:00": ("own 14:00", "own 10:00")}


def test_on_other_days_the_form_reminds() -> None:
    day = Day()
    day.own = {NAM: own("10:00", weekdays=EVERY_DAY - {DAY.weekday()})}
    assert of_nam(day, "10:00", "15:30") == {"15:30": ("-60m reporter",)}


def test_who_has_heard_of_a_report_already_has_them_from_the_next_on() -> None:
    day = Day()
    assert of_nam(day, "15:30") == {"15:30": ("-60m reporter",)}
    day.own = {NAM: own("16:00", since="15:40")}
    assert of_nam(day, "16:00", "16:30") == {"16:30": ("+0m reporter",)}


def test_who_changes_them_after_he_was_reminded_is_not_reminded_early_twice() -> None:
    day = Day()
    day.own = {NAM: own("14:00")}
    assert of_nam(day, "14:00") == {"14:00": ("own 14:00",)}
    day.own = {NAM: own("15:00", since="14:10")}
    assert of_nam(day, "15:00", "15:29") == {}
    day.own = {}
    assert of_nam(day, "15:30", "16:30") == {"16:30": ("+0m reporter",)}


def test_an_hour_that_was_over_when_it_was_chosen_is_not_made_up_for() -> None:
    day = Day()
    day.own = {NAM: own("10:00", since="11:00")}
    assert of_nam(day, "11:00", "15:30") == {"15:30": ("-60m reporter",)}


def test_a_snooze_holds_for_them_too() -> None:
    day = Day()
    day.own = {NAM: own("10:00", "14:00")}
    day.tick("10:00")
    day.suppression = type(day.suppression)(snoozed={NAM: at("14:30")})
    heard = of_nam(day, "14:00", "14:29", "14:30", "15:30")
    assert list(heard) == ["14:30"]


def test_whoever_holds_the_duty_now_hears_at_his_own_hours_or_the_forms() -> None:
    day = Day(held=((THO_DAN.id, "reporter", HOA), *HELD[2:]))
    day.own = {NAM: own("10:00")}
    assert [person for person, unit, _ in day.tick("15:30") if unit == THO_DAN.name] == [HOA]


def test_they_fall_before_the_deadline_in_the_open_time_and_outside_of_quiet_hours() -> None:
    of = form()
    due = deadline(of.key, of.schedule, THO_DAN.id, DAY, ZONE)
    assert own("07:59", "16:30", "20:00").moments(due, ZONE, None) == []
    assert own("08:00", "16:29").moments(due, ZONE, None) == [at("08:00"), at("16:29")]
    assert own("08:00", "12:30").moments(due, ZONE, (time(12), time(13))) == [at("08:00")]
