"""Backups as earlier releases wrote them: a line is [table, {column: value}], moments in ISO, JSON within JSON, bytes in base64."""

import json
from base64 import b64decode
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Date, LargeBinary, Table
from sqlalchemy.types import JSON
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.database.backup_rows import RowsOfTable, broken
from storage.database.inserting import AT_ONCE

Reader = Callable[[Any], Any]


def read_older_rows(
    lines: Iterable[str], tables: Mapping[str, Table], file: str
) -> Iterator[RowsOfTable | Mapping[str, Any]]:
    """The rows as they are kept now, and whatever objects stand between them. Refused where a line is neither."""
    readers = {name: [(each.name, _reader(each.type)) for each in table.columns] for name, table in tables.items()}
    waiting: list[list[Any]] = []
    at = ""
    for number, line in enumerate(lines, start=2):
        try:
            found = json.loads(line)
            if isinstance(found, dict):
                yield found
                continue
            name, values = found
            row = [read(values[column]) for column, read in readers[name]]
        except (ValueError, TypeError, KeyError, AttributeError):
            raise broken(file, number) from None
        if waiting and (name != at or len(waiting) >= AT_ONCE):
            yield RowsOfTable(tables[at], waiting)
            waiting = []
        at = name
        waiting.append(row)
    if waiting:
        yield RowsOfTable(tables[at], waiting)


def _reader(kind: Any) -> Reader:
    """How a value of a column becomes the cell that is kept of it."""
    if isinstance(kind, JSON):
        return json.dumps
    if isinstance(kind, LargeBinary):
        return lambda value: None if value is None else b64decode(value).hex()
    if isinstance(kind, Date):
        return lambda value: None if value is None else date.fromisoformat(value).isoformat()
    return _moment if isinstance(kind, UTCDateTime) else lambda value: value


@lru_cache(maxsize=2000)
def _moment(text: str | None) -> str | None:
    if text is None:
        return None
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
