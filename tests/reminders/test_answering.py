"""An answer in progress is never interrupted: what waits to leave is put off, or moot once the report is there; on both databases."""

from datetime import time

import pytest
from sqlalchemy import Connection, func, select

from reminders.context import Tick
from reminders.plan import plan
from reminders.tick import say
from reporting.filling.drafts import Draft
from reporting.people import Address, Person
from reporting.reminder_key import ReminderKey
from reporting.reports import Report
from reporting.rounds.reminder_record import ReminderRecord
from reporting.say import Rank, Say
from services.draft_session import save_draft
from services.submit_report import accept
from storage.database.tables import metadata
from storage.messages import outbox
from storage.reports import drafts, forms
from storage.schedule import reminder_evidence, reminder_log
from tests.channels import CHANNELS
from tests.reminders.town import DAY, ZONE, Town, at, execute
from tests.rule_keys import spelled

WAITING = select(func.count()).where(metadata.tables["outbox"].c.state == "new")


@pytest.fixture
def nam(town: Town) -> Person:
    """The reporter of Thọ Dân, also of Nưa; his messages wait to leave."""
    town.is_connected = False
    return town.join("Nam", "reporter", "Nưa")


def answers(town: Town, who: Person, clock: str, unit: str = "Thọ Dân") -> int:
    """Somebody answers a question of a unit's report; how many messages were put off."""
    unit_id = town.unit(unit).id
    with town.engine.begin() as connection:
        form = forms.published(connection, "daily", DAY)
        assert form is not None
        found = drafts.of_unit(connection, "daily", unit_id, DAY)
        draft: Draft = found[0] if found else drafts.begin(connection, form, unit_id, DAY)
        waited = connection.execute(WAITING).scalar_one()
        save_draft(connection, form, draft, who.id, at(clock))
        return int(waited - connection.execute(WAITING).scalar_one())


def sends(town: Town, who: Person, clock: str, unit: str = "Thọ Dân") -> None:
    unit_id, now = town.unit(unit).id, at(clock)
    with town.engine.begin() as connection:
        form = forms.published(connection, "daily", DAY)
        assert form is not None
        new = Report(f"D-{unit_id}", "daily", "1", unit_id, DAY, 1, {}, who.id, now, now)
        assert accept(connection, form, new, ZONE)


def evidence(town: Town, unit: str) -> list[tuple[str, tuple[str, ...], str, int]]:
    unit_id = town.unit(unit).id
    with town.engine.begin() as connection:
        found = reminder_evidence.words_about(connection, "daily", DAY, [unit_id])
    return [(word.name, spelled(word.rules), word.state, word.count) for word in found]


def test_a_reminder_that_waits_is_put_off_until_the_draft_has_been_still(town: Town, nam: Person) -> None:
    assert town.tick("15:30") == ["Hoa", "Nam"]
    assert answers(town, nam, "15:30") == 1
    assert [name for name, _ in town.waiting()] == ["Hoa"]
    assert evidence(town, "Thọ Dân") == evidence(town, "Nưa") == []
    town.leave()
    assert [town.tick(clock) for clock in ("15:31", "15:32")] == [[], []]
    assert answers(town, nam, "15:32") == 0
    assert town.tick("15:34") == []
    assert town.tick("15:35") == ["Nam"]
    town.leave()
    assert town.tick("15:36") == []
    assert evidence(town, "Thọ Dân") == evidence(town, "Nưa") == [("Nam", ("-60m reporter",), "said", 1)]


def test_what_became_moot_is_recorded_so_and_what_else_the_message_spoke_of_is_told(town: Town, nam: Person) -> None:
    town.tick("15:30")
    sends(town, nam, "15:30")
    assert [name for name, _ in town.waiting()] == ["Hoa"]
    assert evidence(town, "Thọ Dân") == [("Nam", ("-60m reporter",), "moot", 0)]
    assert evidence(town, "Nưa") == []
    assert town.tick("15:31") == ["Hoa", "Nam"]
    text = dict(town.waiting())["Nam"]
    assert "Nưa" in text
    assert "Thọ Dân" not in text
    town.leave()
    assert evidence(town, "Nưa") == [("Nam", ("-60m reporter",), "said", 1)]
    assert evidence(town, "Thọ Dân") == [("Nam", ("-60m reporter",), "moot", 0)]


def test_a_report_that_comes_after_its_reminder_was_put_off_is_never_reminded_of(town: Town, nam: Person) -> None:
    town.tick("15:30")
    for unit in ("Thọ Dân", "Nưa"):
        answers(town, nam, "15:30", unit)
        sends(town, nam, "15:31", unit)
    town.leave()
    assert [town.tick(clock) for clock in ("15:32", "15:40", "16:30", "17:00")] == [[], [], ["Hoa"], ["Hoa"]]
    assert evidence(town, "Thọ Dân") == []


def test_a_reminder_that_may_have_come_is_not_tried_again_and_stays_in_doubt(town: Town, nam: Person) -> None:
    town.tick("15:30")
    with town.engine.begin() as connection:
        execute(connection, "outbox", uncertain=1)
    assert answers(town, nam, "15:30") == 1
    sends(town, nam, "15:31")
    assert evidence(town, "Thọ Dân") == evidence(town, "Nưa") == [("Nam", ("-60m reporter",), "unknown", 0)]
    assert [name for name, _ in town.waiting()] == ["Hoa"]
    town.leave()
    assert town.tick("15:40") == []
    assert town.tick("16:30") == ["Hoa", "Nam"]


def test_a_reminder_that_has_left_stays_said(town: Town, nam: Person) -> None:
    town.tick("15:30")
    town.leave()
    assert answers(town, nam, "15:30") == 0
    sends(town, nam, "15:31")
    assert evidence(town, "Thọ Dân") == [("Nam", ("-60m reporter",), "said", 1)]


def test_only_reminders_of_the_one_who_answers_are_put_off(town: Town, nam: Person) -> None:
    with town.engine.begin() as connection:
        says = [Say(nam.address, "Trả lời"), Say(nam.address, "Tổng hợp", rank=Rank.REMINDER)]
        says += [Say(Address("telegram", "77"), "Tin", rank=Rank.REMINDER)]
        ids = outbox.put(connection, says, at("15:00"), CHANNELS)
        reminder_log.record(
            connection, [ReminderRecord(ReminderKey.digest(time(15)), "daily", 1, DAY, nam.id, at("15:00"), ids[1])]
        )
    town.names["77"] = "Ai đó"
    assert answers(town, nam, "15:29") == 0
    assert [text for _, text in town.waiting()] == ["Trả lời", "Tổng hợp", "Tin"]


def test_who_begins_to_answer_between_the_plan_and_the_saying_is_not_interrupted(town: Town, nam: Person) -> None:
    with town.engine.begin() as connection:
        planned = plan(Tick(connection, at("15:30"), ZONE, CHANNELS))
    assert planned is not None
    assert answers(town, nam, "15:31") == 0
    with town.engine.begin() as connection:
        assert say(connection, planned) == 1
    assert [name for name, _ in town.waiting()] == ["Hoa"]
    town.leave()
    assert town.tick("15:34") == ["Nam"]


def test_a_chair_is_not_told_of_a_report_that_is_being_answered_though_the_words_wait(town: Town, nam: Person) -> None:
    for clock in ("15:30", "16:30", "17:00"):
        town.tick(clock)
        town.leave()
    assert "Minh" in town.tick("17:30")
    answers(town, nam, "17:30")
    assert "Minh" not in town.tick("17:31")
    town.leave()
    assert "Minh" in town.tick("17:33")


def test_with_many_messages_waiting_they_are_not_all_looked_through(town: Town) -> None:
    with town.engine.begin() as connection:
        says = [Say(Address("telegram", str(n)), "x", rank=Rank.REMINDER) for n in range(3000)]
        outbox.put(connection, says, at("15:00"), CHANNELS)
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("analyze outbox")
            connection.exec_driver_sql("analyze said")
        assert connection.execute(WAITING).scalar_one() == 3000
        plan = planned(connection).lower()
    assert "outbox" in plan
    assert "seq scan on outbox" not in plan
    assert "scan outbox" not in plan


def planned(connection: Connection) -> str:
    """How the database finds what waits for a chat."""
    how = "explain" if connection.dialect.name == "postgresql" else "explain query plan"
    theirs = reminder_log.WAITING_AT.params(chan="telegram", addr="7")
    literal = theirs.compile(connection.engine, compile_kwargs={"literal_binds": True})
    return "\n".join(map(str, connection.exec_driver_sql(f"{how} {literal}".replace("%", "%%"))))
