"""The channels by which people are heard and spoken to: a new one is a folder, and one line here."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.mail.folder import MAIL_FOLDER
from bot.running.channel_folder import ChannelFolder
from bot.telegram.folder import TELEGRAM_FOLDER
from bot.zalo.folder import ZALO_FOLDER
from reporting.channel import Channel, Channels
from reporting.message_plan import MessagePlan

if TYPE_CHECKING:
    from bot.running.messenger import Messenger
    from bot.settings import Settings

CHANNEL_FOLDERS = (
    TELEGRAM_FOLDER,
    ZALO_FOLDER,
    MAIL_FOLDER,
)


class KnownChannels(dict[str, Channel]):
    """By name. One of which this release knows nothing is not set: who is found there alone cannot be told, and everybody else can."""

    def __missing__(self, name: str) -> Channel:
        return replace(TELEGRAM_FOLDER.channel, name=name, is_set=False)


ALL_CHANNELS: Channels = KnownChannels({each.channel.name: each.channel for each in CHANNEL_FOLDERS})
"""For who leaves words to the running program, whatever that is set to speak on."""


def channels_of(messengers: Mapping[str, "Messenger"]) -> Channels:
    """All there are, those of the messengers as they are spoken on, the others as not set."""
    others = {name: replace(each, is_set=False) for name, each in ALL_CHANNELS.items()}
    return KnownChannels(others | {name: each.channel for name, each in messengers.items()})


def channels_by(settings: "Settings") -> Channels:
    """All there are, those that the settings do not name as not set; where they name none, nobody knows here which are set."""
    wanted = {each.channel.name for each in wanted_channels(settings)}
    return KnownChannels(
        {name: replace(each, is_set=name in wanted or not wanted) for name, each in ALL_CHANNELS.items()}
    )


def wanted_channels(settings: "Settings") -> list[ChannelFolder]:
    """Those that the settings name."""
    return [each for each in CHANNEL_FOLDERS if each.is_wanted(settings)]


def plans_of(settings: "Settings") -> dict[str, MessagePlan]:
    """By channel, where one counts what is sent."""
    found = ((each.channel.name, each.plan(settings)) for each in wanted_channels(settings))
    return {name: plan for name, plan in found if plan is not None}
