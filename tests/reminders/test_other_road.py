"""What one messenger does not take goes by the person's next one, where he has one that is open; nothing else is looked at for it."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from reminders.context import Tick
from reminders.other_road import due_by_other_road, waits_for_another_road
from reporting.channel import Channels
from reporting.effects import SetMenu
from reporting.people import Address
from reporting.retries import UNREACHABLE
from reporting.say import Rank, Say
from storage.database.tables import metadata
from storage.messages import other_road, outbox
from storage.organisation import addresses
from tests.channels import CHANNELS
from tests.reminders.town import ZONE, Town, at

rows = metadata.tables["outbox"]
ZALO = Address("zalo", "z1")


def telegram_of(town: Town, name: str) -> Address:
    return Address("telegram", next(address for address, known in town.names.items() if known == name))


def fails(town: Town, name: str, *texts: str) -> None:
    """These were to be said to somebody whose chat at Telegram is closed."""
    to = telegram_of(town, name)
    with town.engine.begin() as connection:
        outbox.put(connection, [Say(to, text, rank=Rank.REPLY) for text in texts], at("15:00"), CHANNELS)
        outbox.close(connection, to, UNREACHABLE, at("15:00"))


def links(town: Town, name: str, to: Address) -> None:
    with town.engine.begin() as connection:
        addresses.link(connection, town.people[name], to, at("08:00"))


def waits(town: Town, channels: Channels = CHANNELS, away: frozenset[str] = frozenset()) -> bool:
    """Whether anything waits for another road; and it goes."""
    with town.engine.begin() as connection:
        tick = Tick(connection, at("15:01"), ZONE, channels, away=away)
        found = waits_for_another_road(tick)
        assert due_by_other_road(tick) == []
    return found


def channels_of(town: Town) -> list[str]:
    with town.engine.begin() as connection:
        return [row.channel for row in connection.execute(select(rows).order_by(rows.c.id))]


def test_it_goes_by_the_next_one_that_is_open_and_nothing_waits_then(town: Town) -> None:
    links(town, "Nam", ZALO)
    fails(town, "Nam", "Kính gửi")
    assert waits(town)
    assert channels_of(town) == ["zalo"]
    assert not waits(town)


def test_nothing_waits_of_who_has_no_other(town: Town) -> None:
    fails(town, "Nam", "Kính gửi")
    assert not waits(town)


@pytest.mark.parametrize("why", ["closed", "not set", "away"])
def test_nothing_waits_of_whose_other_one_takes_nothing_either(town: Town, why: str) -> None:
    links(town, "Nam", ZALO)
    fails(town, "Nam", "Kính gửi")
    channels, away = CHANNELS, frozenset[str]()
    match why:
        case "closed":
            with town.engine.begin() as connection:
                outbox.close(connection, ZALO, UNREACHABLE, at("15:00"))
        case "not set":
            channels = {**CHANNELS, "zalo": replace(CHANNELS["zalo"], is_set=False)}
        case _:
            away = frozenset({"zalo"})
    assert not waits(town, channels, away)
    assert channels_of(town) == ["telegram"]


def test_what_has_gone_over_once_and_what_is_no_message_do_not_wait(town: Town) -> None:
    links(town, "Nam", ZALO)
    fails(town, "Nam", "Kính gửi")
    assert waits(town)
    with town.engine.begin() as connection:
        outbox.close(connection, ZALO, UNREACHABLE, at("15:02"))
        outbox.reachable(connection, telegram_of(town, "Nam"))
        outbox.put(connection, [SetMenu(ZALO, (("help", "trợ giúp"),))], at("15:02"), CHANNELS)
    assert not waits(town)


def test_who_can_be_reached_elsewhere_is_not_kept_waiting_by_those_who_cannot(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(other_road, "AT_ONCE", 2)
    links(town, "Minh", Address("zalo", "z2"))
    with town.engine.begin() as connection:
        outbox.close(connection, Address("zalo", "z2"), UNREACHABLE, at("08:00"))
    fails(town, "Minh", "một", "hai", "ba")
    links(town, "Nam", ZALO)
    fails(town, "Nam", "Kính gửi")
    assert waits(town)
    assert channels_of(town) == ["telegram"] * 3 + ["zalo"]


def test_what_goes_over_is_not_kept_waiting_by_what_cannot(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    links(town, "Nam", ZALO)
    fails(town, "Nam", "một", "hai", "ba", "bốn")
    assert waits(town)
    with town.engine.begin() as connection:
        outbox.close(connection, ZALO, UNREACHABLE, at("15:00"))
        outbox.reachable(connection, telegram_of(town, "Nam"))
    monkeypatch.setattr(other_road, "AT_ONCE", 2)
    links(town, "Hoa", Address("zalo", "z2"))
    fails(town, "Hoa", "Kính gửi")
    assert waits(town)
    assert channels_of(town) == ["zalo"] * 5
    assert not waits(town)


@pytest.mark.parametrize("text", ["Kính\x00 gửi", "Kính gửi \ud83d"], ids=["a zero byte", "half a surrogate"])
def test_what_no_database_reads_within_json_keeps_nobody_waiting(town: Town, text: str) -> None:
    links(town, "Nam", ZALO)
    fails(town, "Nam", text)
    links(town, "Hoa", Address("zalo", "z2"))
    fails(town, "Hoa", "Kính gửi")
    assert waits(town)
    assert channels_of(town) == ["zalo"] * 2
    assert not waits(town)
