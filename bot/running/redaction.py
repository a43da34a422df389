"""Keeps secrets out of every line of the log, and of what is kept of errors: both Telegram libraries' can carry the token."""

import logging
import re
import traceback
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote

from reporting.answers import whole_characters

HIDDEN = "[token]"
_hidden: set[str] = set()
"""What this process writes nowhere."""


def hide(*secrets: str) -> None:
    """From now on `cleaned`, and every line of a log that has `Redaction`, is without these."""
    _hidden.update(secret for secret in secrets if secret)


def cleaned(text: str) -> str:
    """An error's words as they may be kept and shown: without secrets, and without half a letter, which no log takes."""
    return whole_characters(without(_hidden, text))


def without(secrets: Iterable[str], text: str) -> str:
    """The text with each secret, as it is or quoted for a URL, in small letters or large ones, replaced."""
    pattern = _pattern(frozenset(secrets))
    return pattern.sub(HIDDEN, text) if pattern is not None else text


@lru_cache(maxsize=64)
def _pattern(secrets: frozenset[str]) -> re.Pattern[str] | None:
    """What finds any of them; python-telegram-bot, for one, writes what was answered anew, in small letters."""
    ways = {written for secret in secrets for written in (secret, quote(secret, safe="")) if written}
    longest_first = sorted(ways, key=lambda each: (-len(each), each))
    return re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE) if ways else None


def without_words(error: BaseException) -> str:
    """A traceback without the errors' messages: these may quote what somebody wrote."""
    lines = [*traceback.format_tb(error.__traceback__), type(error).__name__]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "".join(lines if cause is None else [without_words(cause), "\n", *lines])


class Unspoken(Exception):
    """Stands in the log for an error of which only is told where it happened."""


class Redaction(logging.Filter):
    """A filter for handlers: it takes what is hidden out of the message, its arguments and the traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        try:
            message = record.getMessage()
        except (TypeError, ValueError) as error:  # arguments that do not fit: the line is kept all the same
            message = f"{record.msg} {record.args} ({error})"
        record.msg, record.args = cleaned(message), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = "".join(traceback.format_exception(*record.exc_info)).rstrip("\n")
        if record.exc_text:
            record.exc_text = cleaned(record.exc_text)
            record.exc_info = None  # a formatter that writes the traceback anew would write the secret
        if record.stack_info:
            record.stack_info = cleaned(record.stack_info)
        return True


def redact(*secrets: str, logger: logging.Logger | None = None) -> None:
    """Hides the secrets, and puts the filter on every handler that `logger` (default: the root) has now."""
    hide(*secrets)
    for handler in (logger or logging.getLogger()).handlers:
        handler.addFilter(Redaction())
