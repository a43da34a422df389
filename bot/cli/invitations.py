"""`giaoban invite`: a link that gives a duty to whoever opens it."""

import asyncio
import json
from argparse import Namespace

from bot.cli.common import database, now, today
from bot.settings import Settings, read_settings
from bot.telegram.http_transport import Wire, WireError
from reporting.errors import Refused
from services.invite import invite as make_invitation
from storage.organisation import units


def invite(chosen: Namespace) -> None:
    """`invite ROLE UNIT [--days N] [--uses N]`: prints the link."""
    settings = read_settings()
    with database(settings) as connection:
        unit = units.tree(connection).known(chosen.unit, today(settings))
    if not settings.bot_token:
        raise Refused("token_missing")
    username = asyncio.run(bot_name(settings))
    with database(settings, writes=True) as connection:
        code = make_invitation(connection, chosen.role, unit, chosen.days, chosen.uses, now(settings))
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
