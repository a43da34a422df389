"""SQLite files for tests: each a copy of what was prepared once."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory


def fresh_sqlite(path: Path, prepare: Callable[[str], object]) -> str:
    """The URL of a new file at this path, a copy of what `prepare(url)` made when one was first wanted.

    `prepare` must have closed its connections when it returns.
    """
    path.write_bytes(_prepared(prepare))
    return f"sqlite:///{path}"


@cache
def _prepared(prepare: Callable[[str], object]) -> bytes:
    with TemporaryDirectory(prefix="giaoban-") as folder:
        path = Path(folder) / "template.db"
        prepare(f"sqlite:///{path}")
        return path.read_bytes()
