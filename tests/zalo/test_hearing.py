"""The ear at Zalo, called or polling; what an update becomes."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress
from typing import Any

import aiohttp
import pytest

from bot.zalo.client import ZaloClient
from bot.zalo.ear import SECRET_HEADER, ZaloEar
from bot.zalo.updates import decode_zalo, zalo_heard
from reporting.incoming import Message
from reporting.people import Address
from simulator.zalo import ZaloSimulator
from tests.ports import free_port

SECRET = "a-secret-of-ours"


class Kept:
    """What was heard; the first `failures` times it cannot be stored."""

    def __init__(self, failures: int = 0) -> None:
        self.failures, self.raws, self.came = failures, list[str](), asyncio.Event()

    async def hear(self, updates: Sequence[str]) -> None:
        if self.failures:
            self.failures -= 1
            raise RuntimeError("the database is away")
        self.raws += updates
        self.came.set()

    @property
    def texts(self) -> list[str]:
        return [json.loads(raw)["message"]["text"] for raw in self.raws]

    async def has(self, count: int) -> None:
        async with asyncio.timeout(60):
            while len(self.raws) < count:
                self.came.clear()
                await self.came.wait()


@pytest.fixture
async def zalo() -> AsyncIterator[ZaloSimulator]:
    async with ZaloSimulator() as made:
        yield made


@pytest.fixture
async def runs() -> AsyncIterator[Callable[[Any], None]]:
    tasks: list[asyncio.Task[None]] = []
    yield lambda work: tasks.append(asyncio.create_task(work))
    for task in tasks:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def ear_at(zalo: ZaloSimulator, kept: Kept) -> tuple[ZaloEar, ZaloClient]:
    client = ZaloClient(zalo.token, zalo.url)
    return ZaloEar(client, kept.hear, zalo.token, longest_backoff=0.05), client


@pytest.mark.parametrize("array", [False, True])
async def test_polling_hears_one_after_the_other_and_says_that_it_is_for_trials(
    zalo: ZaloSimulator, runs: Callable[[Any], None], caplog: pytest.LogCaptureFixture, array: bool
) -> None:
    zalo.contradictions.array = array
    kept = Kept()
    ear, client = ear_at(zalo, kept)
    person = zalo.person("An")
    for text in ("một", "hai"):
        person.says(text)
    runs(ear.poll(1))
    await kept.has(2)
    assert kept.texts == ["một", "hai"]
    assert "for trials" in caplog.text
    await client.close()


async def test_what_was_handed_out_is_kept_until_it_is_stored(zalo: ZaloSimulator, runs: Callable[[Any], None]) -> None:
    kept = Kept(failures=1)
    ear, client = ear_at(zalo, kept)
    zalo.person("An").says("còn")
    runs(ear.poll(1))
    await kept.has(1)
    assert kept.texts == ["còn"]
    await client.close()


async def test_polling_takes_the_webhook_away_and_outlasts_failures(
    zalo: ZaloSimulator, runs: Callable[[Any], None]
) -> None:
    kept = Kept()
    ear, client = ear_at(zalo, kept)
    await client.call("setWebhook", url="https://example.vn/zalo", secret_token=SECRET)
    zalo.faults.add(method="getUpdates", status=500)
    zalo.person("An").says("sau")
    runs(ear.poll(1))
    await kept.has(1)
    assert kept.texts == ["sau"]
    await client.close()


async def test_a_call_with_another_secret_or_without_an_update_is_refused(zalo: ZaloSimulator) -> None:
    kept, port = Kept(failures=1), free_port()
    ear, client = ear_at(zalo, kept)
    task = asyncio.create_task(ear.webhook(f"127.0.0.1:{port}", SECRET, "/zalo"))
    url, update = f"http://127.0.0.1:{port}/zalo", {"event_name": "message.text.received", "message": {}}
    async with aiohttp.ClientSession() as session:

        async def status(body: Any, secret: str = SECRET) -> int:
            async with session.post(url, json=body, headers={SECRET_HEADER: secret}) as answer:
                return answer.status

        async with asyncio.timeout(60):
            while True:
                with suppress(aiohttp.ClientConnectorError):
                    assert await status({}, "wrong") == 403
                    break
                await asyncio.sleep(0.01)
        assert [await status(body) for body in ([update], {"ok": True}, "x")] == [400, 400, 400]
        assert await status({"ok": True, "result": update}) == 503  # it could not be stored
        assert await status({"ok": True, "result": update}) == 200
        assert await status(update) == 200
    assert len(kept.raws) == 2
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    await client.close()


@pytest.mark.parametrize("secret", ["", "short", "x" * 257, "bí mật của ta"])
def test_a_secret_that_zalo_would_not_take_is_refused(secret: str) -> None:
    ear = ZaloEar(ZaloClient("1:x", "http://127.0.0.1:1"), Kept().hear, "1:x")
    with pytest.raises(ValueError, match="ZALO_WEBHOOK_SECRET"):
        ear.application(secret, "/zalo")


def raw(event: str = "message.text.received", chat: str = "PRIVATE", **content: Any) -> str:
    message = {"message_id": "m1", "date": 1, "from": {"id": "u1", "display_name": "An", "is_bot": False}}
    message |= {"chat": {"id": "u1" if chat == "PRIVATE" else "g1", "chat_type": chat}, **content}
    return json.dumps({"event_name": event, "message": message})


def decoded(update: str) -> Message:
    message = decode_zalo(update, "Bot Giao Ban")
    assert isinstance(message, Message)
    return message


def test_a_text_is_decoded_with_its_command() -> None:
    message = decoded(raw(text="/baocao hôm qua"))
    assert (message.chat, message.home) == (Address("zalo", "u1"), Address("zalo", "u1"))
    assert (message.text, message.command, message.arguments) == ("/baocao hôm qua", "baocao", "hôm qua")
    assert message.message_id == decoded(raw(text="khác")).message_id > 0


def test_in_a_group_the_name_is_left_out() -> None:
    message = decoded(raw(chat="GROUP", text="@Bot Giao Ban tình hình"))
    assert (message.chat.address, message.home.address, message.to_us) == ("-g1", "u1", "tình hình")


@pytest.mark.parametrize("name", ["photo", "photo_url"])
def test_a_picture_has_its_address_under_either_name(name: str) -> None:
    message = decoded(raw("message.image.received", caption="ổ dịch", **{name: "https://a.vn/x.jpg"}))
    assert message.shared is not None
    assert (message.text, message.shared.file.file_id, message.shared.caption) == (None, "https://a.vn/x.jpg", "ổ dịch")  # type: ignore[union-attr]


@pytest.mark.parametrize("event", ["message.sticker.received", "message.unsupported.received", "message.new.received"])
def test_what_is_no_text_is_a_message_without_one(event: str) -> None:
    assert decoded(raw(event)).text is None


@pytest.mark.parametrize(
    "broken", ["[]", "1", "{}", '{"event_name": "x"}', '{"event_name": "x", "message": {"chat": 1}}']
)
def test_what_is_no_update_is_kept_and_refused(broken: str) -> None:
    assert zalo_heard(broken).update_id.startswith("?")
    with pytest.raises(ValueError):  # noqa: PT011  # whatever of it is wrong
        decode_zalo(broken, "")
