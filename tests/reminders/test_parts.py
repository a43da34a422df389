"""The trouble of one form, unit or person stays there: all others are reminded in the same minute, and it is told what it is of."""

from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import event, select, update

from messages.reminders.letters import LetterContext
from reminders import unchanged_reports
from reminders.context import Tick
from reminders.plan import plan
from reminders.tick import say_apart
from reporting.rounds import reminding
from reporting.rounds.reminder_plan import Reminder
from reporting.tick_parts import TickPart
from storage.database.tables import metadata
from storage.database.tick_parts import TickParts
from storage.schedule import late_reasons, rounds
from tests.channels import CHANNELS
from tests.reminders.town import ZONE, Town, at, outbox, said

address = metadata.tables["address"]


def ticks(town: Town, clock: str) -> set[TickPart]:
    """What of the reminders that are due at that time has failed; the others wait in the outbox."""
    parts = TickParts(lambda *_: None)
    with town.engine.begin() as connection:
        planned = plan(Tick(connection, at(clock), ZONE, CHANNELS, parts=parts))
    if planned is not None:
        with town.engine.begin() as connection:
            say_apart(connection, planned)
    return parts.troubled


def names(town: Town) -> list[str]:
    return [name for name, _ in town.waiting()]


def failing_for(form: str, original: Any) -> Any:
    """The same, but it fails where this form is among what it is given."""

    def fails(*given: Any, **named: Any) -> Any:
        if any(form in (each, getattr(each, "key", None)) for each in given if isinstance(each, str) or each):
            raise ZeroDivisionError
        return original(*given, **named)

    return fails


@pytest.mark.parametrize("broken", [(rounds, "standings"), (rounds, "_open"), (late_reasons, "given")])
def test_a_form_that_fails_keeps_no_other_from_being_reminded_of(
    town: Town, monkeypatch: pytest.MonkeyPatch, broken: tuple[Any, str]
) -> None:
    town.publishes(key="other")
    with monkeypatch.context() as bug:
        bug.setattr(*broken, failing_for("other", getattr(*broken)))
        assert ticks(town, "15:30") == {TickPart(form="other")}
    assert sorted(names(town)) == ["Hoa", "Nam"]
    town.leave()
    assert ticks(town, "15:31") == set()
    assert sorted(names(town)) == ["Hoa", "Nam"]
    town.leave()
    assert ticks(town, "15:32") == set()
    assert names(town) == []


def fails_for_unit(unit_id: int, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = reminding._Report.reminders

    def fails(report: Any, *given: Any) -> Any:
        if report.standing.deadline.unit_id == unit_id:
            raise ZeroDivisionError
        return whole(report, *given)

    monkeypatch.setattr(reminding._Report, "reminders", fails)


def test_a_unit_that_fails_keeps_no_other_from_being_reminded(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    unit_id = town.unit("Thọ Dân").id
    with monkeypatch.context() as bug:
        fails_for_unit(unit_id, bug)
        assert ticks(town, "15:30") == {TickPart(form="daily", unit_id=unit_id)}
    assert names(town) == ["Hoa"]
    town.leave()
    assert ticks(town, "15:31") == set()
    assert names(town) == ["Nam"]


def test_a_unit_of_which_no_words_can_be_made_is_left_out_of_the_list_that_names_the_others(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    for clock in ("15:30", "16:30", "17:00"):
        assert ticks(town, clock) == set()
        town.leave()
    unit_id, leader, whole = town.unit("Dân Lực").id, town.people["Lan"], LetterContext._case

    def fails(scene: LetterContext, reminder: Reminder, *given: Any) -> Any:
        if reminder.report[1] == unit_id:
            raise ZeroDivisionError
        return whole(scene, reminder, *given)

    with monkeypatch.context() as bug:
        bug.setattr(LetterContext, "_case", fails)
        assert ticks(town, "18:30") == {TickPart(form="daily", unit_id=unit_id, person_id=leader)}
    (said_to_leader,) = [text for name, text in town.waiting() if name == "Lan"]
    assert "Thọ Dân" in said_to_leader
    assert "Dân Lực" not in said_to_leader
    assert "0/3" in said_to_leader
    town.leave()
    assert ticks(town, "18:31") == set()
    (said_to_leader,) = [text for name, text in town.waiting() if name == "Lan"]
    assert "Dân Lực" in said_to_leader


def test_what_waits_of_a_form_that_fails_is_not_taken_back(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.publishes(key="other", due="20:00")
    town.publishes(key="third", due="18:00")
    assert ticks(town, "17:00") == set()
    before = town.waiting()
    monkeypatch.setattr(rounds, "standings", failing_for("third", rounds.standings))
    assert ticks(town, "17:30") == {TickPart(form="third")}
    assert len(town.waiting()) >= len(before) > 0
    with town.engine.begin() as connection:
        kept = connection.execute(select(said.c.form).where(said.c.form == "third")).all()
    assert kept


def test_what_waits_of_a_unit_that_fails_is_not_taken_back(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.join("Nam", "reporter", "Nưa")
    assert ticks(town, "15:30") == set()
    (before,) = [text for name, text in town.waiting() if name == "Nam"]
    unit_id = town.unit("Thọ Dân").id
    with monkeypatch.context() as bug:
        fails_for_unit(unit_id, bug)
        for clock in ("16:30", "16:31"):
            assert ticks(town, clock) == {TickPart(form="daily", unit_id=unit_id)}
            to_him = [text for name, text in town.waiting() if name == "Nam"]
            assert before in to_him
            assert len(to_him) == 2  # what has come due meanwhile of the other unit stands by itself
    assert ticks(town, "16:32") == set()
    (after,) = [text for name, text in town.waiting() if name == "Nam"]
    assert "Thọ Dân" in after
    assert "Nưa" in after


def test_who_can_be_put_nothing_in_the_outbox_for_keeps_no_other_from_being_reminded(town: Town) -> None:
    with town.engine.begin() as connection:
        connection.execute(
            update(address).where(address.c.person_id == town.people["Nam"]).values(channel="a messenger of old")
        )
    assert ticks(town, "15:30") == {TickPart(person_id=town.people["Nam"])}
    assert names(town) == ["Hoa"]
    with town.engine.begin() as connection:
        recorded: Sequence[int] = connection.execute(select(said.c.person_id)).scalars().all()
        assert recorded == [town.people["Hoa"]]
        connection.execute(update(address).where(address.c.person_id == town.people["Nam"]).values(channel="telegram"))
    assert ticks(town, "15:31") == set()
    assert sorted(names(town)) == ["Hoa", "Nam"]


def test_what_cannot_be_offered_with_a_reminder_keeps_nobody_from_being_reminded(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    with town.engine.begin() as connection:
        connection.execute(update(address).values(channel="pager"))

    def fails(*_: Any) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr(unchanged_reports, "as_it_stands", fails)
    ids = {town.unit(each).id for each in ("Thọ Dân", "Dân Lực")}
    assert ticks(town, "15:30") == {TickPart(form="daily", unit_id=each) for each in ids}
    with town.engine.begin() as connection:
        assert len(connection.execute(select(outbox.c.address).distinct()).all()) == 2


def test_where_nothing_fails_nothing_is_done_part_by_part(town: Town) -> None:
    asked = list[str]()

    def asks(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    event.listen(town.engine, "before_cursor_execute", asks)
    assert sorted(town.tick("15:30")) == ["Hoa", "Nam"]
    event.remove(town.engine, "before_cursor_execute", asks)
    assert [each for each in asked if "SAVEPOINT" in each] == []
