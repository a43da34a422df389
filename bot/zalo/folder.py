"""What this folder gives the program."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.running.channel_folder import ChannelFolder, ChannelNeeds
from bot.zalo.channel import ZALO
from reporting.errors import Refused

if TYPE_CHECKING:
    from bot.doctor.findings import DatabaseCheck
    from bot.settings import Settings
    from bot.zalo.messenger import Zalo

MIN_SECRET, MAX_SECRET = 8, 256
"""Letters of the secret that Zalo takes."""


def _messenger(needs: ChannelNeeds) -> "Zalo":
    from bot.zalo.messenger import Zalo

    return Zalo(needs.settings, needs.hear, needs.write, needs.now, needs.publish, needs.limits, needs.observer)


def _refuse(settings: "Settings") -> None:
    if settings.zalo_webhook_url and not MIN_SECRET <= len(settings.zalo_webhook_secret) <= MAX_SECRET:
        raise Refused("zalo_secret_missing")


def _checks() -> "Sequence[DatabaseCheck]":
    from bot.doctor.zalo_checks import check_zalo

    return (check_zalo,)


ZALO_FOLDER = ChannelFolder(
    ZALO,
    is_wanted=lambda settings: bool(settings.zalo_token),
    messenger=_messenger,
    bot_name=lambda settings: settings.zalo_name,
    refuse=_refuse,
    secrets=lambda settings: (settings.zalo_token, settings.zalo_webhook_secret),
    checks=_checks,
    alerts=_checks,
    plan=lambda settings: settings.zalo_plan,
)
