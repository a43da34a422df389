"""Corrections: by editing a message, by answering the receipt, by /capnhat, by the desk; each a revision with who, when and why."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection

from storage.figures import figures
from storage.organisation import units
from tests.conversations.house import START, House, Talker, fills_in, revisions


async def sent(reporter: Talker) -> None:
    await fills_in(reporter)
    await reporter.taps("Gửi")
    reporter.hears("đã tiếp nhận")


async def test_an_edited_answer_is_the_answer_now(house: House, reporter: Talker) -> None:
    await reporter.says("/baocao")
    reporter.hears("(1/20)")
    said = await reporter.person.says("3")
    await house.settled()
    reporter.hears("(2/20)")
    await reporter.person.edits(said, "5")
    await house.settled()
    reporter.hears("(2/20)", "F0 mới: 3 ca → 5 ca")
    await reporter.person.edits(said, "nhiều")
    await house.settled()
    reporter.hears("(2/20)", "ví dụ")


async def test_editing_after_sending_is_a_correction_with_a_reason(house: House, reporter: Talker) -> None:
    await reporter.says("/baocao")
    reporter.hears("(1/20)")
    said = await reporter.person.says("3")
    await house.settled()
    reporter.hears("(2/20)")
    await reporter.says(
        "2. 1\n3. 2\n4. 0\n5. 0\n6. 6\n7. 15\n8. 20\n9. 0\n10. 30\n11. 0\n12. 0\n13. 9\n14. 5\n15. 5\n16. 2"
    )
    reporter.hears("(17/20)")
    await reporter.says("chốt 2, tổ covid 8, phong tỏa 1, ghi chú bỏ qua")
    reporter.hears("Báo cáo ngày")
    await reporter.says("gửi")
    reporter.hears("đã tiếp nhận")
    await reporter.person.edits(said, "4")
    await house.settled()
    reporter.hears("Điều chỉnh báo cáo ngày 10/11/2021", "trong kỳ: 3 ca → 4 ca", "Lũy kế số ca mắc: 3 ca → 4 ca")
    await reporter.taps("Nhập nhầm số")
    reporter.hears("đã tiếp nhận bản điều chỉnh", "-2")
    new, old = await revisions(house)
    assert (new.reason, new.replaces, new.first_sent_at) == ("Nhập nhầm số", old.number, old.sent_at)


async def test_a_figure_is_corrected_by_answering_the_receipt_and_whoever_was_told_hears_of_it(
    house: House, reporter: Talker, leader: Talker
) -> None:
    await fills_in(reporter)
    await reporter.taps("Gửi")
    receipt = reporter.hears("đã tiếp nhận")
    await house.moves_to("17:00")
    leader.forgets()
    await house.moves_to("17:05")
    leader.hears_nothing()
    await reporter.person.says("f0 5, xn dương tính 5", reply_to=receipt)
    await house.settled()
    reporter.hears("Điều chỉnh báo cáo", "3 ca → 5 ca", "lý do")
    await reporter.says("sót hai ca ở thôn 3")
    reporter.hears("đã tiếp nhận bản điều chỉnh")
    await house.moves_to("17:07")
    leader.hears("3 → 5", "sót hai ca ở thôn 3")


async def test_what_is_not_read_of_a_correction_that_is_sent_at_once_is_said_with_its_receipt(reporter: Talker) -> None:
    await sent(reporter)
    await reporter.says("/capnhat khỏi 3, dương tính 8, lý do: đối chiếu lại")
    reporter.hears("đã tiếp nhận bản điều chỉnh", "Khỏi mới: 3 ca", "Chưa ghi «dương tính 8»", "Đề nghị ghi rõ")


async def test_numbers_in_a_reason_that_were_not_read_are_said_with_the_receipt(reporter: Talker) -> None:
    await sent(reporter)
    await reporter.says("/capnhat f0 4, lý do sót khỏi 3")
    reporter.hears("đã tiếp nhận bản điều chỉnh", "F0 mới: 4 ca", "Chưa ghi số nào trong «sót khỏi 3»", "là lý do")
    await reporter.says("f0 5, lý do sót khỏi 3")
    reporter.hears("muốn sửa báo cáo", "Chưa ghi số nào trong «sót khỏi 3»")
    await reporter.says("sửa")
    reporter.hears("đã tiếp nhận bản điều chỉnh", "F0 mới: 5 ca", "Chưa ghi số nào trong «sót khỏi 3»")


@pytest.mark.parametrize("said", ["sót, khỏi 3", "sót khỏi 3", "bổ sung. Khỏi được 3"])
async def test_a_figure_in_the_reason_that_is_awaited_is_asked_about(reporter: Talker, said: str) -> None:
    await sent(reporter)
    await reporter.says("/capnhat f1 đang cách ly 14")
    reporter.hears("15 người → 14 người", "lý do")
    await reporter.says(said)
    reporter.hears(f"«{said}» là lý do, hay", "Ghi làm lý do")


async def test_another_number_in_the_reason_that_is_awaited_is_named(reporter: Talker) -> None:
    await sent(reporter)
    await reporter.says("/capnhat f1 đang cách ly 14")
    reporter.hears("15 người → 14 người", "lý do")
    await reporter.says("rà soát, cũ là 3")
    reporter.hears("đã tiếp nhận bản điều chỉnh", "Chưa ghi số nào trong «cũ là 3»")


@pytest.mark.parametrize(
    "said",
    [
        "khỏi 3, lý do: nhập nhầm, ngày 09/11",
        "khỏi 3, lý do: sót, f0 4 ngày 09/11",
        "khỏi 3, lý do: sót\nf0 4 ngày 09/11",
    ],
)
async def test_a_day_beside_the_reason_that_may_be_the_figures_is_never_another_days(
    reporter: Talker, said: str
) -> None:
    await sent(reporter)
    await reporter.says(f"/capnhat {said}")
    reporter.hears("09/11/2021")


async def test_a_correction_that_is_taken_back_is_told_to_whoever_heard_of_it(
    house: House, reporter: Talker, leader: Talker
) -> None:
    await sent(reporter)
    await house.moves_to("17:00")
    leader.forgets()
    await house.moves_to("17:05")
    for given, told in (
        ("f0 5, xn dương tính 5", "3 → 5 ca (huyện Triệu Sơn: 3 → 5)"),
        ("f0 3, xn dương tính 5", "trong kỳ: 5 → 3 ca, như trong bản tổng hợp"),
        ("f0 4, xn dương tính 5", "3 → 4 ca (huyện Triệu Sơn: 3 → 4)"),
    ):
        await reporter.says(f"/capnhat {given}, lý do: đối chiếu lại")
        reporter.hears("đã tiếp nhận bản điều chỉnh")
        await house.moves_to((house.simulator.clock.now() + timedelta(hours=7, minutes=3)).strftime("%H:%M"))
        leader.hears("Đính chính số liệu ngày 10/11/2021", told)
        await house.running.tick()
        leader.hears_nothing()


async def test_update_takes_figures_and_reason_in_one_message(house: House, reporter: Talker) -> None:
    await sent(reporter)
    await reporter.says("/capnhat f0 4, mẫu xn 41, lý do: bổ sung một ca")
    reporter.hears("đã tiếp nhận bản điều chỉnh", "-2", "Đã nhận: F0 mới: 4 ca")
    assert [each.reason for each in await revisions(house)] == ["bổ sung một ca", ""]
    await reporter.says("/capnhat f0 4")
    reporter.hears("không có gì thay đổi")
    await reporter.says("/capnhat f0 4 ngày 01/11")
    reporter.hears("Không có báo cáo nào của ngày 01/11/2021")


async def test_a_text_that_was_not_changed_is_no_change(house: House, reporter: Talker) -> None:
    await fills_in(reporter, (20, "5800"))
    await reporter.taps("Gửi")
    reporter.hears("đã tiếp nhận")
    await reporter.says("/capnhat f0 3")
    reporter.hears("không có gì thay đổi")
    await reporter.says("/capnhat mẫu xn 41")
    asked = reporter.hears("40 mẫu → 41 mẫu")
    assert "Ghi chú" not in asked.text
    await reporter.says("bổ sung một mẫu")
    reporter.hears("đã tiếp nhận bản điều chỉnh")
    await reporter.says("/capnhat ghi chú 5801")
    reporter.hears("\n• Ghi chú, diễn giải: 5800 → 5801\nĐề nghị")
    await reporter.taps("Nhập nhầm số")
    reporter.hears("đã tiếp nhận bản điều chỉnh")
    assert [each.answers["note"].value for each in await revisions(house)] == ["5801", "5800", "5800"]


async def test_update_of_a_report_not_sent_yet_goes_into_its_draft(reporter: Talker) -> None:
    await reporter.says("/capnhat f1 đang cách ly 17")
    reporter.hears("(1/20)", "F1 đang cách ly: 17 người")


async def test_the_desk_corrects_after_closing_and_the_unit_is_told(house: House, reporter: Talker) -> None:
    desk = await house.joined("Cao Văn Tổng", "admin", "397")
    await sent(reporter)
    await house.moves_to("23:00")
    await house.moves_to("09:00")
    reporter.forgets()
    desk.forgets()
    await reporter.says("/capnhat f0 4 ngày 10/11, lý do: muộn")
    reporter.hears("Không có báo cáo nào của ngày 10/11/2021")
    await desk.says("/dieuchinh CD-15742-101121-1 f0 4")
    desk.hears("lý do")
    await desk.says("/dieuchinh CD-15742-101121-1 f0 cộng đồng 9, lý do: đối chiếu")
    desk.hears("⚠️")
    await desk.says("/dieuchinh CD-15742-101121-1 f0 4, lý do: đối chiếu danh sách")
    desk.hears("đã tiếp nhận bản điều chỉnh", "3 ca → 4 ca")
    reporter.hears("đồng chí Cao Văn Tổng", "đối chiếu danh sách", "3 ca → 4 ca")
    assert [each.revision for each in await revisions(house)] == [2, 1]
    await reporter.says("/dieuchinh CD-15742-101121-1 f0 4, lý do: x")
    reporter.hears("chưa được phân quyền")


async def test_what_the_desk_says_in_its_reason_is_no_figure(house: House, reporter: Talker) -> None:
    desk = await house.joined("Cao Văn Tổng", "admin", "397")
    await sent(reporter)
    await desk.says("/dieuchinh CD-15742-101121-1 f0 4, lý do: trùng ca, số cũ f0 3, khỏi 1, f1 báo sau 2")
    desk.hears(
        "đã tiếp nhận bản điều chỉnh",
        "3 ca → 4 ca",
        "Số ca đang điều trị: 1 ca → 2 ca",
        "Chưa ghi số nào trong «khỏi 1»",
    )
    reporter.hears("trùng ca, số cũ f0 3, khỏi 1", "3 ca → 4 ca")


async def test_a_day_that_stands_alone_in_a_reason_is_asked_about(
    house: House, reporter: Talker, leader: Talker
) -> None:
    await sent(reporter)
    house.simulator.clock.advance(timedelta(days=1))
    await house.settled()
    leader.forgets()
    await leader.says("/molai thọ dân 10/11")
    leader.forgets()
    reporter.forgets()
    await reporter.says("/capnhat khỏi 3, lý do: nhập nhầm số của xã bên, ngày 10/11")
    reporter.hears("10/11", "11/11")
    assert len(await revisions(house)) == 1


async def test_of_two_corrections_at_once_one_wins_and_the_other_is_shown_it(house: House, reporter: Talker) -> None:
    deputy = await house.joined("Vũ Thị Mai", "deputy", "15742")
    await sent(reporter)
    await reporter.says("/capnhat f1 đang cách ly 14")
    reporter.hears("Điều chỉnh báo cáo")
    await deputy.says("/capnhat f0 5, lý do: thêm hai ca")
    deputy.hears("đồng chí Lê Văn Nam", "F1 đang cách ly: 15 người → 14 người")
    assert [each.revision for each in await revisions(house)] == [1]


@pytest.mark.parametrize("name", ["f0_cum"])
async def test_later_days_are_computed_anew(house: House, reporter: Talker, name: str) -> None:
    await sent(reporter)
    await house.moves_to("23:00")
    await house.moves_to("07:00")
    reporter.forgets()

    def cumulative(connection: Connection) -> object:
        unit = units.tree(connection).find("15742", START.date())
        assert unit is not None
        found = figures.newest(connection, "covid_daily", name, unit.id, START.date())
        return found.value if found else None

    await reporter.says("/capnhat f0 5 hôm qua, lý do: sót ca")
    reporter.hears("bản điều chỉnh báo cáo ngày 10/11/2021")
    assert await house.running.clerk.write(cumulative) == 5
