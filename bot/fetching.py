"""Files that people sent: fetched when a handler asks for one, read into cells, and heard as one more entry of the inbox."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from reporting.retries import Outcome, Said, Uncertain

LARGEST, LARGEST_UNPACKED = 2_000_000, 20_000_000
"""Bytes of a workbook as it comes, and of all that is packed in it."""
MOST_ROWS, MOST_COLUMNS = 500, 10

Cells = dict[str, tuple[str, str]]


class Fetching:
    """`fetch` gives a file's content, `hear` stores updates; both are awaited on the event loop."""

    def __init__(
        self, fetch: Callable[[str], Awaitable[bytes]], hear: Callable[[Sequence[str]], Awaitable[None]]
    ) -> None:
        self._fetch, self._hear = fetch, hear

    async def bring(self, wanted: Mapping[str, Any]) -> Outcome:
        """Fetches `wanted["file_id"]` and says `wanted["message"]` again with its cells; the same file is heard but once."""
        try:
            content = await self._fetch(wanted["file_id"])
        except ConnectionError as error:
            return Uncertain(str(error))
        cells = await asyncio.to_thread(cells_of, content)
        message = {**wanted["message"], "cells": cells}
        mark = sha256(f"{wanted['file_id']} {message['chat']['id']} {message['message_id']}".encode()).digest()
        update = {"update_id": -int.from_bytes(mark[:7], "big"), "message": message}
        await self._hear([json.dumps(update, ensure_ascii=False)])
        return Said("")


def cells_of(content: bytes) -> Cells | None:
    """The cells of a workbook's first sheet that are not empty; None for what is no workbook, or far too large."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        if len(content) > LARGEST or _unpacked(content) > LARGEST_UNPACKED:
            return None
        sheet = load_workbook(BytesIO(content), read_only=True, data_only=True).worksheets[0]
        rows = sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS)
        return {cell.coordinate: _cell(cell.value) for row in rows for cell in row if cell.value is not None}
    except (BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, IndexError, SyntaxError, OSError):
        return None


def _unpacked(content: bytes) -> int:
    with ZipFile(BytesIO(content)) as packed:
        return sum(each.file_size for each in packed.infolist())


def _cell(value: Any) -> tuple[str, str]:
    if isinstance(value, bool):
        return "s", str(int(value))
    if isinstance(value, int | float):
        return "n", str(int(value)) if value == int(value) else repr(value)
    if isinstance(value, datetime):
        return "n", value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat()
    if isinstance(value, date):
        return "n", value.isoformat()
    return "s", str(value)[:4000]
