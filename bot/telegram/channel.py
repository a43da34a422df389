"""What Telegram can do. https://core.telegram.org/bots/api, https://core.telegram.org/bots/faq#broadcasting-to-users"""

from reporting.channel import Channel

TELEGRAM = Channel(
    "telegram",
    text_length=4096,
    caption_length=1024,
    press_size=64,
    formatting="html",
    can_edit=True,
    has_files=True,
    has_pictures=True,
    has_menu=True,
    rate=30,
    can_delete=True,
    opens="https://t.me/{name}",
    joins="https://t.me/{name}?start={code}",
)
