"""The channels of the tests: those of the program, and one that can do next to nothing."""

from bot.mail.channel import MAIL
from bot.telegram.channel import TELEGRAM
from bot.zalo.channel import ZALO
from reporting.channel import Channel, Channels

PAGER = Channel(
    "pager",
    text_length=40,
    caption_length=0,
    press_size=0,
    formatting="plain",
    can_edit=False,
    has_files=False,
    has_pictures=False,
    has_menu=False,
    rate=5,
)
CHANNELS: Channels = {each.name: each for each in (TELEGRAM, ZALO, MAIL, PAGER)}
