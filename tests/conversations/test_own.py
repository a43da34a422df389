"""Around reporting: a receipt that can be checked, the own record, practice, leave and hand-over."""

from datetime import date

from tests.conversations.house import House, Talker, fills_in
from tests.conversations.test_fast import reported


async def test_a_receipt_is_checked_by_number_and_fingerprint(reporter: Talker) -> None:
    await fills_in(reporter)
    await reporter.taps("Gửi")
    receipt = reporter.hears("đã tiếp nhận", "dấu kiểm tra").text
    mark = receipt.split("dấu kiểm tra: ")[1].split(")")[0]
    await reporter.says(f"/kiemtra CD-15742-101121-1 {mark.lower()}")
    reporter.hears("✅ Đúng: báo cáo CD-15742-101121-1 của xã Thọ Dân")
    await reporter.says("/kiemtra CD-15742-101121-1 0000-0000")
    reporter.hears("không khớp")
    await reporter.says("/capnhat f1 đang cách ly 14, lý do: nhầm")
    reporter.hears("bản điều chỉnh")
    await reporter.says(f"/kiemtra CD-15742-101121-1 {mark}")
    reporter.hears("✅ Đúng", "thay bằng bản điều chỉnh CD-15742-101121-2")


async def test_the_own_record_comes_with_the_trend_as_a_picture(house: House, reporter: Talker) -> None:
    await reported(house, date(2021, 11, 8), date(2021, 11, 9))
    await reporter.says("/lichsu")
    reporter.hears("Lịch sử báo cáo – xã Thọ Dân", "10/11/2021: đang chờ", "09/11/2021: ✅ đúng hạn", "Đúng hạn: 2/")
    picture = reporter.hears("Diễn biến – xã Thọ Dân")
    assert picture.photo is not None
    assert picture.photo.content.startswith(b"\x89PNG")


async def test_practice_says_so_in_every_message_and_counts_nowhere(reporter: Talker) -> None:
    await reporter.says("/dientap")
    reporter.hears("(1/20)", "DIỄN TẬP")
    await reporter.says("nhiều")
    reporter.hears("(1/20)", "DIỄN TẬP")
    await reporter.says("3")
    reporter.hears("(2/20)", "DIỄN TẬP")
    await reporter.says("\n".join(f"{n}. {0 if n < 12 else 3}" for n in range(2, 20)) + "\nghi chú bỏ qua")
    reporter.hears("Báo cáo ngày", "DIỄN TẬP")
    await reporter.says("sửa")
    reporter.hears("DIỄN TẬP")
    await reporter.says("gửi")
    reporter.hears("DIỄN TẬP", "Không có số liệu nào được ghi nhận")
    await reporter.says("/baocao")
    reporter.hears("(1/20)")


async def test_leave_passes_the_duty_to_the_deputy_and_tells_the_chair(house: House, reporter: Talker) -> None:
    deputy = await house.joined("Vũ Thị Mai", "deputy", "15742")
    chair = await house.joined("Nguyễn Thị Hương", "chair", "15742")
    await reporter.says("tôi nghỉ từ 10/11 đến 12/11")
    reporter.hears("nghỉ từ 10/11/2021 đến hết 12/11/2021", "đồng chí Vũ Thị Mai báo cáo thay cho xã Thọ Dân")
    deputy.hears("đồng chí Lê Văn Nam nghỉ", "/baocao")
    chair.hears("Đồng chí Lê Văn Nam nghỉ", "người báo cáo thay: đồng chí Vũ Thị Mai")
    await house.moves_to("16:00")
    reporter.hears_nothing()
    deputy.hears("Còn 30 phút", "[Báo cáo ngay]")
    await reporter.says("tôi đi làm lại")
    reporter.hears("tiếp tục báo cáo cho xã Thọ Dân")
    deputy.hears("Lê Văn Nam đã đi làm lại")
    chair.hears("Lê Văn Nam đã đi làm lại")
    await house.moves_to("16:30")
    reporter.hears("Đã hết thời hạn")
    deputy.hears_nothing()


async def test_leave_without_a_deputy_asks_the_chair_for_somebody(house: House, reporter: Talker) -> None:
    chair = await house.joined("Nguyễn Thị Hương", "chair", "15742")
    await reporter.says("tôi xin nghỉ phép từ ngày 12/11 đến hết ngày 15/11")
    reporter.hears("chưa có người thay")
    chair.hears("chưa có cán bộ báo cáo dự phòng")
    await reporter.says("tôi nghỉ từ 31/02 đến 3/3")
    reporter.hears("ví dụ")


async def test_the_duty_is_handed_over_to_a_deputy(house: House, reporter: Talker) -> None:
    deputy = await house.joined("Vũ Thị Mai", "deputy", "15742")
    await reporter.says("/bangiao")
    reporter.hears("[Vũ Thị Mai – từ hôm nay]", "[Vũ Thị Mai – từ ngày mai]")
    await reporter.taps("Vũ Thị Mai – từ hôm nay")
    reporter.hears("đồng chí Vũ Thị Mai thay đồng chí Lê Văn Nam làm đầu mối")
    deputy.hears("thay đồng chí Lê Văn Nam", "[Đã nhận bàn giao]")
    await deputy.taps("Đã nhận bàn giao")
    deputy.hears("Đã ghi nhận")
    await reporter.says("/baocao")
    reporter.hears("chưa được phân quyền")
    await deputy.says("/baocao")
    deputy.hears("(1/20)")


async def test_who_reports_for_two_units_chooses_and_a_template_names_its_unit(house: House, reporter: Talker) -> None:
    await reporter.joins(await house.invitation("reporter", "15700"))
    reporter.hears("xã Dân Lực")
    await reporter.says("/baocao")
    reporter.hears("[xã Thọ Dân – 10/11/2021]", "[xã Dân Lực – 10/11/2021]")
    await reporter.taps("xã Thọ Dân – 10/11/2021")
    reporter.hears("(1/20)", "xã Thọ Dân")
    await reporter.says("Báo cáo ngày 10/11/2021 – xã Dân Lực\n1. F0 mới: 7")
    reporter.hears("(2/20)", "xã Dân Lực", "F0 mới: 7 ca")


async def test_two_who_type_at_once_do_not_answer_each_other_s_questions(house: House, reporter: Talker) -> None:
    deputy = await house.joined("Vũ Thị Mai", "deputy", "15742")
    await reporter.says("/baocao")
    reporter.hears("(1/20)")
    await deputy.says("/baocao")
    deputy.hears("(1/20)", "đồng chí Lê Văn Nam cũng đang nhập")
    await deputy.says("3")
    deputy.hears("(2/20)")
    await reporter.says("4")
    reporter.hears("(2/20)", "chưa được ghi", "đồng chí Vũ Thị Mai")
    await reporter.says("1")
    reporter.hears("(3/20)")
