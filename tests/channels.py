"""The channels of the tests: Telegram, as the program knows it."""

from bot.telegram.channel import TELEGRAM
from reporting.channel import Channels

CHANNELS: Channels = {TELEGRAM.name: TELEGRAM}
