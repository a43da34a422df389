"""Which reminders are due: a day ticked through."""

from dataclasses import replace
from datetime import date, timedelta

from reporting.rounds.reminder_record import ReminderRecord
from reporting.rounds.suppression import Suppression
from reporting.units import UnitTree
from tests.rule_keys import key, spelled
from tests.rules.round_made import (
    CHAIR,
    DAN_LUC,
    DAY,
    DEPUTY,
    DESK,
    DISTRICT,
    HELD,
    HOA,
    LEADER,
    NAM,
    NUA,
    THO_DAN,
    Day,
    at,
    form,
)


def test_before_the_deadline_the_reporters_are_reminded_and_nobody_above_them() -> None:
    day = Day()
    assert day.tick("15:29") == []
    assert day.tick("15:30") == [(HOA, "Dân Lực", ("-60m reporter",)), (NAM, "Thọ Dân", ("-60m reporter",))]


def test_what_was_said_is_not_said_again() -> None:
    day = Day()
    day.tick("15:30")
    assert [day.tick(clock) for clock in ("15:30", "15:31", "16:29")] == [[], [], []]


def test_a_unit_that_has_sent_is_left_in_peace() -> None:
    day = Day()
    day.sent = [THO_DAN]
    assert day.tick("15:30") == [(HOA, "Dân Lực", ("-60m reporter",))]
    day.sent = [THO_DAN, DAN_LUC, NUA]
    assert [day.tick(clock) for clock in ("16:30", "17:30", "18:30")] == [[], [], []]


def test_the_reporter_hears_first_then_the_chair_then_the_leader_then_the_desk() -> None:
    day = Day()
    day.sent = [DAN_LUC, NUA]
    heard = {clock: day.tick(clock) for clock in ("15:30", "16:30", "17:00", "17:30", "18:30", "19:00")}
    assert {clock: [person for person, *_ in said] for clock, said in heard.items()} == {
        "15:30": [NAM],
        "16:30": [NAM],
        "17:00": [NAM],
        "17:30": [CHAIR],
        "18:30": [LEADER],
        "19:00": [DESK],
    }


def test_after_hours_away_one_reminder_comes_and_the_missed_ones_are_recorded_with_it() -> None:
    day = Day()
    day.sent = [DAN_LUC, NUA]
    assert day.tick("17:20") == [(NAM, "Thọ Dân", ("+30m reporter", "-60m reporter", "+0m reporter"))]
    assert day.tick("17:21") == []


def test_after_hours_away_the_person_in_trouble_has_a_head_start_before_anyone_above_him_hears() -> None:
    day = Day()
    day.sent = [DAN_LUC, NUA]
    assert [person for person, *_ in day.tick("20:00")] == [NAM]
    assert day.tick("20:04") == []
    assert [person for person, *_ in day.tick("20:05")] == [CHAIR, LEADER, DESK]


def test_where_nobody_can_be_warned_those_above_hear_at_their_time() -> None:
    day = Day()
    day.sent = [THO_DAN, DAN_LUC]
    assert day.tick("17:30") == []
    assert day.tick("18:30") == [(LEADER, "Nưa", ("+120m leader",))]


def test_a_rule_that_nobody_of_the_unit_hears_holds_no_superior_back() -> None:
    day = Day(form("0m deputy; +60m chair"))
    assert day.tick("17:30") == [(CHAIR, "Thọ Dân", ("+60m chair",))]


def test_rules_closer_than_the_head_start_keep_their_own_distance() -> None:
    day = Day(form("0m reporter; +2m chair"))
    day.sent = [DAN_LUC, NUA]
    day.tick("16:30")
    assert day.tick("16:31") == []
    assert day.tick("16:32") == [(CHAIR, "Thọ Dân", ("+2m chair",))]


def test_a_deputy_hears_where_there_is_no_reporter() -> None:
    held = [each for each in HELD if each[1] != "reporter"] + [(NUA.id, "deputy", DEPUTY)]
    assert Day(held=held).tick("15:30") == [(DEPUTY, "Nưa", ("-60m reporter",))]


def test_two_duties_of_one_person_are_told_once_in_the_words_of_the_nearer_duty() -> None:
    held = (*HELD, (THO_DAN.id, "chair", NAM))
    day = Day(form("0m reporter; 0m chair; +60m chair"), held)
    day.sent = [DAN_LUC, NUA]
    plan = day.plan("16:30")
    assert [(each.person_id, each.rule.to, spelled(each.rules)) for each in plan.reminders] == [
        (NAM, "reporter", ("+0m reporter", "+0m chair"))
    ]
    assert [person for person, *_ in day.tick("16:30")] == [NAM]
    assert [person for person, *_ in day.tick("16:31")] == [CHAIR]
    assert {(person, rules) for person, _, rules in day.tick("17:30")} == {
        (NAM, ("+60m chair",)),
        (CHAIR, ("+60m chair",)),
    }


def test_the_nearest_leader_hears_and_no_one_beyond_him() -> None:
    held = (*HELD, (THO_DAN.id, "leader", DEPUTY))
    day = Day(form("+60m leader"), held)
    heard = {(person, unit) for person, unit, _ in day.tick("17:30")}
    assert heard == {(DEPUTY, "Thọ Dân"), (LEADER, "Dân Lực"), (LEADER, "Nưa")}


def test_of_a_form_that_leaders_fill_the_leader_is_the_one_in_trouble() -> None:
    day = Day(form("0m reporter; +60m leader; +60m desk", by="leader"))
    day.sent = [DAN_LUC, NUA]
    assert day.tick("16:30") == [(LEADER, "Thọ Dân", ("+0m reporter",))]
    assert day.tick("17:30") == [(DESK, "Thọ Dân", ("+60m desk",))]


def test_an_answer_in_progress_is_not_interrupted_and_its_chair_waits_too() -> None:
    day = Day()
    day.sent = [DAN_LUC, NUA]
    report = ("covid_daily", THO_DAN.id, DAY)
    day.suppression = Suppression(frozenset({NAM}), frozenset({report}))
    assert day.tick("16:30") == []
    assert day.tick("17:30") == []
    day.suppression = Suppression()
    assert day.tick("17:33") == [(NAM, "Thọ Dân", ("+30m reporter", "-60m reporter", "+0m reporter"))]


def test_who_answers_for_one_unit_is_not_interrupted_about_another() -> None:
    day = Day(held=[(THO_DAN.id, "reporter", NAM), (DAN_LUC.id, "reporter", NAM)])
    day.suppression = Suppression(frozenset({NAM}), frozenset({("covid_daily", THO_DAN.id, DAY)}))
    assert day.tick("16:30") == []


def test_a_leader_hears_of_the_others_while_one_unit_is_answering() -> None:
    day = Day(form("+120m leader"))
    day.suppression = Suppression(frozenset({NAM}), frozenset({("covid_daily", THO_DAN.id, DAY)}))
    assert {unit for _, unit, _ in day.tick("18:30")} == {"Thọ Dân", "Dân Lực", "Nưa"}


def test_who_asked_for_half_an_hour_is_reminded_when_it_is_over_and_not_before() -> None:
    day = Day()
    day.sent = [DAN_LUC, NUA]
    day.tick("16:30")
    day.suppression = Suppression(snoozed={NAM: at("17:05")})
    assert day.tick("17:00") == []
    (said,) = day.tick("17:05")
    assert said == (NAM, "Thọ Dân", ("snooze 101005", "+30m reporter"))
    assert day.tick("17:06") == []


def test_who_asked_for_half_an_hour_and_sends_meanwhile_hears_nothing() -> None:
    day = Day()
    day.tick("16:30")
    day.suppression = Suppression(snoozed={NAM: at("16:50")})
    day.sent = [THO_DAN]
    assert [person for person, *_ in day.tick("16:50")] == []


def test_a_suspended_period_reminds_nobody() -> None:
    day = Day()
    day.free = [THO_DAN, DAN_LUC, NUA]
    assert day.tick("18:30") == []


def test_nothing_is_reminded_of_after_the_close() -> None:
    day = Day()
    assert day.tick("08:00", DAY + timedelta(days=1)) == []
    assert [person for person, *_ in day.tick("07:59", DAY + timedelta(days=1))] == [HOA, NAM, LEADER, DESK]


def test_a_rule_from_before_the_opening_comes_due_at_the_opening() -> None:
    day = Day(form("-24h reporter"))
    assert day.tick("07:59") == []
    assert [person for person, *_ in day.tick("08:00")] == [HOA, NAM]


def test_a_unit_is_not_reminded_of_a_day_on_which_it_did_not_exist() -> None:
    day = Day()
    day.tree = UnitTree([DISTRICT, THO_DAN, replace(DAN_LUC, until=date(2021, 11, 1)), NUA])
    assert [person for person, *_ in day.tick("15:30")] == [NAM]


def test_a_reminder_that_could_not_leave_is_taken_back_when_the_next_is_due() -> None:
    day = Day()
    day.sent = [DAN_LUC, NUA]
    day.are_out = False
    day.tick("16:25")
    plan = day.plan("16:30")
    assert plan.taken_back == {1}
    assert [spelled(each.rules) for each in plan.reminders] == [("+0m reporter", "-60m reporter")]


def test_a_reminder_that_waits_too_long_is_written_anew() -> None:
    day = Day()
    day.sent = [DAN_LUC, NUA]
    day.are_out = False
    day.tick("15:30")
    assert day.tick("15:39") == []
    assert day.tick("15:40") == [(NAM, "Thọ Dân", ("-60m reporter",))]
    assert len({each.message for each in day.told}) == 1


def test_a_waiting_reminder_of_a_report_that_has_come_is_taken_back() -> None:
    day = Day()
    day.are_out = False
    day.tick("15:30")
    day.sent = [THO_DAN, DAN_LUC]
    plan = day.plan("15:31")
    assert plan.taken_back == {1, 2}
    assert plan.reminders == ()


def test_nobody_above_hears_while_the_warning_waits_to_leave() -> None:
    day = Day()
    day.sent = [DAN_LUC, NUA]
    day.are_out = False
    day.tick("17:29")
    assert [person for person, *_ in day.tick("17:30")] == []
    day.leave()
    assert [person for person, *_ in day.tick("17:35")] == [CHAIR]


def test_it_is_counted_how_often_somebody_was_reminded() -> None:
    day = Day()
    day.sent = [DAN_LUC, NUA]
    counts = []
    for clock in ("15:30", "16:30", "17:00"):
        counts += [each.count for each in day.plan(clock).reminders]
        day.tick(clock)
    assert counts == [1, 2, 3]


def test_a_rule_older_than_what_was_said_is_only_recorded() -> None:
    day = Day(form("-60m reporter; 0m reporter"))
    day.sent = [DAN_LUC, NUA]
    day.told = [ReminderRecord(key("+0m reporter"), "covid_daily", THO_DAN.id, DAY, NAM, at("16:30"), 1)]
    plan = day.plan("16:31")
    assert plan.reminders == ()
    assert [spelled(each.rules) for each in plan.quietly] == [("-60m reporter",)]
