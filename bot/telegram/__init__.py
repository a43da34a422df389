"""The channel Telegram: the ear that hears, the speaker that says, and what both know of the Bot API."""

import sys

sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]  # httpx's command line, which python-telegram-bot would bring: 10 MB
