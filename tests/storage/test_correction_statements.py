"""Corrections are looked for in each minute of a day: few statements for each, however many were told, and groups with them."""

from sqlalchemy import Connection, event

from reminders.context import Tick
from reminders.corrections import due_corrections
from reminders.group_chats import due_gatherings
from reporting.people import Address
from storage.messages import group_chats
from tests.channels import CHANNELS
from tests.storage.test_frozen_digests import (
    ZONE,
    a_day,
    at,
    connection,
    due_digests,
    engine,
    joins,
    sends,
    unit,
)

__all__ = ["connection", "engine"]
GROUPS = 5


def a_told_day(connection: Connection, corrections: int) -> None:
    """Several groups and leaders were told of a day, of which so many reports were corrected then."""
    a_day(connection)
    sends(connection, "15718", 2, sent_at=at("16:00"))
    lan = joins(connection, "Lan", "leader", "397")
    joins(connection, "tỉnh", "leader", "38")
    for number in range(GROUPS):
        to = Address("telegram", f"-{number + 1}")
        group_chats.set_up(connection, to, unit(connection, "397").id, "vi", lan.id, at("08:00"))
    due_digests(connection, at("17:00"), ZONE)
    due_gatherings(Tick(connection, at("17:00"), ZONE, CHANNELS))
    for code in ("15742", "15700", "15718")[:corrections]:
        sends(connection, code, 9, sent_at=at("18:00"), revision=2, reason="nhập nhầm")


def statements(connection: Connection) -> int:
    """How many a tick takes that has nothing more to tell."""
    seen = list[str]()

    def asks(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    tick = Tick(connection, at("18:02"), ZONE, CHANNELS)
    assert tick.tree.roots(tick.today)
    event.listen(connection, "before_cursor_execute", asks)
    assert due_corrections(tick) == []
    event.remove(connection, "before_cursor_execute", asks)
    return len(seen)


def test_groups_and_people_hear_of_each_correction_once(connection: Connection) -> None:
    a_told_day(connection, 3)
    says = due_corrections(Tick(connection, at("18:01"), ZONE, CHANNELS))
    assert sorted(each.to.address for each in says) == ["-1", "-2", "-3", "-4", "-5", "Lan", "tỉnh"]
    assert {each.text.count("•") for each in says} == {3}


def test_what_was_told_takes_two_statements_a_correction_and_one_a_group(connection: Connection) -> None:
    a_told_day(connection, 1)
    due_corrections(Tick(connection, at("18:01"), ZONE, CHANNELS))
    few = statements(connection)
    for code in ("15700", "15718"):
        sends(connection, code, 9, sent_at=at("18:01"), revision=2, reason="nhập nhầm")
    due_corrections(Tick(connection, at("18:01"), ZONE, CHANNELS))
    assert few <= 2 + GROUPS + 4
    assert statements(connection) == few + 2 * 2
