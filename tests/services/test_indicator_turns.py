"""Turns of indicators on both databases: what weeks bring, looked for once, told once, and of whom."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from messages.notices import notices_in_parts
from reminders.context import Tick
from reminders.turns import due_turns_told
from reporting.figures.turns import KnownTurn, TurnKind
from reporting.reminder_key import ReminderKey
from reporting.rounds.reminder_record import ReminderRecord
from reporting.say import Say
from services.import_units import change_units
from services.indicator_turns import due_turns, newest_turns_of
from storage.database.tables import metadata
from storage.database.tick_parts import TickParts
from storage.figures.indicator_targets import set_looked_on
from storage.organisation import units
from storage.schedule import reminder_log
from tests.channels import CHANNELS
from tests.services.office import NOW, ZONE, Office
from tests.services.targeted import put, take_in

MONDAY = date(2021, 10, 18)
"""Of the first of four weeks, whose last is closed on Sunday the 14th of November."""
MOMENT = datetime(2021, 11, 15, 7, tzinfo=ZONE)


def weeks(office: Office, code: str, *counts: int | None) -> None:
    """A week's count stands on its Monday, the other days have none; None: on Tuesday nothing came."""
    for place, count in enumerate(counts):
        for day in range(7):
            if count is not None or day != 1:
                on = MONDAY + timedelta(weeks=place, days=day)
                put(office, code, on, {"ill": (count or 0) if day == 0 else 0})


def turned(office: Office, now: datetime) -> list[KnownTurn]:
    found, looked = due_turns(office.connection, units.tree(office.connection), now, ZONE)
    set_looked_on(office.connection, looked)
    return found


def test_a_turn_is_looked_for_once_a_closed_week(daily: Office) -> None:
    take_in(daily, "11,ill,at most,10,,weekly,2021-10-01,,,")
    weeks(daily, "11", 4, 7, 9)
    assert turned(daily, MOMENT - timedelta(weeks=1)) == []  # the first week of a target is only noted
    weeks(daily, "11", 4, 7, 9, 12)
    assert turned(daily, MOMENT - timedelta(hours=12)) == []  # Sunday's reports are not closed
    found = turned(daily, MOMENT)
    assert [(each.turn.kind, [point.value for point in each.turn.points]) for each in found] == [
        (TurnKind.RISING, [4, 7, 9, 12]),
        (TurnKind.ABOVE, [9, 12]),
    ]
    assert turned(daily, MOMENT) == []


def test_whoever_answers_for_a_unit_is_told_once_in_one_message_and_not_in_quiet_hours(daily: Office) -> None:
    take_in(daily, "1,ill,at most,20,,weekly,2021-10-01,,,")
    for code in ("11", "12"):
        weeks(daily, code, 9, 3, 7, 12)

    def told(now: datetime) -> list[Say]:
        return due_turns_told(Tick(daily.connection, now, ZONE, CHANNELS, (time(21), time(6))))

    assert told(MOMENT - timedelta(weeks=1)) == told(MOMENT.replace(hour=5)) == []
    to_leader, to_chair = sorted(told(MOMENT), key=lambda each: each.to.address, reverse=True)
    assert (to_leader.to.address, to_chair.to.address) == ("Hoa", "Ba")
    line = "• Số ca mắc mới ở xã {} tăng 3 tuần liền: 3 → 7 → 12 (tuần 43–45)"
    assert to_leader.text.splitlines()[1:] == [line.format("Dân Lực"), line.format("Thọ Dân")]
    assert to_chair.text.splitlines()[1:] == [line.format("Thọ Dân")]
    assert told(MOMENT) == []


def test_who_cannot_be_told_of_a_turn_is_told_when_he_can_and_nobody_else_is_told_again(
    daily: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in(daily, "1,ill,at most,20,,weekly,2021-10-01,,,")
    for code in ("11", "12"):
        weeks(daily, code, 9, 3, 7, 12)
    outbox, whole = metadata.tables["outbox"], notices_in_parts

    def told(minute: int) -> tuple[set[int], list[str]]:
        """Who could not be told, and who was told up to now."""
        parts = TickParts(lambda *_: None)
        tick = Tick(daily.connection, MOMENT + timedelta(minutes=minute), ZONE, CHANNELS, parts=parts)
        assert due_turns_told(tick) == []
        addresses = daily.connection.execute(select(outbox.c.address)).scalars()
        return {each.person_id for each in parts.troubled}, sorted(addresses)

    def fails(events: Sequence[Any], *given: Any) -> list[Say]:
        if events[0].to.address.address == "Ba":
            raise ZeroDivisionError
        return whole(events, *given)

    turned(daily, MOMENT - timedelta(weeks=1))
    with monkeypatch.context() as bug:
        bug.setattr("reminders.turns.notices_in_parts", fails)
        assert told(0) == ({daily["Ba"].id}, ["Hoa"])
        assert told(1) == ({daily["Ba"].id}, ["Hoa"])
    assert told(2) == (set(), ["Ba", "Hoa"])
    assert told(3) == (set(), ["Ba", "Hoa"])


def test_what_was_told_is_no_news_the_week_after(daily: Office) -> None:
    take_in(daily, "11,ill,at most,50,,weekly,2021-10-01,,,")
    weeks(daily, "11", 9, 4, 7, 12)
    turned(daily, MOMENT - timedelta(weeks=1))
    (rising,) = turned(daily, MOMENT)
    key = ReminderKey.turn(rising.turn.target.id, rising.turn.kind.number)
    told = ReminderRecord(key, "daily", rising.unit.id, rising.turn.period, daily["Ba"].id, NOW)
    reminder_log.record(daily.connection, [told])
    weeks(daily, "11", 9, 4, 7, 12, 20)
    assert turned(daily, MOMENT + timedelta(weeks=1)) == []


def test_a_week_with_a_day_that_is_lacking_makes_no_row(daily: Office) -> None:
    take_in(daily, "11,ill,at most,10,,weekly,2021-10-01,,,")
    weeks(daily, "11", 2, 5, None, 12)
    turned(daily, MOMENT - timedelta(weeks=1))
    assert turned(daily, MOMENT) == []


def test_a_target_above_watches_the_units_under_it_for_rows_and_its_own_total(daily: Office) -> None:
    take_in(daily, "1,ill,at most,20,,weekly,2021-10-01,,,")
    for code in ("11", "12", "13"):
        weeks(daily, code, 9, 3, 7, 12)
    turned(daily, MOMENT - timedelta(weeks=1))
    found = turned(daily, MOMENT)
    said = sorted((each.unit.code, each.turn.kind.value, [point.value for point in each.turn.points]) for each in found)
    assert said == [
        ("1", "rising", [9, 21, 36]),
        ("11", "rising", [3, 7, 12]),
        ("12", "rising", [3, 7, 12]),
        ("13", "rising", [3, 7, 12]),
    ]
    meeting = newest_turns_of(daily.connection, units.tree(daily.connection), daily.unit("11"), MOMENT, ZONE)
    assert [each.unit.code for each in meeting] == ["11"]


def test_of_very_many_units_only_all_together_are_watched(daily: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.indicator_turns.MOST_WATCHED", 2)
    take_in(daily, "1,ill,at most,200,,weekly,2021-10-01,,,")
    for code in ("11", "12", "13"):
        weeks(daily, code, 9, 3, 7, 12)
    turned(daily, MOMENT - timedelta(weeks=1))
    (found,) = turned(daily, MOMENT)
    assert (found.unit.code, [point.value for point in found.turn.points]) == ("1", [9, 21, 36])


def test_a_yearly_target_that_is_gone_beyond_is_a_turn(daily: Office) -> None:
    take_in(daily, "11,ill,at most,20,,,2021-10-18,2021-12-31,,")
    weeks(daily, "11", 6, 6, 6, 6)
    turned(daily, MOMENT - timedelta(weeks=1))
    (crossed,) = turned(daily, MOMENT)
    assert (crossed.turn.kind, [point.value for point in crossed.turn.points]) == (TurnKind.ABOVE, [18, 24])


def test_a_percentage_crosses_no_line_by_being_added_up(daily: Office) -> None:
    take_in(daily, "11,positive,at most,20,,,2021-10-18,2021-12-31,,")
    for place in range(28):
        put(daily, "11", MONDAY + timedelta(days=place), {"positive": 6})
    turned(daily, MOMENT - timedelta(weeks=1))
    assert turned(daily, MOMENT) == []


@pytest.mark.parametrize("most", [100, 1])
def test_a_merger_is_no_rise(daily: Office, monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    """From the third week on Dân Lực has the cases of Thọ Dân too: that is no row of its own, nor of the district's."""
    monkeypatch.setattr("services.indicator_turns.MOST_WATCHED", most)
    take_in(daily, "1,ill,at most,40,,weekly,2021-10-01,,,")
    weeks(daily, "11", 10, 10)
    weeks(daily, "12", 12, 10, 30, 48)
    weeks(daily, "13", 1, 2, 3, 4)
    merger = "on,old,new,name,kind,parent,aliases,people\n2021-11-01,11,12,,,,,\n"
    change_units(daily.connection, merger, NOW, ZONE, kind="mergers")
    turned(daily, MOMENT - timedelta(weeks=1))
    assert [(each.unit.code, each.turn.kind) for each in turned(daily, MOMENT)] == [("1", TurnKind.ABOVE)]


@pytest.mark.parametrize("most", [100, 1])
def test_the_part_of_a_week_in_which_a_unit_began_is_no_week(
    daily: Office, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr("services.indicator_turns.MOST_WATCHED", most)
    take_in(daily, "1,ill,at most,400,,weekly,2021-10-01,,,")
    text = "code,name,kind,parent,since\n14,Mới,xã,1,2021-10-27\n"
    change_units(daily.connection, text, NOW, ZONE, kind="units")
    for code in ("11", "12", "13"):
        weeks(daily, code, 12, 7, 7, 7)
    for day in range(9, 28):
        put(daily, "14", MONDAY + timedelta(days=day), {"ill": (1, 6, 8)[day // 7 - 1]})
    turned(daily, MOMENT - timedelta(weeks=1))
    assert turned(daily, MOMENT) == []
