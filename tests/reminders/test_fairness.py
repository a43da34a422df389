"""Fair: the person in trouble is warned before others are told of him, by words that have come; and nobody can prevent that."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

import pytest

from reporting.people import Address
from reporting.retries import DeliveryProblem, Outcome, Said, Unreachable, fate
from reporting.rounds.reminder_record import ReminderRecord
from storage.messages import delivery
from storage.messages.delivery import Mark
from storage.schedule import reminder_evidence, reminder_log, snoozes
from tests.reminders.town import DAY, Town, at
from tests.rule_keys import key

BLOCKED = Unreachable("Forbidden: bot was blocked by the user")
NEXT = DAY + timedelta(days=1)


def wants_silence(town: Town, name: str, until: datetime) -> None:
    with town.engine.begin() as connection:
        snoozes.snooze(connection, town.people[name], until)


def leaves(town: Town, clock: str, **became: Outcome) -> None:
    """What waits is said, or becomes what is named for somebody."""
    with town.engine.begin() as connection:
        marks = [
            Mark(
                row.id,
                row.effect.to.address,
                fate(became.get(town.names[row.effect.to.address], Said("1")), row.uncertain),
            )
            for row in delivery.claim(connection, "telegram", "us", at(clock), 50)
        ]
        delivery.mark(connection, "telegram", "us", marks, at(clock))


def ticks(town: Town, clocks: Sequence[str], **became: Outcome) -> list[list[str]]:
    heard = []
    for clock in clocks:
        heard.append(town.tick(clock))
        leaves(town, clock, **became)
    return heard


def test_a_leader_is_told_of_those_units_only_whose_reporter_was_warned(town: Town) -> None:
    town.tick("16:30")
    town.join("Bình", "reporter", "Nưa")
    assert "2 đơn vị chưa báo cáo: xã Dân Lực, xã Thọ Dân." in town.letters("18:30")["Lan"]
    said_of_nua = town.letters("18:35")["Lan"]
    assert "1 đơn vị chưa báo cáo: thị trấn Nưa." in said_of_nua
    assert "Ngoài ra còn 2 đơn vị chưa báo cáo" in said_of_nua
    assert town.tick("18:36") == []


def test_who_asks_not_to_be_reminded_keeps_nobody_from_being_told(town: Town) -> None:
    town.sends("Dân Lực", "10:00")
    town.sends("Nưa", "10:00")
    for hour in (15, 16, 17, 18):
        wants_silence(town, "Nam", at(f"{hour}:59"))
        heard = [town.tick(f"{hour}:{minute}") for minute in ("00", "30")]
        assert heard == {15: [[], []], 16: [[], []], 17: [[], ["Minh"]], 18: [[], ["Lan"]]}[hour]
    assert town.tick("18:59") == ["Nam"]


def test_what_did_not_come_was_no_reminder_and_comes_when_the_chat_can_be_reached_again(town: Town) -> None:
    town.is_connected = False
    town.sends("Dân Lực", "10:00")
    assert ticks(town, ["15:30"], Nam=BLOCKED) == [["Nam"]]
    assert ticks(town, ["16:30", "17:00"]) == [[], []]
    town.is_reachable(address(town, "Nam").address)
    assert ticks(town, ["17:10", "17:11"]) == [["Nam"], []]
    town.tick("17:30")
    assert [(name, "đã được nhắc 1 lần" in text) for name, text in town.waiting()] == [("Minh", True)]
    unit_id = town.unit("Thọ Dân").id
    with town.engine.begin() as connection:
        words = reminder_evidence.words_about(connection, "daily", DAY, [unit_id])
    assert [(word.name, word.state, word.count) for word in words] == [("Nam", "said", 1), ("Minh", "new", 1)]


def test_what_one_was_not_told_opens_no_record_of_what_another_was(town: Town) -> None:
    town.is_connected = False
    assert ticks(town, ["15:30"], Nam=BLOCKED) == [["Hoa", "Nam"]]
    unit_id = town.unit("Dân Lực").id
    with town.engine.begin() as connection:
        again = ReminderRecord(key("-60m reporter"), "daily", unit_id, DAY, town.people["Hoa"], at("15:31"))
        assert reminder_log.record(connection, [again]) == []
        (word,) = reminder_evidence.words_about(connection, "daily", DAY, [unit_id])
    assert (word.at, word.state) == (at("15:30"), "said")


def test_what_telegram_refuses_is_not_tried_every_minute_and_does_not_count_and_the_others_are_told(town: Town) -> None:
    town.is_connected = False
    town.sends("Dân Lực", "10:00")
    refused = DeliveryProblem("BadRequest: can't parse entities")
    assert ticks(town, ["15:30", "15:31", "16:30", "17:00"], Nam=refused) == [["Nam"], [], ["Nam"], ["Nam"]]
    town.tick("17:30")
    ((name, text),) = town.waiting()
    assert name == "Minh"
    assert "Cán bộ đầu mối: Nam. " in text


def address(town: Town, name: str) -> Address:
    return next(Address("telegram", address) for address, known in town.names.items() if known == name)


@pytest.fixture
def evening_town(empty_town: Town) -> Town:
    """Its report is due at 20:00 and closes before its quiet hours are over."""
    empty_town.furnish(
        due="20:00", closes="05:00+1d", remind="-60m reporter; +30m reporter; +90m chair; +120m leader; +150m reporter"
    )
    empty_town.join("Nam", "reporter", "Thọ Dân")
    empty_town.join("Minh", "chair", "Thọ Dân")
    empty_town.join("Lan", "leader", "Triệu Sơn")
    for unit in ("Dân Lực", "Nưa"):
        empty_town.sends(unit, "10:00")
    empty_town.quiet = (time(21), time(6))
    return empty_town


def test_who_cannot_be_told_any_more_when_quiet_hours_are_over_is_told_before_they_begin(evening_town: Town) -> None:
    clocks = ("19:00", "20:30", "20:49", "20:50", "20:54", "20:55", "20:56", "21:00", "21:30", "22:30")
    heard = {clock: evening_town.tick(clock) for clock in clocks}
    assert {clock: names for clock, names in heard.items() if names} == {
        "19:00": ["Nam"],
        "20:30": ["Nam"],
        "20:50": ["Nam"],
        "20:55": ["Minh", "Lan"],
    }
    assert [evening_town.tick(clock, NEXT) for clock in ("04:59", "05:00", "06:00")] == [[], [], []]


def test_the_moment_that_is_announced_is_the_one_that_is_kept(evening_town: Town) -> None:
    evening_town.tick("19:00")
    assert "Sau 20 giờ 55" in evening_town.letters("20:30")["Nam"]


def test_after_quiet_hours_in_which_nothing_closes_it_is_announced_when_they_end(town: Town) -> None:
    town.quiet = (time(17, 15), time(6))
    town.tick("16:30")
    assert "Sau 06 giờ 00 ngày 11/11/2021" in town.letters("17:00")["Nam"]
    assert [town.tick(clock) for clock in ("17:30", "18:30")] == [[], []]
    assert town.tick("06:00", NEXT) == ["Minh", "Lan"]
