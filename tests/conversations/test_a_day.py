"""One whole day: reports, reminders, the digest, residents' questions."""

from tests.conversations.house import House, Talker, fills_in


async def test_the_late_are_reminded_then_the_chair_then_the_leader(
    house: House, reporter: Talker, leader: Talker
) -> None:
    chair = await house.joined("Nguyễn Thị Hương", "chair", "15742")
    await house.moves_to("16:00")
    reporter.hears("Còn 30 phút đến thời hạn", "đồng chí Lê Văn Nam", "[Báo cáo ngay]", "[Nhắc tôi sau 30 phút]")
    await house.moves_to("16:30")
    reporter.hears("Đã hết thời hạn", "khẩn trương", "[Báo cáo ngay]")
    chair.hears_nothing()
    await house.moves_to("16:55")
    leader.hears_nothing()
    await house.moves_to("17:30")
    chair.forgets()
    reporter.forgets()
    leader.forgets()
    await house.moves_to("18:30")
    leader.hears("0/3 đơn vị", "xã Thọ Dân", "/tinhhinh")


async def test_a_unit_that_has_sent_is_left_in_peace(house: House, reporter: Talker) -> None:
    await fills_in(reporter)
    await reporter.taps("Gửi")
    reporter.hears("đã tiếp nhận")
    for clock in ("16:00", "16:30", "17:00", "18:30"):
        await house.moves_to(clock)
        reporter.hears_nothing()


async def test_what_was_due_while_the_bot_was_away_is_said_once(house: House, reporter: Talker) -> None:
    await house.stop()
    await house.start()
    await house.moves_to("17:20")
    reporter.hears("Đã hết thời hạn", "[Báo cáo ngay]")
    reporter.hears_nothing()
    await house.restart()
    await house.running.tick()
    await house.settled()
    reporter.hears_nothing()


async def test_report_now_opens_the_report(house: House, reporter: Talker) -> None:
    await house.moves_to("16:00")
    reporter.hears("[Báo cáo ngay]")
    await reporter.taps("Báo cáo ngay")
    reporter.hears("(1/20)", "xã Thọ Dân")


async def test_a_reason_for_being_late_stands_beside_the_name(house: House, reporter: Talker, leader: Talker) -> None:
    await house.moves_to("16:45")
    reporter.hears("[Chậm vì: chờ kết quả]")
    await reporter.taps("Chậm vì: chờ kết quả")
    reporter.hears("Đã ghi nhận", "chờ kết quả")
    await leader.says("/tinhhinh")
    leader.hears("0/3", "xã Thọ Dân (chờ kết quả)")


async def test_at_the_digest_hour_the_leader_gets_totals_with_coverage(
    house: House, reporter: Talker, leader: Talker
) -> None:
    await fills_in(reporter)
    await reporter.taps("Gửi")
    reporter.hears("đã tiếp nhận")
    await house.moves_to("17:00")
    picture = leader.hears("Tổng hợp: 1/3 đơn vị đã báo cáo.")
    assert picture.photo is not None
    assert picture.photo.content.startswith(b"\x89PNG")
    leader.hears("TỔNG HỢP TÌNH HÌNH", "1/3 đơn vị đã báo cáo", "Chưa báo cáo", "xã Dân Lực", "thị trấn Nưa")
    workbook = leader.hears()
    assert workbook.document is not None
    assert workbook.document.name.endswith(".xlsx")
    assert workbook.text == "Bảng số liệu từng đơn vị (Excel)."
    reporter.hears_nothing()


async def test_a_resident_gets_the_value_with_day_time_and_source(
    house: House, reporter: Talker, resident: Talker
) -> None:
    await resident.says("Hôm nay xã Thọ Dân có bao nhiêu ca?")
    resident.hears("hưa", "16 giờ 30")
    await fills_in(reporter)
    await reporter.taps("Gửi")
    reporter.hears("đã tiếp nhận")
    await resident.says("Hôm nay xã Thọ Dân có bao nhiêu ca?")
    resident.hears("3 ca", "10/11/2021", "15 giờ 30", "UBND huyện Triệu Sơn")
    await house.moves_to("17:00")
    reporter.forgets()
    await resident.says("hôm nay xã Dân Lực bao nhiêu ca")
    resident.hears("chưa báo cáo")
