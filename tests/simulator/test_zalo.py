"""The simulated Zalo, as its documentation has it; what the sources contradict each other about is tried both ways."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from simulator.zalo import Contradictions, Plan, ZaloSimulator

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f6"
    "45400000000049454e44ae426082"
)
SECRET = "a-secret-of-ours"


@pytest.fixture
async def zalo() -> AsyncIterator[ZaloSimulator]:
    async with ZaloSimulator(start=datetime(2026, 11, 30, 8, tzinfo=UTC)) as made:
        yield made


async def call(zalo: ZaloSimulator, method: str, verb: str = "POST", **params: Any) -> tuple[int, Any]:
    """The HTTP status and the answer."""
    url = f"{zalo.url}/bot{zalo.token}/{method}"
    async with aiohttp.ClientSession() as session, session.request(verb, url, json=params) as answer:
        return answer.status, await answer.json()


async def refused(zalo: ZaloSimulator, code: int, method: str, **params: Any) -> str:
    status, answer = await call(zalo, method, **params)
    assert (status, answer["ok"], answer["error_code"]) == (code, False, code), answer
    return str(answer["description"])


async def test_the_bot_is_told_who_it_is_by_post_alone_and_with_its_token(zalo: ZaloSimulator) -> None:
    assert (await call(zalo, "getMe"))[1] == {
        "ok": True,
        "result": {"id": "2000", "account_name": "bot.2000", "account_type": "BASIC", "can_join_groups": True},
    }
    assert (await call(zalo, "getMe", "PUT"))[0] == 405
    assert (await call(zalo, "getme"))[0] == 404
    async with aiohttp.ClientSession() as session, session.post(f"{zalo.url}/bot2000:WRONG/getMe") as answer:
        assert answer.status == 401
    assert "chat" in await refused(zalo, 400, "getMe", chat_id="1")


@pytest.mark.parametrize("array", [False, True])
async def test_a_poll_gives_one_update_and_never_again(zalo: ZaloSimulator, array: bool) -> None:
    zalo.contradictions.array = array
    person = zalo.person("An")
    first, second = person.says("một"), person.says("hai")
    for said in (first, second):
        _, answer = await call(zalo, "getUpdates", timeout="30")
        update = answer["result"][0] if array else answer["result"]
        assert update["event_name"] == "message.text.received"
        assert update["message"] == {
            "message_id": said.message_id,
            "date": 1796025600000,
            "from": {"id": person.id, "display_name": "An", "is_bot": False},
            "chat": {"id": person.id, "chat_type": "PRIVATE"},
            "text": said.text,
        }
    assert await call(zalo, "getUpdates", timeout=0) == (408, {"ok": False, "description": "Request timeout"})


@pytest.mark.parametrize("ends", [False, True])
async def test_polling_beside_a_webhook_is_refused_or_ends_it(zalo: ZaloSimulator, ends: bool) -> None:
    zalo.contradictions.poll_ends_webhook = ends
    await call(zalo, "setWebhook", url="https://example.vn/zalo", secret_token=SECRET)
    status, _ = await call(zalo, "getUpdates", timeout=0)
    assert status == (408 if ends else 409)
    assert (await call(zalo, "getWebhookInfo"))[0] == (404 if ends else 200)


@pytest.mark.parametrize("empty", [False, True])
async def test_no_webhook_is_told_as_404_or_as_an_empty_address(zalo: ZaloSimulator, empty: bool) -> None:
    zalo.contradictions.empty_info = empty
    status, answer = await call(zalo, "getWebhookInfo")
    assert (status, answer.get("result", {}).get("url")) == ((200, "") if empty else (404, None))


async def test_a_webhook_needs_https_and_a_secret_of_eight_letters() -> None:
    async with ZaloSimulator(allows_http=False) as zalo:
        await refused(zalo, 400, "setWebhook", url="http://127.0.0.1:1/zalo", secret_token=SECRET)
        await refused(zalo, 400, "setWebhook", url="https://example.vn/zalo", secret_token="short")
        assert (await call(zalo, "setWebhook", url="https://example.vn/zalo", secret_token=SECRET))[0] == 200
        assert (await call(zalo, "deleteWebhook"))[1]["result"]["url"] == ""


class Called:
    """A server that Zalo calls; `answers`: the statuses to be given, then 200."""

    def __init__(self, *answers: int) -> None:
        self.answers, self.bodies, self.secrets = list(answers), list[Any](), list[str]()

    async def __aenter__(self) -> "Called":
        app = web.Application()
        app.router.add_post("/zalo", self._takes)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/zalo"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    async def _takes(self, request: web.Request) -> web.Response:
        self.bodies.append(await request.json())
        self.secrets.append(request.headers["X-Bot-Api-Secret-Token"])
        return web.Response(status=self.answers.pop(0) if self.answers else 200)

    @property
    def texts(self) -> list[str]:
        return [each["result"]["message"]["text"] for each in self.bodies]


@pytest.mark.parametrize("again", [True, False])
async def test_a_webhook_is_called_with_the_secret_in_order_and_again_if_it_fails(again: bool) -> None:
    async with ZaloSimulator(contradictions=Contradictions(redelivers=again)) as zalo, Called(503) as server:
        await call(zalo, "setWebhook", url=server.url, secret_token=SECRET)
        person = zalo.person("An")
        person.says("một")
        person.says("hai")
        await zalo.idle_of_updates()
        assert server.texts == (["một", "một", "hai"] if again else ["một", "hai"])
        assert set(server.secrets) == {SECRET}
        assert server.bodies[0]["ok"] is True


async def test_updates_are_lost_and_repeated_on_order(zalo: ZaloSimulator) -> None:
    async with Called() as server:
        await call(zalo, "setWebhook", url=server.url, secret_token=SECRET)
        person = zalo.person("An")
        zalo.faults.lose = 1.0
        person.says("mất")
        await zalo.idle_of_updates()
        zalo.faults.clear()
        zalo.faults.duplicate = 1.0
        person.says("hai lần")
        await zalo.idle_of_updates()
        assert server.texts == ["hai lần", "hai lần"]


async def test_an_update_that_was_handed_out_on_a_broken_line_is_lost(zalo: ZaloSimulator) -> None:
    zalo.person("An").says("mất")
    zalo.faults.add(method="getUpdates", drop="after")
    with pytest.raises(aiohttp.ClientError):
        await call(zalo, "getUpdates", timeout=0)
    assert (await call(zalo, "getUpdates", timeout=0))[0] == 408


async def test_texts_have_two_thousand_units_and_no_more(zalo: ZaloSimulator) -> None:
    person = zalo.person("An")
    person.says("chào")
    for text in ("ạ" * 2000, "😀" * 1000):
        assert (await call(zalo, "sendMessage", chat_id=person.id, text=text))[0] == 200
    for text in ("", "a" * 2001, "😀" * 1001):
        await refused(zalo, 400, "sendMessage", chat_id=person.id, text=text)
    answer = (await call(zalo, "sendMessage", chat_id=person.id, text="xong"))[1]["result"]
    assert isinstance(answer["message_id"], str)
    assert answer["date"] == 1796025600000
    assert person.unheard()[-1].text == "xong"


async def test_nobody_is_written_to_who_has_not_written_or_has_blocked_the_bot(zalo: ZaloSimulator) -> None:
    person = zalo.person("An")
    await refused(zalo, 403, "sendMessage", chat_id=person.id, text="chào")
    await refused(zalo, 404, "sendMessage", chat_id="nobody", text="chào")
    person.says("chào")
    person.blocks()
    assert "blocked" in await refused(zalo, 403, "sendMessage", chat_id=person.id, text="chào")
    person.unblocks()
    assert (await call(zalo, "sendChatAction", chat_id=person.id, action="typing"))[1] == {"ok": True}
    await refused(zalo, 400, "sendChatAction", chat_id=person.id, action="upload_photo")
    assert (await call(zalo, "sendSticker", chat_id=person.id, sticker="1"))[0] == 200


async def test_a_plan_has_so_many_people_and_messages_a_month() -> None:
    async with ZaloSimulator(start=datetime(2026, 11, 30, 8, tzinfo=UTC), plan=Plan(1, 2, 1)) as zalo:
        first, second = zalo.person("An"), zalo.person("Bình")
        for each in (first, second):
            each.says("chào")
        assert "user quota" in await refused(zalo, 429, "sendMessage", chat_id=second.id, text="a")
        for _ in range(2):
            assert (await call(zalo, "sendMessage", chat_id=first.id, text="a"))[0] == 200
        assert "month" in await refused(zalo, 429, "sendMessage", chat_id=first.id, text="a")
        zalo.clock.advance(timedelta(days=1))
        assert (await call(zalo, "sendMessage", chat_id=first.id, text="a"))[0] == 200
        one, two = zalo.group("Một", first), zalo.group("Hai", first)
        assert (await call(zalo, "sendMessage", chat_id=one.id, text="a"))[0] == 200
        await refused(zalo, 403, "sendMessage", chat_id=two.id, text="a")


async def test_a_picture_is_really_fetched_from_its_address(zalo: ZaloSimulator) -> None:
    person = zalo.person("An")
    person.says("chào")
    app = web.Application()
    app.router.add_get("/{name}", _file)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    at = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        assert (await call(zalo, "sendPhoto", chat_id=person.id, photo=f"{at}/a.png", caption="hình"))[0] == 200
        assert person.unheard()[-1].photo == PIXEL
        for name in ("a.html", "none.png"):
            await refused(zalo, 400, "sendPhoto", chat_id=person.id, photo=f"{at}/{name}")
    finally:
        await runner.cleanup()
    await refused(zalo, 400, "sendPhoto", chat_id=person.id, photo=f"{at}/a.png")
    await refused(zalo, 400, "sendPhoto", chat_id=person.id, photo="http://example.vn/a.png")


async def _file(request: web.Request) -> web.Response:
    if request.match_info["name"] == "a.png":
        return web.Response(body=PIXEL, content_type="image/png")
    if request.match_info["name"] == "a.html":
        return web.Response(text="<p>", content_type="text/html")
    raise web.HTTPNotFound


async def test_in_a_group_the_bot_hears_what_names_it_or_answers_it(zalo: ZaloSimulator) -> None:
    person = zalo.person("An")
    group = zalo.group("Tổ trực", person)
    person.says("chào cả nhà", group)
    assert (await call(zalo, "getUpdates", timeout=0))[0] == 408
    person.says("@Bot Giao Ban tình hình", group)
    update = (await call(zalo, "getUpdates", timeout=0))[1]["result"]["message"]
    assert (update["chat"], update["from"]["id"]) == ({"id": group.id, "chat_type": "GROUP"}, person.id)
    await call(zalo, "sendMessage", chat_id=group.id, text="Tốt")
    person.says("còn Dân Lực?", group, replies_to=group.unheard[-1])
    assert (await call(zalo, "getUpdates", timeout=0))[1]["result"]["message"]["text"] == "còn Dân Lực?"


async def test_a_cut_zalo_refuses_connections_and_keeps_what_people_write(zalo: ZaloSimulator) -> None:
    person = zalo.person("An")
    await zalo.cut()
    with pytest.raises(aiohttp.ClientConnectorError):
        await call(zalo, "getMe")
    person.says("còn đây")
    await zalo.mend()
    assert (await call(zalo, "getUpdates", timeout=0))[1]["result"]["message"]["text"] == "còn đây"


async def test_calls_fail_and_hang_on_order(zalo: ZaloSimulator) -> None:
    person = zalo.person("An")
    person.says("chào")
    zalo.faults.add(method="sendMessage", status=500, chat_id=person.id)
    await refused(zalo, 500, "sendMessage", chat_id=person.id, text="a")
    zalo.faults.add(method="sendMessage", delay=0.05)
    before = asyncio.get_running_loop().time()
    await call(zalo, "sendMessage", chat_id=person.id, text="a")
    assert asyncio.get_running_loop().time() - before >= 0.05
    assert [each.text for each in person.hears()] == ["a"]


@pytest.mark.parametrize("named", [False, True])
async def test_a_pictures_address_comes_by_one_name_or_the_other_and_a_voice_by_its_own(
    zalo: ZaloSimulator, *, named: bool
) -> None:
    zalo.contradictions.photo_url = named
    person = zalo.person("An")
    person.sends_photo("chú thích")
    person.sends_voice()
    picture, voice = [(await call(zalo, "getUpdates"))[1]["result"] for _ in range(2)]
    assert picture["event_name"] == "message.image.received"
    assert ("photo_url" in picture["message"], "photo" in picture["message"]) == (named, not named)
    assert (voice["event_name"], voice["message"]["voice_url"][-4:]) == ("message.voice.received", ".aac")
