"""For how many periods in a row a unit has had nothing: owed ones that are over due, from the form's first day on, without a cap."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from reporting.rounds.reminder_plan import Round
from reporting.rounds.standings import standings_of
from reporting.rounds.streaks import streaks_of
from reporting.rounds.suspensions import Suspension
from reporting.units import Unit, UnitTree
from tests.rules.round_made import DAN_LUC, DAY, DISTRICT, NUA, THO_DAN, TREE, ZONE, a_round, at, form

EVENING = at("18:30")


def streaks(
    last: dict[int, date],
    first: date,
    *suspensions: Suspension,
    now: datetime = EVENING,
    tree: UnitTree = TREE,
) -> dict[int, int]:
    one = Round(form(), DAY, a_round(form(), now, tree=tree).standings)
    return streaks_of(one.form, DAY, one.standings, tree, last, first, suspensions, now)


def before(days: int) -> date:
    return DAY - timedelta(days=days)


def test_they_are_counted_without_suspended_ones() -> None:
    last = {THO_DAN.id: before(1), DAN_LUC.id: before(4)}
    flood = Suspension("", DAN_LUC.id, before(2), before(2))
    assert streaks(last, before(5), flood) == {THO_DAN.id: 1, DAN_LUC.id: 3, NUA.id: 6}


def test_a_suspension_of_all_or_of_what_lies_above_counts_for_each() -> None:
    for of in (None, DISTRICT.id):
        assert streaks({}, before(9), Suspension("", of, before(8), before(4)))[NUA.id] == 5
    assert streaks({}, before(9), Suspension("other", None, before(8), before(4)))[NUA.id] == 10


def test_suspensions_that_overlap_take_a_day_out_once() -> None:
    twice = (Suspension("", None, before(6), before(4)), Suspension("", NUA.id, before(5), before(3)))
    assert streaks({}, before(9), *twice)[NUA.id] == 6


def test_on_the_first_day_of_a_form_it_is_that_day_alone() -> None:
    assert streaks({}, DAY) == {THO_DAN.id: 1, DAN_LUC.id: 1, NUA.id: 1}


def test_there_is_no_cap() -> None:
    assert streaks({}, date(2021, 1, 1))[NUA.id] == 314


def test_the_day_that_is_not_over_due_is_not_among_them() -> None:
    assert streaks({}, before(40), now=at("16:30"))[NUA.id] == 40
    assert streaks({}, before(40), now=at("16:31"))[NUA.id] == 41


def test_a_unit_has_missed_nothing_before_it_began() -> None:
    new = Unit(NUA.id, NUA.code, NUA.name, NUA.kind, DISTRICT.id, since=before(2))
    assert streaks({}, before(40), tree=UnitTree([DISTRICT, THO_DAN, DAN_LUC, new]))[NUA.id] == 3


def test_a_weekly_form_counts_weeks() -> None:
    sunday = date(2021, 11, 14)
    weekly = replace(form(), schedule=replace(form().schedule, period="weekly"))
    now = at("18:30", sunday)
    standings = standings_of(weekly, sunday, [THO_DAN, NUA], {}, {}, now, ZONE)
    found = streaks_of(weekly, sunday, standings, TREE, {NUA.id: date(2021, 10, 31)}, date(2021, 10, 1), (), now)
    assert found == {THO_DAN.id: 7, NUA.id: 2}
