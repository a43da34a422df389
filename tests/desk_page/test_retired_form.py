"""A form that was retired: leaders and the desk look at its reports as before, each day as it was."""

from collections.abc import Callable

import pytest

from tests.conversations.house import House, Talker, fills_in
from tests.desk_page.conftest import Browser, link_for

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def test_its_days_are_told_and_no_later_one(
    house: House, admin: Talker, reporter: Talker, leader: Talker, browser: Callable[[], Browser]
) -> None:
    await fills_in(reporter)
    await reporter.taps("Gửi")
    await admin.says("/bieumau ngừng covid_daily từ ngày mai")
    admin.hears("thôi áp dụng từ 11/11/2021")
    for _ in range(2):
        await house.moves_to("17:30")
    for talker in (leader, reporter, admin):
        talker.forgets()
    await leader.says("/tonghop 10/11")
    leader.hears("1/3 đơn vị")
    leader.hears("Số liệu ngày 10/11/2021", "1/3 đơn vị đã báo cáo", "ghi nhận trong kỳ: 3 ca")
    leader.forgets()
    for said in ("/donvi thọ dân", "/donvi thọ dân 10/11"):
        await leader.says(said)
        leader.hears("xã Thọ Dân – báo cáo", "ngày 10/11/2021", "Số ca mắc mới (F0) ghi nhận trong kỳ: 3 ca")
    await leader.says("/tyle")
    leader.hears("Tháng 11/2021", "(1/30)")
    await leader.says("/tonghop")
    leader.hears("Hiện không có báo cáo nào đang mở cho đồng chí")
    for said in ("/tonghop 11/11", "/bang 11/11", "/congvan 11/11", "/sosanh thọ dân, nưa 11/11"):
        await leader.says(said)
        leader.hears("Không có báo cáo ngày 11/11/2021", "không có biểu mẫu nào áp dụng")
    desk = browser()
    await desk.comes_in(await link_for(admin))
    (await desk.get("/", form="covid_daily")).has("ngày 10/11/2021", "1/3 đơn vị", "xã Thọ Dân")
    (await desk.get("/", day="2021-11-11", form="covid_daily")).has("ngày 10/11/2021")
    (await desk.get("/unit", unit="15742", form="covid_daily", day="2021-11-10")).has("ghi nhận trong kỳ", "3 ca")
    admin.forgets()
