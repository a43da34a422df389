"""Targets and completeness on the desk's page: a file is looked at, taken in and read back; the table is taken away."""

from collections.abc import Callable
from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.conversations.house import House, Talker, fills_in
from tests.conversations.test_periods import MONTHLY, has_form
from tests.desk_page.conftest import Browser
from tests.desk_page.test_doing import inside

pytestmark = pytest.mark.parametrize(
    "database_url", ["sqlite"], indirect=True
)  # use cases have both in tests of their own
HEAD = "unit,indicator,bound,value,of,each,from,to,change,form\n"


async def test_a_file_of_targets_is_looked_at_taken_in_and_one_is_given_up(
    admin: Talker, browser: Callable[[], Browser]
) -> None:
    desk = await inside(admin, browser)
    token = (await desk.get("/targets")).token
    wrong = await desk.sends("/targets/send", token, "t.csv", f"{HEAD}15742,f0_newest,at most,2,,daily,,,,\n".encode())
    assert wrong.status == 400
    wrong.has('role="alert"', "Dòng 2, cột indicator:", "f0_newest")
    good = f"{HEAD}15742,f0_new,at most,2,,daily,,,,\n".encode()
    (await desk.sends("/targets/send", token, "t.csv", good)).has("Chỉ xem trước", "nhiều nhất 2 ca mỗi ngày")
    assert "/targets/retire" not in (await desk.get("/targets")).text
    taken = await desk.sends("/targets/send", token, "t.csv", good, what="take")
    taken.has('role="status"', "Đã nhận 1 dòng: 1 mục tiêu mới", "chưa hết kỳ đầu nên chưa tính")
    number = taken.text.split("/targets/retire")[1].split('name="id" value="')[1].split('"')[0]
    (await desk.post("/targets/retire", token=token, id=number)).has("Đã thôi thực hiện mục tiêu của xã Thọ Dân")
    (await desk.post("/targets/retire", token=token, id=number)).has('role="alert"')
    admin.forgets()


async def test_what_was_skipped_is_shown_and_taken_away_as_a_table(
    house: House, reporter: Talker, admin: Talker, browser: Callable[[], Browser]
) -> None:
    await fills_in(reporter, (3, "chưa rõ"))
    await reporter.taps("Gửi")
    reporter.forgets()
    await house.moves_to("16:31")
    desk = await inside(admin, browser)
    page = await desk.get("/completeness?since=2021-11-10")
    page.has("Đầy đủ theo câu hỏi", "xã Thọ Dân</a> 1", "Thiếu báo cáo", "xã Dân Lực (1/1 kỳ)")
    (await desk.get("/completeness")).has('name="since" type="date" value="2021-10-12"')
    body = await desk.fetches("/completeness/table?since=2021-11-10")
    rows = [row[:3] for row in load_workbook(BytesIO(body)).worksheets[0].iter_rows(min_row=3, values_only=True)]
    assert ("xã Dân Lực", 1, 0) in rows
    await has_form(house, MONTHLY)
    (await desk.get("/completeness", form="month")).has('name="since" type="date" value="2021-09-12"')
    admin.forgets()
