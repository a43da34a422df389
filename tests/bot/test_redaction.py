"""The token is in no line of the log."""

import io
import logging
import sys
from typing import Any

import pytest

from bot.running import redaction
from bot.running.redaction import HIDDEN, Redaction, hide, redact, without

TOKEN = "123456:ABC-def_GHI"


@pytest.fixture(autouse=True)
def _nothing_else_is_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test hides stays in no other."""
    monkeypatch.setattr(redaction, "_hidden", set())


def logged(message: str, args: tuple[object, ...] = ()) -> str:
    """The line that is logged with this message and an error that carries the token."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    hide(TOKEN)
    handler.addFilter(Redaction())
    record = logging.LogRecord("test", logging.ERROR, __file__, 1, message, args, _error())
    handler.handle(record)
    return stream.getvalue()


def _error() -> Any:
    try:
        raise_with_token()
    except ConnectionError:
        return sys.exc_info()


def raise_with_token() -> None:
    raise ConnectionError(f"https://api.telegram.org/bot{TOKEN}/getMe")


@pytest.mark.parametrize(
    ("message", "args"),
    [
        (f"POST /bot{TOKEN}/sendMessage", ()),
        ("POST %s", (f"/bot{TOKEN}/sendMessage",)),
        ("POST %s %r", ("123456%3AABC-def_GHI", {"url": TOKEN})),
        ("POST %s", (RuntimeError(TOKEN),)),
        (f"arguments that do not fit: %d {TOKEN}", ("x",)),
    ],
)
def test_no_line_carries_it(message: str, args: tuple[object, ...]) -> None:
    line = logged(message=message, args=args)
    assert "ABC-def_GHI" not in line
    assert HIDDEN in line
    assert "ConnectionError" in line


def test_a_line_without_it_stays_as_it_is() -> None:
    assert logged(message="Chào %s", args=("bạn",)).startswith("Chào bạn\n")


def test_it_is_found_in_small_letters_too() -> None:
    """python-telegram-bot writes «Not found: bot123456:abc…» of what a server answered."""
    assert without([TOKEN, "abc"], f"Bot{TOKEN.lower()} is unknown") == f"Bot{HIDDEN} is unknown"
    assert without([], "as it is") == without([""], "as it is") == "as it is"


def test_the_stack_of_a_line_is_cleaned_too() -> None:
    record = logging.LogRecord("test", logging.ERROR, __file__, 1, "x", (), None, sinfo=f"in bot{TOKEN}")
    hide(TOKEN)
    Redaction().filter(record)
    assert record.stack_info == f"in bot{HIDDEN}"


def test_every_handler_of_a_logger_gets_it() -> None:
    logger, stream = logging.getLogger("tests.redaction"), io.StringIO()
    logger.propagate = False
    logger.addHandler(logging.StreamHandler(stream))
    redact(TOKEN, "", logger=logger)
    logger.error("token %s", TOKEN)
    assert stream.getvalue() == f"token {HIDDEN}\n"


def test_no_secret_hides_nothing() -> None:
    assert without([""], "abc") == "abc"
