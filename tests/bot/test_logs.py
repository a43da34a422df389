"""Lines of the log name the update or message that they are about, for people and for machines, and never hold the token."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bot.running.logs import lines_about, log
from bot.settings import Settings

TOKEN = "123456:not-a-real-one"


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
    logger = logging.getLogger("giaoban.test")
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
    assert lines[0].endswith("INFO giaoban.test: Hearing")
    assert lines[1].endswith("WARNING giaoban.test [GB-12]: Row 40 of [token] is dead")
    assert lines[2].endswith("ERROR giaoban.test [row 40]: A bug")
    assert lines[-1].endswith("INFO giaoban.test [GB-12]: Going on")
    assert TOKEN not in "\n".join(lines)


def test_for_machines(capsys: pytest.CaptureFixture[str]) -> None:
    lines = [json.loads(each) for each in written(capsys, "json")]
    assert [each["about"] for each in lines] == ["", "GB-12", "row 40", "GB-12"]
    assert lines[1] == {
        "at": lines[1]["at"],
        "level": "WARNING",
        "logger": "giaoban.test",
        "about": "GB-12",
        "message": "Row 40 of [token] is dead",
    }
    assert lines[2]["error"].endswith("«xã Thọ Dân» [token]'")
    assert TOKEN not in json.dumps(lines)
