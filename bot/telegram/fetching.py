"""Files that people sent: fetched when a handler asks for one, read into cells, and heard as one more entry of the inbox."""

import asyncio
import csv
import json
from base64 import b64encode
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256
from io import BytesIO, StringIO
from itertools import islice
from typing import Any
from zipfile import BadZipFile

from reporting.effects import FetchFile
from reporting.filling.workbooks import LARGEST
from reporting.retries import NotSent, Outcome, Said
from reporting.unpacked import check_unpacked

PAUSES = (0.5, 2.0)
"""Seconds after which a file that did not come through is fetched again; then the person is told."""
MOST_ROWS, MOST_COLUMNS = 500, 10

Cells = dict[str, tuple[str, str]]


class NotGiven(ConnectionError):
    """Telegram does not give the file out, and never will: `why` is «gone» or «too big»."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Fetching:
    """`fetch` gives a file's content, `hear` stores updates; both are awaited on the event loop.

    `fetch` raises NotGiven, ConnectionRefusedError where nobody was reached, and ConnectionError for any other failure.
    """

    def __init__(
        self, fetch: Callable[[str], Awaitable[bytes]], hear: Callable[[Sequence[str]], Awaitable[None]]
    ) -> None:
        self._fetch, self._hear = fetch, hear

    async def bring(self, wanted: FetchFile) -> Outcome:
        """Fetches the file and says the message that brought it again with its cells, or with why there are none.

        The same file is heard but once. Where nobody is reached it waits for the network, like whatever is to be said.
        """
        try:
            content = await self._fetched(wanted.file_id)
        except NotGiven as error:
            await self._say_again(wanted, {"not_fetched": error.why})
        except ConnectionRefusedError as error:
            return NotSent(str(error))
        except ConnectionError:
            await self._say_again(wanted, {"not_fetched": "network"})
        else:
            found = (
                {"not_fetched": "too big"}
                if len(content) > LARGEST
                else await asyncio.to_thread(_read, wanted, content)
            )
            await self._say_again(wanted, found)
        return Said("")

    async def _fetched(self, file_id: str) -> bytes:
        for pause in PAUSES:
            try:
                return await self._fetch(file_id)
            except (NotGiven, ConnectionRefusedError):
                raise
            except ConnectionError:
                await asyncio.sleep(pause)
        return await self._fetch(file_id)

    async def _say_again(self, wanted: FetchFile, found: Mapping[str, Any]) -> None:
        message = {**wanted.message, **found}
        mark = sha256(f"{wanted.file_id} {message['chat']['id']} {message['message_id']}".encode()).digest()
        update = {"update_id": -int.from_bytes(mark[:7], "big"), "message": message}
        await self._hear([json.dumps(update, ensure_ascii=False)])


def _read(wanted: FetchFile, content: bytes) -> dict[str, Any]:
    """What is in a file, as the message that brought it is told."""
    whole = {"content": b64encode(content).decode()} if wanted.whole else {}
    return {"cells": cells_of(content), **whole}


def cells_of(content: bytes) -> Cells | None:
    """The cells of a workbook's first sheet, or of a CSV file, that are not empty; None for anything else, or what is far too large.

    Each with its kind: «n» a number or a date, «s» a text, «f» a formula that no program has worked out.
    """
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    if not content.startswith(b"PK"):
        return _cells_of_csv(content)
    try:
        check_unpacked(content)
        sheet = load_workbook(BytesIO(content), read_only=True, data_only=True).worksheets[0]
        found = {cell.coordinate: _cell(cell.value) for cell in _filled(sheet)}
        written = load_workbook(BytesIO(content), read_only=True).worksheets[0]
        formulas = (cell for cell in _filled(written) if cell.data_type == "f" and cell.coordinate not in found)
        return found | {cell.coordinate: ("f", str(cell.value)[:4000]) for cell in formulas}
    except (BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, IndexError, SyntaxError, OSError):
        return None


def _cells_of_csv(content: bytes) -> Cells | None:
    from openpyxl.utils import get_column_letter

    try:
        rows = islice(csv.reader(StringIO(content.decode("utf-8-sig"))), MOST_ROWS)
        return {
            f"{get_column_letter(column)}{number}": ("s", text[:4000])
            for number, row in enumerate(rows, start=1)
            for column, text in enumerate(row[:MOST_COLUMNS], start=1)
            if text
        }
    except (UnicodeDecodeError, csv.Error):
        return None


def _filled(sheet: Any) -> Iterator[Any]:
    rows = sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS)
    return (cell for row in rows for cell in row if cell.value is not None)


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
