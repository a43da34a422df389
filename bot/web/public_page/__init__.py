"""The public page: the figures of a day, trends and the state of reporting, as plain HTML from the server."""

import hashlib
from functools import lru_cache
from pathlib import Path
from string import Template

from bot.web.dcat_entry import AT
from bot.web.open_reading import SiteReader
from bot.web.public_page.board import Board
from bot.web.public_page.cards import cards
from bot.web.public_page.head import head
from bot.web.public_page.markup import joined, tag
from bot.web.public_page.reports import reports
from bot.web.public_page.table import table

HERE = Path(__file__).parent
FILES = {"page.css": "text/css", "page.js": "text/javascript", "icon.svg": "image/svg+xml"}


def page(reading: SiteReader) -> bytes:
    """The whole page for a query."""
    board = Board(reading)
    words, view = reading.view.words, reading.view
    parts = {
        "language": words.language,
        "title": joined([title(board)]),
        "css": address("page.css"),
        "js": address("page.js"),
        "icon": address("icon.svg"),
        "dcat_entry": AT,
        "skip": words("open_skip"),
        "head": head(board, title(board)),
        "mark": tag("p", words("open_demonstration"), class_="made-up", role="note") if view.demonstration else "",
        "cards": cards(board),
        "table": table(board),
        "reports": reports(board),
        "foot": _foot(board),
    }
    return _template().substitute(parts).encode()


def title(board: Board) -> str:
    words, topic = board.view.words, board.view.said("topic")
    return words.plain("open_title_topic", topic=topic) if topic else words.plain("open_title")


def _foot(board: Board) -> str:
    words, view = board.view.words, board.view
    lines = [words("open_not_zero"), words("open_held_back")]
    if authority := view.said("authority"):
        lines.append(words("open_source", authority=authority))
    here = f"lang={words.language}"
    day = f"{here}&date={board.day.isoformat()}"
    links = [
        tag("a", words("open_csv"), href=f"/figures.csv?{day}&excel=1"),
        tag("a", words("open_json"), href=f"/figures.json?{day}"),
        tag("a", words("open_indicators"), href=f"/indicators.csv?{here}&excel=1"),
        tag("a", words("open_units"), href=f"/units.csv?{here}&excel=1"),
        tag("a", words("open_standing_csv"), href=f"/standing.csv?{day}&excel=1"),
    ]
    listed = tag("ul", *(tag("li", link) for link in links), class_="files")
    return joined([tag("h2", words("open_files"), id="files"), listed, *(tag("p", line) for line in lines)])


@lru_cache
def _template() -> Template:
    return Template((HERE / "page.html").read_text(encoding="utf-8"))


@lru_cache
def asset(name: str) -> tuple[str, bytes]:
    """A file of the page with its type. KeyError if there is none."""
    return FILES[name], (HERE / name).read_bytes()


def address(name: str) -> str:
    """Where a file of the page is; another address as soon as its content is another."""
    return f"/page/{name}?{hashlib.sha256(asset(name)[1]).hexdigest()[:10]}"
