"""A backup's file: written whole or not at all, for its owner alone, by one at a time; and read line by line."""

import fcntl
import gzip
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from io import TextIOWrapper
from pathlib import Path
from typing import IO
from zlib import error as BrokenStream  # noqa: N812 - a class that is named as a function

from sqlalchemy import Connection

from reporting.errors import Refused
from storage.database.backup import copy_out, count_rows
from storage.database.engines import FOR_US_ALONE

QUICKLY = 3
"""How hard gzip tries: 9, its own choice, takes four times as long for a tenth less."""


def write_backup(
    connection: Connection,
    path: Path,
    revision: str,
    now: datetime,
    progress: Callable[[int, int], None] = lambda _, __: None,
) -> int:
    """Writes everything into a new file, gzip; how many rows. Whatever is raised meanwhile, by `progress` too, leaves none behind.

    Raises OSError where it cannot be written, BlockingIOError where somebody else is writing it just now.
    """
    half, count = path.with_name(path.name + ".part"), 0
    with os.fdopen(os.open(half, os.O_CREAT | os.O_RDWR, FOR_US_ALONE), "wb") as raw:
        fcntl.flock(raw, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.fchmod(raw.fileno(), FOR_US_ALONE)
        raw.truncate()  # what somebody left who was killed
        try:
            with gzip.GzipFile(filename="", fileobj=raw, mode="wb", compresslevel=QUICKLY) as packed:
                total = count_rows(connection)
                for rows, lines in copy_out(connection, revision, now, total):
                    packed.write(lines)
                    count += rows
                    progress(count, total)
            raw.flush()
            os.fsync(raw.fileno())
            half.replace(path)
        except BaseException:
            half.unlink(missing_ok=True)
            raise
    return count


@contextmanager
def opened_backup(file: IO[bytes], name: str) -> Iterator[Iterator[str]]:
    """The lines of a file. Refused, whenever one is read, where it is no backup or was cut; raises OSError where it cannot be read."""
    try:
        with gzip.GzipFile(fileobj=file, mode="rb") as packed, TextIOWrapper(packed, encoding="utf-8") as lines:
            yield lines
    except (gzip.BadGzipFile, EOFError, BrokenStream, UnicodeDecodeError):
        raise Refused("restore_not_ours", file=name) from None
