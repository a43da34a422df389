"""What a channel's folder gives the program: all that is asked of it, so that nothing outside the folder names the channel."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Never

from reporting.channel import Channel
from reporting.message_plan import MessagePlan

if TYPE_CHECKING:
    from bot.doctor.findings import Check, DatabaseCheck
    from bot.running.file_addresses import Publish
    from bot.running.messenger import Hear, Messenger
    from bot.running.observer import Observer
    from bot.running.outbox_worker import Write
    from bot.settings import Settings
    from reporting.pace import Limits
    from reporting.say import Drawn


@dataclass(frozen=True, slots=True)
class ChannelNeeds:
    """What the program has for a messenger: `hear` stores what came, `write` and `now` are the outbox worker's, `draw` makes a
    picture or a file, `publish` gives it an address; `limits`: the channel's own unless others are given.
    """

    settings: "Settings"
    hear: "Hear"
    write: "Write"
    now: Callable[[], datetime]
    draw: "Callable[[Drawn], bytes]"
    publish: "Publish"
    limits: "Limits | None"
    observer: "Observer"


def asks_nothing(settings: "Settings") -> None:
    """Where no settings can be wrong together."""


def hides_nothing(settings: "Settings") -> Sequence[str]:
    """Where the settings hold no secret but those that are hidden anyway."""
    return ()


def no_checks() -> "Sequence[Never]":
    """Where the doctor has nothing to look at."""
    return ()


def no_plan(settings: "Settings") -> MessagePlan | None:
    """Where nobody counts messages."""
    return None


def unnamed(settings: "Settings") -> str:
    """Where people know the bot by no name."""
    return ""


@dataclass(frozen=True, slots=True)
class ChannelFolder:
    """One channel. Its messenger's libraries and its checks are imported when they are asked for, not before.

    `is_wanted`: whether the settings name it. `bot_name`: what the bot is called there, which may be asked of the messenger: raises
    Refused. `messenger`: its edge in the running program. `refuse`: raises Refused where settings
    are wrong together. `secrets`: what is in no line of the log. `checks`: the doctor's; `database_checks`: those that need the
    database; `alerts`: those of the latter that ask nobody outside, and are looked at every minute. `plan`: what may be sent a month,
    if anybody counts. Settings of its own are a `ChannelSettings` in the folder, asked for by `Settings.of`.
    """

    channel: Channel
    is_wanted: "Callable[[Settings], bool]"
    messenger: "Callable[[ChannelNeeds], Messenger]"
    bot_name: "Callable[[Settings], str]" = unnamed
    refuse: "Callable[[Settings], None]" = asks_nothing
    secrets: "Callable[[Settings], Sequence[str]]" = hides_nothing
    checks: "Callable[[], Sequence[Check]]" = no_checks
    database_checks: "Callable[[], Sequence[DatabaseCheck]]" = no_checks
    alerts: "Callable[[], Sequence[DatabaseCheck]]" = no_checks
    plan: "Callable[[Settings], MessagePlan | None]" = no_plan
