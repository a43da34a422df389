"""Targets in chat: set in a line, told in the digest and on the unit's page, drawn, taken back."""

from tests.conversations.house import House, Talker, fills_in


async def test_a_leader_sets_a_target_in_a_line_and_takes_it_back(
    house: House, reporter: Talker, leader: Talker
) -> None:
    await leader.says("/muctieu")
    leader.hears("Chưa giao mục tiêu nào cho huyện Triệu Sơn", "ít nhất 100 trước 31/12")
    await leader.says("/muctieu thọ dân f0 mới không quá 2 mỗi ngày")
    leader.hears(
        "Đã giao mục tiêu cho xã Thọ Dân: Số ca mắc mới (F0) ghi nhận trong kỳ nhiều nhất 2 ca mỗi ngày",
        "[Bỏ mục tiêu này]",
    )
    await fills_in(reporter)
    await reporter.taps("Gửi")
    reporter.forgets()
    await house.moves_to("16:31")
    leader.forgets()
    await leader.says("/donvi thọ dân")
    leader.hears("Mục tiêu", "3 ca (ngày 10/11/2021) – vượt mức")
    await leader.says("/tonghop")
    leader.forgets()
    await leader.says("/muctieu")
    leader.hears("1 chậm hoặc không đạt, 0 đạt hoặc đúng tiến độ, 0 chưa có số liệu")
    leader.hears("• xã Thọ Dân: ", "3 ca (ngày 10/11/2021) – vượt mức")
    await reporter.says("/muctieu")
    reporter.hears("1 chậm hoặc không đạt")
    reporter.hears("vượt mức")
    await leader.says("/muctieu thọ dân f0 mới ít nhất 100 trước 31/12")
    given = leader.hears("Đến nay: 3 ca – chậm tiến độ, đến nay cần", "(mới có 1/41 báo cáo)")
    await leader.taps("Bỏ mục tiêu này", given)
    leader.hears("Đã thôi thực hiện mục tiêu của xã Thọ Dân")


async def test_only_who_leads_sets_targets_and_what_cannot_be_read_is_told_with_an_example(
    reporter: Talker, leader: Talker
) -> None:
    await reporter.says("/muctieu thọ dân f0 mới nhiều nhất 2 mỗi tuần")
    reporter.hears("chưa được phân quyền")
    await leader.says("/muctieu thọ dân f0 mới ít nhất 7")
    leader.hears("Chưa rõ mục tiêu", "trước 31/12")
    await leader.says("/muctieu thọ dân f0 mới ít nhất 95% trước 31/12")
    leader.hears("«Số ca mắc mới (F0) ghi nhận trong kỳ» không tính bằng phần trăm")
    await leader.says("giao mục tiêu dân lực f0 mới nhiều nhất 5 mỗi tuần")
    leader.hears("Đã giao mục tiêu cho xã Dân Lực", "nhiều nhất 5 ca mỗi tuần")
    await leader.says("/muctieu f0 mới ít nhất 7 mỗi tuần")
    leader.hears("Chưa rõ giao mục tiêu cho đơn vị nào")
    await leader.says("/muctieu thọ dân nhiều nhất 7 mỗi tuần")
    leader.hears("Chưa rõ mục tiêu của số liệu nào", "Số ca mắc mới")


async def test_a_leader_sees_which_figures_were_not_known_or_skipped(
    house: House, reporter: Talker, leader: Talker
) -> None:
    await fills_in(reporter, (3, "chưa rõ"))
    await reporter.taps("Gửi")
    reporter.forgets()
    await house.moves_to("16:31")
    leader.forgets()
    await leader.says("/tinhhinh")
    leader.hears("1/3", "[Đầy đủ theo câu hỏi]")
    await leader.taps("Đầy đủ theo câu hỏi")
    leader.hears("Mức đầy đủ theo câu hỏi – huyện Triệu Sơn")
    leader.hears(
        "Câu hỏi còn thiếu số liệu",
        "đầy đủ 0% (0/1) – chưa rõ 1: xã Thọ Dân 1",
        "Thiếu báo cáo: xã Dân Lực (30/30 kỳ), thị trấn Nưa (30/30 kỳ), xã Thọ Dân (29/30 kỳ)",
    )
    leader.hears("Mức đầy đủ theo câu hỏi – huyện Triệu Sơn")
    await leader.says("/daydu thọ dân 7 ngày")
    leader.hears("xã Thọ Dân")
    leader.hears("Câu hỏi còn thiếu số liệu")
    leader.hears("xã Thọ Dân")
    await leader.says("/daydu thọ dân hôm nay")
    leader.hears("10/11/2021 – 10/11/2021")
    leader.hears("Báo cáo: đủ 100% (1/1)")
    leader.hears("xã Thọ Dân")
    await reporter.says("/daydu")
    reporter.hears("chưa được phân quyền")
