"""Keeps secrets out of every line of the log: both Telegram libraries' errors can carry the token."""

import logging
import traceback
from collections.abc import Iterable
from urllib.parse import quote

HIDDEN = "[token]"


def without(secrets: Iterable[str], text: str) -> str:
    """The text with each secret, as it is or quoted for a URL, replaced."""
    for secret in secrets:
        for written in (secret, quote(secret, safe=""), quote(secret, safe="").lower()):
            if written:
                text = text.replace(written, HIDDEN)
    return text


def without_words(error: BaseException) -> str:
    """A traceback without the errors' messages: these may quote what somebody wrote."""
    lines = [*traceback.format_tb(error.__traceback__), type(error).__name__]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "".join(lines if cause is None else [without_words(cause), "\n", *lines])


class Unspoken(Exception):
    """Stands in the log for an error of which only is told where it happened."""


class Redaction(logging.Filter):
    """A filter for handlers: it takes the secrets out of the message, its arguments and the traceback."""

    def __init__(self, *secrets: str) -> None:
        super().__init__()
        self._secrets = tuple(secret for secret in secrets if secret)

    def filter(self, record: logging.LogRecord) -> bool:
        try:
            message = record.getMessage()
        except (TypeError, ValueError) as error:  # arguments that do not fit: the line is kept all the same
            message = f"{record.msg} {record.args} ({error})"
        record.msg, record.args = without(self._secrets, message), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = "".join(traceback.format_exception(*record.exc_info)).rstrip("\n")
        if record.exc_text:
            record.exc_text = without(self._secrets, record.exc_text)
            record.exc_info = None  # a formatter that writes the traceback anew would write the secret
        if record.stack_info:
            record.stack_info = without(self._secrets, record.stack_info)
        return True


def redact(*secrets: str, logger: logging.Logger | None = None) -> Redaction:
    """Puts the filter on every handler that `logger` (default: the root) has now; hands it out for later ones."""
    redaction = Redaction(*secrets)
    for handler in (logger or logging.getLogger()).handlers:
        handler.addFilter(redaction)
    return redaction
