"""A new database for a test, SQLite or PostgreSQL, as the parameter of its fixture says."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.postgres import KIND, fresh_database
from tests.sqlite import fresh_sqlite


def fresh_of_kind(request: pytest.FixtureRequest, path: Path, prepare: Callable[[str], object] | None = None) -> str:
    """The URL of a database of the kind `request.param`, an SQLite file at `path`: a copy of what `prepare(url)` made when one was
    first wanted; without it empty.

    `prepare` must have closed its connections when it returns.
    """
    if request.param == KIND:
        return fresh_database(request.getfixturevalue("postgres"), prepare)
    return fresh_sqlite(path, prepare) if prepare is not None else f"sqlite:///{path}"
