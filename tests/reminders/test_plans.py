"""A plan and its saying: what comes in between, and what two processes plan, is said once."""

import pytest
from sqlalchemy import Connection, func, select

from reminders.context import Tick
from reminders.plan import plan
from reminders.tick import remind, say
from reporting.rounds.reminder_record import ReminderRecord
from storage.database.engines import writing_engine
from storage.database.tables import metadata
from storage.organisation import units
from storage.schedule import reminder_evidence, reminder_log
from tests.channels import CHANNELS
from tests.reminders.town import DAY, ZONE, Town, at, execute
from tests.rule_keys import key, spelled


def test_a_report_that_comes_between_the_plan_and_the_saying_is_not_reminded_of(town: Town) -> None:
    with town.engine.begin() as connection:
        planned = plan(Tick(connection, at("15:30"), ZONE, CHANNELS))
    assert planned is not None
    town.sends("Thọ Dân", "15:30")
    with town.engine.begin() as connection:
        assert say(connection, planned) == 1
    assert [name for name, _ in town.waiting()] == ["Hoa"]


def test_two_plans_of_the_same_minute_are_said_once(town: Town) -> None:
    with town.engine.begin() as connection:
        first, second = (plan(Tick(connection, at("15:30"), ZONE, CHANNELS)) for _ in range(2))
    assert first is not None
    assert second is not None
    with town.engine.begin() as connection:
        assert say(connection, first) == 2
        assert say(connection, second) == 0
    assert len(town.waiting()) == 2


def test_of_a_message_half_of_which_somebody_else_said_the_other_half_is_said(town: Town) -> None:
    town.join("Nam", "reporter", "Nưa")
    with town.engine.begin() as connection:
        planned = plan(Tick(connection, at("15:30"), ZONE, CHANNELS))
        assert planned is not None
        nam = _person_in(connection, "Nam")
        unit_id = next(unit.id for unit in units.tree(connection) if unit.name == "Nưa")
        reminder_log.record(connection, [ReminderRecord(key("-60m reporter"), "daily", unit_id, DAY, nam, at("15:30"))])
        assert say(connection, planned) == 2
    text = dict(town.waiting())["Nam"]
    assert "Kính gửi: UBND xã Thọ Dân" in text
    assert "Nưa" not in text


def test_of_the_rules_that_a_message_says_those_that_somebody_else_said_are_left_to_him(town: Town) -> None:
    """His clock is an hour slow, say."""
    with town.engine.begin() as connection:
        planned = plan(Tick(connection, at("16:30"), ZONE, CHANNELS))
    assert planned is not None
    assert town.tick("15:30") == ["Hoa", "Nam"]
    with town.engine.begin() as connection:
        assert say(connection, planned) == 2
    assert [name for name, _ in town.waiting()] == ["Hoa", "Nam"]
    unit_id = town.unit("Thọ Dân").id
    with town.engine.begin() as connection:
        words = reminder_evidence.words_about(connection, "daily", DAY, [unit_id])
    assert [(spelled(word.rules), word.at, word.state) for word in words] == [
        (("-60m reporter",), at("15:30"), "said"),
        (("+0m reporter",), at("16:30"), "new"),
    ]


def test_what_leaves_between_the_plan_and_the_saying_counts_as_said(town: Town) -> None:
    town.is_connected = False
    town.tick("16:30")
    with town.engine.begin() as connection:
        planned = plan(Tick(connection, at("17:00"), ZONE, CHANNELS))
    assert planned is not None
    town.leave()
    with town.engine.begin() as connection:
        assert say(connection, planned) == 2
    assert ["Đây là lần nhắc thứ 2" in text for _, text in town.waiting()] == [True, True]


def test_a_message_in_doubt_that_another_follows_is_not_said_again(town: Town) -> None:
    town.is_connected = False
    town.tick("16:30")
    with town.engine.begin() as connection:
        execute(connection, "outbox", uncertain=1)
    assert town.tick("17:00") == ["Hoa", "Nam"]
    assert ["Đây là lần nhắc thứ 2" in text for _, text in town.waiting()] == [True, True]
    unit_id = town.unit("Thọ Dân").id
    with town.engine.begin() as connection:
        words = reminder_evidence.words_about(connection, "daily", DAY, [unit_id])
    assert [(set(spelled(word.rules)), word.state) for word in words] == [
        ({"-60m reporter", "+0m reporter"}, "unknown"),
        ({"+30m reporter"}, "new"),
    ]


def _person_in(connection: Connection, name: str) -> int:
    people = metadata.tables["person"]
    return int(connection.execute(select(people.c.id).where(people.c.name == name)).scalar_one())


def test_portions_say_together_what_the_whole_says(town: Town) -> None:
    with town.engine.begin() as connection:
        planned = plan(Tick(connection, at("16:30"), ZONE, CHANNELS))
    assert planned is not None
    for part in planned.parts(most=1):
        with town.engine.begin() as connection:
            assert say(connection, part) == 1
    assert sorted(name for name, _ in town.waiting()) == ["Hoa", "Nam"]


def test_a_tick_that_is_interrupted_says_nothing_and_the_next_one_everything(town: Town) -> None:
    with town.engine.connect() as connection, connection.begin() as transaction:
        assert remind(Tick(connection, at("15:30"), ZONE, CHANNELS)) == 2
        transaction.rollback()
    assert town.recorded() == []
    assert town.tick("15:31") == ["Hoa", "Nam"]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_while_one_process_ticks_another_leaves_it_to_it(town: Town) -> None:
    other = writing_engine(town.url)
    with town.engine.begin() as connection, other.begin() as second:
        assert remind(Tick(connection, at("15:30"), ZONE, CHANNELS)) == 2
        assert remind(Tick(second, at("15:30"), ZONE, CHANNELS)) == 0
    with other.begin() as second:
        assert remind(Tick(second, at("15:30"), ZONE, CHANNELS)) == 0
        count = second.execute(select(func.count()).select_from(metadata.tables["outbox"])).scalar_one()
    other.dispose()
    assert count == 2
