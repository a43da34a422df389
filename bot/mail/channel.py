"""What e-mail can do. RFC 5321 (SMTP), RFC 5322 (messages)"""

from reporting.channel import Channel

MAIL = Channel(
    "email",
    text_length=50_000,
    caption_length=50_000,
    press_size=0,
    formatting="plain",
    can_edit=False,
    has_files=True,
    has_pictures=True,
    has_menu=False,
    rate=5,
    holds_all=True,
    address_pattern=r"[a-z0-9][a-z0-9._%+-]{0,63}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}",
)
