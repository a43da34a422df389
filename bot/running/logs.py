"""The program's log: lines for people or for machines, each with the update or message that it is about, and never with the token."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from bot.running.redaction import redact
from bot.settings import Settings

FORMAT = "%(asctime)s %(levelname)s %(name)s%(of)s: %(message)s"
NOISY = ("httpx", "apscheduler", "asyncio", "PIL", "aiohttp.access")
_about: ContextVar[str] = ContextVar("about", default="")


@contextmanager
def lines_about(what: str) -> Iterator[None]:
    """Every line that is logged meanwhile, here and in what is called, is about `what`: «GB-12», «row 40»."""
    token = _about.set(what)
    try:
        yield
    finally:
        _about.reset(token)


class About(logging.Filter):
    """A filter for handlers: gives a line `about`, for machines, and `of`, for people."""

    def filter(self, record: logging.LogRecord) -> bool:
        what = _about.get()
        record.__dict__.update(about=what, of=f" [{what}]" if what else "")
        return True


def log(settings: Settings) -> None:
    """Logging to stderr as the settings want it."""
    logging.basicConfig(level=settings.log_level, format=FORMAT)
    for handler in logging.getLogger().handlers:
        handler.addFilter(About())
        if settings.log_format == "json":
            handler.setFormatter(_for_machines())
    for noisy in NOISY:
        logging.getLogger(noisy).setLevel(logging.WARNING)
    redact(settings.bot_token, settings.zalo_token, settings.zalo_webhook_secret)


def _for_machines() -> logging.Formatter:
    """One JSON object a line: `at` (ISO, UTC), `level`, `logger`, `about`, `message`, and `error` where there was one."""
    from pythonjsonlogger.core import RESERVED_ATTRS  # for whoever wants it alone
    from pythonjsonlogger.json import JsonFormatter

    return JsonFormatter(
        ["asctime", "levelname", "name", "about", "message"],
        reserved_attrs=[*RESERVED_ATTRS, "of"],
        datefmt="%Y-%m-%dT%H:%M:%S%z",
        rename_fields={"asctime": "at", "levelname": "level", "name": "logger", "exc_info": "error"},
        json_ensure_ascii=False,
    )
