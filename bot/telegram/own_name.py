"""The bot's own name at Telegram, for whoever is no running program."""

import asyncio
import json

from bot.running.http_transport import Wire, WireError
from bot.settings import Settings
from reporting.errors import Refused


def own_name(settings: Settings) -> str:
    """The name, asked of Telegram. Refused where Telegram is not reached or does not know the token."""
    return asyncio.run(_asked(settings))


async def _asked(settings: Settings) -> str:
    wire = Wire(settings.bot_proxy)
    try:
        status, body = await wire.call(f"{settings.bot_api_url.rstrip('/')}/bot{settings.bot_token}/getMe", {})
        if status != 200:
            raise Refused("token_wrong")
        return str(json.loads(body)["result"]["username"])
    except (WireError, ValueError, KeyError):
        raise Refused("telegram_away", url=settings.bot_api_url) from None
    finally:
        await wire.close()
