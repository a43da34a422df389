"""The channels by which people are heard and spoken to: a new one is a folder, and one line here."""

from bot.mail.folder import MAIL_FOLDER
from bot.telegram.folder import TELEGRAM_FOLDER
from bot.zalo.folder import ZALO_FOLDER

CHANNEL_FOLDERS = (
    TELEGRAM_FOLDER,
    ZALO_FOLDER,
    MAIL_FOLDER,
)
