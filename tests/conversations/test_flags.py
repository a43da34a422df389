"""A resident doubts a figure; whatever becomes of it, he is told, and then forgotten."""

from tests.conversations.house import House, Talker
from tests.conversations.test_approving import sends_beds
from tests.conversations.test_residents import kept_flags, sends_report


async def doubts(resident: Talker, reporter: Talker, day: str = "hôm nay") -> None:
    await resident.says(f"{day} xã Thọ Dân bao nhiêu ca mắc mới")
    await resident.taps("Số này chưa đúng?", resident.hears("3 ca", "[Số này chưa đúng?]"))
    resident.hears("Đã chuyển đơn vị rà soát")
    reporter.hears("Có người dân phản ánh", "3 ca", "17 giờ 30", "[Sửa]")


async def corrects(reporter: Talker, figure: str) -> None:
    await reporter.taps("Sửa")
    reporter.hears("Số ca mắc mới (F0)")
    await reporter.says(figure)
    reporter.hears("Báo cáo ngày")
    await reporter.taps("Gửi")
    reporter.hears("lý do điều chỉnh")
    await reporter.says("nhập nhầm")
    reporter.hears("bản điều chỉnh")


async def test_a_figure_that_is_corrected_is_told_to_all_who_doubted_it(
    house: House, reporter: Talker, resident: Talker
) -> None:
    await sends_report(reporter)
    await doubts(resident, reporter)
    other = house.talker("Ông Bảy")
    await other.says("số ca mắc mới xã Thọ Dân hôm nay sai rồi")
    other.hears("Đã chuyển đơn vị rà soát")
    await corrects(reporter, "2")
    resident.hears_nothing()
    await house.moves_to("15:32")
    for each in (resident, other):
        each.hears("Xã Thọ Dân đã đính chính", "2 ca", "Số liệu đã được đính chính", "Nguồn: xã Thọ Dân báo cáo")
    await house.moves_to("17:40")
    reporter.forgets()
    assert await house.running.clerk.write(kept_flags) == 0


async def test_another_figure_that_is_corrected_leaves_the_doubted_one_confirmed(
    house: House, reporter: Talker, resident: Talker
) -> None:
    await sends_report(reporter)
    await doubts(resident, reporter)
    await reporter.says("/capnhat test 41, lý do: sót một mẫu")
    reporter.hears("bản điều chỉnh")
    await house.moves_to("15:32")
    resident.hears("Xã Thọ Dân đã rà soát", "xác nhận")


async def test_a_doubt_that_nobody_answers_ends_honestly(house: House, reporter: Talker, resident: Talker) -> None:
    await sends_report(reporter)
    await doubts(resident, reporter)
    await house.moves_to("16:31")
    reporter.hears("Nhắc lại", "do người dân phản ánh")
    await house.moves_to("17:29")
    resident.hears_nothing()
    await house.moves_to("17:30")
    heard = resident.hears("Xã Thọ Dân chưa trả lời", "được giữ nguyên", "[Xem số liệu đang công bố]")
    assert await house.running.clerk.write(kept_flags) == 0
    await house.moves_to("17:40")
    await resident.taps("Xem số liệu đang công bố", heard)
    resident.hears("3 ca")
    await reporter.taps("Đúng")
    reporter.hears("đã kết thúc")


async def test_what_is_doubted_of_a_closed_day_can_only_be_confirmed(
    house: House, reporter: Talker, resident: Talker
) -> None:
    await sends_report(reporter)
    await house.moves_to("08:30")
    reporter.forgets()
    await resident.says("hôm qua xã Thọ Dân bao nhiêu ca mắc mới")
    await resident.taps("Số này chưa đúng?", resident.hears("3 ca"))
    resident.hears("Đã chuyển đơn vị rà soát")
    reporter.hears("Có người dân phản ánh", "Báo cáo này đã khóa", "liên hệ UBND huyện Triệu Sơn để mở lại", "[Sửa]")
    await reporter.taps("Sửa")
    reporter.hears("đã khóa")
    await reporter.says("5")
    reporter.hears("đã khóa", "để mở lại")
    await reporter.says("/traloi ca này đã chuyển sang xã khác từ hôm trước")
    reporter.hears("Đã ghi nhận")
    resident.hears("đã rà soát", "được giữ nguyên")


async def test_a_correction_that_waits_for_approval_is_told_when_it_is_approved(
    house: House, reporter: Talker, resident: Talker
) -> None:
    chair = await house.joined("Nguyễn Thị Hương", "chair", "15742")
    await sends_beds(house, reporter)
    await chair.says("/duyet b-15742-101121-1")
    chair.hears("Đã duyệt")
    reporter.hears("duyệt")
    await resident.says("số giường bệnh trống xã Thọ Dân hôm nay sai rồi")
    resident.hears("Đã chuyển đơn vị rà soát")
    reporter.hears("Có người dân phản ánh", "12")
    await reporter.taps("Sửa")
    reporter.hears("Số giường")
    await reporter.says("14")
    await reporter.taps("Gửi", reporter.hears("Báo cáo ngày"))
    reporter.hears("lý do điều chỉnh")
    await reporter.says("đếm lại")
    reporter.hears("bản điều chỉnh")
    await house.moves_to("17:31")
    resident.hears_nothing()
    for each in (chair, reporter):
        each.forgets()
    await chair.says("/duyet b-15742-101121-2")
    chair.hears("Đã duyệt")
    reporter.hears("duyệt")
    await house.moves_to("17:33")
    resident.hears("đã đính chính", "14")
