"""A row of the outbox that this release cannot read is dead, and keeps nothing behind it waiting."""

from typing import Any

import pytest
from sqlalchemy import Connection, Engine, select, update

from reporting.retries import UNREADABLE_ROW
from storage.database.tables import metadata
from storage.messages import other_road, undelivered
from storage.organisation import people
from tests.channels import CHANNELS
from tests.storage.test_outbox import NOW, claim, connection, engine, put, say

__all__ = ["connection", "engine"]
outbox, address = metadata.tables["outbox"], metadata.tables["address"]
ODD = (
    {"buttons": [[{"label": "of a newer release"}]]},
    {"photo": {"maker": "?"}},
    ["no message"],
    {"extra": {"shared": {"odd": 1}}},
)


@pytest.mark.parametrize("kept", ODD, ids=["buttons", "photo", "list", "file"])
def test_the_others_are_said(engine: Engine, kept: Any) -> None:
    with engine.begin() as connection:
        odd, good = put(connection, say("1", "?"), say("2", "được"))
        people.add(connection, say("1", "").to, "Nam", "vi", NOW)
        connection.execute(update(address).values(draft_turn=3))
        connection.execute(update(outbox).where(outbox.c.id == odd).values(say=kept))
        assert [each.id for each in claim(connection)] == [good]
        row = connection.execute(select(outbox).where(outbox.c.id == odd)).one()
        assert (row.state, row.error) == ("dead", UNREADABLE_ROW)
        assert connection.execute(select(address.c.draft_turn)).scalar_one() == -1
        assert claim(connection) == []


def test_the_desk_sees_it_and_nothing_else_is_kept_from_going_another_road(connection: Connection) -> None:
    (odd,) = put(connection, say("1", "?"))
    connection.execute(update(outbox).values(say=ODD[0]))
    claim(connection)
    (shown,) = undelivered.unsaid(connection, NOW.date())
    assert (shown.id, shown.text, shown.error) == (odd, "", UNREADABLE_ROW)
    assert other_road.stuck(connection, {"telegram"}, list(CHANNELS), NOW) == []
