"""A part that is greater than its whole passes nobody without a word: on a first day, after a correction, from the archive."""

from datetime import date, timedelta

from reporting.archive import ArchiveLine
from services.import_history import take_in
from tests.conversations.house import House, Talker, fills_in

HOME = "Đang điều trị – trong đó: đang điều trị, theo dõi tại nhà"


async def sends(reporter: Talker, *instead: tuple[int, str]) -> None:
    await fills_in(reporter, *instead)
    await reporter.taps("Gửi")
    reporter.hears("đã tiếp nhận")


async def digest(leader: Talker) -> str:
    """All that a leader is told who asks for the day's digest."""
    leader.forgets()
    await leader.says("/tonghop")
    return "\n".join(each.text for each in leader.forgets())


async def test_on_a_first_day_it_is_doubted_and_once_it_stands_it_is_marked(
    reporter: Talker, leader: Talker, resident: Talker
) -> None:
    await reporter.says("/baocao")
    reporter.hears("(1/20)")
    for place, answer in enumerate(("3", "1", "2", "0"), 2):
        await reporter.says(answer)
        reporter.hears(f"({place}/20)")
    await reporter.says("4")
    reporter.hears(f"{HOME} (4) đang lớn hơn Số ca đang điều trị (1)", "chưa có số dư đầu kỳ", "Nhập lại")
    await reporter.says("có 3 ca từ tháng trước")
    reporter.hears("là lý do, hay đồng chí muốn sửa số", "[Ghi làm lý do]")
    await reporter.taps("Ghi làm lý do")
    reporter.hears("(6/20)")
    for place, answer in enumerate(("6", "15", "20", "0", "30", "2", "5", "40", "3", "5000", "1500", "2", "8", "1"), 7):
        await reporter.says(answer)
        reporter.hears(f"({place}/20)")
    await reporter.says("bỏ qua")
    reporter.hears("Báo cáo ngày", "có 3 ca từ tháng trước")
    await reporter.taps("Gửi")
    reporter.hears("đã tiếp nhận")
    assert (
        f"Số thành phần lớn hơn số tổng, đề nghị kiểm tra:\n• xã Thọ Dân – {HOME}: 4 ca, lớn hơn Số ca đang điều trị: 1 ca"
    ) in await digest(leader)
    await leader.says("/donvi thọ dân")
    leader.hears(f"⚠️ {HOME} (4) lớn hơn Số ca đang điều trị (1), đề nghị kiểm tra.")
    await resident.says("tình hình xã Thọ Dân")
    resident.hears("Lưu ý: «Đang điều trị – trong đó", "đang lớn hơn «Số ca đang điều trị»")


async def test_one_message_does_not_slip_it_in(reporter: Talker) -> None:
    await reporter.says("/baocao")
    reporter.hears("(1/20)")
    await reporter.says("1: 3\n2: 1\n3: 2\n4: 0\n5: 4")
    reporter.hears("đang lớn hơn Số ca đang điều trị (1)")


async def test_a_correction_that_makes_a_later_day_contradict_itself_is_seen_in_that_days_digest(
    house: House, reporter: Talker, leader: Talker
) -> None:
    await sends(reporter)
    house.simulator.clock.advance(timedelta(days=1))
    await house.settled()
    reporter.forgets()
    leader.forgets()
    await sends(reporter, (1, "0"), (2, "0"), (3, "0"), (5, "1"))
    assert "lớn hơn số tổng" not in await digest(leader)
    await leader.says("/molai thọ dân 10/11")
    leader.forgets()
    reporter.forgets()
    await reporter.says("/capnhat khỏi 3 hôm qua, lý do: sót ca")
    reporter.hears("đã tiếp nhận")
    assert f"xã Thọ Dân – {HOME}: 1 ca, lớn hơn Số ca đang điều trị: 0 ca" in await digest(leader)


async def test_what_the_archive_brings_is_marked_too(house: House, leader: Talker) -> None:
    lines = [
        ArchiveLine(2, date(2021, 11, 10), "15742", "f0_new", "2"),
        ArchiveLine(3, date(2021, 11, 10), "15742", "f0_new_community", "5"),
        ArchiveLine(4, date(2021, 11, 10), "15700", "f0_new_community", "1"),
    ]
    await house.running.clerk.write(
        lambda connection: take_in(connection, lines, house.simulator.clock.now(), house.settings.zone)
    )
    said = await digest(leader)
    for line in (
        "• xã Thọ Dân – F0 mới – trong đó: ca ghi nhận tại cộng đồng: 5 ca, lớn hơn Số ca mắc mới (F0) ghi nhận trong kỳ: 2 ca",
        "vì chưa có số liệu «Số ca mắc mới (F0) ghi nhận trong kỳ»: xã Dân Lực.",
    ):
        assert line in said


async def test_it_is_marked_still_where_a_late_unit_stands_in_totals_with_it(house: House, leader: Talker) -> None:
    given = {"f0_new": "1", "f0_home": "4"}
    lines = [ArchiveLine(2, date(2021, 11, 9), "15742", name, value) for name, value in given.items()]
    await house.running.clerk.write(
        lambda connection: take_in(connection, lines, house.simulator.clock.now(), house.settings.zone)
    )
    said = await digest(leader)
    assert "Số ca đang điều trị: 1 ca" in said
    assert f"• xã Thọ Dân – {HOME}: 4 ca, lớn hơn Số ca đang điều trị: 1 ca" in said
