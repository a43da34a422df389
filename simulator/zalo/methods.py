"""The methods of the Zalo Bot API: what each takes, and what it gives. https://bot.zaloplatforms.com/docs"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import aiohttp

from simulator.zalo.chats import Json, Webhook, ZaloGroup, ZaloMessage, ZaloRefusal, ZaloUser, ZaloWorld

LONGEST = 2_000
"""Characters of a text or a caption, in UTF-16 units, as `text_styles` counts them."""
LARGEST_PICTURE = 10_000_000
FETCH_SECONDS = 10
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
"""By its months messages are counted."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a method. `allows_http`: addresses of this machine may be without TLS."""

    world: ZaloWorld
    params: Json
    allows_http: bool

    def text(self, name: str, most: int = 4_096) -> str:
        """A parameter that must be there, as a text of 1 to `most` UTF-16 units."""
        value = self.params.get(name)
        if not isinstance(value, str) or not value:
            raise ZaloRefusal(400, f"{name} is required")
        if len(value.encode("utf-16-le")) // 2 > most:
            raise ZaloRefusal(400, f"{name} must be 1 to {most} characters")
        return value

    def address(self, name: str) -> str:
        """An https address; http on this machine, where that is allowed."""
        url = self.text(name)
        parts = urlsplit(url)
        is_here = self.allows_http and parts.hostname in ("127.0.0.1", "localhost", "::1")
        if not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and is_here)):
            raise ZaloRefusal(400, f"{name} must be an https address")
        return url


async def get_me(call: Call) -> Json:
    return call.world.bot.view()


async def get_updates(call: Call) -> Any:
    """One update; there is no offset: what was handed out is not handed out again."""
    world = call.world
    if world.bot.webhook is not None:
        if not world.contradictions.poll_ends_webhook:
            raise ZaloRefusal(409, "getUpdates does not work while a webhook is set")
        world.bot.webhook = None
    try:
        seconds = float(call.params.get("timeout", 30))
    except (TypeError, ValueError):
        raise ZaloRefusal(400, "timeout must be a number of seconds") from None
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    while not world.bot.waiting:
        left = end - loop.time()
        if left <= 0 or not await world.pulse.wait(left):
            raise ZaloRefusal(408, "Request timeout")
    update = world.bot.waiting.popleft()
    world.pulse.beat()
    return [update] if world.contradictions.array else update


async def set_webhook(call: Call) -> Json:
    url, secret = call.address("url"), call.text("secret_token")
    if not 8 <= len(secret) <= 256:
        raise ZaloRefusal(400, "secret_token must be 8 to 256 characters")
    call.world.bot.webhook = Webhook(url, secret, call.world.milliseconds())
    call.world.pulse.beat()
    return _hook(call.world)


async def delete_webhook(call: Call) -> Json:
    call.world.bot.webhook = None
    return {"url": "", "updated_at": call.world.milliseconds()}


async def webhook_info(call: Call) -> Json:
    if call.world.bot.webhook is None:
        if not call.world.contradictions.empty_info:
            raise ZaloRefusal(404, "Webhook not found")
        return {"url": "", "updated_at": 0}
    return _hook(call.world)


def _hook(world: ZaloWorld) -> Json:
    hook = world.bot.webhook
    return {"url": hook.url, "updated_at": hook.updated_at} if hook else {}


async def send_message(call: Call) -> Json:
    text = call.text("text", LONGEST)
    if call.params.get("parse_mode", "html") not in ("markdown", "html"):
        raise ZaloRefusal(400, "parse_mode must be markdown or html")
    return _send(call, _receiver(call), text=text)


async def send_photo(call: Call) -> Json:
    """A picture at an address, which is really fetched from there."""
    chat, url = _receiver(call), call.address("photo")
    caption = call.text("caption", LONGEST) if "caption" in call.params else ""
    return _send(call, chat, caption=caption, photo=await _fetched(url), address=url)


async def send_sticker(call: Call) -> Json:
    return _send(call, _receiver(call), sticker=call.text("sticker"))


async def send_voice(call: Call) -> Json:
    url = call.address("voice_url")
    if not urlsplit(url).path.endswith(".aac"):
        raise ZaloRefusal(400, "voice_url must end in .aac")
    chat = _receiver(call)
    if isinstance(chat, ZaloGroup):
        raise ZaloRefusal(400, "voice is for one person's chat")
    return _send(call, chat, address=url)


async def send_chat_action(call: Call) -> None:
    _receiver(call, counts=False)
    if call.text("action") != "typing":
        raise ZaloRefusal(400, "action must be typing")


def _receiver(call: Call, *, counts: bool = True) -> ZaloUser | ZaloGroup:
    """The chat that may be written to now."""
    world, plan = call.world, call.world.plan
    chat = world.chat(call.text("chat_id"))
    if chat is None:
        raise ZaloRefusal(404, "chat not found")
    if isinstance(chat, ZaloUser):
        if not chat.has_written:
            raise ZaloRefusal(403, "the user has not written to the bot")
        if chat.blocks:
            raise ZaloRefusal(403, "the user has blocked the bot")
        if chat.id not in world.writers()[: plan.users]:
            raise ZaloRefusal(429, f"user quota of the plan exceeded: {plan.users} users")
    elif not chat.has_bot or chat.id not in list(world.groups)[: plan.groups]:
        raise ZaloRefusal(403, "the bot is not in the group")
    if counts and world.bot.sent.get(_month(world), 0) >= plan.messages_a_month:
        raise ZaloRefusal(429, f"message quota of the month exceeded: {plan.messages_a_month} messages")
    return chat


def _send(call: Call, chat: ZaloUser | ZaloGroup, **content: Any) -> Json:
    world, month = call.world, _month(call.world)
    message: ZaloMessage = world.message("", **content)
    world.bot.sent[month] = world.bot.sent.get(month, 0) + 1
    chat.messages.append(message)
    chat.unheard.append(message)
    world.pulse.beat()
    return {"message_id": message.message_id, "date": message.date}


def _month(world: ZaloWorld) -> str:
    return f"{world.clock.now().astimezone(ZONE):%Y-%m}"


async def _fetched(url: str) -> bytes:
    timeout = aiohttp.ClientTimeout(total=FETCH_SECONDS)
    try:
        async with aiohttp.ClientSession(timeout=timeout) as session, session.get(url) as response:
            if response.status != 200 or not response.content_type.startswith("image/"):
                raise ZaloRefusal(400, f"photo is no picture: {response.status} {response.content_type}")
            content = await response.content.read(LARGEST_PICTURE + 1)
            while len(content) <= LARGEST_PICTURE and (more := await response.content.read(LARGEST_PICTURE)):
                content += more
    except (aiohttp.ClientError, TimeoutError) as error:
        raise ZaloRefusal(400, f"photo was not fetched: {type(error).__name__}") from error
    if len(content) > LARGEST_PICTURE:
        raise ZaloRefusal(400, "photo is too large")
    return content


@dataclass(frozen=True, slots=True)
class Method:
    """What carries it out, and the names of all that it takes."""

    carries_out: Callable[[Call], Awaitable[Any]]
    takes: tuple[str, ...] = ()


METHODS: Mapping[str, Method] = {
    "getMe": Method(get_me),
    "getUpdates": Method(get_updates, ("timeout",)),
    "setWebhook": Method(set_webhook, ("url", "secret_token")),
    "deleteWebhook": Method(delete_webhook),
    "getWebhookInfo": Method(webhook_info),
    "sendMessage": Method(send_message, ("chat_id", "text", "parse_mode", "text_styles", "reply_to_message_id")),
    "sendPhoto": Method(send_photo, ("chat_id", "photo", "caption")),
    "sendSticker": Method(send_sticker, ("chat_id", "sticker")),
    "sendVoice": Method(send_voice, ("chat_id", "voice_url")),
    "sendChatAction": Method(send_chat_action, ("chat_id", "action")),
}
"""Names are told apart by their capitals too."""
