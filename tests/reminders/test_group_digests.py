"""Groups get the digest of a form at its hours like leaders: once, and none of a free day."""

from datetime import date, timedelta

import pytest

from reminders.context import Tick
from reminders.digests import planned_digests
from reminders.group_chats import due_gatherings
from reporting.people import Address
from storage.messages import group_chats
from tests.channels import CHANNELS
from tests.reminders.town import DAY, ZONE, Town, at

GROUP = "-100"
FRIDAY, SATURDAY = DAY + timedelta(days=2), DAY + timedelta(days=3)


@pytest.fixture
def gathered(empty_town: Town) -> Town:
    """A form that skips free days, a leader, and a group that he has set up."""
    empty_town.furnish(digest="17:00", skip_free_days="yes")
    leader = empty_town.join("Lan", "leader", "Triệu Sơn")
    unit_id = empty_town.unit("Triệu Sơn").id
    with empty_town.engine.begin() as connection:
        group_chats.set_up(connection, Address("telegram", GROUP), unit_id, "vi", leader.id, at("08:00"))
    return empty_town


def told(town: Town, clock: str, day: date) -> tuple[bool, bool]:
    """Whether the group, and whether the leader is told at that time."""
    with town.engine.begin() as connection:
        tick = Tick(connection, at(clock, day), ZONE, CHANNELS)
        return bool(due_gatherings(tick)), bool(list(planned_digests(tick)))


def test_a_group_is_told_once_of_a_day_that_is_worked(gathered: Town) -> None:
    assert told(gathered, "16:59", FRIDAY) == (False, False)
    assert told(gathered, "17:00", FRIDAY) == (True, True)
    assert told(gathered, "17:01", FRIDAY) == (False, True)


def test_neither_a_group_nor_a_leader_is_told_of_a_free_day(gathered: Town) -> None:
    assert told(gathered, "17:00", SATURDAY) == (False, False)
