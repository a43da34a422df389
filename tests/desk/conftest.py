"""`giaoban` in this process, with its settings in the environment, on both databases."""

from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from math import inf
from pathlib import Path

import pytest

from bot.cli.main import main
from tests.databases import fresh_of_kind
from tests.environment import ROOT
from tests.migrated import begin_as, begin_at

Giaoban = Callable[..., tuple[int, str, str]]
UNITS = ROOT / "forms" / "demo" / "units.csv"
DAILY = ROOT / "forms" / "covid_daily.md"


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return fresh_of_kind(request, tmp_path / "desk.db")


@pytest.fixture
def desk_database(empty_database: str) -> str:
    """One with our tables."""
    begin_at(empty_database)
    return empty_database


@pytest.fixture
def giaoban_anew(
    empty_database: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Giaoban:
    """Runs a command: its exit status, what it printed and what it complained of. The first one finds an empty database."""
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


@pytest.fixture
def giaoban(giaoban_anew: Giaoban, desk_database: str) -> Giaoban:
    """The same, where the database has our tables."""
    return giaoban_anew


def furnish(url: str) -> None:
    """Our tables with the units and the form, by the commands themselves."""
    begin_at(url)
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(StringIO()):
        patch.setenv("DATABASE_URL", url)
        assert main(("units", "import", str(UNITS))) == 0
        assert main(("form", "publish", str(DAILY), "--from", "2021-10-01")) == 0


@pytest.fixture
def furnished(giaoban_anew: Giaoban, empty_database: str) -> Giaoban:
    begin_as(empty_database, furnish)
    return giaoban_anew
