"""What was announced, on the desk's page: whoever it could not be given to is marked."""

from collections.abc import Callable

import pytest

from tests.conversations.house import House, Talker
from tests.conversations.test_announcing_apart import cannot_be_told, minute
from tests.desk_page.conftest import Browser
from tests.desk_page.test_doing import inside

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def test_whoever_it_could_not_be_given_to_is_marked_until_he_has_it(
    house: House, admin: Talker, reporter: Talker, browser: Callable[[], Browser], monkeypatch: pytest.MonkeyPatch
) -> None:
    second = await house.joined("Đỗ Thị Mai", "reporter", "15700")
    desk = await inside(admin, browser)
    with cannot_be_told(monkeypatch, second):
        await admin.says("/thongbao")
        await admin.says("Họp giao ban 8 giờ.")
        admin.forgets()
        await admin.says("gửi")
        admin.hears("đến 1 người", "Còn 1 người chưa gửi được")
        (await desk.get("/announcements")).has("xã Dân Lực: Đỗ Thị Mai (chưa gửi được)")
    assert await minute(house) == set()
    second.hears("Họp giao ban 8 giờ.")
    page = await desk.get("/announcements")
    page.has("xã Dân Lực: Đỗ Thị Mai")
    assert "(chưa gửi được)" not in page.text
    for each in (admin, reporter):
        each.forgets()
