"""What an office does with files on the desk's page: a new version of a form, a list of units, invitations to print."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from storage.database.tables import metadata
from tests.conversations.house import ROOT, House, Talker
from tests.desk_page.conftest import Browser
from tests.desk_page.test_doing import inside

pytestmark = pytest.mark.parametrize(
    "database_url", ["sqlite"], indirect=True
)  # use cases have both in tests of their own
audit, form, unit = (metadata.tables[name] for name in ("audit", "form", "unit"))
SMALL = """
| survey | type | name | label | kind | unit |
| | integer | wells | Số giếng bị ngập | stock | giếng |
| settings | form_title | form_id | version |
| | Báo cáo giếng | wells | 1 |
"""


async def test_a_form_is_checked_published_and_retired(
    house: House, admin: Talker, browser: Callable[[], Browser]
) -> None:
    desk = await inside(admin, browser)
    token = (await desk.get("/forms")).token
    wrong = await desk.sends("/forms/send", token, "wells.md", SMALL.replace("integer", "intiger").encode())
    assert wrong.status == 400
    wrong.has("intiger", 'role="alert"')
    good = await desk.sends("/forms/send", token, "wells.md", SMALL.encode())
    good.has("Báo cáo giếng", "Ban hành", "Số giếng bị ngập")
    number = good.text.split("/forms/publish")[1].split('name="id" value="')[1].split('"')[0]
    (await desk.post("/forms/publish", token=token, id=number, from_on="2021-11-01")).has('role="alert"')  # is over
    (await desk.post("/forms/publish", token=token, id=number, from_on="2021-11-10")).has('role="status"')
    keys = await house.running.clerk.write(lambda c: list(c.execute(select(form.c.key)).scalars()))
    assert "wells" in keys
    (await desk.post("/forms/retire", token=token, form="wells", until_on="2021-11-20")).has('role="status"')
    roads = await house.running.clerk.write(
        lambda c: {tuple(row) for row in c.execute(select(audit.c.what, audit.c.road).where(audit.c.form == "wells"))}
    )
    assert {road for _, road in roads} == {"page"}
    admin.forgets()


async def test_a_list_of_units_is_shown_before_it_is_done(
    house: House, admin: Talker, browser: Callable[[], Browser]
) -> None:
    desk = await inside(admin, browser)
    token = (await desk.get("/units")).token
    table = "code,name,kind,parent,aliases,since,until\n15742,Thọ Dân,xã,397,Thọ Dân cũ,,\n15800,Mới Lập,xã,397,,2021-11-11,\n"
    shown = await desk.sends("/units/send", token, "units.csv", table.encode())
    shown.has("Mới Lập", "Thực hiện")
    known = await house.running.clerk.write(lambda c: list(c.execute(select(unit.c.name)).scalars()))
    assert "Mới Lập" not in known
    number = shown.text.split("/units/confirm")[1].split('name="id" value="')[1].split('"')[0]
    (await desk.post("/units/confirm", token=token, id=number)).has("Mới Lập", 'role="status"')
    known = await house.running.clerk.write(lambda c: list(c.execute(select(unit.c.name)).scalars()))
    assert "Mới Lập" in known
    (await desk.sends("/units/send", token, "notes.csv", b"a,b\n1,2\n")).has('role="alert"')
    admin.forgets()


async def test_a_sheet_of_invitations_is_a_pdf_and_an_invitation_is_revoked(
    admin: Talker, browser: Callable[[], Browser]
) -> None:
    desk = await inside(admin, browser)
    token = (await desk.get("/people")).token
    sheet = await desk.post("/people/sheet", token=token, role="reporter", days="7")
    assert sheet.text.startswith("%PDF")
    people = await desk.get("/people")
    number = people.text.split("/people/revoke")[1].split('name="id" value="')[1].split('"')[0]
    (await desk.post("/people/revoke", token=token, id=number)).has('role="status"')
    assert f'name="id" value="{number}"' not in (await desk.get("/people")).text.split("/people/revoke", 1)[1]


async def test_a_duty_ends_and_its_holder_is_told(
    admin: Talker, reporter: Talker, browser: Callable[[], Browser], house: House
) -> None:
    desk = await inside(admin, browser)
    people = await desk.get("/people", q="Lê Văn Nam")
    number = people.text.split("/people/end")[1].split('name="id" value="')[1].split('"')[0]
    (await desk.post("/people/end", token=people.token, id=number)).has("Lê Văn Nam", 'role="status"')
    await house.settled()
    assert reporter.forgets()
    admin.forgets()


async def test_the_calendar_the_audit_and_the_doctor(admin: Talker, browser: Callable[[], Browser]) -> None:
    desk = await inside(admin, browser)
    token = (await desk.get("/calendar")).token
    (await desk.post("/calendar/say", token=token, on="2021-11-09", working="0", name="")).has(
        'role="alert"'
    )  # is over
    made = await desk.post("/calendar/say", token=token, on="2021-11-20", working="0", name="Ngày Nhà giáo")
    made.has("Ngày Nhà giáo", 'role="status"')
    (await desk.post("/calendar/back", token=token, on="2021-11-20")).has('role="status"')
    (await desk.get("/audit", road="page")).has("calendar", "Đỗ Văn Bàn", "trang của bộ phận tổng hợp")
    assert "calendar" not in (await desk.get("/audit", road="command")).text.split("<tbody>")[1]
    (await desk.get("/state")).has("badge on_time")


async def test_what_is_everybodys_is_not_for_an_admin_of_a_part(house: House, browser: Callable[[], Browser]) -> None:
    part = await house.joined("Ngô Thị Xã", "admin", "15742")
    desk = await inside(part, browser)
    assert (await desk.get("/state")).status == 400
    token = (await desk.get("/calendar")).token
    assert (await desk.post("/calendar/say", token=token, on="2021-11-20", working="0")).status == 400
    table = (ROOT / "forms" / "demo" / "units.csv").read_bytes()
    (await desk.sends("/units/send", token, "units.csv", table)).has('role="alert"')
    (await desk.sends("/forms/send", token, "wells.md", SMALL.encode())).has('role="alert"')
    refused = await house.running.clerk.write(
        lambda c: [
            (detail["wanted"], road)
            for what, detail, road in c.execute(select(audit.c.what, audit.c.detail, audit.c.road))
            if what == "refused"
        ]
    )
    assert ("units", "page") in refused, "what a use case refuses has its line, on the page as in chat"
    suspended = await desk.post("/suspensions/add", token=token, first_on="2021-11-12", reason="lũ")
    suspended.has("xã Thọ Dân tạm dừng báo cáo")  # not every unit: his own
    part.forgets()
