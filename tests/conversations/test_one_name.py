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
