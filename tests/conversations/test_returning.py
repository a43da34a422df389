"""A report is returned with a comment: its unit corrects it, nobody else; until then it is provisional, or not public."""

from tests.conversations.house import House, Talker, fills_in
from tests.conversations.test_approving import sends_beds, told_of_beds


async def sends(reporter: Talker) -> None:
    await fills_in(reporter)
    await reporter.taps("Gửi")
    reporter.hears("đã tiếp nhận")


async def test_single_figures_are_returned_and_one_button_opens_just_the_first(
    house: House, reporter: Talker, leader: Talker
) -> None:
    await sends(reporter)
    await leader.says("/donvi Thọ Dân")
    await leader.taps("Trả lại", leader.hears("[Trả lại]"))
    asked = leader.hears("Trả lại", "CD-15742-101121-1", "cả báo cáo", "[1. ")
    await leader.taps(next(label for label in asked.labels if label.startswith("2. ")))
    leader.hears("Đang chọn", "[✓ 2. ", "[1. ")
    await leader.says("chưa khớp với danh sách của trạm")
    leader.hears("Đã trả lại báo cáo CD-15742-101121-1", "Lê Văn Nam")
    reporter.hears_nothing()
    await house.moves_to("15:40")
    returned = reporter.hears("Trần Thị Hoa trả lại", "«chưa khớp với danh sách của trạm»", "[Mở để sửa]", ": 1")
    assert len(returned.labels) == 1
    await house.moves_to("15:41")
    reporter.hears_nothing()
    await reporter.taps("Mở để sửa", returned)
    reporter.hears("(2/20)")
    await reporter.says("0")
    reporter.hears("Báo cáo ngày")
    await reporter.taps("Gửi")
    reporter.hears("lý do điều chỉnh")
    await reporter.says("đếm lại theo danh sách")
    reporter.hears("bản điều chỉnh")
    await leader.says("/donvi Thọ Dân")
    leader.hears("đã điều chỉnh sau khi trả lại", "Trần Thị Hoa trả lại", "chưa khớp với danh sách của trạm")
    await reporter.taps("Mở để sửa", returned)
    reporter.hears("không còn chờ điều chỉnh")


async def test_it_is_typed_too_and_two_who_return_at_once_are_both_heard(
    house: House, reporter: Talker, leader: Talker
) -> None:
    chair = await house.joined("Nguyễn Thị Hương", "chair", "15742")
    await sends(reporter)
    await chair.says("/tralai CD-15742-101121-1 1, 3: cộng lại chưa khớp")
    chair.hears("Đã trả lại")
    await leader.says("/tralai Thọ Dân ca mắc mới")
    leader.hears("Nguyễn Thị Hương đã trả lại bản này", "Đang chọn")
    await leader.says("thiếu thôn 3")
    leader.hears("Đã trả lại")
    await house.moves_to("15:40")
    reporter.hears("cộng lại chưa khớp")
    reporter.hears("thiếu thôn 3")
    await leader.says("/tralai Thọ Dân")
    leader.hears("Đang chọn: cả báo cáo")
    await leader.says("thôi")
    leader.hears("giữ nguyên")
    await reporter.says("/tralai Thọ Dân: tôi tự trả lại")
    reporter.hears("chưa được phân quyền")


async def test_what_was_public_is_so_no_more_and_what_is_returned_again_is_as_new(
    house: House, reporter: Talker, resident: Talker
) -> None:
    chair = await house.joined("Nguyễn Thị Hương", "chair", "15742")
    await sends_beds(house, reporter)
    await chair.says("/duyet B-15742-101121-1")
    chair.hears("Đã duyệt")
    reporter.hears("duyệt")
    assert await told_of_beds(resident)
    await chair.says("/tralai B-15742-101121-1: chưa trừ giường đang sửa")
    chair.hears("Đã trả lại", "cả báo cáo")
    assert not await told_of_beds(resident)
    await house.moves_to("15:40")
    await reporter.taps("Mở để sửa", reporter.hears("chưa trừ giường đang sửa"))
    reporter.hears("Báo cáo ngày")
    await reporter.says("sửa 1")
    reporter.hears("Số giường")
    await reporter.says("12")
    reporter.hears("Báo cáo ngày")
    await reporter.taps("Gửi")
    reporter.hears("lý do")
    await reporter.says("đã trừ rồi, đếm lại vẫn vậy")
    reporter.hears("bản điều chỉnh")
    assert not await told_of_beds(resident)
    await chair.says("/tralai B-15742-101121-1: cũ")
    chair.hears("bản mới hơn")
    await house.moves_to("15:45")
    await chair.taps("Duyệt", chair.hears("Chờ duyệt", "B-15742-101121-2"))
    chair.hears("Đã duyệt báo cáo B-15742-101121-2")
    reporter.hears("duyệt")
    assert await told_of_beds(resident)
