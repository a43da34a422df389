"""Where an answer to an update goes, and which language its writer's messenger speaks."""

from aiogram.types import Chat, User

from reporting.people import Address

CHANNEL = "telegram"


def address_of(chat: Chat, topic: int | None = None) -> Address:
    """Where an answer to something said in this chat goes."""
    return Address(CHANNEL, str(chat.id), topic)


def language_of(user: User | None) -> str | None:
    """The language that a person's Telegram speaks."""
    return user.language_code if user else None
