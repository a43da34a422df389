"""`giaoban` in this process, with its settings in the environment, on both databases."""

from collections.abc import Callable
from math import inf
from pathlib import Path

import pytest

from bot.cli.main import main
from tests.postgres import fresh_database

Giaoban = Callable[..., tuple[int, str, str]]


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgresql":
        return fresh_database(request.getfixturevalue("postgres"))
    return f"sqlite:///{tmp_path / 'desk.db'}"


@pytest.fixture
def giaoban(
    empty_database: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Giaoban:
    """Runs a command: its exit status, what it printed and what it complained of."""
    monkeypatch.setenv("DATABASE_URL", empty_database)
    monkeypatch.setattr(
        "bot.cli.progress.EVERY_FEW_SECONDS", inf
    )  # a busy machine would have something to tell of quick work
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> tuple[int, str, str]:
        try:
            status = main(arguments)
        except SystemExit as stop:
            status = int(stop.code or 0)
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return run
