"""What people do reaches the bot as updates; how they are confirmed, kept and delivered."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web

from simulator import NotThere, Person, Simulator
from tests.simulator.conftest import Raw

KEYBOARD = {"inline_keyboard": [[{"text": "Gửi", "callback_data": "send"}]]}
OTHER = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


async def test_whatever_a_person_does_comes_as_telegram_describes_it(raw: Raw, nam: Person, picture: bytes) -> None:
    first = await nam.starts("ma-moi")
    await nam.says("Thọ Dân #f0 https://example.org @giaoban_bot", reply_to=first)
    photo = await nam.sends_photo(picture, "Ảnh /baocao")
    await nam.sends_document(b"x", "a.xlsx")
    await nam.sends_location(19.8, 105.6)
    await nam.sends_sticker()
    await nam.sends_contact()
    await nam.forwards(photo)
    await nam.edits(first, "/start khác")
    await raw.result("sendMessage", chat_id=nam.id, text="?", reply_markup=KEYBOARD)
    await nam.taps("Gửi")
    await nam.blocks()
    await nam.unblocks()
    updates = await raw.updates()
    kinds = [next(k for k in update if k != "update_id") for update in updates]
    assert kinds == ["message"] * 8 + ["edited_message", "callback_query"] + ["my_chat_member"] * 2
    assert updates[0]["message"]["text"] == "/start ma-moi"
    assert updates[0]["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert [e["type"] for e in updates[1]["message"]["entities"]] == ["hashtag", "url", "mention"]
    assert updates[1]["message"]["reply_to_message"]["message_id"] == first.message_id
    assert updates[7]["message"]["forward_origin"]["type"] == "user"
    assert updates[9]["callback_query"]["message"]["text"] == "?"


async def test_an_inline_query_is_answered_and_its_result_sent_to_a_chat(raw: Raw, nam: Person) -> None:
    asking = asyncio.create_task(nam.inline("thọ dân"))
    asked = (await raw.updates(timeout=50))[0]
    content = {"message_text": "<b>3</b> ca", "parse_mode": "HTML"}
    result = {"type": "article", "id": "1", "title": "x", "input_message_content": content}
    query = asked["inline_query"]["id"]
    twice = await raw.refused("answerInlineQuery", inline_query_id=query, results=[result, result])
    assert twice == "Bad Request: RESULT_ID_DUPLICATE"
    await raw.result("answerInlineQuery", inline_query_id=query, results=[result])
    found = await asking
    await nam.chooses(found[0], nam.private(), "thọ dân")
    last = await raw.updates(asked["update_id"] + 1)
    assert [next(k for k in u if k != "update_id") for u in last] == ["message", "chosen_inline_result"]
    assert (last[0]["message"]["text"], last[0]["message"]["via_bot"]["id"]) == ("3 ca", 1000)


async def test_in_a_group_a_bot_hears_what_is_meant_for_it(raw: Raw, nam: Person, sim: Simulator) -> None:
    ha = sim.person("Nguyễn Thị Hà")
    group = sim.group("Lãnh đạo huyện", [nam, ha], forum=True)
    topic = sim.topic(group, "Giao ban sáng")
    await nam.says("chào mọi người", chat=group)
    await nam.says("/tonghop@giaoban_bot", chat=group, topic=topic)
    await nam.says("/tonghop@bot_khac", chat=group)
    said = await raw.result("sendMessage", chat_id=group.id, text="31/34", message_thread_id=topic)
    assert (said["is_topic_message"], said["message_thread_id"]) == (True, topic)
    await ha.says("cảm ơn", chat=group, reply_to=said["message_id"])
    heard = [u["message"]["text"] for u in await raw.updates() if "text" in u.get("message", {})]
    assert heard == ["/tonghop@giaoban_bot", "cảm ơn"]
    sim.admit(group, sim.first_bot, "administrator")
    await ha.says("mọi điều", chat=group)
    assert (await raw.updates())[-1]["message"]["text"] == "mọi điều"
    await raw.result("closeForumTopic", chat_id=group.id, message_thread_id=topic)
    sim.admit(group, sim.first_bot, "member")
    closed = await raw.refused("sendMessage", chat_id=group.id, text="x", message_thread_id=topic)
    assert closed == "Bad Request: TOPIC_CLOSED"


async def test_a_channel_is_written_by_its_administrators(raw: Raw, nam: Person, sim: Simulator) -> None:
    reader = sim.person("Phạm Thị Lan")
    channel = sim.channel("Bản tin", [nam, reader], username="bantin")
    said = await raw.result("sendMessage", chat_id="@bantin", text="Bản tin 10/11")
    assert "from" not in said
    assert [m.text for m in reader.reads(channel)] == ["Bản tin 10/11"]
    with pytest.raises(NotThere):
        await reader.says("x", chat=channel)
    await nam.says("Tin của quản trị", chat=channel)
    assert (await raw.updates())[-1]["channel_post"]["text"] == "Tin của quản trị"


async def test_a_bot_posts_in_a_channel_as_its_administrator_only(raw: Raw, nam: Person, sim: Simulator) -> None:
    channel = sim.channel("Bản tin", [nam], bots=[])
    assert await raw.refused("sendMessage", chat_id=channel.id, text="x") == "Bad Request: chat not found"
    channel.username = "bantin"
    left = "Forbidden: bot is not a member of the channel chat"
    assert await raw.refused("sendMessage", chat_id="@bantin", text="x") == left
    sim.admit(channel, sim.first_bot, "member")
    rights = "Bad Request: need administrator rights in the channel chat"
    assert await raw.refused("sendMessage", chat_id="@BanTin", text="x") == rights
    sim.admit(channel, sim.first_bot, "administrator")
    for chat_id in ("@bantin", channel.id):
        said = await raw.result("sendMessage", chat_id=chat_id, text="x")
        assert (said["chat"]["type"], said["sender_chat"]["id"]) == ("channel", channel.id)
    heard = [u["my_chat_member"]["new_chat_member"]["status"] for u in await raw.updates()]
    assert heard == ["member", "administrator"]


async def test_updates_are_kept_until_an_offset_confirms_them(raw: Raw, nam: Person) -> None:
    for number in range(5):
        await nam.says(str(number))
    ids = [u["update_id"] for u in await raw.updates(limit=3)]
    assert ids == list(range(ids[0], ids[0] + 3))
    assert [u["message"]["text"] for u in await raw.updates(ids[1] + 1)] == ["2", "3", "4"]
    assert [u["message"]["text"] for u in await raw.updates(-1)] == ["4"]
    assert await raw.updates(ids[0] + 5) == []


async def test_a_long_poll_ends_with_the_first_update(raw: Raw, nam: Person, sim: Simulator) -> None:
    poll = asyncio.create_task(raw.updates(timeout=50))
    assert await sim.first_bot.queue.pulse.wait(60)
    await nam.says("3")
    assert (await asyncio.wait_for(poll, 60))[0]["message"]["text"] == "3"


async def test_only_the_wanted_kinds_are_queued(raw: Raw, nam: Person) -> None:
    await raw.updates(allowed_updates=["callback_query"])
    await nam.says("3")
    assert await raw.updates(allowed_updates=[]) == []
    await nam.says("4")
    assert [u["message"]["text"] for u in await raw.updates()] == ["4"]


async def test_a_second_poller_ends_the_first(raw: Raw, sim: Simulator) -> None:
    first = asyncio.create_task(raw("getUpdates", timeout=50))
    assert await sim.first_bot.queue.pulse.wait(60)
    await raw.updates()
    assert await asyncio.wait_for(first, 60) == (409, {"ok": False, "error_code": 409, "description": OTHER})


async def test_messages_wait_a_day_and_taps_150_seconds(raw: Raw, nam: Person, sim: Simulator) -> None:
    await nam.starts()
    await raw.result("sendMessage", chat_id=nam.id, text="?", reply_markup=KEYBOARD)
    await nam.taps("Gửi")
    sim.clock.advance(timedelta(seconds=149))
    assert len(await raw.updates()) == 2
    sim.clock.advance(timedelta(seconds=1))
    assert len(await raw.updates()) == 1
    sim.clock.advance(timedelta(days=1))
    assert await raw.updates() == []


async def test_after_a_week_of_silence_ids_start_elsewhere_and_old_offsets_lose_nothing(
    raw: Raw, nam: Person, sim: Simulator
) -> None:
    await nam.says("1")
    last = (await raw.updates())[0]["update_id"]
    await raw.updates(last + 1)
    sim.clock.advance(timedelta(days=8))
    await nam.says("2")
    update = (await raw.updates(last + 1))[0]
    assert (update["message"]["text"], abs(update["update_id"] - last) > 1) == ("2", True)


class Hook:
    """A webhook that keeps what it gets and fails as often as it is told."""

    def __init__(self) -> None:
        self.got: list[tuple[str, dict[str, Any]]] = []
        self.failures = 0
        self.answer: dict[str, Any] | None = None
        self.came = asyncio.Condition()

    async def take(self, http: web.Request) -> web.Response:
        async with self.came:
            self.got.append((http.headers.get("X-Telegram-Bot-Api-Secret-Token", ""), await http.json()))
            self.came.notify_all()
        if self.failures:
            self.failures -= 1
            return web.Response(status=500)
        return web.json_response(self.answer) if self.answer else web.Response()

    async def deliveries(self, number: int) -> list[dict[str, Any]]:
        async with self.came:
            await asyncio.wait_for(self.came.wait_for(lambda: len(self.got) >= number), 60)
        return [update for _, update in self.got]


async def serve(hook: Hook) -> tuple[web.AppRunner, str]:
    app = web.Application()
    app.router.add_post("/hook", hook.take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return runner, f"http://127.0.0.1:{runner.addresses[0][1]}/hook"


async def test_a_webhook_gets_updates_in_order_with_its_secret_until_it_accepts_them(
    raw: Raw, nam: Person, sim: Simulator
) -> None:
    hook = Hook()
    runner, url = await serve(hook)
    hook.failures = 2
    await nam.says("1")
    await nam.says("2")
    await raw.result("setWebhook", url=url, secret_token="bi-mat")
    got = await hook.deliveries(4)
    assert [u["message"]["text"] for u in got] == ["1", "1", "1", "2"]
    assert {secret for secret, _ in hook.got} == {"bi-mat"}
    await sim.idle_of_updates()
    info = await raw.result("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"
    assert info["pending_update_count"] == 0
    beside = (
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
    )
    assert await raw.refused("getUpdates") == beside
    hook.answer = {"method": "sendMessage", "chat_id": nam.id, "text": "Đã nhận"}
    await nam.says("3")
    assert (await nam.next_message()).text == "Đã nhận"
    await raw.result("deleteWebhook")
    await nam.says("4")
    assert [u["message"]["text"] for u in await raw.updates()] == ["4"]
    await runner.cleanup()


async def test_a_webhook_with_a_bad_address_or_secret_is_refused(raw: Raw) -> None:
    assert await raw.refused("setWebhook", url="ftp://x") == "Bad Request: bad webhook: invalid webhook URL specified"
    secret = await raw.refused("setWebhook", url="http://127.0.0.1/x", secret_token="có dấu")
    assert secret == "Bad Request: secret token contains unallowed characters"
    await raw.result("setWebhook", url="http://127.0.0.1:1/x", drop_pending_updates=True)
    await raw.result("setWebhook", url="")
    assert (await raw.result("getWebhookInfo"))["url"] == ""


async def test_what_an_offline_person_says_and_hears_waits_for_the_network(raw: Raw, nam: Person) -> None:
    await nam.starts()
    await nam.goes_offline()
    await nam.says("muộn")
    await raw.result("sendMessage", chat_id=nam.id, text="nhắc")
    assert (len(await raw.updates()), nam.heard) == (1, [])
    await nam.comes_back()
    assert (await nam.next_message()).text == "nhắc"
    assert [u["message"]["text"] for u in await raw.updates()] == ["/start", "muộn"]
