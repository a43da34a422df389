"""Databases that begin with what was made once in a process of tests, and is copied: a release of ours, first of all."""

from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

from storage.database.migrate import migrate
from tests.cluster import Cluster
from tests.sqlite import fresh_sqlite

SQLITE = "sqlite:///"


def begin_at(url: str, to: str = "head") -> None:
    """Where there is an empty database, or none yet, is what `migrate(url, to=to)` makes of it; nobody is connected to it."""
    begin_as(url, _release(to))


def begin_as(url: str, prepare: Callable[[str], object]) -> None:
    """The same with what `prepare(url)` makes of it; `prepare` must have closed its connections when it returns."""
    cluster = Cluster.of(url)
    if url.startswith(SQLITE):
        file = Path(url.removeprefix(SQLITE))
        file.parent.mkdir(exist_ok=True)
        file.touch(mode=0o600)  # as a new database of ours is
        fresh_sqlite(file, prepare)
    elif cluster is not None:
        cluster.copy_over(url, prepare)
    else:
        prepare(url)


@cache
def _release(to: str) -> Callable[[str], object]:
    """The same for the same release: what is made by it is kept by it."""
    return partial(migrate, to=to)
