"""A secret of its own for each setting that is one, and how it is found again wherever it came to."""

import re
from base64 import b64encode
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from pydantic_settings import BaseSettings

from bot.mail.settings import MailSettings
from bot.settings import ChannelSettings, Settings
from bot.zalo.settings import ZaloSettings

SECRET = re.compile(r"token|secret|password")
PASSWORD_IN = ("database_url", "bot_proxy")
"""Settings that are addresses, in which a password may stand."""
PORTAL = "PORTAL_TINH"


def canary(name: str) -> str:
    """The secret of this name; Telegram's has the form that it must have."""
    word = f"CanarY-{name.replace('_', '-')}-8yFq"
    return f"1000:{word}" if name == "bot_token" else word


def settings_classes() -> list[type[BaseSettings]]:
    """The program's own and each channel's."""
    of_channels = ChannelSettings.__subclasses__()
    assert MailSettings in of_channels
    assert ZaloSettings in of_channels
    return [Settings, *of_channels]


def secret_fields() -> list[str]:
    return [name for kind in settings_classes() for name in kind.model_fields if SECRET.search(name)]


def canaries(kind: type[BaseSettings]) -> dict[str, Any]:
    """What such settings are made of: each secret has its own, and nothing is read from a file."""
    secrets: dict[str, Any] = {name: canary(name) for name in kind.model_fields if SECRET.search(name)}
    return secrets | {"_env_file": None}


def written(secret: str) -> Iterator[str]:
    """As it may be found: plain, in an address, and as a header or a mail server's command has it."""
    yield secret
    yield quote(secret, safe="")
    for text in (secret, f"giaoban:{secret}", f"\0giaoban\0{secret}"):
        yield b64encode(text.encode()).decode().rstrip("=")


SECRETS = [*(canary(name) for name in (*secret_fields(), *PASSWORD_IN)), canary(PORTAL)]
FORMS = [form.lower().encode() for secret in SECRETS for form in written(secret)]


def found_in(where: str, content: bytes) -> list[str]:
    """Small letters or large ones: a library writes a sentence anew."""
    small = content.lower()
    return [f"{where}: …{content[max(at - 80, 0) : at + 80]!r}" for form in FORMS if (at := small.find(form)) >= 0]
