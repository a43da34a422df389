"""What others are told of what somebody has done."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from messages import notices
from messages.notices import notices_in_parts, notices_of
from messages.reporters.announced_words import announced_say
from reporting.announcement import Announcement, Audience
from reporting.events.announcements import Announced
from reporting.events.queries import DoubtEnded
from reporting.figures.flag import Flag
from reporting.people import Address
from reporting.say import Say
from tests.services.office import NOW, ZONE, Office


def test_one_that_cannot_be_put_into_words_keeps_nobody_from_hearing_and_its_receiver_hears_that_there_is_one(
    office: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    made = Announcement(1, office["Hoa"].id, office.unit("1").id, Audience("all", ()), "Họp.", None, "sent", NOW)
    told = [Announced(office[name], office["Hoa"], office.unit("1"), made) for name in ("Nam", "Ba", "An")]

    def fails(event: Announced, zone: ZoneInfo) -> Say:
        if event.to == office["Ba"]:
            raise ZeroDivisionError
        return announced_say(event, zone)

    monkeypatch.setattr(notices, "announced_say", fails)
    said = notices_of(told, ZONE)
    assert [each.to.address for each in said] == ["Nam", "Ba", "An"]
    assert ["Họp." in each.text for each in said] == [True, False, True]
    assert "gặp lỗi khi soạn" in said[1].text
    assert f"Announced for person {office['Ba'].id} cannot be put into words" in caplog.text
    with pytest.raises(ZeroDivisionError):
        notices_in_parts(told, ZONE)


def test_of_a_resident_nothing_is_in_the_log(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def fails(_: object) -> Say:
        raise ValueError("700123")

    monkeypatch.setattr(notices, "outcome", fails)
    nothing: Any = None
    doubt = DoubtEnded(Flag(Address("telegram", "700123"), "vi"), nothing, nothing, nothing, "corrected")
    (said,) = notices_of([doubt], ZONE)
    assert (said.to.address, "Mời ông/bà hỏi lại số liệu" in said.text) == ("700123", True)
    assert "700123" not in caplog.text
    assert "ValueError in fails" in caplog.text
