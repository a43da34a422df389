"""What a Zalo bot can do. https://bot.zaloplatforms.com/docs (sendMessage, sendPhoto)"""

from reporting.channel import Channel

ZALO = Channel(
    "zalo",
    text_length=2000,
    caption_length=1700,  # 2,000, less the address of a file
    press_size=0,
    formatting="plain",
    can_edit=False,
    has_files=True,
    has_pictures=True,
    has_menu=False,
    rate=10,
    by_address=True,
)
