"""A leader asks for the page before a meeting: what is new, unusual, missing, waits and was left, each with its button."""

from tests.conversations.house import House, Talker
from tests.conversations.test_leading import sends


async def test_the_page_names_what_is_with_whom_and_the_next_one_asks_what_became_of_it(
    house: House, reporter: Talker, leader: Talker
) -> None:
    await sends(reporter)
    await house.moves_to("16:45")
    leader.forgets()
    await leader.says("/giaoban")
    page = leader.hears(
        "GIAO BAN – HUYỆN TRIỆU SƠN",
        "Số liệu ngày 10/11/2021: 1/3 đơn vị đã báo cáo.",
        "Mới: F0 mới 3 ca; F0 cộng đồng 1 ca.",
        "Chưa báo cáo: 2/3 đơn vị: xã Dân Lực (41 kỳ liền), thị trấn Nưa (41 kỳ liền).",
        "Không có số liệu bất thường, việc chờ quyết định.",
        "[Đôn đốc 2 đơn vị chưa báo cáo]",
        "[Xem tổng hợp]",
    )
    assert page.photo is not None
    await leader.taps("Đôn đốc 2 đơn vị chưa báo cáo")
    leader.hears("2 đơn vị chưa có cán bộ đầu mối")
    await leader.taps("Bản in (PDF)", page)
    printed = leader.hears("một trang A4").document
    assert printed is not None
    assert printed.name == "Giao ban huyện Triệu Sơn 2021-11-10.pdf"
    assert printed.content.startswith(b"%PDF")

    late = await house.joined("Lê Thị Sáu", "reporter", "15700")
    await house.moves_to("17:00")
    late.forgets()
    await sends(late)
    await house.moves_to("21:00")
    for each in (reporter, leader, late):
        each.forgets()
    await leader.says("giao ban")
    leader.hears(
        "2/3 đơn vị",
        "thêm 1 báo cáo từ 16 giờ 45",
        "Chưa báo cáo: 1/3 đơn vị: thị trấn Nưa (41 kỳ liền).",
        "Giao ban trước (16 giờ 45): 2 việc, đã xong 1.",
    )
    await house.moves_to("15:30")
    leader.forgets()
    await leader.says("/briefing")
    leader.hears("Số liệu ngày 10/11/2021: 2/3", "Không có gì mới từ 21 giờ 00", "1 việc, chưa xong việc nào")
    for talker in (reporter, late):
        talker.forgets()


async def test_the_page_is_for_those_who_lead_and_leads_on_from_a_digest(
    house: House, reporter: Talker, leader: Talker, resident: Talker
) -> None:
    await reporter.says("/giaoban")
    reporter.hears("chưa được phân quyền")
    await resident.says("/giaoban")
    resident.hears("dành cho cán bộ")
    for talker, is_named in ((reporter, False), (resident, False), (leader, True)):
        await talker.says("/trogiup")
        assert ("/giaoban" in "\n".join(each.text for each in talker.forgets())) == is_named
    chair = await house.joined("Phạm Minh", "chair", "15742")
    await house.moves_to("17:00")
    digest = next(each for each in chair.forgets() if "Giao ban" in each.labels)
    await chair.taps("Giao ban", digest)
    chair.hears("GIAO BAN – XÃ THỌ DÂN", "Chưa báo cáo: đã quá hạn 16 giờ 30.", "[Đôn đốc 1 đơn vị chưa báo cáo]")
    for talker in (reporter, leader):
        talker.forgets()
