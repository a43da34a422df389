"""Methods by which a bot gets its updates: long polling and the webhook's settings."""

from __future__ import annotations

import asyncio
import re
from typing import Any

from simulator.bots import SimulatedBot, Webhook
from simulator.errors import Refusal
from simulator.requests import Request

Json = dict[str, Any]

SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
OTHER = "terminated by other getUpdates request; make sure that only one bot instance is running"
BESIDE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
LONGEST_POLL = 50


async def get_updates(request: Request) -> list[Json]:
    bot, cloud = request.bot, request.cloud
    _check(bot)
    bot.poll_number += 1
    mine = bot.poll_number
    if request.get("allowed_updates") is not None:
        bot.queue.allowed = list(request.params["allowed_updates"])
    gone = bot.queue.expire() + bot.queue.confirm(request.get("offset", 0))
    cloud.forget_updates(bot, gone)
    bot.queue.pulse.beat()
    loop = asyncio.get_running_loop()
    end = loop.time() + min(max(request.get("timeout", 0), 0), LONGEST_POLL)
    while True:
        batch = _batch(request)
        left = end - loop.time()
        if batch or left <= 0 or cloud.hub.stopping:
            return batch
        cloud.journal.flush()
        await bot.queue.pulse.wait(left)
        if mine != bot.poll_number:
            raise Refusal(OTHER, 409)
        _check(bot, "terminated by setWebhook request")


def _check(bot: SimulatedBot, words: str = BESIDE) -> None:
    if bot.webhook.url:
        raise Refusal(words, 409)


def _batch(request: Request) -> list[Json]:
    cloud, bot = request.cloud, request.bot
    limit = min(max(request.get("limit", 100), 1), 100)
    batch = bot.queue.batch(limit)
    if len(batch) > 1 and cloud.faults.strikes(cloud.faults.reorder):
        cloud.faults.shuffle(batch)
    for update in batch:
        if update.update_id in bot.queue.pending and cloud.faults.strikes(cloud.faults.duplicate):
            bot.queue.repeated.append(update)
    return [update.view() for update in batch]


def set_webhook(request: Request) -> bool:
    bot, url = request.bot, request.get("url", "")
    if not url:
        return delete_webhook(request)
    if not re.match(r"https?://[^/\s]+", url):
        raise Refusal("bad webhook: invalid webhook URL specified")
    secret = request.get("secret_token", "")
    if secret and not SECRET.fullmatch(secret):
        raise Refusal("secret token contains unallowed characters")
    if not 1 <= request.get("max_connections", 40) <= 100:
        raise Refusal("max_connections must be between 1 and 100")
    if request.get("allowed_updates") is not None:
        bot.queue.allowed = list(request.params["allowed_updates"])
    bot.webhook = Webhook(url, secret, request.get("max_connections", 40))
    return _settled(request)


def delete_webhook(request: Request) -> bool:
    request.bot.webhook = Webhook()
    return _settled(request)


def _settled(request: Request) -> bool:
    if request.get("drop_pending_updates"):
        request.cloud.forget_updates(request.bot, request.bot.queue.forget_all())
    request.cloud.touch_bot(request.bot)
    request.bot.queue.pulse.beat()
    request.bot.change.beat()
    return True


def get_webhook_info(request: Request) -> Json:
    hook, bot = request.bot.webhook, request.bot
    info: Json = {"url": hook.url, "has_custom_certificate": False, "pending_update_count": bot.pending}
    if hook.url:
        info["max_connections"] = hook.max_connections
    if bot.queue.allowed:
        info["allowed_updates"] = bot.queue.allowed
    if hook.last_error:
        info |= {"last_error_date": int(hook.last_error_at), "last_error_message": hook.last_error}
    return info


METHODS = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "logOut": lambda request: True,
    "close": lambda request: True,
}
