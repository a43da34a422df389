"""Leaders look and act: they nudge, ask back, open again, approve, and fill levels for the units below them."""

from datetime import date

from sqlalchemy import Connection

from reporting.archive import ArchiveLine
from reporting.rounds.suspensions import Suspension
from reporting.unit_list import read_units
from services.import_history import take_in
from storage.database import audit
from storage.organisation import units
from storage.reports import forms
from storage.schedule import suspensions
from tests.conversations.house import ANSWERS, House, Talker, fills_in

DAY = date(2021, 11, 10)


async def sends(reporter: Talker, *instead: tuple[int, str]) -> None:
    await fills_in(reporter, *instead)
    await reporter.taps("Gửi")
    reporter.hears("đã tiếp nhận")


async def test_a_leader_nudges_all_who_are_missing_once_within_minutes(
    house: House, reporter: Talker, leader: Talker
) -> None:
    await leader.says("/tinhhinh")
    leader.hears("0/3", "[Đôn đốc 3 đơn vị chưa báo cáo]", "[Từng đơn vị]")
    await leader.taps("Đôn đốc 3 đơn vị chưa báo cáo")
    leader.hears("Đã gửi đôn đốc tới 1 đơn vị: xã Thọ Dân", "2 đơn vị chưa có cán bộ đầu mối")
    reporter.hears("Theo chỉ đạo của đồng chí Trần Thị Hoa", "UBND huyện Triệu Sơn", "[Báo cáo ngay]")
    await leader.says("/donduc thọ dân")
    leader.hears("vừa được đôn đốc trong 15 phút qua", "xã Thọ Dân")
    reporter.hears_nothing()
    await house.moves_to("15:50")
    await leader.says("/donduc tho dan")
    leader.hears("Đã gửi đôn đốc tới 1 đơn vị")
    reporter.hears("Theo chỉ đạo")
    await reporter.taps("Báo cáo ngay")
    reporter.hears("(1/20)")


async def test_a_units_page_shows_figures_revisions_and_who(reporter: Talker, leader: Talker) -> None:
    await sends(reporter)
    await leader.says("/donvi thọ dân")
    leader.hears(
        "xã Thọ Dân",
        "🟢 Đã báo cáo đúng hạn",
        "Số ca mắc mới (F0) ghi nhận trong kỳ: 3 ca",
        "Lần 1",
        "Lê Văn Nam",
        "CD-15742-101121-1",
        "[Hỏi lại số liệu]",
        "[◀ Kỳ trước]",
    )
    await leader.taps("◀ Kỳ trước")
    leader.hears("09/11/2021", "🔴 Quá hạn", "[Mở lại]", "[Kỳ sau ▶]")


async def test_a_units_page_shows_who_was_reminded_how_often_and_who_was_told(
    house: House, reporter: Talker, leader: Talker
) -> None:
    chair = await house.joined("Phạm Minh", "chair", "15742")
    await leader.says("/donvi thọ dân")
    assert "🔔" not in leader.hears("xã Thọ Dân").text
    for clock in ("16:00", "16:31", "17:00"):
        await house.moves_to(clock)
    reporter.forgets(2)
    reporter.hears("Đây là lần nhắc thứ 3")
    await leader.says("/donduc thọ dân")
    reporter.hears("Theo chỉ đạo")
    await house.moves_to("17:30")
    heard = chair.forgets()[-1].text
    assert "đã được nhắc 3 lần" in heard
    assert "/tinhhinh; cán bộ báo cáo, các kỳ trước: /donvi; đôn đốc ngay: /donduc." in heard
    await chair.says("/donvi")
    chair.hears("Cán bộ báo cáo: Lê Văn Nam")
    leader.forgets()
    await leader.says("/donvi thọ dân")
    leader.hears(
        "🔔 Đã nhắc cán bộ đầu mối Lê Văn Nam 3 lần, lần thứ 3 lúc 17 giờ 00; đã đôn đốc theo chỉ đạo lúc 17 giờ 00; "
        "đã báo Chủ tịch lúc 17 giờ 30."
    )


async def test_a_command_that_leaves_a_unit_out_is_refused(leader: Talker) -> None:
    await leader.says("/tinhhinh trừ xã Thọ Dân")
    leader.hears("không loại trừ được đơn vị nào")


async def test_the_units_are_leafed_through(leader: Talker) -> None:
    await leader.says("/donvi")
    leader.hears("3 đơn vị", "[xã Thọ Dân]", "[thị trấn Nưa]")
    await leader.taps("thị trấn Nưa")
    leader.hears("thị trấn Nưa", "🟡 Chưa báo cáo", "Cán bộ báo cáo: chưa có", "[Đôn đốc]")


async def test_a_figure_asked_back_is_confirmed_with_a_tap(reporter: Talker, leader: Talker) -> None:
    await sends(reporter)
    await leader.says("/donvi thọ dân")
    leader.hears("[Hỏi lại số liệu]")
    await leader.taps("Hỏi lại số liệu")
    asked = leader.hears("Hỏi lại số liệu nào")
    await leader.taps(asked.labels[0])
    reporter.hears("rà soát số liệu «Số ca mắc mới (F0) ghi nhận trong kỳ»", "3 ca", "17 giờ 30", "[Đúng]", "[Sửa]")
    leader.hears("Đã hỏi xã Thọ Dân (đồng chí Lê Văn Nam)", "17 giờ 30")
    await leader.taps(asked.labels[0], asked)
    leader.hears("đang được hỏi")
    await reporter.taps("Đúng")
    reporter.hears("chuyển câu trả lời tới đồng chí Trần Thị Hoa")
    leader.hears("đồng chí Lê Văn Nam xác nhận", "3 ca")
    await leader.says("/donvi thọ dân")
    leader.hears("đã được xác nhận lúc")


async def test_a_figure_asked_back_is_mended_and_the_owner_hears_of_it(
    house: House, reporter: Talker, leader: Talker
) -> None:
    await sends(reporter)
    await leader.says("/hoilai thọ dân ca mắc mới hôm nay: trạm y tế ghi nhận 2 ca")
    reporter.hears("rà soát số liệu", "Nội dung hỏi: trạm y tế ghi nhận 2 ca", "[Sửa]")
    leader.hears("Đã hỏi xã Thọ Dân")
    await house.moves_to("16:35")
    reporter.hears("Nhắc lại", "[Sửa]")
    await reporter.taps("Sửa")
    reporter.hears("Số ca mắc mới (F0)")
    await reporter.says("2")
    reporter.hears("Báo cáo ngày")
    await reporter.taps("Gửi")
    reporter.hears("lý do điều chỉnh")
    await reporter.says("nhập nhầm")
    reporter.hears("bản điều chỉnh")
    await house.moves_to("16:40")
    leader.hears("đã được đồng chí Lê Văn Nam điều chỉnh", "3 ca → 2 ca", "nhập nhầm")


async def test_an_answer_can_be_typed_in_words(reporter: Talker, leader: Talker) -> None:
    await sends(reporter)
    await leader.says("/hoilai thọ dân ca mắc mới")
    reporter.hears("/traloi 1 đúng")
    leader.hears("Đã hỏi")
    await reporter.says("/traloi")
    reporter.hears("rà soát số liệu", "[Đúng]")
    await reporter.says("/traloi 1 một ca chuyển từ xã bên sang")
    reporter.hears("Đã ghi nhận")
    leader.hears("trả lời về", "một ca chuyển từ xã bên sang")
    await reporter.says("/traloi đúng")
    reporter.hears("Không có câu hỏi nào")


async def test_a_question_that_nobody_answers_ends_with_a_word_to_its_owner(
    house: House, reporter: Talker, leader: Talker
) -> None:
    await sends(reporter)
    await leader.says("/hoilai thọ dân ca mắc mới")
    reporter.hears("[Đúng]")
    leader.hears("Đã hỏi")
    await house.moves_to("16:31")
    reporter.hears("Nhắc lại")
    await house.moves_to("16:50")
    await house.moves_to("17:31")
    heard = [each.text for each in leader.forgets()]
    assert sum("chưa trả lời câu hỏi" in text for text in heard) == 1
    reporter.forgets()


async def test_a_closed_day_is_opened_again_until_a_time(house: House, reporter: Talker, leader: Talker) -> None:
    await house.moves_to("08:30")
    reporter.forgets()
    leader.forgets()
    await leader.says("/molai thọ dân hôm qua đến 10:00")
    reporter.hears("đã mở lại", "10 giờ 00", "[Báo cáo ngay]")
    leader.hears("Đã mở lại báo cáo ngày 10/11/2021 của xã Thọ Dân đến 10 giờ 00", "Lê Văn Nam")
    told = reporter.last
    await reporter.taps("Báo cáo ngay")
    reporter.hears("(1/20)", "10/11/2021")
    await house.moves_to("10:00")
    reporter.forgets()
    await reporter.taps("Báo cáo ngay", told)
    reporter.hears("đã khóa lúc 10 giờ 00")


async def test_the_board_and_the_rates_are_told(reporter: Talker, leader: Talker) -> None:
    await sends(reporter)
    await leader.says("/tinhhinh đầy đủ")
    assert leader.forgets()[0].text.startswith("Báo cáo ngày")
    await leader.says("/bang")
    assert leader.hears().photo is not None
    leader.hears("Theo dõi báo cáo", "xã Thọ Dân", "✓", "không có nghĩa là bằng 0")
    await leader.says("/tyle")
    leader.hears("Tỷ lệ báo cáo – huyện Triệu Sơn", "Tháng 11/2021: đủ 0%", "Tháng 10/2021")


async def test_of_many_units_the_missing_are_named_and_all_others_by_a_tap_or_in_words(
    house: House, leader: Talker
) -> None:
    def put(connection: Connection) -> None:
        more = "\n".join(f"2{n:04},Ia {n},xã,397,,," for n in range(20))
        units.put(
            connection, read_units(f"code,name,kind,parent,aliases,since,until\n397,Triệu Sơn,huyện,,,,\n{more}\n")
        )
        audit.write(connection, house.simulator.clock.now(), None, "units")
        form = forms.published(connection, "covid_daily", DAY)
        assert form is not None
        pairs = list(zip((each.name for each in form.asked), ANSWERS, strict=False))
        lines = [ArchiveLine(2, DAY, f"2{n:04}", name, value) for n in range(19) for name, value in pairs]
        take_in(connection, lines, house.simulator.clock.now(), house.settings.zone)

    await house.running.clerk.write(put)
    await leader.says("/tinhhinh")
    heard = leader.hears("xã Ia 19", "Số liệu lưu trữ, không rõ giờ gửi (19)", "[Xem tất cả 23 đơn vị]")
    assert "xã Ia 3" not in heard.text
    await leader.taps("Xem tất cả 23 đơn vị")
    leader.hears("xã Ia 19", "🗂 xã Ia 3")
    await leader.says("/tinhhinh triệu sơn đầy đủ")
    leader.hears("xã Ia 19", "🗂 xã Ia 3")


async def test_the_standing_is_a_table_with_the_board_a_tap_away(
    house: House, reporter: Talker, leader: Talker
) -> None:
    await sends(reporter)
    await house.moves_to("16:31")
    leader.forgets()
    await leader.says("/tinhhinh")
    told = leader.hears(
        "Đã báo cáo: 1/3 đơn vị (hạn 16 giờ 30).",
        "Tỷ lệ: đủ 33,3% (1/3), đúng hạn 33,3%.",
        "🔴 xã Dân Lực\n🔴 thị trấn Nưa",
        "🟢 xã Thọ Dân – 15 giờ 30",
        "[Từng đơn vị]",
    )
    await leader.taps("Bảng theo ngày", told)
    assert leader.hears().photo is not None
    leader.hears("Theo dõi báo cáo", "xã Thọ Dân")


async def test_a_suspended_unit_is_told_as_such_wherever_a_leader_looks(house: House, leader: Talker) -> None:
    def suspend(connection: Connection) -> None:
        unit = units.tree(connection).find("15718", DAY)
        assert unit is not None
        suspensions.suspend(connection, Suspension("", unit.id, DAY, DAY, "lũ"), None, house.simulator.clock.now())

    await house.running.clerk.write(suspend)
    await house.moves_to("18:00")
    leader.forgets()
    await leader.says("/tinhhinh")
    leader.hears("0/2", "⏸ Tạm dừng báo cáo (1)\n⏸ thị trấn Nưa: lũ")
    await leader.says("/donvi nưa")
    leader.hears("⏸ Không phải báo cáo kỳ này (tạm dừng báo cáo: lũ)")


async def test_levels_stand_with_the_newest_decision_and_only_where_there_is_one(leader: Talker) -> None:
    await leader.says("/tinhhinh")
    leader.hears("0/3")
    await leader.says("/baocao nưa")
    leader.hears("Cấp độ dịch")
    for answer in ("Cấp 2", "4521/QĐ-UBND", "10/11/2021", "bỏ qua"):
        await leader.says(answer)
        leader.hears()
    await leader.taps("Gửi")
    leader.hears("đã tiếp nhận")
    await leader.says("/tinhhinh")
    leader.hears("0/3")
    heard = leader.hears("1/3 đơn vị đã có báo cáo", "🟢 thị trấn Nưa – 15 giờ 30 ngày 10/11/2021", "⚪ xã Thọ Dân")
    assert heard.labels == []


async def test_units_are_compared(reporter: Talker, leader: Talker) -> None:
    await sends(reporter)
    await leader.says("/sosanh")
    leader.hears("Số ca mắc mới (F0)", "xã Thọ Dân: 3 ca", "Chưa có số liệu (2): xã Dân Lực, thị trấn Nưa")
    await leader.says("/sosanh thọ dân, nưa")
    leader.hears("So sánh xã Thọ Dân, thị trấn Nưa", "xã Thọ Dân 3; thị trấn Nưa chưa báo cáo")


async def test_only_the_figure_that_is_named_is_compared(reporter: Talker, leader: Talker) -> None:
    await sends(reporter)
    await leader.says("/sosanh f0 thọ dân, dân lực")
    heard = leader.hears(
        "So sánh xã Thọ Dân, xã Dân Lực", "• Số ca mắc mới (F0)", "xã Thọ Dân 3; xã Dân Lực chưa báo cáo"
    )
    assert heard.text.count("•") == 1
    await leader.says("/sosanh lũy kế tử vong")
    leader.hears("Lũy kế số ca tử vong – huyện Triệu Sơn", "xã Thọ Dân: ", "[Số ca mắc mới (F0) ghi nhận trong kỳ]")
    await leader.says("/sosanh cấp độ dịch thọ dân, nưa")
    leader.hears("Các đơn vị được so sánh theo số liệu của báo cáo: Số ca mắc mới (F0)")


async def test_where_no_unit_has_the_name_nothing_else_is_shown_and_nobody_nudged(leader: Talker) -> None:
    for command in ("/tinhhinh", "/tonghop", "/donvi", "/bang", "/sosanh", "/donduc"):
        await leader.says(f"{command} xyz")
        leader.hears("«xyz» không có trong danh sách đơn vị")
        leader.hears_nothing()
    await leader.says("/tinhhinh thọ dân, xyz")
    leader.hears("«xyz» không có trong danh sách đơn vị")
    await leader.says("/tinhhinh xã thọ dum")
    leader.hears("xã Thọ Dân", "ghi rõ tên đơn vị")
    leader.hears_nothing()


async def test_a_digest_leads_to_its_board_and_letter(reporter: Talker, leader: Talker) -> None:
    await sends(reporter)
    await leader.says("/tonghop hôm nay")
    leader.hears("1/3")
    text = leader.hears("1/3", "[Đôn đốc 2 đơn vị chưa báo cáo]", "[Bảng theo ngày]", "[Công văn (.docx)]")
    leader.hears()
    await leader.taps("Công văn (.docx)", text)
    letter = leader.hears()
    assert letter.document is not None
    assert letter.document.name.endswith(".docx")
    await leader.taps("So sánh đơn vị", text)
    leader.hears("xã Thọ Dân: 3 ca")
    await leader.says("/tonghop 7 ngày qua")
    leader.forgets()


async def test_a_level_is_set_for_a_unit_chosen_by_name_or_by_tap(leader: Talker) -> None:
    await leader.says("/baocao")
    leader.hears("Cấp độ dịch theo quyết định", "/baocao", "[xã Thọ Dân]", "[thị trấn Nưa]")
    await leader.taps("thị trấn Nưa")
    leader.hears("Cấp độ dịch", "thị trấn Nưa")
    await leader.says("/baocao thọ dân")
    leader.hears("Cấp độ dịch", "xã Thọ Dân")
    await leader.says("Cấp 2")
    asked = leader.hears("Số quyết định", "Ví dụ: 4521/QĐ-UBND").text
    assert "Không có vướng mắc" not in asked
    await leader.says("4521/QĐ-UBND")
    leader.hears("Ngày ban hành")
    await leader.says("10/11/2021")
    leader.hears("Ghi chú")
    await leader.says("bỏ qua")
    leader.hears("Báo cáo ngày")
    await leader.taps("Gửi")
    leader.hears("đã tiếp nhận", "Cấp độ dịch: Cấp 2 (vùng vàng)", "ví dụ «Cấp độ dịch 1»")
    await leader.says("/donvi thọ dân")
    leader.hears("Cấp độ dịch: Cấp 2 (vùng vàng), từ 10/11/2021, theo 4521/QĐ-UBND")


async def test_asking_about_a_closed_day_opens_it_only_for_those_who_may(
    house: House, reporter: Talker, leader: Talker
) -> None:
    await sends(reporter)
    chair = await house.joined("Nguyễn Thị Hương", "chair", "15742")
    await house.moves_to("08:30")
    for talker in (reporter, leader, chair):
        talker.forgets()
    await chair.says("/hoilai thọ dân ca mắc mới hôm qua")
    heard = chair.hears("Đã hỏi xã Thọ Dân")
    assert "Báo cáo được mở" not in heard.text
    reporter.hears("[Sửa]")
    await reporter.taps("Sửa")
    reporter.hears("đã khóa lúc 08 giờ 00")
    await reporter.says("/traloi đúng")
    reporter.hears("Đã ghi nhận")
    chair.hears("xác nhận")
    await leader.says("/hoilai thọ dân ca mắc mới hôm qua")
    leader.hears("Báo cáo được mở để điều chỉnh")
    reporter.hears("[Sửa]")
    await reporter.taps("Sửa")
    reporter.hears("(1/20)")
