"""Keeps the simulator's state in an SQLite file, so that it survives a restart and a kill."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Json = dict[str, Any]

SCHEMA = """
CREATE TABLE IF NOT EXISTS kept (kind TEXT, key TEXT, value TEXT NOT NULL, PRIMARY KEY (kind, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS content (file_id TEXT PRIMARY KEY, bytes BLOB NOT NULL);
"""


class Journal:
    """What changed since the last `flush`. Without a file, nothing is kept.

    A flush is one commit into the operating system's hands: a killed process loses nothing that was flushed
    (a machine that loses its power may lose the last moments).
    """

    def __init__(self, path: Path | None) -> None:
        self._db: sqlite3.Connection | None = None
        self._changed: dict[tuple[str, str], Callable[[], Json] | None] = {}
        self._contents: dict[str, bytes | None] = {}
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, isolation_level=None, timeout=5)
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=OFF")
            self._db.executescript(SCHEMA)

    @property
    def on(self) -> bool:
        """Whether anything is kept at all."""
        return self._db is not None

    def write(self, kind: str, key: str | int, value: Callable[[], Json] | None) -> None:
        """Keep what `value()` says at the next flush under this key; None removes it."""
        if self._db is not None:
            self._changed[kind, str(key)] = value

    def write_content(self, file_id: str, content: bytes | None) -> None:
        """Keep (or with None remove) the content of a file at the next flush."""
        if self._db is not None:
            self._contents[file_id] = content

    def flush(self) -> None:
        """Commit what changed."""
        if self._db is None or not (self._changed or self._contents):
            return
        changed, self._changed = self._changed, {}
        contents, self._contents = self._contents, {}
        self._db.execute("BEGIN IMMEDIATE")
        self._db.executemany(
            "INSERT OR REPLACE INTO kept VALUES (?, ?, ?)",
            [(*key, json.dumps(value(), ensure_ascii=False)) for key, value in changed.items() if value],
        )
        self._db.executemany(
            "DELETE FROM kept WHERE kind = ? AND key = ?", [key for key, value in changed.items() if value is None]
        )
        for file_id, content in contents.items():
            if content is None:
                self._db.execute("DELETE FROM content WHERE file_id = ?", (file_id,))
            else:
                self._db.execute("INSERT OR REPLACE INTO content VALUES (?, ?)", (file_id, content))
        self._db.execute("COMMIT")

    def read(self, kind: str) -> Iterator[tuple[str, Json]]:
        """Everything kept of one kind, as (key, value), in no order."""
        if self._db is not None:
            for key, value in self._db.execute("SELECT key, value FROM kept WHERE kind = ?", (kind,)):
                yield key, json.loads(value)

    def content(self, file_id: str) -> bytes | None:
        """The content of a kept file."""
        if self._db is None:
            return None
        row = self._db.execute("SELECT bytes FROM content WHERE file_id = ?", (file_id,)).fetchone()
        return bytes(row[0]) if row else None

    def close(self) -> None:
        """Flush and let go of the file."""
        if self._db is not None:
            self.flush()
            self._db.close()
            self._db = None
