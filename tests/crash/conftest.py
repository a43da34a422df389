"""The process from which bots are forked, and a template of the database."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crash.ward import Zygote, prepare


@pytest.fixture(scope="session")
def zygote() -> Iterator[Zygote]:
    """One for each process of the tests."""
    zygote = Zygote()
    yield zygote
    zygote.close()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("crash") / "template.db"
    prepare(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(template: Path, tmp_path: Path) -> str:
    """A new SQLite database, ready for a report."""
    shutil.copy(template, tmp_path / "giaoban.db")
    return f"sqlite:///{tmp_path / 'giaoban.db'}"
