"""A commune has been merged into another: its reporter sends what is still owed, and is told what to do then."""

from sqlalchemy import Connection

from reporting.unit_list import read_units
from storage.database import audit
from storage.organisation import units
from tests.conversations.house import House, Talker, fills_in

MERGED = """code,name,kind,parent,aliases,since,until
397,Triệu Sơn,huyện,,toàn huyện,,
15742,Thọ Dân,xã,397,,,2021-11-11
15763,Thọ Phú,xã,397,Thọ Dân,2021-11-11,
"""


async def merges(house: House) -> None:
    def put(connection: Connection) -> None:
        units.put(connection, read_units(MERGED))
        audit.write(connection, house.simulator.clock.now(), None, "units")

    await house.running.clerk.write(put)


async def test_the_last_report_of_a_commune_can_be_sent_and_then_it_owes_none(house: House, reporter: Talker) -> None:
    await merges(house)
    await house.moves_to("07:30")
    reporter.forgets()
    await fills_in(reporter)
    await reporter.taps("Gửi")
    reporter.hears("đã tiếp nhận", "10/11/2021", "xã Thọ Dân")
    await house.moves_to("09:00")
    for command in ("/baocao", "/capnhat"):
        await reporter.says(command)
        reporter.hears("Xã Thọ Dân không còn từ ngày 11/11/2021, nay thuộc xã Thọ Phú", "mã kích hoạt")
    for clock in ("16:45", "17:30", "20:00"):
        await house.moves_to(clock)
    reporter.hears_nothing()


async def test_whoever_goes_on_for_the_new_commune_is_invited_there(house: House, reporter: Talker) -> None:
    await merges(house)
    await house.moves_to("07:30")
    await house.moves_to("09:00")
    reporter.forgets()
    await reporter.joins(await house.invitation("reporter", "15763"))
    reporter.hears("Kính chào đồng chí", "cán bộ báo cáo – xã Thọ Phú")
    await reporter.says("/baocao")
    reporter.hears("(1/20)", "xã Thọ Phú · ngày 11/11/2021")


async def test_a_resident_follows_what_his_commune_has_become(house: House, resident: Talker) -> None:
    await merges(house)
    await house.moves_to("09:00")
    await resident.says("/theodoi Thọ Dân")
    resident.hears("Xã Thọ Dân nay thuộc xã Thọ Phú", "Theo dõi xã Thọ Phú")


async def test_leaders_read_what_a_commune_was_on_its_own_days(house: House, reporter: Talker, leader: Talker) -> None:
    await merges(house)
    await fills_in(reporter)
    await reporter.taps("Gửi")
    reporter.hears("đã tiếp nhận")
    await house.moves_to("09:00")
    leader.forgets()
    await leader.says("/congvan xã Thọ Dân ngày 10/11/2021")
    letter = leader.hears().document
    assert letter is not None
    assert "Thọ Dân" in letter.name
    await leader.says("/bang xã Thọ Dân ngày 10/11/2021")
    assert leader.hears().photo is not None
    leader.hears("Theo dõi báo cáo – xã Thọ Dân")
    await leader.says("/donvi xã Thọ Dân ngày 10/11/2021")
    leader.hears("xã Thọ Dân", "Đã báo cáo", "Số ca mắc mới (F0) ghi nhận trong kỳ: 3 ca")
