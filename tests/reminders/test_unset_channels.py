"""What is for a channel in which this program does not speak waits nowhere: it is dead, and the desk sees it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from reminders.context import Tick
from reminders.tick import remind
from reminders.unsaid import due_unsaid
from reminders.unset_channels import due_in_unset_channels
from reporting.channel import Channels
from reporting.errors import Refused
from reporting.people import Address, Duty
from reporting.retries import NOT_SET
from reporting.say import Rank, Say
from services.say_again import say_again
from storage.database.tables import metadata
from storage.messages import outbox
from storage.organisation import people
from tests.channels import CHANNELS
from tests.reminders.town import DAY, ZONE, Town, at

rows, said = metadata.tables["outbox"], metadata.tables["said"]
BARE = Address("zalo", "z1")


def without(name: str) -> Channels:
    """The channels of a program that was not set to speak in this one."""
    return {**CHANNELS, name: replace(CHANNELS[name], is_set=False)}


def states(town: Town) -> Sequence[tuple[str, str]]:
    with town.engine.begin() as connection:
        return [(row.state, row.error) for row in connection.execute(select(rows).order_by(rows.c.id))]


def put(town: Town, clock: str = "15:00") -> int:
    """The command line, which knows nothing of what the program is set to, has something for Tư, who is found at Zalo only."""
    unit_id = town.unit("Nưa").id
    with town.engine.begin() as connection:
        known = people.add(connection, BARE, "Tư", "vi", at("08:00"))
        people.charge(connection, Duty(known.id, unit_id, "reporter", DAY))
        (message,) = outbox.put(connection, [Say(BARE, "Đã giao", rank=Rank.REPLY)], at(clock), CHANNELS)
    return message


def ticks(town: Town, now: datetime, channels: Channels) -> list[Say]:
    """What the desk is told at that time."""
    with town.engine.begin() as connection:
        tick = Tick(connection, now, ZONE, channels, town.quiet)
        assert due_in_unset_channels(tick) == []
        return due_unsaid(tick)


def test_who_is_found_only_there_is_reminded_there_once_by_each_rule(town: Town) -> None:
    for clock in ("15:30", "15:31", "15:32"):
        with town.engine.begin() as connection:
            remind(Tick(connection, at(clock), ZONE, without("telegram")))
    assert states(town) == [("dead", NOT_SET)] * 2
    with town.engine.begin() as connection:
        assert len(connection.execute(select(said)).all()) == 2


def test_what_waits_there_is_dead_and_the_desk_is_told_of_it_without_a_button(town: Town) -> None:
    put(town)
    town.join("An", "admin", "Triệu Sơn")
    assert ticks(town, at("15:01"), CHANNELS) == []
    assert states(town) == [("new", "")]
    (told,) = ticks(town, at("15:02"), without("zalo"))
    assert states(town) == [("dead", NOT_SET)]
    assert "đồng chí Tư (thị trấn Nưa): người nhận chỉ có ở Zalo, nhưng bot không còn chạy ở đó" in told.text
    assert told.buttons == ()


def test_it_is_said_again_only_once_the_channel_is_set(town: Town) -> None:
    message = put(town)
    ticks(town, at("15:02"), without("zalo"))
    with town.engine.begin() as connection:
        with pytest.raises(Refused, match="unsaid_not_set"):
            say_again(connection, message, without("zalo"), DAY, at("15:03"))
        with pytest.raises(Refused, match="unsaid_not_set"):
            say_again(connection, message, {}, DAY, at("15:03"))
    assert states(town) == [("dead", NOT_SET)]
    with town.engine.begin() as connection:
        assert say_again(connection, message, CHANNELS, DAY, at("15:04")).id == message
    assert [state for state, _ in states(town)] == ["new"]


@pytest.mark.parametrize(("uncertain", "state"), [(0, "dead"), (1, "unknown")])
def test_of_what_may_have_come_before_nobody_knows(town: Town, uncertain: int, state: str) -> None:
    put(town)
    with town.engine.begin() as connection:
        connection.execute(update(rows).values(uncertain=uncertain))
    ticks(town, at("15:02"), without("zalo"))
    assert states(town) == [(state, NOT_SET)]


def test_what_was_being_said_when_its_process_ended_is_unknown_after_a_while(town: Town) -> None:
    put(town)
    with town.engine.begin() as connection:
        connection.execute(update(rows).values(state="sending", sending_at=at("15:00")))
    ticks(town, at("15:05"), without("zalo"))
    assert [state for state, _ in states(town)] == ["sending"]
    ticks(town, at("15:00") + timedelta(minutes=11), without("zalo"))
    assert states(town) == [("unknown", NOT_SET)]
    with town.engine.begin() as connection:
        assert connection.execute(select(rows.c.uncertain)).scalar_one() == 1
