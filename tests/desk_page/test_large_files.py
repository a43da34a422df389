"""Files to take away from the desk's page are made row by row on the disk: they may be larger than the memory."""

import asyncio
import tracemalloc
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from os import SEEK_END

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from bot.web.desk_page.answering import file_answer
from bot.web.desk_page.exports import figures_file
from services.export_figures import ExportedFigure

FIRST = date(2021, 1, 1)
FEW, MANY = 4_000, 16_000
A_PART = 0.25
"""Of what the file of many is larger by: so much of it may be held at the most."""


def rows(count: int) -> Iterator[ExportedFigure]:
    """As many as the count, of a hundred units a day."""
    return (ExportedFigure(FIRST + timedelta(days=n // 100), f"{n % 100:05}", "f0_new", n) for n in range(count))


def most_held(kind: str, count: int) -> tuple[int, int]:
    """The most bytes that Python held meanwhile, and the file's."""
    tracemalloc.start()
    try:
        with closing(figures_file(rows(count), kind)) as file:
            return tracemalloc.get_traced_memory()[1], file.seek(0, SEEK_END)
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("kind", ["csv", "json", "xlsx"])
def test_four_times_as_many_rows_hold_no_more(kind: str) -> None:
    most_held(kind, 100)  # what is made once
    (few, small), (many, large) = most_held(kind, FEW), most_held(kind, MANY)
    assert many - few < A_PART * (large - small)


async def test_it_is_sent_whole_and_closed() -> None:
    file = figures_file(rows(MANY), "csv")

    async def give(_: web.Request) -> web.Response:
        return file_answer("số liệu.csv", "text/csv", file)

    app = web.Application()
    app.router.add_get("/", give)
    async with TestServer(app) as server, ClientSession() as http, http.get(server.make_url("/")) as answer:
        lines = (await answer.text()).splitlines()
        assert answer.headers["Content-Type"] == "text/csv"
    assert (len(lines), lines[0]) == (MANY + 1, "date,unit,indicator,value")
    await asyncio.get_running_loop().shutdown_default_executor()  # there it is closed
    assert file.closed
