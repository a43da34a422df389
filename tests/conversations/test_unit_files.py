"""An admin changes the units in his chat; two communes are merged, from the file to the first report and the digests of both views."""

from io import BytesIO

from openpyxl import Workbook

from tests.conversations.house import House, Talker, fills_in

MERGER = """on,old,new,name,kind,people
2021-11-11,15742,15763,Thọ Phú,xã,move
2021-11-11,15700,15763,,,
"""
GROUPS = "group,name,kind,member\nC1,Nông Trường,cụm,15742\nC1,,,15700\n"


async def sends(talker: Talker, text: str, name: str = "don_vi.csv") -> None:
    await talker.person.sends_document(text.encode(), name)
    await talker.house.settled()


async def digest(leader: Talker, command: str) -> str:
    """The words of the digest that is asked for; its picture and buttons come with it."""
    leader.forgets()
    await leader.says(command)
    return max((each.text for each in leader.forgets()), key=len)


async def test_a_merger_is_shown_then_done_and_everybody_is_told(house: House, reporter: Talker) -> None:
    admin = await house.joined("Phạm Văn Tú", "admin", "397")
    other = await house.joined("Trần Văn Lực", "reporter", "15700")
    await fills_in(reporter)
    await reporter.taps("Gửi")
    reporter.hears("đã tiếp nhận")
    await other.says("/baocao")
    other.hears("(1/20)")
    await sends(admin, MERGER)
    admin.hears(
        "Xem trước tệp don_vi.csv (2 dòng). Chưa có gì được ghi.",
        "Đơn vị mới (1):",
        "• xã Thọ Phú (15763), thuộc huyện Triệu Sơn (397), từ ngày 11/11/2021; còn gọi là Thọ Dân, Dân Lực",
        "• xã Thọ Dân (15742), từ ngày 11/11/2021 → xã Thọ Phú (15763)",
        "Tiếp tục nhiệm vụ ở đơn vị mới: Lê Văn Nam",
        "Còn được phân công ở đó: Trần Văn Lực",
        "đề nghị mời lại người tiếp tục nhiệm vụ: /moi kèm nhiệm vụ và tên đơn vị mới (xã Thọ Phú).",
        "xã Dân Lực (15700): báo cáo đang lập dở ngày 10/11/2021 vẫn gửi được",
        "[Thực hiện]",
    )
    for talker in (reporter, other):
        talker.hears_nothing()
    await admin.says("thực hiện")
    admin.hears("Đã ghi tệp đơn vị (2 dòng); 3 đơn vị mới hoặc thay đổi.", "• xã Dân Lực (15700), từ ngày 11/11/2021")
    reporter.hears("Từ ngày 11/11/2021, xã Thọ Dân thuộc xã Thọ Phú", "Đồng chí tiếp tục nhiệm vụ cho xã Thọ Phú")
    other.hears("nếu tiếp tục làm cho xã Thọ Phú", "Báo cáo ngày 10/11/2021 của xã Dân Lực vẫn gửi như thường")


async def test_the_first_report_of_a_merged_commune_and_the_digests_of_both_views(
    house: House, reporter: Talker, leader: Talker
) -> None:
    admin = await house.joined("Phạm Văn Tú", "admin", "397")
    await fills_in(reporter)
    await reporter.taps("Gửi")
    await sends(admin, MERGER)
    await admin.says("thực hiện")
    await house.moves_to("09:00")
    for talker in (reporter, leader, admin):
        talker.forgets()
    await reporter.says("/baocao")
    reporter.hears(
        "Xã Thọ Phú được thành lập từ ngày 11/11/2021, từ: xã Dân Lực, xã Thọ Dân.",
        "số dư đầu kỳ (đến hết 10/11/2021)",
        "• Lũy kế số ca mắc: 3 ca (chưa có số của xã Dân Lực)",
        "[Đúng, dùng số này]",
    )
    await reporter.says("đúng")
    reporter.hears("Đã ghi số dư đầu kỳ của xã Thọ Phú.")
    reporter.hears("(1/20)", "xã Thọ Phú · ngày 11/11/2021")
    await fills_in(reporter)
    await reporter.taps("Gửi")
    reporter.hears("đã tiếp nhận", "xã Thọ Phú")
    then = await digest(leader, "/tonghop ngày 10/11")
    assert "HUYỆN TRIỆU SƠN" in then
    assert "1/3 đơn vị đã báo cáo" in then
    assert "HIỆN NAY" not in then
    now = await digest(leader, "/tonghop ngày 10/11 theo đơn vị hiện nay")
    assert "HUYỆN TRIỆU SƠN – THEO ĐƠN VỊ HIỆN NAY" in now
    assert "• xã Thọ Phú (1/2 báo cáo): Số ca mắc mới (F0) ghi nhận trong kỳ: 3 ca" in now
    first = await digest(leader, "/tonghop hôm nay")
    assert "1/2 đơn vị đã báo cáo" in first
    assert "3 ca (lũy kế: 6)" in first


async def test_a_resident_may_ask_for_earlier_days_by_the_units_of_today(
    house: House, reporter: Talker, resident: Talker
) -> None:
    admin = await house.joined("Phạm Văn Tú", "admin", "397")
    await fills_in(reporter)
    await reporter.taps("Gửi")
    reporter.hears("đã tiếp nhận")
    await sends(admin, MERGER)
    admin.hears("Xem trước")
    await admin.taps("Thực hiện")
    admin.hears("Đã ghi")
    reporter.forgets()
    await house.moves_to("18:00")
    await house.moves_to("17:30")
    for talker in (reporter, admin):
        talker.forgets()
    await resident.says("Thọ Dân ngày 10/11 mấy ca")
    assert "hiện nay" not in resident.hears("Xã Thọ Dân, ", "3 ca").text
    await resident.says("Dân Lực ngày 10/11 mấy ca theo đơn vị hiện nay")
    resident.hears("Số liệu tính theo đơn vị hiện nay (từ ngày 11/11/2021)", "Xã Thọ Phú", "3 ca", "1/2 đơn vị")


async def test_a_file_that_is_not_meant_is_dropped_and_a_bad_one_is_refused_by_row(house: House) -> None:
    admin = await house.joined("Phạm Văn Tú", "admin", "397")
    await sends(admin, MERGER)
    admin.hears("Xem trước", "[Thôi, không ghi]")
    await admin.says("thôi")
    admin.hears("Đã bỏ tệp này; danh sách đơn vị giữ nguyên.")
    await sends(admin, MERGER.replace("15700", "99999").replace(",move", ",đi"))
    admin.hears("Dòng 2: «đi» ở cột people không dùng được")
    await sends(admin, MERGER.replace("15700", "99999"))
    admin.hears("Dòng 3: ngày 10/11/2021 không có đơn vị nào có mã 99999")
    small = await house.joined("Ngô Thị Sáu", "admin", "15742")
    await sends(small, MERGER)
    small.hears("Chỉ quản trị của cấp cao nhất mới thay đổi được danh sách đơn vị")


async def test_figures_of_the_day_before_a_merger_are_offered_to_the_former_units_report(
    house: House, reporter: Talker
) -> None:
    admin = await house.joined("Phạm Văn Tú", "admin", "397")
    await fills_in(reporter)
    await reporter.taps("Gửi")
    reporter.hears("đã tiếp nhận")
    await sends(admin, MERGER)
    admin.hears("Xem trước tệp")
    await admin.says("thực hiện")
    admin.hears("Đã ghi tệp đơn vị")
    await house.moves_to("07:30")
    reporter.forgets()
    await reporter.says("/baocao")
    reporter.hears("[Đúng, dùng số này]")
    await reporter.taps("Đúng, dùng số này")
    reporter.hears("Đã ghi số dư đầu kỳ")
    reporter.hears("(1/20)", "xã Thọ Phú")
    await reporter.says("hôm qua F0 mới 4, khỏi mới 2")
    reporter.hears("sửa báo cáo ngày 10/11/2021 của xã Thọ Dân", "F0 mới: 3 ca → 4 ca")
    await reporter.taps("Không")
    reporter.hears("(1/20)", "xã Thọ Phú")


async def test_running_totals_that_would_be_lost_are_named_with_the_line_that_keeps_them(
    house: House, reporter: Talker, leader: Talker
) -> None:
    admin = await house.joined("Phạm Văn Tú", "admin", "397")
    joins = "on,old,new,name,kind,people\n2021-11-11,15742,15718,,,move\n"
    await sends(admin, joins)
    assert "Lũy kế" not in admin.hears("Xem trước tệp").text
    await fills_in(reporter)
    await reporter.taps("Gửi")
    reporter.hears("đã tiếp nhận")
    await sends(admin, joins)
    line = "2021-11-11,15718,15718,Nưa,thị trấn"
    admin.hears(
        "Lũy kế của xã Thọ Dân (15742) không được cộng vào thị trấn Nưa", f"(cột on,old,new,name,kind): {line} –"
    )
    await sends(admin, f"{joins}{line},move\n")
    assert "Lũy kế" not in admin.hears("Xem trước tệp").text
    await admin.says("thực hiện")
    admin.hears("Đã ghi tệp đơn vị")
    reporter.hears("Đồng chí tiếp tục nhiệm vụ cho thị trấn Nưa")
    await house.moves_to("09:00")
    leader.forgets()
    reporter.forgets()
    await reporter.says("/baocao")
    reporter.hears("thị trấn Nưa", "Lũy kế số ca mắc: 3 ca")


async def test_a_table_that_is_none_of_ours_is_said_to_be_none_with_the_columns_it_needs(house: House) -> None:
    admin = await house.joined("Phạm Văn Tú", "admin", "397")
    for table in (
        "date,unit,indicator,value\n2021-10-05,15742,f0_new,3\n",
        "code;name;kind;parent\n1;Thọ Dân;xã;397\n",
    ):
        await sends(admin, table, "so_lieu.csv")
        admin.hears(
            "Chưa nhận ra tệp so_lieu.csv nên chưa có gì được ghi",
            "ngăn cách bằng dấu phẩy: code, name, kind, parent (danh sách đơn vị)",
            "on, old, new (sáp nhập)",
            "giaoban figures import",
        )


async def test_what_has_changed_since_the_preview_is_shown_anew(house: House) -> None:
    admin, second = [await house.joined(name, "admin", "397") for name in ("Phạm Văn Tú", "Đỗ Thị Bảy")]
    for talker in (admin, second):
        await sends(talker, GROUPS)
        talker.hears("Xem trước", "• xã Thọ Dân (15742): cụm Nông Trường (C1)")
    await second.taps("Thực hiện")
    second.hears("Đã ghi tệp đơn vị")
    await admin.taps("Thực hiện")
    admin.hears("Danh sách đơn vị đã thay đổi từ lúc xem trước")
    admin.hears("không làm thay đổi gì")


async def test_a_group_is_read_by_leaders_and_asked_for_by_residents(
    house: House, reporter: Talker, resident: Talker
) -> None:
    admin = await house.joined("Phạm Văn Tú", "admin", "397")
    book = Workbook()
    for row in (line.split(",") for line in GROUPS.splitlines()):
        book.worksheets[0].append(row)
    content = BytesIO()
    book.save(content)
    await admin.person.sends_document(content.getvalue(), "cum.xlsx")
    await house.settled()
    admin.hears("Đơn vị mới (1):", "• cụm Nông Trường (C1)", "Vào cụm, khu vực (2):")
    await admin.taps("Thực hiện")
    admin.hears("Đã ghi")
    head = await house.joined("Vũ Văn Tám", "leader", "C1")
    await fills_in(reporter)
    await reporter.taps("Gửi")
    reporter.hears("đã tiếp nhận")
    await resident.says("cụm Nông Trường hôm nay bao nhiêu ca")
    resident.hears("Cụm Nông Trường", "3 ca", "1/2 đơn vị")
    await admin.says("/tinhhinh cụm Nông Trường")
    admin.hears("1/2", "cụm Nông Trường")
    said = await digest(head, "/tonghop")
    assert "CỤM NÔNG TRƯỜNG" in said
    assert "1/2 đơn vị đã báo cáo" in said
    await head.says("/tinhhinh dân lực")
    head.hears("xã Dân Lực")
    await head.says("/tonghop nưa")
    head.hears("chưa được phân quyền", "thị trấn Nưa")
    assert "1/3 đơn vị đã báo cáo" in await digest(admin, "/tonghop")


async def test_both_sides_that_report_for_a_day_are_flagged_to_the_desk(house: House, reporter: Talker) -> None:
    """The file comes when the day has begun, and the old commune has reported for it."""
    admin = await house.joined("Phạm Văn Tú", "admin", "397")
    await fills_in(reporter)
    await reporter.taps("Gửi")
    reporter.hears("đã tiếp nhận")
    await sends(admin, MERGER.replace("2021-11-11", "2021-11-10"))
    admin.hears("xã Thọ Dân (15742) đã gửi báo cáo cho ngày 10/11/2021, khi đơn vị không còn")
    await admin.taps("Thực hiện")
    admin.hears("Đã ghi tệp đơn vị")
    reporter.hears("Đồng chí tiếp tục nhiệm vụ cho xã Thọ Phú")
    await fills_in(reporter)
    await reporter.taps("Gửi")
    reporter.hears("đã tiếp nhận", "xã Thọ Phú")
    admin.hears("Xã Thọ Phú đã báo cáo ngày 10/11/2021; ngày đó xã Thọ Dân", "không được tính vào tổng")
