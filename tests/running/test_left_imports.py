"""What a killed import has left is taken back by the running bot: beside its work, once, and gone on with after a stop."""

import signal
from pathlib import Path
from random import Random

import pytest

from bot.running.left_imports import LeftImports
from storage.database.process_locks import alone
from tests.services.history import LATER, bring, furnish, history, killed_at, opened, tables
from tests.services.office import ZONE
from tests.sqlite import fresh_sqlite

Tables = dict[str, list[tuple[object, ...]]]


@pytest.fixture
def left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, Tables]:
    """A database in which an import was killed, and what was in it before."""
    monkeypatch.setattr("storage.database.short_transactions.FIRST_SIZE", 1.0)
    monkeypatch.setattr("storage.database.short_transactions.SECONDS", 0.0)
    monkeypatch.setattr("storage.database.short_transactions.PAUSE", 0.0)
    url = fresh_sqlite(tmp_path / "left.db", furnish)
    bring(url, history(Random(2), 0.3))
    before = stands(url)
    assert (
        killed_at("storage.figures.history_imports:over", 1, lambda: bring(url, history(Random(1), 1.0)))
        == signal.SIGKILL
    )
    assert stands(url)["history_before"]
    return url, before


def stands(url: str) -> Tables:
    with opened(url) as engine:
        return tables(engine)


async def test_it_is_taken_back_and_what_stood_before_stands(left: tuple[str, Tables]) -> None:
    url, before = left
    found = LeftImports(url, ZONE)
    found.begin(LATER)
    found.begin(LATER)
    await found.finished()
    assert stands(url) == before


async def test_while_the_importing_process_is_at_work_it_is_left_alone(left: tuple[str, Tables]) -> None:
    url, before = left
    is_at_work, found = stands(url), LeftImports(url, ZONE)
    with opened(url) as engine, alone(engine):
        found.begin(LATER)
        await found.finished()
        assert stands(url) == is_at_work
    found.begin(LATER)
    await found.finished()
    assert stands(url) == before


async def test_what_the_programs_end_interrupts_the_next_program_goes_on_with(left: tuple[str, Tables]) -> None:
    url, before = left
    ending = LeftImports(url, ZONE)
    ending.begin(LATER)
    await ending.stop()
    assert stands(url)["history_import"], "the first piece was its last"
    following = LeftImports(url, ZONE)
    following.begin(LATER)
    await following.finished()
    assert stands(url) == before
