"""A resident asks, in his own words and with buttons, and is told what has been reported."""

from sqlalchemy import Connection, select

from storage.tables import metadata
from tests.conversations.house import House, Talker, fills_in


async def sends_report(reporter: Talker) -> None:
    await fills_in(reporter)
    await reporter.taps("Gửi")
    reporter.hears("đã tiếp nhận")


async def test_before_the_report_a_commune_is_said_not_to_have_reported(resident: Talker) -> None:
    await resident.says("Hôm nay xã Thọ Dân có bao nhiêu ca?")
    resident.hears("Xã Thọ Dân chưa báo cáo", "16 giờ 30", "không có nghĩa là bằng 0")


async def test_what_was_reported_is_told_with_its_date_time_and_source(reporter: Talker, resident: Talker) -> None:
    await sends_report(reporter)
    await resident.says("Hôm nay xã Thọ Dân có bao nhiêu ca?")
    resident.hears("3 ca", "10/11/2021", "15 giờ 30", "Nguồn: xã Thọ Dân báo cáo", "[Toàn huyện Triệu Sơn]")
    await resident.taps("Toàn huyện Triệu Sơn")
    resident.hears("Huyện Triệu Sơn", "3 ca", "1/3 đơn vị", "xã Dân Lực", "thị trấn Nưa")
    await resident.says("hom nay xa dan luc co ca nao khong")
    resident.hears("Xã Dân Lực chưa báo cáo")


async def test_staff_are_told_the_same(reporter: Talker, leader: Talker) -> None:
    await sends_report(reporter)
    await reporter.says("thọ dân bn ca z")
    reporter.hears("3 ca")
    await leader.says("hôm nay xã nào chưa báo cáo")
    leader.hears("1/3 đơn vị", "xã Dân Lực", "thị trấn Nưa")


async def test_who_does_not_ask_is_told_how_to(resident: Talker) -> None:
    await resident.says("xin chào")
    resident.hears("Kính chào quý ông/bà")
    await resident.says("/tracuu")
    resident.hears("Ví dụ:")


async def test_nothing_of_a_resident_is_kept(house: House, resident: Talker) -> None:
    await resident.says("Hôm nay xã Thọ Dân có bao nhiêu ca?")
    resident.forgets()
    await house.restart()
    assert await house.running.clerk.write(kept_of_residents) == []


def kept_of_residents(connection: Connection) -> list[str]:
    """The people on record, and the texts of updates that are done."""
    person, inbox = metadata.tables["person"], metadata.tables["inbox"]
    names = connection.execute(select(person.c.name)).scalars()
    texts = connection.execute(select(inbox.c.raw).where(inbox.c.rank == 1, inbox.c.raw != "")).scalars()
    return [*names, *texts]
