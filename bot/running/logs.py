"""The program's log: lines for people or for machines, each with the update or message that it is about, and never with a secret.

Whatever somebody has typed stays inside of its line: nobody writes a line of his own into the log.
"""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from bot.running.redaction import redact
from bot.settings import SHORTEST_HIDDEN, Settings

FORMAT = "%(asctime)s %(levelname)s %(name)s%(of)s: %(message)s"
OURS = frozenset(
    ("reporting", "understanding", "messages", "storage", "services", "handlers", "reminders", "bot", "simulator")
)
"""The packages whose lines are told from LOG_LEVEL on. Of libraries only warnings are: else they quote all that is said."""
QUOTING = ("telegram", "aiogram")
"""These quote in an error too what they could not read; they raise it as well, and it is told by us."""
_BREAKS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""What ends a line, or does something to a terminal; a tabulator does neither."""
_BESIDE = "\n    | "
"""Every line of a traceback begins so."""
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


class Unquoted(logging.Filter):
    """A filter for handlers: of libraries it lets through nothing that quotes what people say."""

    def filter(self, record: logging.LogRecord) -> bool:
        package = record.name.partition(".")[0]
        return package in OURS or record.levelno >= (logging.CRITICAL if package in QUOTING else logging.WARNING)


def log(settings: Settings) -> None:
    """Logging to stderr as the settings want it."""
    logging.basicConfig(level=settings.log_level, format=FORMAT)
    for handler in logging.getLogger().handlers:
        handler.addFilter(Unquoted())
        handler.addFilter(About())
        handler.setFormatter(_for_machines() if settings.log_format == "json" else ForPeople(FORMAT))
    redact(*settings.secrets, *hidden_of_channels(settings))


def hidden_of_channels(settings: Settings) -> list[str]:
    """What the channels' settings hold that is in no line of the log."""
    from bot.channels import CHANNEL_FOLDERS  # a folder's messenger logs itself

    found = (secret for each in CHANNEL_FOLDERS for secret in each.secrets(settings))
    return [each for each in found if len(each) >= SHORTEST_HIDDEN]


class ForPeople(logging.Formatter):
    """A line for each record, and under it, moved in, the traceback."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - it is called so
        return in_one_line(super().formatMessage(record))

    def format(self, record: logging.LogRecord) -> str:
        line, *below = super().format(record).split("\n")
        return _BESIDE.join([line, *map(in_one_line, below)])


def in_one_line(text: str) -> str:
    """The text with its line breaks and control characters spelled out."""
    return _BREAKS.sub(_spelled, text)


def _spelled(found: re.Match[str]) -> str:
    return "\\n" if found[0] == "\n" else f"\\u{ord(found[0]):04x}"


def _for_machines() -> logging.Formatter:
    """One JSON object a line: `at` (ISO, UTC), `level`, `logger`, `about`, `message`, and `error` where there was one."""
    from pythonjsonlogger.core import RESERVED_ATTRS  # for whoever wants it alone
    from pythonjsonlogger.json import JsonFormatter

    class ForMachines(JsonFormatter):
        def format(self, record: logging.LogRecord) -> str:
            return in_one_line(super().format(record))

    return ForMachines(
        ["asctime", "levelname", "name", "about", "message"],
        reserved_attrs=[*RESERVED_ATTRS, "of"],
        datefmt="%Y-%m-%dT%H:%M:%S%z",
        rename_fields={"asctime": "at", "levelname": "level", "name": "logger", "exc_info": "error"},
        json_ensure_ascii=False,
    )
