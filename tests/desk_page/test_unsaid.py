"""What could not be said, on the desk's page: it is said again where somebody speaks, and what is refused is told in its words."""

from collections.abc import Callable

import pytest
from sqlalchemy import Connection, select

from reporting.people import Address
from reporting.say import Rank, Say
from storage.database.tables import metadata
from storage.messages import outbox
from storage.organisation import addresses
from tests.conversations.house import House, Talker
from tests.desk_page.conftest import Browser
from tests.desk_page.test_doing import inside

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
rows = metadata.tables["outbox"]
ZALO = Address("zalo", "z1")


async def test_what_was_for_a_messenger_that_is_not_set_cannot_be_said_again_there(
    house: House, reporter: Talker, admin: Talker, browser: Callable[[], Browser]
) -> None:
    def put(connection: Connection) -> int:
        now = house.simulator.clock.now()
        addresses.link(connection, 1, ZALO, now)
        say = Say(ZALO, "Đã giao", rank=Rank.REPLY)
        (message,) = outbox.put(connection, [say], now, house.running.channels)
        return message

    message = await house.running.clerk.write(put)
    desk = await inside(admin, browser)
    page = await desk.get("/unsaid")
    page.has("Đã giao", "chỉ có ở Zalo, nhưng bot không còn chạy ở đó")
    assert "/unsaid/again" not in page.text
    token = (await desk.get("/")).token
    refused = await desk.post("/unsaid/again", token=token, id=str(message))
    refused.has(f"Tin {message} chưa gửi lại được: bot không còn chạy ở kênh")
    gone = await desk.post("/unsaid/again", token=token, id="999")
    gone.has("Không còn tin này trong danh sách")
    states = await house.running.clerk.write(
        lambda connection: list(connection.execute(select(rows.c.state).where(rows.c.id == message)).scalars())
    )
    assert states == ["dead"]
    reporter.forgets()
    admin.forgets()
