"""The channels by which people are heard and spoken to: a new one is a folder, and one line here."""

from bot.mail.folder import MAIL_FOLDER
from bot.running.channel_folder import ChannelFolder
from bot.settings import Settings
from bot.telegram.folder import TELEGRAM_FOLDER
from bot.zalo.folder import ZALO_FOLDER
from reporting.message_plan import MessagePlan

CHANNEL_FOLDERS = (
    TELEGRAM_FOLDER,
    ZALO_FOLDER,
    MAIL_FOLDER,
)


def wanted_channels(settings: Settings) -> list[ChannelFolder]:
    """Those that the settings name."""
    return [each for each in CHANNEL_FOLDERS if each.is_wanted(settings)]


def plans_of(settings: Settings) -> dict[str, MessagePlan]:
    """By channel, where one counts what is sent."""
    found = ((each.channel.name, each.plan(settings)) for each in wanted_channels(settings))
    return {name: plan for name, plan in found if plan is not None}
