"""Approval: where a form asks for it, a figure is provisional and not public until the tap."""

from datetime import date
from typing import Any

import pytest

from services import approve_undoubted, waiting_reviews
from storage.reports import forms
from tests.conversations.house import House, Talker

APPROVED = """| settings | form_id | form_title | version | default_language | period | opens | due | closes | approval | topic |
|---|---|---|---|---|---|---|---|---|---|---|
| | beds | Giường bệnh | 1 | Tiếng Việt (vi) | daily | 08:00 | 16:30 | 08:00+1d | chair | giường bệnh |

| survey | type | name | label::Tiếng Việt (vi) | required | kind | visibility | aliases |
|---|---|---|---|---|---|---|---|
| | integer | beds | Số giường bệnh trống | yes | stock | public | giường bệnh trống; giường trống |
"""


async def sends_beds(house: House, reporter: Talker) -> None:
    """Publishes the form and sends its one figure, 12."""
    now = house.simulator.clock.now()
    await house.running.clerk.write(
        lambda connection: forms.publish(connection, APPROVED.encode(), "beds.md", date(2021, 11, 1), now)
    )
    await reporter.says("/baocao")
    choice = reporter.hears("nhiều báo cáo")
    await reporter.taps(next(label for label in choice.labels if "Giường bệnh" in label))
    reporter.hears("Số giường bệnh trống")
    await reporter.says("12")
    reporter.hears("Báo cáo ngày")
    await reporter.taps("Gửi")
    reporter.hears("đã tiếp nhận")


async def told_of_beds(resident: Talker) -> bool:
    await resident.says("xã Thọ Dân còn bao nhiêu giường bệnh trống hôm nay")
    return any("12" in each.text for each in resident.forgets())


async def test_a_figure_is_provisional_until_the_chair_approves(
    house: House, reporter: Talker, leader: Talker, resident: Talker
) -> None:
    chair = await house.joined("Nguyễn Thị Hương", "chair", "15742")
    await sends_beds(house, reporter)
    assert not await told_of_beds(resident)
    await house.moves_to("15:35")
    asked = chair.hears("Chờ duyệt", "xã Thọ Dân", "Số giường bệnh trống: 12", "[Duyệt]", "[Xem đơn vị]")
    await leader.says("/duyet")
    leader.hears("Không có báo cáo nào chờ")
    await leader.says("/duyet B-15742-101121-1")
    leader.hears("chưa được phân quyền")
    await chair.taps("Duyệt")
    chair.hears("Đã duyệt báo cáo B-15742-101121-1")
    reporter.hears("đã được đồng chí Nguyễn Thị Hương duyệt")
    await chair.taps("Duyệt", asked)
    chair.hears("đã được duyệt trước đó")
    assert await told_of_beds(resident)
    await house.moves_to("15:40")
    chair.hears_nothing()


async def test_a_correction_waits_for_approval_again(house: House, reporter: Talker, resident: Talker) -> None:
    chair = await house.joined("Nguyễn Thị Hương", "chair", "15742")
    await sends_beds(house, reporter)
    await chair.says("/duyet b-15742-101121-1")
    chair.hears("Đã duyệt")
    reporter.hears("duyệt")
    await reporter.says("/capnhat")
    reporter.hears("Báo cáo ngày")
    await reporter.says("sửa 1")
    reporter.hears("Số giường")
    await reporter.says("14")
    reporter.hears("Báo cáo ngày")
    await reporter.taps("Gửi")
    reporter.hears("lý do điều chỉnh")
    await reporter.says("đếm lại")
    reporter.hears("bản điều chỉnh")
    await resident.says("xã Thọ Dân còn bao nhiêu giường bệnh trống hôm nay")
    assert "14" not in resident.hears("12").text
    await chair.says("/duyet B-15742-101121-1")
    chair.hears("bản điều chỉnh mới hơn")
    await chair.says("/duyet")
    chair.hears("Chờ duyệt", "B-15742-101121-2")
    await chair.taps("Duyệt")
    chair.hears("Đã duyệt báo cáo B-15742-101121-2")
    reporter.hears("duyệt")
    await resident.says("xã Thọ Dân còn bao nhiêu giường bệnh trống hôm nay")
    resident.hears("14", "đã được đính chính")


TIERED = (
    APPROVED.replace("| chair |", "| chair, leader |")
    .replace("| kind |", "| kind | check |")
    .replace("| stock |", "| stock | . < 50 |")
    .replace("|---|---|---|---|---|---|---|\n| | integer", "|---|---|---|---|---|---|---|---|\n| | integer")
)


async def reports_beds(reporter: Talker, beds: str, reason: str = "") -> None:
    await reporter.says("/baocao")
    choice = reporter.hears("nhiều báo cáo")
    await reporter.taps(next(label for label in choice.labels if "Giường bệnh" in label))
    reporter.hears("Số giường bệnh trống")
    await reporter.says(beds)
    if reason:
        reporter.hears("lý do")
        await reporter.says(reason)
    await reporter.taps("Gửi", reporter.hears("Báo cáo ngày"))
    reporter.hears("đã tiếp nhận")


async def asks_two_tiers(house: House) -> None:
    now = house.simulator.clock.now()
    await house.running.clerk.write(
        lambda connection: forms.publish(connection, TIERED.encode(), "beds.md", date(2021, 11, 1), now)
    )


async def test_the_second_tier_has_many_units_in_one_message_and_approves_those_without_doubt_by_a_tap(
    house: House, reporter: Talker, leader: Talker, resident: Talker
) -> None:
    await asks_two_tiers(house)
    chair = await house.joined("Nguyễn Thị Hương", "chair", "15742")
    other = await house.joined("Phạm Văn Tâm", "reporter", "15700")
    third = await house.joined("Đỗ Thị Lan", "reporter", "15718")
    for each, beds, reason in ((reporter, "12", ""), (other, "7", ""), (third, "90", "mới tiếp nhận khu mới")):
        await reports_beds(each, beds, reason)
    await leader.says("/duyet B-15742-101121-1")
    leader.hears("còn chờ chủ tịch duyệt trước")
    await house.moves_to("15:35")
    chair.hears("Chờ duyệt", "xã Thọ Dân")
    leader.hears_nothing()  # one unit is still to come to him, the others have no chair, and it is not due yet
    await chair.taps("Duyệt")
    chair.hears("chuyển tiếp lãnh đạo duyệt")
    assert not await told_of_beds(resident)
    await house.moves_to("15:36")
    waiting = leader.hears("3 báo cáo", "Không có điểm cần lưu ý (2 đơn vị)", "Cần xem từng báo cáo", "khu mới", "[Xem")
    await leader.taps("Duyệt 2 báo cáo không có điểm cần lưu ý", waiting)
    leader.hears("Đã duyệt 2 báo cáo", "Còn 1 báo cáo")
    reporter.hears("đã được đồng chí Trần Thị Hoa duyệt")
    other.hears("duyệt")
    assert await told_of_beds(resident)
    await leader.taps("Duyệt 2 báo cáo không có điểm cần lưu ý", waiting)
    leader.hears("Không có báo cáo nào được duyệt")
    await leader.says("/duyet B-15718-101121-1")
    leader.hears("Đã duyệt báo cáo B-15718")
    third.hears("duyệt")


@pytest.mark.parametrize("fails", ["approve", "doubts_of"])
async def test_a_report_at_which_we_stumble_keeps_no_other_from_being_approved_by_the_tap(
    house: House, reporter: Talker, leader: Talker, monkeypatch: pytest.MonkeyPatch, fails: str
) -> None:
    await asks_two_tiers(house)
    other = await house.joined("Phạm Văn Tâm", "reporter", "15700")
    third = await house.joined("Đỗ Thị Lan", "reporter", "15718")
    for each in (other, third):
        await reports_beds(each, "7")
    await house.moves_to("16:30")
    for each in (reporter, other, third):
        each.forgets()  # they are reminded of another form
    waiting = leader.hears("2 báo cáo", "Không có điểm cần lưu ý (2 đơn vị)")

    def stumbles(*given: Any) -> Any:
        named = {str(getattr(each, name, "")) for each in given for name in ("code", "number")}
        if named & {"15700", "B-15700-101121-1"}:
            raise ZeroDivisionError
        return whole(*given)

    module: Any = approve_undoubted if fails == "approve" else waiting_reviews
    whole = getattr(module, fails)
    with monkeypatch.context() as bug:
        bug.setattr(module, fails, stumbles)
        await leader.taps("Duyệt 2 báo cáo không có điểm cần lưu ý", waiting)
        leader.hears("Đã duyệt 1 báo cáo", "Còn 1 báo cáo")
        third.hears("duyệt")
        other.hears_nothing()
        await leader.says("/duyet")
        leader.hears(
            "B-15700-101121-1", *(("chương trình chưa tự kiểm tra được báo cáo này",) if fails == "doubts_of" else ())
        )
    await leader.says("/duyet B-15700-101121-1")
    leader.hears("Đã duyệt báo cáo B-15700")
    other.hears("duyệt")


async def test_an_approval_is_taken_back_and_what_then_waits_too_long_is_said_above_once(
    house: House, reporter: Talker, leader: Talker, resident: Talker
) -> None:
    await asks_two_tiers(house)
    chair = await house.joined("Nguyễn Thị Hương", "chair", "15742")
    await reports_beds(reporter, "12")
    for each in (chair, leader):
        await each.says("/duyet hết")
        each.hears("Đã duyệt 1 báo cáo")
    reporter.hears("duyệt")
    assert await told_of_beds(resident)
    await chair.says("/boduyet B-15742-101121-1: tôi xem lại")
    chair.hears("đã được cấp trên duyệt")
    await leader.says("/boduyet B-15742-101121-1")
    leader.hears("lý do bỏ duyệt")
    await leader.says("chưa khớp số của bệnh viện")
    leader.hears("Đã bỏ duyệt", "chờ chủ tịch duyệt lại")
    assert not await told_of_beds(resident)
    await house.moves_to("15:37")
    chair.hears("rút lại", "chưa khớp số của bệnh viện", "[Duyệt]")
    leader.hears_nothing()
    for clock, times in (("08:05", 1), ("08:10", 0)):
        await house.moves_to(clock)
        heard = [each.text for each in leader.forgets()]
        assert sum("Chờ duyệt quá lâu" in text and "Nguyễn Thị Hương" in text for text in heard) == times
    for talker in (chair, reporter):
        talker.forgets()


async def test_while_a_chair_is_on_leave_the_deputy_approves_but_not_what_he_sent(
    house: House, reporter: Talker, leader: Talker
) -> None:
    chair = await house.joined("Nguyễn Thị Hương", "chair", "15742")
    deputy = await house.joined("Lê Thị Bình", "deputy", "15742")
    await sends_beds(house, reporter)
    await deputy.says("/duyet B-15742-101121-1")
    deputy.hears("chưa được phân quyền")
    await chair.says("tôi nghỉ hôm nay và ngày mai")
    chair.hears("Lê Thị Bình duyệt báo cáo thay")
    deputy.hears("duyệt báo cáo thay")
    await house.moves_to("15:40")
    await deputy.taps("Duyệt", deputy.hears("Chờ duyệt", "B-15742-101121-1"))
    deputy.hears("Đã duyệt báo cáo B-15742-101121-1")
    reporter.hears("Lê Thị Bình duyệt")
    await chair.says("tôi đi làm lại")
    chair.hears("đi làm lại tại xã Thọ Dân")
    deputy.hears("không còn phải duyệt báo cáo thay")
