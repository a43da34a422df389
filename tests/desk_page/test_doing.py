"""What is seen and done on the desk's page, by whom; every refusal and every deed leaves its line."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import Connection, select

from bot.web.desk_page.pages import DEEDS, DOWNLOADS, PAGES
from reporting.unit_list import read_units
from storage.database.audit import write
from storage.database.tables import metadata
from storage.organisation import units
from tests.conversations.house import House, Talker, fills_in
from tests.desk_page.conftest import Browser, link_for

pytestmark = pytest.mark.parametrize(
    "database_url", ["sqlite"], indirect=True
)  # use cases have both in tests of their own
CODE_BORNE_AGAIN = """code,name,kind,parent,aliases,since,until
397,Triệu Sơn,huyện,,,,
398,Thọ Xuân,huyện,,,,
15742,Thọ Dân,xã,397,,,2021-11-12
15742,Xuân Lập,xã,398,,2021-11-12,
"""
"""From tomorrow on the code is that of a commune of another district."""
audit, suspension = metadata.tables["audit"], metadata.tables["suspension"]


async def refusals(house: House) -> list[str]:
    def read(connection: Connection) -> list[str]:
        wanted = select(audit.c.detail).where(audit.c.what == "refused").order_by(audit.c.id)
        return [detail["wanted"] for (detail,) in connection.execute(wanted)]

    return await house.running.clerk.write(read)


async def inside(talker: Talker, browser: Callable[[], Browser]) -> Browser:
    visitor = browser()
    assert (await visitor.comes_in(await link_for(talker))).status == 200
    return visitor


async def test_every_page_is_shown_to_an_admin_and_to_nobody_else(
    house: House, admin: Talker, leader: Talker, browser: Callable[[], Browser]
) -> None:
    stranger, desk, above = browser(), await inside(admin, browser), await inside(leader, browser)
    for page in PAGES:
        assert (await stranger.get(page.path)).status == 401
        shown = await desk.get(page.path)
        assert (shown.status, "Undefined" in shown.text) == (200, False), page.path
        assert (await above.get(page.path)).status == (200 if "leader" in page.roles else 403)
    for deed in DEEDS:
        token = (await above.get("/")).token
        assert (await stranger.post(deed.path, token="0" * 64)).status == 403
        assert (await above.post(deed.path, token=token)).status == (400 if "leader" in deed.roles else 403)
    for download in DOWNLOADS:
        assert (await stranger.get(download.path)).status == 401
    assert await refusals(house)


async def test_a_report_is_seen_on_the_board_and_on_its_units_page(
    admin: Talker, reporter: Talker, browser: Callable[[], Browser]
) -> None:
    await fills_in(reporter)
    await reporter.taps("Gửi")
    reporter.hears("đã tiếp nhận")
    reporter.forgets()
    desk = await inside(admin, browser)
    (await desk.get("/")).has("1/3 đơn vị", "xã Thọ Dân", "đang chờ")
    (await desk.get("/", q="tho dan")).has("xã Thọ Dân")
    assert "xã Dân Lực" not in (await desk.get("/", q="tho dan")).text
    (await desk.get("/unit", unit="15742")).has(
        "Lê Văn Nam", "Số ca mắc mới", "<td>Telegram</td>", "<td>qua Telegram</td>"
    )
    for road in ("telegram", "chat"):
        (await desk.get("/audit", road=road)).has("<td>report</td>", "<td>Telegram</td>")
    assert "<td>report</td>" not in (await desk.get("/audit", road="web_form")).text
    admin.forgets()


async def test_nobody_sees_beside_his_units(house: House, browser: Callable[[], Browser]) -> None:
    chair = await house.joined("Phạm Văn Chủ", "chair", "15742")
    visitor = await inside(chair, browser)
    assert (await visitor.get("/unit", unit="15742")).status == 200
    assert (await visitor.get("/unit", unit="15700")).status == 403
    assert (await visitor.get("/exports/figures", unit="397")).status == 403
    assert "look" in await refusals(house)


async def test_a_form_sent_from_elsewhere_does_nothing(
    house: House, admin: Talker, browser: Callable[[], Browser]
) -> None:
    desk = await inside(admin, browser)
    token = (await desk.get("/suspensions")).token
    fields = {"first_on": "2021-11-12", "last_on": "2021-11-12", "reason": "lũ"}
    assert (await desk.post("/suspensions/add", **fields, token="0" * 64)).status == 403
    desk.headers = {"Sec-Fetch-Site": "cross-site"}
    assert (await desk.post("/suspensions/add", **fields, token=token)).status == 403
    desk.headers = {"Origin": "https://elsewhere.example"}
    assert (await desk.post("/suspensions/add", **fields, token=token)).status == 403
    assert await house.running.clerk.write(lambda c: len(c.execute(select(suspension.c.id)).all())) == 0


async def test_a_suspension_is_made_and_lifted(house: House, admin: Talker, browser: Callable[[], Browser]) -> None:
    desk = await inside(admin, browser)
    token = (await desk.get("/suspensions")).token
    made = await desk.post(
        "/suspensions/add", token=token, unit="15742", first_on="2021-11-12", last_on="2021-11-13", reason="<b>lũ</b>"
    )
    made.has("xã Thọ Dân tạm dừng báo cáo", "&lt;b&gt;lũ&lt;/b&gt;")
    row = await house.running.clerk.write(lambda c: c.execute(select(suspension)).one())
    assert (row.first_on, row.last_on) == (date(2021, 11, 12), date(2021, 11, 13))
    (await desk.post("/suspensions/lift", token=token, id=str(row.id))).has("Đã bỏ tạm dừng")
    assert await house.running.clerk.write(lambda c: len(c.execute(select(suspension.c.id)).all())) == 0


async def test_another_unit_that_bears_the_code_on_those_days_is_not_suspended(
    house: House, admin: Talker, browser: Callable[[], Browser]
) -> None:
    def put(connection: Connection) -> None:
        units.put(connection, read_units(CODE_BORNE_AGAIN))
        write(connection, house.simulator.clock.now(), None, "units")

    await house.running.clerk.write(put)
    desk = await inside(admin, browser)
    token = (await desk.get("/suspensions")).token
    asked = {"unit": "15742", "first_on": "2021-11-12", "last_on": "2021-11-13"}
    refused = await desk.post("/suspensions/add", token=token, **asked)
    assert refused.status == 400
    refused.has("Ngày 12/11/2021 không có xã Thọ Dân (15742)")
    assert await house.running.clerk.write(lambda c: len(c.execute(select(suspension.c.id)).all())) == 0


async def test_what_is_wrong_is_said_and_what_was_typed_is_kept(admin: Talker, browser: Callable[[], Browser]) -> None:
    desk = await inside(admin, browser)
    token = (await desk.get("/suspensions")).token
    wrong = await desk.post(
        "/suspensions/add", token=token, unit="99999", first_on="2021-11-12", last_on="2021-11-10", reason="diễn tập"
    )
    assert wrong.status == 400
    wrong.has("diễn tập", 'value="2021-11-12"', 'role="alert"')


async def test_an_invitation_brings_somebody_in(house: House, admin: Talker, browser: Callable[[], Browser]) -> None:
    desk = await inside(admin, browser)
    people = await desk.get("/people")
    people.has("đơn vị chưa có người báo cáo", "xã Dân Lực")
    made = await desk.post("/people/invite", token=people.token, unit="15700", role="reporter", days="3")
    assert "https://t.me/" in made.text
    link = made.text.split("https://t.me/")[1].split("<")[0].strip()
    newcomer = house.talker("Vũ Thị Mới")
    await newcomer.joins(f"https://t.me/{link}")
    newcomer.hears("Kính chào đồng chí")
    (await desk.get("/people")).has("Vũ Thị Mới", "xã Dân Lực")
    admin.forgets()


async def test_figures_are_taken_away_with_a_line(house: House, admin: Talker, browser: Callable[[], Browser]) -> None:
    desk = await inside(admin, browser)
    file = await desk.get("/exports/figures", format="csv")
    assert file.text.startswith("date,unit,indicator,value")
    assert "attachment" in file.headers["Content-Disposition"]
    done = await house.running.clerk.write(lambda c: list(c.execute(select(audit.c.what)).scalars()))
    assert "export" in done
    assert (await desk.get("/exports/figures", format="exe")).status == 400
