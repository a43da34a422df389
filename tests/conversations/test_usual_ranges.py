"""A figure far from what is usual for the unit is asked back with the numbers, kept with a reason, and told with it above."""

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

import pytest
from sqlalchemy import Connection

from reporting.archive import ArchiveLine
from services.import_history import take_in
from services.set_range import SetBounds, set_range, take_back_range
from storage.organisation import units
from tests.conversations.house import ANSWERS, START, House, Talker
from tests.conversations.test_budget import costs, keeps_to_an_answers_budget

T = TypeVar("T")
TODAY = START.date()
CASES = (2, 3, 5, 4, 9, 2, 6, 5, 3, 4)


@pytest.fixture
async def asked(house: House, reporter: Talker) -> Talker:
    """The reporter, who is asked for the day's cases; ten days of before lie in the archive."""
    days = [TODAY - timedelta(days=len(CASES) - place) for place in range(len(CASES))]
    lines = [
        ArchiveLine(2, day, "15742", name, str(value))
        for day, cases in zip(days, CASES, strict=True)
        for name, value in {"f0_new": cases, "vax1_cum": 5000, "vax2_cum": 1500}.items()
    ]
    await write(house, lambda connection: take_in(connection, lines, house.simulator.clock.now(), house.settings.zone))
    await reporter.says("/baocao")
    reporter.hears("(1/20)")
    return reporter


async def write(house: House, do: Callable[[Connection], T]) -> T:
    return await house.running.clerk.write(do)


async def test_it_is_kept_with_a_reason_which_is_told_above(house: House, asked: Talker, leader: Talker) -> None:
    with costs(house) as spent:
        await asked.says("90")
    asked.hears("10 ngày gần đây từ 2 đến 9 ca, thường là 4; đồng chí đang ghi 90 ca", "[Giữ, lý do: …]", "[Nhập lại]")
    keeps_to_an_answers_budget(house, spent)
    await asked.says("giữ, lý do: chùm ca ở nhà máy")
    asked.hears("(2/20)")
    for answer in (*ANSWERS[1:], "bỏ qua"):
        await asked.says(answer)
        if "Nhập lại" in asked.hears().labels:
            await asked.says("lý do: theo chùm ca ở nhà máy")
            asked.hears()
    await asked.taps("Gửi")
    asked.hears("đã tiếp nhận")
    await leader.says("/donvi thọ dân")
    page = leader.forgets()[0].text
    assert "90 ca ⚠️ ngoài mức thường gặp (0 đến 11) – lý do: chùm ca ở nhà máy" in page
    await leader.says("/tonghop")
    said = "\n".join(each.text for each in leader.forgets())
    assert "90 ca, cao bất thường (10 ngày trước thường là 4, cao nhất 9) – lý do: chùm ca ở nhà máy" in said


async def test_what_the_desk_sets_goes_first_at_once_and_until_its_day(house: House, asked: Talker) -> None:
    def put(connection: Connection, bounds: SetBounds) -> None:
        tree = units.tree(connection)
        unit = tree.known("15742", TODAY)
        set_range(connection, tree, "covid_daily", "f0_new", unit, bounds, START, TODAY)

    def take_back(connection: Connection) -> None:
        tree = units.tree(connection)
        unit = tree.known("15742", TODAY)
        take_back_range(connection, tree, "covid_daily", "f0_new", unit, START, TODAY)

    await write(house, lambda connection: put(connection, SetBounds(None, 60, TODAY)))
    await asked.says("90")
    asked.hears("Ngoài mức mà bộ phận tổng hợp đặt cho đơn vị (không quá 60); đồng chí đang ghi 90 ca.")
    await asked.says("50")
    asked.hears("(2/20)")
    await write(house, take_back)
    await asked.says("sửa 1")
    asked.hears("(1/20)")
    await asked.says("51")
    asked.hears("10 ngày gần đây từ 2 đến 9 ca")


async def test_one_message_does_not_slip_it_in(asked: Talker) -> None:
    await asked.says("1: 90\n2: 1\n3: 2\n4: 0\n5: 4")
    asked.hears("10 ngày gần đây từ 2 đến 9 ca, thường là 4; đồng chí đang ghi 90 ca")


async def test_a_correction_is_asked_back_before_its_own_reason_and_not_what_it_leaves(asked: Talker) -> None:
    for answer in (CASES[-1], *ANSWERS[1:], "bỏ qua"):
        await asked.says(str(answer))
        if "Nhập lại" in asked.hears().labels:
            await asked.says("lý do: đã đối chiếu danh sách")
            asked.hears()
    await asked.taps("Gửi")
    asked.hears("đã tiếp nhận")
    await asked.says("f0 mới 90")
    await asked.taps("Sửa", asked.hears("4 ca → 90 ca"))
    asked.hears("đồng chí đang ghi 90 ca")
    await asked.says("giữ, lý do: chùm ca ở nhà máy")
    asked.hears("[Gửi]")
    await asked.taps("Gửi")
    asked.hears("Nhập nhầm số", "Bổ sung số liệu")
    await asked.taps("Bổ sung số liệu mới phát sinh")
    asked.hears("đã tiếp nhận bản điều chỉnh")
