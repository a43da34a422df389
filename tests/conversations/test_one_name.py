"""Two districts have a commune of the same name: a leader's own is meant, and whoever leads both is shown how to say which."""

from sqlalchemy import Connection

from reporting.unit_list import read_units
from storage.database import audit
from storage.organisation import units
from tests.conversations.house import House, Talker, fills_in

TWO = """code,name,kind,parent,aliases,since,until
38,Thanh Hóa,tỉnh,,,,
397,Triệu Sơn,huyện,38,toàn huyện,,
395,Thọ Xuân,huyện,38,,,
15742,Thọ Dân,xã,397,,,
15501,Thọ Dân,xã,395,,,
"""


async def test_a_leader_means_his_own_and_the_province_says_which(
    house: House, reporter: Talker, leader: Talker
) -> None:
    def put(connection: Connection) -> None:
        units.put(connection, read_units(TWO))
        audit.write(connection, house.simulator.clock.now(), None, "units")

    await house.running.clerk.write(put)
    province = await house.joined("Vũ Thị Mai", "leader", "38")
    await fills_in(reporter)
    await reporter.taps("Gửi")
    reporter.hears("đã tiếp nhận", "xã Thọ Dân (huyện Triệu Sơn)")
    await leader.says("/donvi thọ dân")
    leader.hears("xã Thọ Dân (huyện Triệu Sơn) – báo cáo", "Số ca mắc mới (F0) ghi nhận trong kỳ: 3 ca")
    await province.says("/donvi thọ dân")
    province.hears("xã Thọ Dân (huyện Thọ Xuân), xã Thọ Dân (huyện Triệu Sơn)", "ghi rõ tên đơn vị như trên")
    await province.says("/donvi xã Thọ Dân (huyện Thọ Xuân)")
    province.hears("xã Thọ Dân (huyện Thọ Xuân) – báo cáo", "Chưa có số liệu")
    await leader.says("/donvi thọ dum")
    leader.hears("ghi rõ tên đơn vị như trên")
    await leader.says("/donvi xã Thọ Dân (huyện Thọ Xuân)")
    leader.hears("chưa được phân quyền thực hiện việc này đối với xã Thọ Dân (huyện Thọ Xuân)")


THREE = (
    TWO
    + """15743,Thọ Dân,xã,397,,,
"""
)


async def test_where_only_the_code_tells_them_apart_it_can_be_typed(
    house: House, reporter: Talker, leader: Talker, resident: Talker
) -> None:
    def put(connection: Connection) -> None:
        units.put(connection, read_units(THREE))
        audit.write(connection, house.simulator.clock.now(), None, "units")

    await house.running.clerk.write(put)
    await fills_in(reporter)
    await reporter.taps("Gửi")
    reporter.hears("đã tiếp nhận", "xã Thọ Dân (15742)")
    await leader.says("/donvi thọ dân")
    leader.hears("xã Thọ Dân (15742), xã Thọ Dân (15743)", "ghi rõ tên đơn vị như trên")
    for typed in ("xã Thọ Dân (15742)", "tho dan ( 15742 )", "15742", "(15742) hôm nay", "xã Thọ Dân (15742) hôm nay"):
        await leader.says(f"/donvi {typed}")
        leader.hears("xã Thọ Dân (15742) – báo cáo", "Số ca mắc mới (F0) ghi nhận trong kỳ: 3 ca")
    await leader.says("/donvi 15799")
    leader.hears("Chưa rõ «15799»")
    await resident.says("xã Thọ Dân có bao nhiêu ca mắc mới hôm nay")
    resident.hears("[xã Thọ Dân (15742)]", "[xã Thọ Dân (15743)]")
    await resident.says("15743")
    resident.hears("Xã Thọ Dân (15743) chưa báo cáo")
    await resident.says("xã Thọ Dân (15742) có bao nhiêu ca mắc mới hôm nay")
    resident.hears("Thọ Dân (15742)", "3 ca")
    for typed in ("báo cáo xã Thọ Dân (15742)", "/baocao 15742"):
        await reporter.says(typed)
        reporter.hears("đã được tiếp nhận")
