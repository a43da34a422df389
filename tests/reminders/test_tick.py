"""The tick, on both databases: read, planned, recorded once, said."""

import json
from datetime import date, time, timedelta

from sqlalchemy import select

from reminders.context import Tick
from reminders.plan import plan
from reminders.tick import say
from reporting.people import Address
from reporting.reminder_key import ReminderKey
from reporting.report_page_links import PublicSite
from reporting.rounds.reminder_record import ReminderRecord
from reporting.rounds.suspensions import Suspension
from reporting.say import Say
from services.retire_form import retire_form
from storage.database.tables import metadata
from storage.messages import outbox
from storage.organisation import units
from storage.reports import forms
from storage.schedule import late_reasons, reminder_evidence, reminder_log, rounds, snoozes, suspensions
from tests.channels import CHANNELS
from tests.reminders.town import DAY, ZONE, Town, at, days, execute, written_form
from tests.rule_keys import spelled

NEXT = DAY + timedelta(days=1)


def test_a_day_goes_from_the_reporters_to_the_chair_to_the_leader(town: Town) -> None:
    heard = {
        clock: town.tick(clock) for clock in ("15:29", "15:30", "15:31", "16:30", "17:00", "17:30", "18:30", "18:31")
    }
    assert heard == {
        "15:29": [],
        "15:30": ["Hoa", "Nam"],
        "15:31": [],
        "16:30": ["Hoa", "Nam"],
        "17:00": ["Hoa", "Nam"],
        "17:30": ["Minh"],
        "18:30": ["Lan"],
        "18:31": [],
    }


def test_who_has_sent_hears_nothing_and_neither_do_those_above(town: Town) -> None:
    town.sends("Thọ Dân", "15:00")
    assert [town.tick(clock) for clock in ("15:30", "17:30")] == [["Hoa"], ["Hoa"]]
    assert "1/3 đơn vị đã gửi" in town.letters("18:30")["Lan"]


def test_after_a_night_away_one_message_comes_to_each_and_none_after_the_close(town: Town) -> None:
    assert town.tick("07:00", NEXT) == ["Hoa", "Nam", "Lan"], (
        "of Nưa nobody could be warned, so the leader hears at once"
    )
    assert town.tick("07:05", NEXT) == ["Minh", "Lan"]
    assert town.tick("07:06", NEXT) == []
    assert town.tick("08:00", NEXT) == []


def test_a_period_that_closed_while_we_were_away_is_not_reminded_of(town: Town) -> None:
    assert town.tick("08:30", NEXT + timedelta(days=3)) == []
    assert town.recorded() == []


def test_nothing_is_reminded_of_before_the_forms_first_day(town: Town) -> None:
    assert town.tick("16:30", DAY - timedelta(days=1)) == []


def test_a_form_published_anew_is_reminded_of_by_the_version_of_the_period(town: Town) -> None:
    with town.engine.begin() as connection:
        newer = written_form(version="2", due="20:00", remind="0m reporter")
        forms.publish(connection, newer, "daily.md", NEXT, at("12:00"))
    assert town.tick("16:30") == ["Hoa", "Nam"]
    assert town.tick("16:30", NEXT) == []
    assert town.tick("20:00", NEXT) == ["Hoa", "Nam"]


def test_a_form_that_is_retired_is_reminded_of_for_the_periods_before_and_no_more(town: Town) -> None:
    with town.engine.begin() as connection:
        retire_form(connection, "daily", NEXT, at("12:00"))
    assert town.tick("16:30") == ["Hoa", "Nam"]
    assert town.tick("16:30", NEXT) == []


def test_two_forms_of_one_person_make_one_message(town: Town) -> None:
    with town.engine.begin() as connection:
        forms.publish(connection, written_form(key="second"), "second.md", DAY, at("00:00"))
    text = town.letters("15:30")["Nam"]
    assert "hiện còn 2 báo cáo" in text
    assert len(town.recorded()) == 4


def test_a_weekly_form_is_reminded_of_at_the_weeks_end(empty_town: Town) -> None:
    empty_town.furnish(period="weekly", closes="12:00+1d")
    empty_town.join("Nam", "reporter", "Thọ Dân")
    sunday = date(2021, 11, 14)
    assert empty_town.tick("15:30", sunday - timedelta(days=1)) == []
    assert "tuần đến ngày 14/11/2021" in empty_town.letters("15:30", sunday)["Nam"]


def test_what_is_reported_on_change_is_reminded_of_to_nobody(empty_town: Town) -> None:
    empty_town.furnish(period="on change")
    empty_town.join("Nam", "reporter", "Thọ Dân")
    assert empty_town.tick("23:00") == []


def test_in_a_suspended_period_nobody_is_reminded_and_when_it_is_lifted_they_are(town: Town) -> None:
    unit_id = town.unit("Thọ Dân").id
    with town.engine.begin() as connection:
        suspension = suspensions.suspend(connection, Suspension("", unit_id, DAY, DAY, "lũ"), None, at("09:00"))
    assert town.tick("15:30") == ["Hoa"]
    with town.engine.begin() as connection:
        assert suspensions.lift(connection, suspension)
        assert not suspensions.lift(connection, suspension)
    assert town.tick("15:31") == ["Nam"]


def test_who_joins_late_hears_once(town: Town) -> None:
    town.tick("17:00")
    town.join("Bình", "reporter", "Nưa")
    assert town.tick("17:01") == ["Bình"]
    assert town.tick("17:02") == []


def test_who_has_left_his_duty_hears_nothing(town: Town) -> None:
    with town.engine.begin() as connection:
        execute(connection, "duty", until=DAY)
    assert town.tick("16:30") == []


def test_who_cannot_be_reached_is_as_if_he_were_not_there(town: Town) -> None:
    with town.engine.begin() as connection:
        outbox.close(connection, next(iter(_addresses(town, "Nam"))), "blocked", at("10:00"))
    assert town.tick("15:30") == ["Hoa"]
    assert "chưa có cán bộ đầu mối nhận được" in town.letters("17:30")["Minh"]


def _addresses(town: Town, name: str) -> list[Address]:
    return [Address("telegram", address) for address, known in town.names.items() if known == name]


def test_an_answer_in_progress_is_waited_for(town: Town) -> None:
    nam = _person(town, "Nam")
    drafted = {"form": "daily", "version": "1", "unit_id": town.unit("Thọ Dân").id, "period": DAY, "answers": {}}
    with town.engine.begin() as connection:
        touched = {
            "state": "asking",
            "holder_id": nam,
            "touched_at": at("16:28"),
            "turn": 1,
            "at": "",
            "correcting": "",
        }
        connection.execute(metadata.tables["draft"].insert(), drafted | touched)
    assert town.tick("16:30") == ["Hoa"]
    assert town.tick("16:31") == ["Nam"]


def _person(town: Town, name: str) -> int:
    people = metadata.tables["person"]
    with town.engine.begin() as connection:
        return int(connection.execute(select(people.c.id).where(people.c.name == name)).scalar_one())


def test_half_an_hour_is_half_an_hour(town: Town) -> None:
    town.tick("16:30")
    nam = _person(town, "Nam")
    with town.engine.begin() as connection:
        snoozes.snooze(connection, nam, at("16:40"))
        snoozes.snooze(connection, nam, at("17:02"))
    assert town.tick("17:00") == ["Hoa"]
    assert town.tick("17:02") == ["Nam"]
    assert town.tick("17:03") == []


def test_a_late_reason_stands_beside_the_name(town: Town) -> None:
    unit_id = town.unit("Dân Lực").id
    with town.engine.begin() as connection:
        for reason, words in (("power", ""), ("other", "cầu gãy")):
            late_reasons.give(connection, "daily", unit_id, DAY, reason, words=words, person_id=None, now=at("17:00"))
    for clock in ("16:30", "17:30"):
        town.tick(clock)
    assert "xã Dân Lực (cầu gãy)" in town.letters("18:30")["Lan"]


def test_in_quiet_hours_nobody_is_woken_and_one_message_comes_when_they_are_over(town: Town) -> None:
    town.quiet = (at("17:00").astimezone(ZONE).time(), at("06:00").astimezone(ZONE).time())
    assert [town.tick(clock) for clock in ("17:00", "17:30", "18:30")] == [[], [], []]
    assert town.tick("05:59", NEXT) == []
    assert town.tick("06:00", NEXT) == ["Hoa", "Nam", "Lan"]


def test_a_form_that_is_due_in_the_quiet_hours_is_reminded_of_all_the_same(town: Town) -> None:
    town.quiet = (at("16:00").astimezone(ZONE).time(), at("06:00").astimezone(ZONE).time())
    assert town.tick("16:30") == ["Hoa", "Nam"]


def test_who_was_silent_for_days_is_named_and_figures_of_the_archive_are_no_silence(empty_town: Town) -> None:
    town = empty_town
    town.furnish(since=DAY - timedelta(days=10))
    town.join("Lan", "leader", "Triệu Sơn")
    for day in days(DAY - timedelta(days=10), 10):
        town.sends("Nưa", "16:00", day)
    town.sends("Thọ Dân", "16:00", DAY - timedelta(days=3))
    figure = {
        "form": "daily",
        "indicator": "cases",
        "unit_id": town.unit("Dân Lực").id,
        "amount": 0,
        "as_of": at("09:00"),
    }
    with town.engine.begin() as connection:
        imported = figure | {"period": DAY - timedelta(days=1), "revision": 1, "source": "import"}
        connection.execute(metadata.tables["figure"].insert(), imported)
    text = town.letters("18:30")["Lan"]
    assert "3 đơn vị chưa báo cáo" in text
    assert "1 đơn vị chưa báo cáo từ 2 kỳ liên tiếp trở lên: xã Thọ Dân (3 kỳ)." in text


def test_a_report_that_comes_while_the_reminder_waits_takes_it_back(town: Town) -> None:
    town.is_connected = False
    town.tick("15:30")
    town.sends("Thọ Dân", "15:31")
    unit_id = town.unit("Thọ Dân").id
    with town.engine.begin() as connection:
        assert reminder_log.withdraw(connection, "daily", unit_id, DAY) == 1
        (word,) = reminder_evidence.words_about(connection, "daily", DAY, [unit_id])
    assert (word.name, word.state, word.count) == ("Nam", "moot", 0)
    assert [name for name, _ in town.waiting()] == ["Hoa"]


def test_after_an_outage_of_the_network_one_message_waits_for_each_and_it_is_the_newest(town: Town) -> None:
    town.is_connected = False
    for clock in ("15:30", "15:45", "16:30", "16:45", "17:00", "17:30", "18:30"):
        town.tick(clock)
    assert sorted(name for name, _ in town.waiting()) == ["Hoa", "Lan", "Nam"]
    assert all("hết thời hạn (16 giờ 30)" in text for name, text in town.waiting() if name != "Lan")


def test_a_digest_that_waits_is_no_reminder_and_stays(town: Town) -> None:
    lan = _person(town, "Lan")
    to = _addresses(town, "Lan")[0]
    with town.engine.begin() as connection:
        (message,) = outbox.put(connection, [Say(to, "Tổng hợp")], at("15:00"), CHANNELS)
        reminder_log.record(
            connection, [ReminderRecord(ReminderKey.digest(time(15)), "daily", 1, DAY, lan, at("15:00"), message)]
        )
    town.is_connected = False
    town.tick("18:30")
    assert ("Lan", "Tổng hợp") in town.waiting()


def test_what_was_said_to_whom_and_when_is_there_as_evidence(town: Town) -> None:
    for clock in ("15:30", "17:10"):
        town.tick(clock)
    unit_id = town.unit("Thọ Dân").id
    with town.engine.begin() as connection:
        words = reminder_evidence.words_about(connection, "daily", DAY, [unit_id])
    assert [(word.name, spelled(word.rules), word.at, word.state, word.count) for word in words] == [
        ("Nam", ("-60m reporter",), at("15:30"), "said", 1),
        ("Nam", ("+0m reporter", "+30m reporter"), at("17:10"), "said", 2),
    ]


def test_standings_of_a_day_and_of_many_days_agree(town: Town) -> None:
    town.sends("Thọ Dân", "16:00")
    with town.engine.begin() as connection:
        tree = units.tree(connection)
        (form,) = forms.in_force(connection, DAY)
        one = rounds.standings(connection, form, DAY, tree, at("17:00"), ZONE)
        many = rounds.standings_between(connection, form, DAY - timedelta(days=5), NEXT, tree, at("17:00"), ZONE)
    assert [each.status for each in one] == ["missing", "missing", "on_time"]
    assert many[:3] == one
    assert [each.status for each in many[3:]] == ["not_due"] * 3


def test_what_is_planned_anew_as_the_earlier_one_has_left_meanwhile_has_the_reports_page_too(town: Town) -> None:
    town.is_connected = False
    assert town.tick("15:30") == ["Hoa", "Nam"]
    site = PublicSite("https://giaoban.test", b"a key of ours")
    with town.engine.begin() as connection:
        planned = plan(Tick(connection, at("16:30"), ZONE, CHANNELS, site=site))
    assert planned is not None
    assert planned.taken_back
    town.leave()
    with town.engine.begin() as connection:
        assert say(connection, planned) == 2
        kept = connection.execute(select(outbox.outbox.c.say).where(outbox.outbox.c.state == "new")).scalars().all()
    assert [site.url in json.dumps(each) for each in kept] == [True, True]
