"""`giaoban invite`: a link that gives a duty to whoever opens it."""

import asyncio
import json
from argparse import Namespace
from datetime import timedelta
from secrets import token_urlsafe

from bot.cli.common import database, now, today
from bot.settings import Settings, read_settings
from bot.telegram.http_transport import Wire, WireError
from reporting.errors import Refused
from storage.database import audit
from storage.organisation import people, units


def invite(chosen: Namespace) -> None:
    """`invite ROLE UNIT [--days N] [--uses N]`: prints the link."""
    settings = read_settings()
    with database(settings) as connection:
        unit = units.tree(connection).find(chosen.unit, today(settings))
    if unit is None:
        raise Refused("unit_unknown", code=chosen.unit)
    if not settings.bot_token:
        raise Refused("token_missing")
    username = asyncio.run(bot_name(settings))
    code = token_urlsafe(18)
    with database(settings, writes=True) as connection:
        at = now(settings)
        expires_at = at + timedelta(days=chosen.days)
        people.invite(connection, code, chosen.role, unit.id, expires_at, chosen.uses, at)
        audit.write(connection, at, None, "invite", unit_id=unit.id, role=chosen.role, uses=chosen.uses)
    print(f"https://t.me/{username}?start={code}")


async def bot_name(settings: Settings) -> str:
    """The bot's own name, asked of Telegram. Refused where Telegram is not reached or does not know the token."""
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
