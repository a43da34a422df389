"""What officials could not be told is told to the desk of their units: once, summed up, and not at night."""

from datetime import date, time, timedelta

import pytest
from sqlalchemy import Connection, select, update

from reminders.context import Tick
from reminders.tick import remind
from reminders.unsaid import _recorded, due_unsaid
from reporting.people import Address
from reporting.retries import DeliveryProblem, Outcome, Uncertain, Unreachable, fate
from reporting.say import Rank, Say
from storage.database.tables import metadata
from storage.messages import delivery, outbox, undelivered
from storage.organisation import people
from storage.schedule import reminder_evidence
from tests.channels import CHANNELS
from tests.reminders.town import DAY, ZONE, Town, at

NEXT = DAY + timedelta(days=1)
rows = metadata.tables["outbox"]
BLOCKED = Unreachable("Forbidden: bot was blocked by the user")
REFUSED = DeliveryProblem("BadRequest: can't parse entities")


@pytest.fixture
def desk(town: Town) -> Town:
    """The town with an admin of the district and one of a commune; nothing leaves by itself."""
    town.join("An", "admin", "Triệu Sơn")
    town.join("Bình", "admin", "Nưa")
    town.is_connected = False
    return town


def fails(town: Town, name: str, outcome: Outcome, text: str = "Kính gửi", clock: str = "15:30") -> int:
    """A message to somebody (or a bare address) meets with this; its id."""
    to = next((address for address, known in town.names.items() if known == name), name)
    with town.engine.begin() as connection:
        (row_id,) = outbox.put(connection, [Say(Address("telegram", to), text, rank=Rank.REPLY)], at(clock), CHANNELS)
        meets(connection, to, outcome, clock)
    return row_id


def meets(connection: Connection, to: str, outcome: Outcome, clock: str) -> None:
    """What waits for this address meets with this until it waits no more."""
    while True:
        claimed = delivery.claim(connection, "telegram", "me", at(clock), 100)
        marks = [
            delivery.Mark(each.id, to, fate(outcome, each.uncertain))
            for each in claimed
            if each.effect.to.address == to
        ]
        delivery.mark(connection, "telegram", "me", marks, at(clock))
        others = [each.id for each in claimed if each.effect.to.address != to]
        connection.execute(update(rows).where(rows.c.id.in_(others)).values(state="new"))
        if not marks:
            return


def told(town: Town, clock: str, day: date = DAY) -> dict[str, str]:
    """What the desk is told at that time."""
    with town.engine.begin() as connection:
        says = due_unsaid(Tick(connection, at(clock, day), ZONE, CHANNELS, town.quiet))
        outbox.put(connection, says, at(clock, day), CHANNELS)
    return {town.names[each.to.address]: each.text for each in says}


def test_the_desk_hears_once_of_all_that_could_not_be_said_with_what_can_be_done(desk: Town) -> None:
    first = fails(desk, "Hoa", REFUSED, "Kính gửi: <b>UBND</b> xã Dân Lực")
    second = fails(desk, "Minh", Uncertain("502"))
    third = fails(desk, "Nam", BLOCKED)
    assert told(desk, "15:31") == {
        "An": "<b>3 tin nhắn tới cán bộ chưa gửi được hoặc không rõ đã đến:</b>\n"
        f"• cho đồng chí Nam (xã Thọ Dân): người nhận đã chặn hoặc không còn dùng kênh này; đề nghị liên hệ trực tiếp. "
        f"«Kính gửi» (mã {third})\n"
        f"• cho đồng chí Minh (xã Thọ Dân): không rõ đã đến hay chưa. «Kính gửi» (mã {second})\n"
        f"• cho đồng chí Hoa (xã Dân Lực): Telegram không nhận (BadRequest: can't parse entities). "
        f"«Kính gửi: UBND xã Dân Lực» (mã {first})\n"
        f"Gửi lại: chọn ở dưới, hoặc gõ /chuagui và mã, ví dụ: /chuagui {second}. Xem tất cả: /chuagui."
    }
    assert told(desk, "15:32") == told(desk, "16:00") == {}


def test_only_what_can_be_said_again_has_a_button(desk: Town) -> None:
    first = fails(desk, "Hoa", REFUSED)
    fails(desk, "Nam", BLOCKED)
    with desk.engine.begin() as connection:
        (say,) = due_unsaid(Tick(connection, at("15:31"), ZONE, CHANNELS))
    assert [str(button.press) for row in say.buttons for button in row] == [f"resend:{first}"]


def test_each_desk_hears_of_its_own_units_and_nobody_of_residents(desk: Town) -> None:
    desk.join("Tư", "reporter", "Nưa")
    fails(desk, "Tư", REFUSED)
    fails(desk, "5555", BLOCKED)
    fails(desk, "5556", REFUSED)
    assert sorted(told(desk, "15:31")) == ["An", "Bình"]
    fails(desk, "Hoa", REFUSED, clock="15:45")
    assert sorted(told(desk, "15:45")) == ["An"]


def test_what_comes_within_minutes_is_summed_up(desk: Town) -> None:
    fails(desk, "Hoa", REFUSED)
    assert sorted(told(desk, "15:31")) == ["An"]
    for clock in ("15:32", "15:33"):
        fails(desk, "Hoa", REFUSED, clock, clock)
        assert told(desk, clock) == {}
    text = told(desk, "15:42")["An"]
    assert "<b>2 tin nhắn" in text
    assert "Kính gửi" not in text


def test_of_a_closed_chat_the_desk_hears_once_however_much_waits_for_it(desk: Town) -> None:
    fails(desk, "Nam", BLOCKED)
    assert "<b>1 tin nhắn" in told(desk, "15:31")["An"]
    for clock in ("16:30", "17:00"):
        with desk.engine.begin() as connection:
            outbox.put(connection, [Say(Address("telegram", "1000"), "Nhắc", rank=Rank.REMINDER)], at(clock), CHANNELS)
        assert told(desk, clock) == {}


def test_in_quiet_hours_the_desk_sleeps_and_hears_in_the_morning(desk: Town) -> None:
    desk.quiet = (time(21), time(6))
    fails(desk, "Hoa", REFUSED, clock="22:00")
    assert told(desk, "22:01") == {}
    assert sorted(told(desk, "06:00", NEXT)) == ["An"]


def test_what_two_processes_have_found_one_of_them_tells(desk: Town) -> None:
    fails(desk, "Hoa", REFUSED)
    an = desk.people["An"]
    with desk.engine.begin() as connection:
        found = undelivered.unsaid_since(connection, at("15:00"), DAY)
        admin = people.person_of(connection, an)
        seat = people.duties_of(connection, an, DAY)[0].unit_id
        told = [_recorded(Tick(connection, at("15:31"), ZONE, CHANNELS), found, admin, seat) for _ in range(2)]
    assert told == [found, []]


def test_that_the_desk_could_not_be_told_is_told_to_nobody(desk: Town) -> None:
    desk.join("Dung", "admin", "Triệu Sơn")
    fails(desk, "Hoa", REFUSED)
    assert sorted(told(desk, "15:31")) == ["An", "Dung"]
    with desk.engine.begin() as connection:
        for name in ("An", "Dung"):
            meets(connection, next(at for at, known in desk.names.items() if known == name), REFUSED, "15:31")
    assert told(desk, "15:45") == {}


def test_what_fails_again_is_told_again(desk: Town) -> None:
    row_id = fails(desk, "Hoa", REFUSED)
    assert sorted(told(desk, "15:31")) == ["An"]
    with desk.engine.begin() as connection:
        assert undelivered.say_again(connection, row_id, at("15:40"))
        meets(connection, next(at for at, known in desk.names.items() if known == "Hoa"), REFUSED, "15:41")
    assert sorted(told(desk, "15:45")) == ["An"]


def test_a_refused_reminder_that_is_said_again_may_wait_and_its_evidence_is_never_lost(desk: Town) -> None:
    desk.tick("16:30")
    hoa = next(at for at, known in desk.names.items() if known == "Hoa")
    with desk.engine.begin() as connection:
        meets(connection, hoa, REFUSED, "16:30")
        row_id = connection.execute(select(rows.c.id).where(rows.c.state == "dead")).scalar_one()
        assert undelivered.say_again(connection, row_id, at("16:50"))
    assert state(desk, row_id) == ["new"]
    with desk.engine.begin() as connection:
        remind(Tick(connection, at("16:51"), ZONE, CHANNELS))
    assert state(desk, row_id) == ["new"]
    unit_id = desk.unit("Dân Lực").id
    with desk.engine.begin() as connection:
        remind(Tick(connection, at("08:00", NEXT), ZONE, CHANNELS))
        words = [
            word for word in reminder_evidence.words_about(connection, "daily", DAY, [unit_id]) if word.name == "Hoa"
        ]
    assert state(desk, row_id) == ["dead"]
    assert [word.state for word in words] == ["dead"]


def state(town: Town, row_id: int) -> list[str]:
    with town.engine.begin() as connection:
        return list(connection.execute(select(rows.c.state).where(rows.c.id == row_id)).scalars())
