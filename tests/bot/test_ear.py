"""The ear confirms what is stored, hears on whatever happens, and listens to nobody but Telegram."""

import asyncio
import io
import json
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.running import http_transport
from bot.running.http_transport import NoAnswer, Wire, refusal_of
from bot.telegram.ear import HEARD, LARGEST_UPDATE, SECRET_HEADER, Ear, split
from simulator import Simulator
from simulator.person import Tap
from tests.ports import free_port

TOKEN = "1000:SIMULATOR"
SECRET = "khong-ai-biet_1"


class Listener:
    """Keeps what it hears, fails when it is told to, and acknowledges taps."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.taps: list[str] = []
        self.failures = 0
        self.called = asyncio.Event()

    async def hear(self, updates: Sequence[str]) -> None:
        self.called.set()
        if self.failures:
            self.failures -= 1
            raise OSError("the disk is full")
        self.heard += updates

    async def acknowledge(self, callback_query_id: str) -> None:
        self.taps.append(callback_query_id)

    @property
    def texts(self) -> list[str]:
        return [json.loads(raw)["message"]["text"] for raw in self.heard]

    async def hears(self, count: int) -> None:
        async with asyncio.timeout(60):
            while len(self.heard) < count:
                self.called.clear()
                await self.called.wait()
                await asyncio.sleep(0)


@pytest.fixture
def listener() -> Listener:
    return Listener()


@asynccontextmanager
async def polling(url: str, listener: Listener) -> AsyncIterator[Ear]:
    ear = Ear(TOKEN, url, listener.hear, listener.acknowledge, longest_backoff=0.1)
    task = asyncio.create_task(ear.poll(2))
    try:
        yield ear
    finally:
        task.cancel()
        await asyncio.wait({task})


@pytest.fixture
async def sim() -> AsyncIterator[Simulator]:
    async with Simulator() as sim:
        sim.bot(TOKEN)
        yield sim


async def test_updates_are_heard_in_order_and_confirmed_when_they_are_stored(
    sim: Simulator, listener: Listener
) -> None:
    reporter = sim.person("Nguyễn Thị Lan")
    await reporter.starts()
    async with polling(sim.url, listener):
        for word in ("một", "hai 🦠", "ba"):
            await reporter.says(word)
        await listener.hears(4)
        await sim.idle_of_updates()
    assert listener.texts == ["/start", "một", "hai 🦠", "ba"]


async def test_what_could_not_be_stored_is_asked_for_again(sim: Simulator, listener: Listener) -> None:
    listener.failures = 2
    reporter = sim.person("Nguyễn Thị Lan")
    await reporter.starts()
    async with polling(sim.url, listener):
        await listener.hears(1)
        await sim.idle_of_updates()
    assert listener.texts == ["/start"]


async def test_what_was_not_stored_at_the_end_is_heard_by_the_next_process(sim: Simulator, listener: Listener) -> None:
    listener.failures = 1_000
    await sim.person("Nguyễn Thị Lan").starts()
    async with polling(sim.url, listener):
        async with asyncio.timeout(60):
            await listener.called.wait()
    assert sim.first_bot.pending == 1
    listener.failures = 0
    async with polling(sim.url, listener):
        await listener.hears(1)
    assert listener.texts == ["/start"]


async def test_a_tap_is_acknowledged_at_once_even_if_it_cannot_be_stored_yet(
    sim: Simulator, listener: Listener
) -> None:
    reporter = sim.person("Nguyễn Thị Lan")
    tap = reporter.forges(await reporter.starts(), "send:1")
    assert isinstance(tap, Tap)
    listener.failures = 1
    async with polling(sim.url, listener):
        await listener.hears(2)
    assert set(listener.taps) == {tap.query.id}


async def test_only_what_is_handled_is_asked_for(sim: Simulator, listener: Listener) -> None:
    async with polling(sim.url, listener):
        await sim.person("Nguyễn Thị Lan").starts()
        await listener.hears(1)
        assert set(sim.first_bot.queue.allowed or ()) == set(HEARD)


async def test_polling_begins_although_a_webhook_was_set_before(sim: Simulator, listener: Listener) -> None:
    sim.first_bot.webhook.url = "https://cu.example/hook"
    await sim.person("Nguyễn Thị Lan").starts()
    async with polling(sim.url, listener):
        await listener.hears(1)
    assert not sim.first_bot.webhook.url


FAULTS: dict[str, dict[str, Any]] = {
    "another process polls": {"status": 409, "description": "Conflict: terminated by other getUpdates request"},
    "the token is refused": {"status": 401},
    "Telegram is away": {"status": 502},
    "the line breaks": {"drop": "before"},
    "the answer is garbage": {"garbage": True},
    "it asks too often": {"status": 429, "retry_after": 1},
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=list(FAULTS))
async def test_the_ear_hears_on_whatever_happens(
    sim: Simulator, listener: Listener, fault: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    sim.faults.add(method="getUpdates", times=2, **fault)
    await sim.person("Nguyễn Thị Lan").starts()
    async with polling(sim.url, listener):
        await listener.hears(1)
    assert listener.texts == ["/start"]
    assert "Trying again" in caplog.text
    assert TOKEN not in caplog.text
    if fault.get("status") == 409:
        assert "another process polls with this token" in caplog.text


class Server:
    """A Bot API that answers getUpdates with given bodies, then, as Telegram does, not at all until it is `over`."""

    def __init__(self, *bodies: str) -> None:
        self.bodies = list(bodies)
        self.offsets: list[int] = []
        self.asked = asyncio.Condition()
        self.over = asyncio.Event()

    async def was_asked_from(self, offset: int) -> None:
        async with self.asked:
            await self.asked.wait_for(lambda: offset in self.offsets)

    async def answer(self, request: web.Request) -> web.Response:
        if request.match_info["method"] != "getUpdates":
            return web.json_response({"ok": True, "result": True})
        self.offsets.append(int((await request.json())["offset"]))
        async with self.asked:
            self.asked.notify_all()
        if self.bodies:
            return web.Response(text=self.bodies.pop(0), content_type="application/json")
        await self.over.wait()
        return web.json_response({"ok": True, "result": []})


@asynccontextmanager
async def serving(application: web.Application) -> AsyncIterator[str]:
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def test_an_update_that_is_no_json_is_kept_as_it_came_and_does_not_stop_the_others(listener: Listener) -> None:
    broken = '{"update_id":7,"message":{"text":"một"'
    body = f'{{"ok":true,"result":[{{"update_id":6,"message":{{"text":"không"}}}},{broken},{{"update_id":8,"x":1}}]}}'
    server = Server(body)
    application = web.Application()
    application.router.add_post("/bot{token}/{method}", server.answer)
    async with serving(application) as url, polling(url, listener):
        await listener.hears(3)
        async with asyncio.timeout(60):
            await server.was_asked_from(9)
        server.over.set()
    assert json.loads(listener.heard[0])["update_id"] == 6
    assert listener.heard[1:] == [broken, '{"update_id":8,"x":1}']


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('{"ok":true,"result":[]}', []),
        (
            ' { "ok" : true , "result" : [ {"update_id":5 , "a": "]"} , {"update_id":6} ] } ',
            [(5, '{"update_id":5 , "a": "]"}'), (6, '{"update_id":6}')],
        ),
        ('{"result":[{"update_id":5,"a":"ế"}],"ok":true}', [(5, '{"update_id": 5, "a": "ế"}')]),
        ('{"ok":true,"result":[{"update_id":5,"a":"\\ud83d"}]}', [(5, '{"update_id":5,"a":"\\ud83d"}')]),
        ('{"ok":true,"result":[{"message":{}}]}', None),
        ("<html>Bad Gateway</html>", None),
        ("", None),
    ],
)
def test_an_answer_is_split_into_updates_as_they_came(body: str, expected: list[tuple[int, str]] | None) -> None:
    assert split(body) == expected


def test_what_looks_like_an_update_in_somebodys_words_is_none() -> None:
    words = json.dumps({"update_id": 5, "message": {"text": '{"update_id":99}'}})
    found = split('{"ok":true,"result":[' + words + ",{broken]}")
    assert found is not None
    assert [number for number, _ in found] == [5]


# Webhook


@pytest.fixture
async def hook(listener: Listener) -> AsyncIterator[str]:
    ear = Ear(TOKEN, "http://127.0.0.1:9", listener.hear, listener.acknowledge)
    async with serving(ear.application(SECRET, "/hook")) as url:
        yield url


UPDATE = '{"update_id": 5, "callback_query": {"id": "77", "data": "send:1"}}'


async def post(url: str, body: str, **headers: str) -> int:
    data = io.BytesIO(body.encode())
    async with aiohttp.ClientSession() as session, session.post(f"{url}/hook", data=data, headers=headers) as response:
        return response.status


async def test_an_update_is_stored_before_it_is_answered_for(hook: str, listener: Listener) -> None:
    assert await post(hook, UPDATE, **{SECRET_HEADER: SECRET}) == 200
    assert listener.heard == [UPDATE]
    assert listener.taps == ["77"]


async def test_what_cannot_be_stored_is_to_be_said_again(hook: str, listener: Listener) -> None:
    listener.failures = 1
    assert await post(hook, UPDATE, **{SECRET_HEADER: SECRET}) == 503
    assert await post(hook, UPDATE, **{SECRET_HEADER: SECRET}) == 200
    assert listener.heard == [UPDATE]


@pytest.mark.parametrize("headers", [{}, {SECRET_HEADER: ""}, {SECRET_HEADER: "khong"}, {SECRET_HEADER: SECRET + "x"}])
async def test_nobody_but_telegram_is_heard(hook: str, listener: Listener, headers: dict[str, str]) -> None:
    assert await post(hook, UPDATE, **headers) == 403
    assert not listener.heard
    assert not listener.taps


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("", 400),
        ("xin chào", 400),
        ("[]", 400),
        ("5", 400),
        ('{"update_id": 9, "message": {', 200),
        ("x" * 1_100_000, 400),
    ],
)
async def test_what_is_no_update_is_refused_and_a_broken_one_is_kept(hook: str, body: str, status: int) -> None:
    assert await post(hook, body, **{SECRET_HEADER: SECRET}) == status


async def test_of_an_update_that_is_larger_than_any_the_beginning_is_kept_and_it_is_not_said_again(
    hook: str, listener: Listener
) -> None:
    """Telegram sends what it gets an error for again and again, and whatever follows in that chat only after it."""
    large = '{"update_id": 9, "message": {"text": "' + "dạ " * LARGEST_UPDATE
    assert await post(hook, large, **{SECRET_HEADER: SECRET}) == 200
    assert await post(hook, UPDATE, **{SECRET_HEADER: SECRET}) == 200
    kept, following = listener.heard
    assert large.startswith(kept[:-1])
    assert LARGEST_UPDATE / 2 < len(kept.encode()) <= LARGEST_UPDATE + 2
    assert following == UPDATE


async def test_the_program_says_that_it_is_well(hook: str) -> None:
    async with aiohttp.ClientSession() as session, session.get(f"{hook}/health") as response:
        assert (response.status, await response.json()) == (200, {"ok": True})


@pytest.mark.parametrize("secret", ["", "có dấu", "a b", "x" * 257])
def test_a_webhook_without_a_real_secret_is_not_opened(listener: Listener, secret: str) -> None:
    with pytest.raises(ValueError, match="WEBHOOK_SECRET"):
        Ear(TOKEN, "http://127.0.0.1:9", listener.hear, listener.acknowledge).application(secret, "/hook")


async def test_telegram_calls_and_is_heard(
    sim: Simulator, listener: Listener, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "bot")
    ear = Ear(TOKEN, sim.url, listener.hear, listener.acknowledge, longest_backoff=0.1)
    at = f"127.0.0.1:{free_port()}"
    task = asyncio.create_task(ear.webhook(at, SECRET, "/hook", f"http://{at}/hook"))
    try:
        await sim.person("Nguyễn Thị Lan").starts()
        await listener.hears(1)
        await sim.idle_of_updates()
    finally:
        task.cancel()
        await asyncio.wait({task})
    assert listener.texts == ["/start"]


async def test_a_wire_goes_through_a_proxy_if_there_is_one() -> None:
    asked: list[str] = []

    async def proxy(request: web.Request) -> web.Response:
        asked.append(str(request.url))
        return web.json_response({"ok": True, "result": []})

    application = web.Application()
    application.router.add_route("*", "/{anything:.*}", proxy)
    async with serving(application) as url:
        wire = Wire(url)
        status, _ = await wire.call("http://telegram.invalid/bot1:x/getMe")
        await wire.close()
    assert (status, len(asked)) == (200, 1)


@pytest.mark.parametrize(
    ("named", "seconds"),
    [
        ("3", 3.0),
        ("86400", 86_400.0),
        ("0", 0.0),
        ("1e300", 0.0),
        ("NaN", 0.0),
        ("Infinity", 0.0),
        ("-5", 0.0),
        ("null", 0.0),
    ],
)
def test_how_long_peace_is_wanted_is_a_number_of_seconds_or_garbage(named: str, seconds: float) -> None:
    assert refusal_of(f'{{"description": "Too Many", "parameters": {{"retry_after": {named}}}}}')[1] == seconds


class Dripping:
    """A server whose answer comes letter by letter, as long as anybody waits for it."""

    def __init__(self, piece: bytes, seconds: float) -> None:
        self._piece, self._seconds = piece, seconds

    async def answer(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        with suppress(ConnectionError):
            while True:
                await response.write(self._piece)
                await asyncio.sleep(self._seconds)
        return response


@pytest.mark.parametrize("dripping", [Dripping(b"{", 0.05), Dripping(b"{" * (1 << 20), 0)], ids=["slow", "endless"])
async def test_an_answer_that_never_ends_is_not_waited_for(dripping: Dripping, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_transport, "CONNECT_SECONDS", 0.2)
    monkeypatch.setattr(http_transport, "MOST_BYTES", 8 << 20)
    monkeypatch.setattr(http_transport, "UPLOAD_SECONDS", 0.2)
    application = web.Application()
    application.router.add_route("*", "/{anything:.*}", dripping.answer)
    async with serving(application) as url:
        wire = Wire()
        with pytest.raises(NoAnswer):
            await wire.call(f"{url}/bot1:x/getUpdates", seconds=0.2)
        with pytest.raises(NoAnswer):
            await wire.get(f"{url}/file/bot1:x/document")
        await wire.close()
