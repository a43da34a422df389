"""What is usual and which rules hold: seen and changed on the desk's page."""

from collections.abc import Callable

import pytest

from tests.conversations.house import House, Talker
from tests.desk_page.conftest import Browser, link_for

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def test_a_range_is_set_and_taken_back(house: House, admin: Talker, browser: Callable[[], Browser]) -> None:
    desk = browser()
    await desk.comes_in(await link_for(admin))
    token = (await desk.get("/ranges")).token
    fields = {"figure": "covid_daily/f0_new", "unit": "15742", "high": "60", "reason": "chùm ca", "token": token}
    await desk.post("/ranges/set", **fields)
    (await desk.get("/ranges")).has("Số ca mắc mới", "xã Thọ Dân", "không quá 60", "không thời hạn", "chùm ca")
    await desk.post("/ranges/set", **(fields | {"high": "nhiều"}))
    (await desk.get("/ranges")).has("không quá 60")
    await desk.post("/ranges/back", figure="covid_daily/f0_new", unit="15742", token=token)
    (await desk.get("/ranges")).has("Chưa đặt mức nào")
    admin.forgets()
