"""Lines of the log name the update or message that they are about, for people and machines, never hold a secret, and stay lines."""

import json
import logging
import re
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bot.running.logs import OURS, lines_about, log
from bot.settings import Settings
from tests.environment import ROOT

TOKEN = "123456:not-a-real-one"
TYPED = "con tôi sốt cao"


@contextmanager
def bare_root() -> Iterator[None]:
    """The root logger without handlers, and afterwards as it was: pytest has some of its own on it."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    root.handlers.clear()
    try:
        yield
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)


def say_something() -> None:
    logger = logging.getLogger("bot.test")
    logger.info("Hearing")
    with lines_about("GB-12"):
        logger.warning("Row 40 of %s is dead", TOKEN)
        with lines_about("row 40"):
            try:
                int(f"«xã Thọ Dân» {TOKEN}")
            except ValueError:
                logger.exception("A bug")
        logger.info("Going on")


def written(capsys: pytest.CaptureFixture[str], log_format: str) -> list[str]:
    with bare_root():
        log(Settings(bot_token=TOKEN, log_format=log_format, _env_file=None))
        say_something()
    return capsys.readouterr().err.splitlines()


def test_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    lines = written(capsys, "text")
    assert lines[0].endswith("INFO bot.test: Hearing")
    assert lines[1].endswith("WARNING bot.test [GB-12]: Row 40 of [token] is dead")
    assert lines[2].endswith("ERROR bot.test [row 40]: A bug")
    assert lines[-1].endswith("INFO bot.test [GB-12]: Going on")
    assert TOKEN not in "\n".join(lines)


def test_for_machines(capsys: pytest.CaptureFixture[str]) -> None:
    lines = [json.loads(each) for each in written(capsys, "json")]
    assert [each["about"] for each in lines] == ["", "GB-12", "row 40", "GB-12"]
    assert lines[1] == {
        "at": lines[1]["at"],
        "level": "WARNING",
        "logger": "bot.test",
        "about": "GB-12",
        "message": "Row 40 of [token] is dead",
    }
    assert lines[2]["error"].endswith("«xã Thọ Dân» [token]'")
    assert TOKEN not in json.dumps(lines)


FORGED = "2021-11-10 09:00:00,000 CRITICAL bot.running.clerk: The clerk has ended"
BREAKS = (
    "\n",
    "\r",
    "\r\n",
    "\x0b",
    "\x0c",
    "\x1c",
    "\x1e",
    "\x85",
    "\u2028",
    "\u2029",
    "\x1b[2K\x1b[1A",
    "\x00",
    "\x9b2J",
    "\ud800",
)


def says_typed_text(typed: str) -> None:
    logger = logging.getLogger("bot.test")
    logger.warning("A file called %s", typed)
    logger.warning("A file called %r", {"name": typed})
    try:
        cannot_read(typed)
    except ValueError:
        logger.exception("Not read: %s", typed)


def cannot_read(typed: str) -> None:
    raise ValueError(typed)


@pytest.mark.parametrize("break_of_line", BREAKS)
@pytest.mark.parametrize("log_format", ["text", "json"])
def test_what_is_typed_writes_no_line_of_its_own(
    capsys: pytest.CaptureFixture[str], log_format: str, break_of_line: str
) -> None:
    with bare_root():
        log(Settings(bot_token=TOKEN, log_format=log_format, _env_file=None))
        says_typed_text(f"a{break_of_line}{FORGED}")
    written = capsys.readouterr().err
    lines = written.splitlines()
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]", written), lines
    assert [each for each in lines if each.startswith(FORGED)] == []
    if log_format == "json":
        assert [json.loads(each)["level"] for each in lines] == ["WARNING", "WARNING", "ERROR"]
        assert json.loads(lines[0])["message"].endswith(FORGED)
    else:
        assert [each for each in lines if not each.startswith("    | ")] == [lines[0], lines[1], lines[2]]


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_no_secret_is_in_a_line(capsys: pytest.CaptureFixture[str], log_format: str) -> None:
    secrets = {"bot_token": TOKEN, "webhook_secret": "knock-knock-77", "database": "s3cr/t pass", "proxy": "pr0xyword"}
    with bare_root():
        settings = Settings(
            bot_token=TOKEN,
            webhook_secret=secrets["webhook_secret"],
            database_url="postgresql://gb:s3cr%2Ft%20pass@127.0.0.1/gb",
            bot_proxy="http://gb:pr0xyword@127.0.0.1:3128",
            log_format=log_format,
            _env_file=None,
        )
        log(settings)
        for each in secrets.values():
            says_typed_text(f"not reached: {each}")
        logging.getLogger("bot.test").error("%s, %s", settings.database_url, settings.bot_proxy)
    written = capsys.readouterr().err
    assert [name for name, each in secrets.items() if each in written or json.dumps(each)[1:-1] in written] == []
    assert "s3cr%2Ft%20pass" not in written


@pytest.mark.parametrize("level", ["INFO", "DEBUG"])
def test_libraries_that_quote_what_is_said_and_answered_are_not_heard(
    capsys: pytest.CaptureFixture[str], level: str
) -> None:
    with bare_root():
        log(Settings(bot_token=TOKEN, log_level=level, _env_file=None))
        for library in ("telegram.ext.ExtBot", "httpx", "sqlalchemy.engine"):
            logging.getLogger(library).debug("sendMessage with %s", TYPED)
        logging.getLogger("telegram.request.BaseRequest").error("Can not load invalid JSON data: %s", TYPED)
        logging.getLogger("asyncio").error("Task exception was never retrieved")
        logging.getLogger("bot.test").debug("Handled")
    written = capsys.readouterr().err
    assert TYPED not in written
    assert ("Handled" in written) == (level == "DEBUG")
    assert "never retrieved" in written


def test_what_is_ours_is_all_that_is_shipped() -> None:
    """Or some of it would be heard from warnings on alone."""
    shipped = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert set(shipped["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]) == OURS
