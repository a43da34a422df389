"""What this folder gives the program."""

from typing import TYPE_CHECKING

from bot.running.channel_folder import ChannelFolder, ChannelNeeds
from bot.telegram.channel import TELEGRAM
from reporting.errors import Refused

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.telegram.messenger import Telegram


def _messenger(needs: ChannelNeeds) -> "Telegram":
    from bot.telegram.messenger import Telegram

    return Telegram(needs.settings, needs.hear, needs.write, needs.now, needs.draw, needs.limits, needs.observer)


def _bot_name(settings: "Settings") -> str:
    from bot.telegram.own_name import own_name

    return own_name(settings)


def _refuse(settings: "Settings") -> None:
    if settings.bot_token and settings.webhook_url and not settings.webhook_secret:
        raise Refused("webhook_secret_missing")


TELEGRAM_FOLDER = ChannelFolder(
    TELEGRAM,
    is_wanted=lambda settings: bool(settings.bot_token),
    messenger=_messenger,
    refuse=_refuse,
    bot_name=_bot_name,
    secrets=lambda settings: (settings.bot_token, settings.webhook_secret),
)
