"""Approval: where a form asks for it, a figure is provisional and not public until the tap."""

from datetime import date

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
