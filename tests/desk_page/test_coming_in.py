"""How one comes in to the desk's page: by a link from the bot, once, for ten minutes, by a button; and who does not."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Connection, select

from bot.web.browser_session import against_forgery
from storage.database.tables import metadata
from tests.conversations.house import House, Talker
from tests.desk_page.conftest import Browser, link_for

audit, session, link = (metadata.tables[name] for name in ("audit", "session", "link"))


async def deeds(house: House) -> list[str]:
    def read(connection: Connection) -> list[str]:
        return list(connection.execute(select(audit.c.what).order_by(audit.c.id)).scalars())

    return await house.running.clerk.write(read)


async def test_a_link_lets_its_person_in_once(house: House, admin: Talker, browser: Callable[[], Browser]) -> None:
    given = await link_for(admin)
    at_home = browser()
    (await at_home.get("/")).has("/trang")  # nobody has come in yet
    inside = await at_home.comes_in(given)
    inside.has("Đỗ Văn Bàn", "huyện Triệu Sơn", "xã Thọ Dân", "Tin chưa gửi được")
    assert (await at_home.get("/")).status == 200
    async with at_home.http.get(given) as answer:
        assert answer.status == 410
    assert (await browser().post("/enter", key=given.split("=")[1])).status == 410
    assert {"desk link", "enter desk"} <= set(await deeds(house))


async def test_fetching_the_link_uses_nothing_up(admin: Talker, browser: Callable[[], Browser]) -> None:
    """As a messenger does that shows a preview."""
    given, visitor = await link_for(admin), browser()
    for _ in range(3):
        async with visitor.http.get(given) as answer:
            assert answer.status == 200
            assert "Set-Cookie" not in answer.headers
    assert (await visitor.comes_in(given)).status == 200


async def test_a_link_ends_after_ten_minutes_and_a_session_after_eight_hours(
    house: House, admin: Talker, browser: Callable[[], Browser]
) -> None:
    late, given, clock = browser(), await link_for(admin), house.simulator.clock
    clock.move_to(clock.now() + timedelta(minutes=10))
    async with late.http.get(given) as answer:
        assert answer.status == 410
    visitor = browser()
    await visitor.comes_in(await link_for(admin))
    clock.move_to(clock.now() + timedelta(hours=8))
    assert (await visitor.get("/")).status == 401
    admin.forgets()


async def test_only_the_newest_link_holds(admin: Talker, browser: Callable[[], Browser]) -> None:
    first = await link_for(admin)
    second = await link_for(admin)
    async with browser().http.get(first) as answer:
        assert answer.status == 410
    assert (await browser().comes_in(second)).status == 200


async def test_whoever_answers_for_no_unit_gets_no_link(reporter: Talker) -> None:
    await reporter.says("/trang")
    assert "http" not in reporter.hears("chưa được phân quyền").text


async def test_a_session_ends_with_the_duty(house: House, admin: Talker, browser: Callable[[], Browser]) -> None:
    visitor = browser()
    await visitor.comes_in(await link_for(admin))
    duty = metadata.tables["duty"]
    today = house.simulator.clock.now().date()

    def end(connection: Connection) -> None:
        connection.execute(duty.update().values(until=today))

    await house.running.clerk.write(end)
    assert (await visitor.get("/")).status == 401


async def test_he_leaves(admin: Talker, browser: Callable[[], Browser], house: House) -> None:
    visitor = browser()
    inside = await visitor.comes_in(await link_for(admin))
    (await visitor.post("/leave", token=inside.token)).has("ra khỏi trang")
    assert (await visitor.get("/")).status == 401
    count = await house.running.clerk.write(lambda c: len(c.execute(select(session.c.id)).all()))
    assert count == 0


async def test_the_cookie_is_for_this_page_alone(admin: Talker, browser: Callable[[], Browser]) -> None:
    visitor, given = browser(), await link_for(admin)
    sent = visitor.http.post(
        f"{visitor.url}/enter", data={"key": given.split("=")[1]}, headers=visitor.headers, allow_redirects=False
    )
    async with sent as answer:
        cookie = answer.headers["Set-Cookie"]
    assert all(each in cookie for each in ("HttpOnly", "SameSite=Strict", "Path=/"))
    page = await visitor.get("/")
    assert page.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert page.headers["Referrer-Policy"] == "strict-origin"  # the address of the door lets in: no proxy's log has it


async def test_of_secrets_only_hashes_are_kept(house: House, admin: Talker, browser: Callable[[], Browser]) -> None:
    given, visitor = await link_for(admin), browser()
    await visitor.comes_in(given)

    def kept(connection: Connection) -> str:
        rows = [*connection.execute(select(link)), *connection.execute(select(session))]
        return " ".join(str(tuple(row)) for row in rows)

    stored = await house.running.clerk.write(kept)
    (cookie,) = visitor.http.cookie_jar
    assert given.split("=")[1] not in stored
    assert cookie.value not in stored


async def test_letters_that_there_are_not_are_nobodys_secret(
    house: House, browser: Callable[[], Browser], caplog: pytest.LogCaptureFixture
) -> None:
    """Half of a letter in a key, and a byte that is none in a cookie: neither is a fault of ours."""
    visitor = browser()
    kind = {"Content-Type": "application/x-www-form-urlencoded; charset=unicode_escape"}
    async with visitor.http.post(f"{visitor.url}/enter", data=rb"key=\ud800", headers=kind) as answer:
        assert answer.status == 400
    async with visitor.http.get(f"{visitor.url}/enter?key=%ED%A0%80") as answer:
        assert answer.status == 410
    host, port = visitor.url.removeprefix("http://").split(":")
    for path, body in ((b"GET / ", b""), (b"POST /leave ", b"token=" + against_forgery("\udcff").encode())):
        reader, writer = await asyncio.open_connection(host, int(port))
        head = b"HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        writer.write(path + head + b"Cookie: desk=\xff\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
        answered = await reader.read()
        writer.close()
        assert answered.split()[1] in (b"200", b"401", b"403"), answered[:300]
    assert "could not be shown" not in caplog.text
