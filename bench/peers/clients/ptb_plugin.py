"""A plugin for python-telegram-bot's own tests: sends its live bots to the simulator and writes what came of each test."""

import json
import os
from importlib import import_module
from pathlib import Path
from typing import Any

import httpx
import pytest

GIVEN: dict[str, Any] = json.loads(os.environ["PEER"])
"""`url` of the simulator, `results` (a file), and `bot`: what the tests want to know of their bot and its chats."""
TELEGRAM = "api.telegram.org"
REFUSED = "Not Implemented: the simulator "
WORSE = ("passed", "skipped", "refused", "wrong")
outcomes: dict[str, tuple[str, str]] = {}
made, handled = httpx.AsyncHTTPTransport.__init__, httpx.AsyncHTTPTransport.handle_async_request


def _made(self: httpx.AsyncHTTPTransport, *args: Any, **options: Any) -> None:
    made(self, *args, **options | {"verify": False, "http1": True, "http2": False})


async def _handled(self: httpx.AsyncHTTPTransport, request: httpx.Request) -> httpx.Response:
    """What goes to Telegram goes to the simulator; nothing else leaves this machine."""
    if request.url.host == TELEGRAM:
        here = httpx.URL(GIVEN["url"])
        request.url = request.url.copy_with(scheme=here.scheme, host=here.host, port=here.port)
    elif request.url.host not in ("127.0.0.1", "localhost"):
        raise httpx.ConnectError(f"there is no network here: {request.url.host}")
    return await handled(self, request)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "flaky: as theirs; here nothing is tried again")
    import_module("tests.auxil.ci_bots").BOT_INFO_PROVIDER._cached = GIVEN["bot"]
    httpx.AsyncHTTPTransport.__init__ = _made  # type: ignore[method-assign]
    httpx.AsyncHTTPTransport.handle_async_request = _handled  # type: ignore[method-assign]


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    words = report.longreprtext
    outcome = report.outcome if report.outcome != "failed" else "refused" if REFUSED in words else "wrong"
    before = outcomes.get(report.nodeid, ("passed", ""))
    outcomes[report.nodeid] = max(before, (outcome, words), key=lambda each: WORSE.index(each[0]))


def pytest_sessionfinish() -> None:
    Path(GIVEN["results"]).write_text(json.dumps(outcomes), encoding="utf-8")
