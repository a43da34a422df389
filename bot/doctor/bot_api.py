"""The Bot API as the doctor finds it: what it says of the bot and of the webhook, and what time it is there."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import OpenerDirector, ProxyHandler, Request, build_opener

from bot.cli.system_errors import of_system
from bot.settings import Settings
from reporting.errors import Refused

SECONDS = 10
CAME_WITH = (("has_topics_enabled", "9.3"), ("has_main_web_app", "7.8"), ("can_connect_to_business", "7.2"))
"""Fields of getMe's answer, and the Bot API that they came with, newest first: no method tells the version itself."""


@dataclass(frozen=True, slots=True)
class BotApi:
    """`away`: why it cannot be reached; `refuses`: that it does not know the token; `date`: its clock beside ours (`asked_at`)."""

    me: Mapping[str, Any] = field(default_factory=dict)
    webhook: Mapping[str, Any] = field(default_factory=dict)
    away: Refused | None = None
    refuses: bool = False
    date: datetime | None = None
    asked_at: datetime | None = None

    @property
    def version(self) -> str:
        """At least this one, as far as its answers tell; «» where they tell nothing."""
        return next((version for name, version in CAME_WITH if name in self.me), "")


def ask_bot_api(settings: Settings) -> BotApi | None:
    """Two questions, of ten seconds each at the most; None where there is no token to ask with."""
    if not settings.bot_token:
        return None
    proxies = {"http": settings.bot_proxy, "https": settings.bot_proxy} if settings.bot_proxy else None
    opener = build_opener(ProxyHandler(proxies))
    base = f"{settings.bot_api_url.rstrip('/')}/bot{settings.bot_token}"
    try:
        me, date = _ask(opener, f"{base}/getMe")
        asked_at = datetime.now(UTC)
        webhook, _ = _ask(opener, f"{base}/getWebhookInfo") if me.get("ok") else ({}, None)
    except URLError as error:
        reason = error.reason if isinstance(error.reason, OSError) else OSError()
        return BotApi(away=of_system(reason))
    except (OSError, ValueError) as error:
        return BotApi(away=of_system(error) if isinstance(error, OSError) else Refused("doctor_api_no_answer"))
    return BotApi(me.get("result") or {}, webhook.get("result") or {}, None, not me.get("ok"), date, asked_at)


def _ask(opener: OpenerDirector, url: str) -> tuple[dict[str, Any], datetime | None]:
    request = Request(url, data=b"{}", headers={"Content-Type": "application/json"})  # noqa: S310 - a setting
    try:
        with opener.open(request, timeout=SECONDS) as answer:
            body, date = answer.read(), answer.headers.get("Date")
    except HTTPError as error:
        body, date = error.read(), error.headers.get("Date")
    return dict(json.loads(body)), parsedate_to_datetime(date) if date else None
