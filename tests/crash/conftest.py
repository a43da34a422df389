"""The process from which bots are forked, and a database for them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crash.commune import prepare
from tests.crash.ward import Zygote
from tests.sqlite import fresh_sqlite


@pytest.fixture(scope="session")
def zygote() -> Iterator[Zygote]:
    """One for each process of the tests."""
    zygote = Zygote()
    yield zygote
    zygote.close()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A new SQLite database, ready for a report."""
    return fresh_sqlite(tmp_path / "giaoban.db", prepare)
