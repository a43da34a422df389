"""Villages under a commune report to it: the tree may be of any depth, and each tier reads the one below."""

from datetime import date

from sqlalchemy import Connection

from reporting.unit_list import read_units
from storage.database import audit
from storage.organisation import units
from storage.reports import forms
from tests.conversations.house import House, Talker

VILLAGES = """code,name,kind,parent
V1,Thôn Một,thôn,15742
V2,Thôn Hai,thôn,15742
"""
COUNT = """| settings | form_id | version | form_title | default_language | opens | due | closes | reports |
|---|---|---|---|---|---|---|---|---|
| | village_count | 1 | Số hộ ngập | vi | 06:00 | 16:30 | 20:00 | thôn |

| survey | type | name | label | required | kind | visibility | unit | aliases |
|---|---|---|---|---|---|---|---|---|
| | integer | flooded | Số hộ bị ngập | yes | flow | public | hộ | hộ ngập; nhà ngập |
"""


async def furnish(house: House) -> None:
    def put(connection: Connection) -> None:
        now = house.simulator.clock.now()
        units.put(connection, read_units(VILLAGES, frozenset({"15742"})))
        audit.write(connection, now, None, "units")
        forms.publish(connection, COUNT.encode(), "villages.md", date(2021, 11, 1), now)

    await house.running.clerk.write(put)


async def texts(talker: Talker, command: str) -> str:
    talker.forgets()
    await talker.says(command)
    return "\n".join(each.text for each in talker.forgets())


async def test_a_villages_report_is_read_by_its_commune_and_added_up_above(
    house: House, reporter: Talker, leader: Talker, resident: Talker
) -> None:
    await furnish(house)
    head = await house.joined("Hà Văn Thôn", "reporter", "V1")
    chair = await house.joined("Đinh Thị Xã", "chair", "15742")
    await head.says("/baocao")
    head.hears("– thôn Thôn Một –", "[Số hộ ngập")  # a form of the «leaves» goes down to the villages too
    await head.says("2")
    head.hears("Số hộ bị ngập", "thôn Thôn Một")
    await head.says("7")
    head.hears("Báo cáo ngày")
    await head.taps("Gửi")
    head.hears("đã tiếp nhận", "thôn Thôn Một")
    chair.forgets()
    said = await texts(chair, "/tinhhinh thọ dân")
    assert "Số hộ ngập" in said
    assert "1/2" in said
    assert "Thôn Hai" in said
    assert "7 hộ" in await texts(chair, "/tonghop")
    whole = await texts(leader, "/tinhhinh")
    assert "Số hộ ngập" in whole
    await resident.says("hôm nay xã Thọ Dân mấy nhà ngập")
    resident.hears("Xã Thọ Dân", "7 hộ", "1/2 đơn vị")
    await resident.says("thôn một hôm nay mấy nhà ngập")
    resident.hears("Thôn Một", "7 hộ")
    for talker in (reporter, leader, chair, head):
        talker.forgets()
