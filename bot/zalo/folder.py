"""What this folder gives the program."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.running.channel_folder import ChannelFolder, ChannelNeeds
from bot.zalo.channel import ZALO

if TYPE_CHECKING:
    from bot.doctor.findings import Check, DatabaseCheck
    from bot.settings import Settings
    from bot.zalo.messenger import Zalo
    from bot.zalo.settings import ZaloSettings
    from reporting.message_plan import MessagePlan


def _own(settings: "Settings") -> "ZaloSettings":
    from bot.zalo.settings import ZaloSettings

    return settings.of(ZaloSettings)


def _messenger(needs: ChannelNeeds) -> "Zalo":
    from bot.zalo.messenger import Zalo

    return Zalo(needs.settings, needs.hear, needs.write, needs.now, needs.publish, needs.limits, needs.observer)


def _refuse(settings: "Settings") -> None:
    from bot.zalo.settings import refuse_zalo

    refuse_zalo(settings)


def _secrets(settings: "Settings") -> Sequence[str]:
    return (_own(settings).zalo_token, _own(settings).zalo_webhook_secret)


def _checks() -> "Sequence[Check]":
    from bot.zalo.doctor_checks import check_zalo_settings

    return (check_zalo_settings,)


def _database_checks() -> "Sequence[DatabaseCheck]":
    from bot.zalo.doctor_checks import check_zalo

    return (check_zalo,)


def _plan(settings: "Settings") -> "MessagePlan":
    return _own(settings).plan


ZALO_FOLDER = ChannelFolder(
    ZALO,
    is_wanted=lambda settings: bool(_own(settings).zalo_token),
    messenger=_messenger,
    bot_name=lambda settings: _own(settings).zalo_name,
    refuse=_refuse,
    secrets=_secrets,
    checks=_checks,
    database_checks=_database_checks,
    alerts=_database_checks,
    plan=_plan,
)
