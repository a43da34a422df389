"""Whoever reports for several units, or by several forms, names one behind /baocao, or where he is asked which is meant."""

from datetime import date

import pytest
from sqlalchemy import Connection, update

from reporting.people import Duty
from storage.organisation import people, units
from storage.reports import forms
from tests.conversations.house import House, Talker
from tests.conversations.test_forms_at_run_time import harvest

DAY = date(2021, 11, 10)
COVID, HARVEST = "(1/20)", "Diện tích đã gặt"


@pytest.fixture
async def busy(house: House, reporter: Talker) -> Talker:
    """The reporter of Thọ Dân reports for Dân Lực too, and both of them by a second form."""

    def burden(connection: Connection) -> None:
        unit = units.tree(connection).find("15700", DAY)
        assert unit is not None
        (known,) = people.people_of(connection, [1]).values()
        people.charge(connection, Duty(known.id, unit.id, "reporter", DAY))
        forms.publish(connection, harvest(), "h.md", DAY, house.simulator.clock.now())

    await house.running.clerk.write(burden)
    return reporter


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        ("Dân Lực thu hoạch lúa", (HARVEST, "xã Dân Lực")),
        ("thu hoạch lúa xã Thọ Dân 10/11", (HARVEST, "xã Thọ Dân")),
        ("thu hoach dan luc", (HARVEST, "xã Dân Lực")),
        ("harvest 15742", (HARVEST, "xã Thọ Dân")),
        ("covid_daily Dân Lực", (COVID, "xã Dân Lực")),
    ],
)
async def test_a_unit_and_a_form_are_named_behind_it(busy: Talker, typed: str, heard: tuple[str, ...]) -> None:
    await busy.says(f"/baocao {typed}")
    busy.hears(*heard)


async def test_one_of_them_alone_asks_which_of_the_rest_and_that_is_named_too(busy: Talker) -> None:
    await busy.says("/baocao Dân Lực")
    assert all("Thọ Dân" not in each for each in busy.hears("chọn một báo cáo").labels)
    await busy.says("thu hoạch lúa")
    busy.hears(HARVEST, "xã Dân Lực")
    await busy.says("/baocao lúa")
    assert len(busy.hears("chọn một báo cáo").labels) == 2
    await busy.says("Thọ Dân")
    busy.hears(HARVEST, "xã Thọ Dân")


@pytest.mark.parametrize(
    ("typed", "unit"),
    [("1", 0), ("2", 1), ("15742", "xã Thọ Dân"), ("15700", "xã Dân Lực"), ("3", None), ("15743", None), ("0", None)],
)
async def test_a_number_in_answer_is_a_place_in_the_list_or_else_a_units_code(
    busy: Talker, typed: str, unit: int | str | None
) -> None:
    await busy.says("/baocao lúa")
    listed = busy.hears("chọn một báo cáo").labels
    await busy.says(typed)
    if unit is None:
        busy.hears("chọn một báo cáo")
    else:
        label = listed[unit] if isinstance(unit, int) else unit
        busy.hears(HARVEST, "xã Thọ Dân" if "Thọ Dân" in label else "xã Dân Lực")


async def test_a_number_that_begins_with_a_nought_is_a_code_before_it_is_a_place(house: House, busy: Talker) -> None:
    def recode(connection: Connection) -> None:
        for old, new in (("15700", "02"), ("15742", "01")):
            connection.execute(update(units.unit).where(units.unit.c.code == old).values(code=new))

    await house.running.clerk.write(recode)
    await busy.says("/baocao lúa")
    busy.hears("chọn một báo cáo")
    await busy.says("01")
    busy.hears(HARVEST, "xã Thọ Dân")
    await busy.says("/baocao lúa")
    busy.hears("chọn một báo cáo")
    await busy.says("02")
    busy.hears(HARVEST, "xã Dân Lực")


async def test_what_is_no_name_of_theirs_is_asked_back(busy: Talker) -> None:
    await busy.says("/baocao Nưa")
    busy.hears("là ngày nào")


async def test_a_leader_names_the_form_of_the_units_below(house: House, leader: Talker) -> None:
    await leader.says("/baocao cấp độ dịch theo quyết định")
    leader.hears("Cấp độ dịch theo quyết định", "[xã Thọ Dân]", "[thị trấn Nưa]")


async def test_figures_of_another_form_at_a_forms_question_are_offered_to_that_ones_report(busy: Talker) -> None:
    await busy.says("/baocao Dân Lực thu hoạch lúa")
    busy.hears(HARVEST, "xã Dân Lực")
    await busy.says("F0 mới 4, khỏi mới 2")
    busy.hears("ghi vào báo cáo ngày 10/11/2021 của xã Dân Lực", "F0 mới: 4 ca", "Khỏi mới: 2 ca")
    await busy.says("không")
    busy.hears(HARVEST, "xã Dân Lực")
    await busy.says("khoảng 4, 5")
    busy.hears("Có phải ý đồng chí là số dưới đây?")
