"""When who has not acknowledged an announcement is reminded, and who is."""

from datetime import time, timedelta

import pytest

from reporting.announcement import Receipt, ReceiptState, acknowledgement_reminder_at, to_be_reminded
from tests.rules.round_made import ZONE, at

NIGHT = (time(21), time(6))


@pytest.mark.parametrize(
    ("sent", "due", "reminded"),
    [
        ("08:00", "17:00", "16:00"),
        ("16:00", "17:00", "16:30"),
        ("16:51", "17:00", ""),
        ("08:00", "", ""),
        ("20:00", "22:30", "20:55"),
        ("20:57", "22:30", ""),
    ],
)
def test_the_one_reminder_comes_before_the_deadline_and_not_in_the_quiet_hours(
    sent: str, due: str, reminded: str
) -> None:
    found = acknowledgement_reminder_at(at(sent), at(due) if due else None, ZONE, NIGHT)
    assert (f"{found.astimezone(ZONE):%H:%M}" if found is not None else "") == reminded


def test_one_that_falls_into_the_night_comes_in_the_morning_if_there_is_a_deadline_left_to_keep() -> None:
    tomorrow = at("06:30") + timedelta(days=1)
    assert acknowledgement_reminder_at(at("20:00"), tomorrow, ZONE, NIGHT) == at("06:00") + timedelta(days=1)


def receipt(state: ReceiptState = "said", acknowledged: str = "", reminded: str = "") -> Receipt:
    given = at(acknowledged) if acknowledged else None
    return Receipt(1, 1, 1, "Nam", 2, at("08:00"), state, None, "", 1, given, at(reminded) if reminded else None)


def test_only_who_has_it_and_has_not_acknowledged_is_reminded_and_again_only_if_asked() -> None:
    waits, done, lost, told = receipt(), receipt(acknowledged="09:00"), receipt("dead"), receipt(reminded="10:00")
    assert to_be_reminded([waits, done, lost, told]) == [waits]
    assert to_be_reminded([waits, told], at("09:59")) == [waits]
    assert to_be_reminded([waits, told], at("10:00")) == [waits, told]
