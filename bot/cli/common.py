"""What every command of the desk shares: the settings, the clock, the open database, and how a refusal reads."""

import html
import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from io import TextIOWrapper
from pathlib import Path
from secrets import token_hex
from shutil import copyfileobj
from stat import S_IMODE
from tempfile import TemporaryFile
from typing import IO, TextIO
from unicodedata import normalize

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.cli.system_errors import of_database, of_system
from bot.settings import Settings, language
from reporting.errors import Refusal, Refused, Several
from reporting.road import Road
from reporting.translator import Translator, translator
from storage.database.audit import by_road
from storage.database.engines import FOR_US_ALONE, reading_engine, see_one_moment, writing_engine
from storage.database.stopped_by_hand import given_up_by_hand
from storage.database.version import check_revision, is_empty_database

_TAG = re.compile(r"<[^>]+>")
HANDED_OVER = "/dev/stdin"

FOR_ALL = 0o666
"""Whom a file is for that is written out, but for what the umask takes away."""
MOST_NAMED = 20
"""So many mistakes are named, the rest is counted."""


def sentence(refusal: Refusal) -> str:
    """A refusal as one line of a terminal; several, a line each."""
    line = " ".join(plain_text(words().refusal(refusal)).split())
    if not isinstance(refusal, Several):
        return line
    more = refusal.count - min(MOST_NAMED, len(refusal.found))
    rest = [words().plain("several_more", n=more)] if more > 0 else []
    return "\n  ".join([line, *map(sentence, refusal.found[:MOST_NAMED]), *rest])


def plain_text(text: str) -> str:
    """HTML as plain text."""
    return html.unescape(_TAG.sub("", text))


def text_table(rows: Sequence[Sequence[str]]) -> str:
    """Rows under each other for a terminal: each column as wide as its longest cell."""
    composed = [[normalize("NFC", cell) for cell in row] for row in rows]
    wide = [max(map(len, column)) for column in zip(*composed, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, wide, strict=True)) for row in composed)
    return "\n".join(f"  {line}".rstrip() for line in lines)


def words() -> Translator:
    """The words of the setting LANGUAGE, whatever else is wrong with the settings."""
    return translator(language())


def now(settings: Settings) -> datetime:
    """The moment: the real one, or a simulator's where CLOCK_URL names one."""
    if not settings.clock_url:
        return datetime.now(UTC)
    import json
    from urllib.request import urlopen

    try:
        with urlopen(f"{settings.clock_url.rstrip('/')}/control/clock", timeout=10) as answer:  # noqa: S310  # a setting
            return datetime.fromisoformat(json.load(answer)["now"]).astimezone(UTC)
    except OSError as error:
        raise Refused("clock_away", url=settings.clock_url, why=of_system(error)) from None
    except (ValueError, KeyError, TypeError):
        raise Refused("clock_away", url=settings.clock_url, why=Refused("clock_none")) from None


def today(settings: Settings) -> date:
    return now(settings).astimezone(settings.zone).date()


def check_past(settings: Settings, *days: date | None) -> None:
    """Refused where any of the days that were named is still ahead: nothing can be told of it."""
    for day in days:
        if day is not None and day > today(settings):
            from understanding.days import ahead  # it brings all the words for days, which take a moment

            raise ahead(day, today(settings))


def opened(name: str) -> IO[bytes]:
    """A file to be read. What is handed over (`< FILE`) is not opened anew: it may be a socket, or somebody else's."""
    return os.fdopen(os.dup(0), "rb") if name == HANDED_OVER else Path(name).open("rb")


def read_file(name: str) -> bytes:
    """A file's bytes. Refused where it cannot be read."""
    try:
        with opened(name) as file:
            return file.read()
    except OSError as error:
        raise Refused("file_unreadable", file=name, why=of_system(error)) from None


def read_text(name: str) -> str:
    """A file's text in UTF-8. Refused where it is none."""
    try:
        return read_file(name).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("file_not_utf8", file=name) from None


@contextmanager
def open_text(name: str) -> Iterator[TextIO]:
    """A file in UTF-8, read line by line. Refused where it cannot be read, or is none, whenever that shows."""
    try:
        with opened(name) as file, TextIOWrapper(file, encoding="utf-8-sig", newline="\n") as lines:
            yield lines
    except UnicodeDecodeError:
        raise Refused("file_not_utf8", file=name) from None
    except OSError as error:
        raise Refused("file_unreadable", file=name, why=of_system(error)) from None


def check_is_new(name: str) -> None:
    """Refused where a file of this name is there."""
    if Path(name).exists():
        raise Refused("file_exists", file=name)


def write_file(name: str, content: bytes, *, for_us_alone: bool = False) -> None:
    """Writes a file as `written_whole` does."""
    with written_whole(name, for_us_alone=for_us_alone) as file:
        file.write(content)


@contextmanager
def written_whole(name: str | None, *, for_us_alone: bool = False) -> Iterator[IO[bytes]]:
    """A file that is there when all went well, in the place of one of its name; without a name what is written is printed then.

    `for_us_alone`: nobody else can read it, while it is written neither; any other is for whom the old one was. Refused where it
    cannot be written.
    """
    if name is None:
        with TemporaryFile() as file:
            yield file
            file.seek(0)
            sys.stdout.flush()
            text = TextIOWrapper(file, encoding="utf-8", newline="")
            copyfileobj(text, sys.stdout)
            text.detach()
        return
    try:
        with _in_place(Path(name), FOR_US_ALONE if for_us_alone else FOR_ALL) as file:
            yield file
    except OSError as error:
        raise Refused("file_unwritable", file=name, why=of_system(error)) from None


@contextmanager
def _in_place(path: Path, mode: int) -> Iterator[IO[bytes]]:
    """A new file that takes the place of an old one, and is for whom that was; a pipe or a device is written as it comes.

    It is written under a name of its own: of two who write at the same time each one's is whole, and the later one's stays.
    """
    if path.exists() and not path.is_file():
        with path.open("wb") as file:
            yield file
        return
    path = path.resolve()
    half = path.with_name(f".giaoban-{token_hex(8)}.part")
    try:
        with open(half, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
            if mode != FOR_US_ALONE and path.exists():
                half.chmod(S_IMODE(path.stat().st_mode))
            yield file
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)


@contextmanager
def database(settings: Settings, writes: bool = False, sees_one_moment: bool = False) -> Iterator[Connection]:
    """One transaction on the database of the settings; an empty database is first made ready.

    `sees_one_moment`: whatever others commit meanwhile is not seen, however long it takes.

    Raises Refused where it cannot be reached or is not up to date.
    """
    with database_engine(settings, writes) as engine, engine.begin() as connection:
        if sees_one_moment:
            see_one_moment(connection)
        check_revision(connection)
        with by_road(connection, Road.COMMAND):
            yield connection


@contextmanager
def database_engine(settings: Settings, writes: bool = False) -> Iterator[Engine]:
    """The database of the settings for several transactions; an empty one is first made ready. Refused where it cannot be reached."""
    try:
        engine = (writing_engine if writes else reading_engine)(settings.database_url, by_hand=True)
    except OSError as error:
        raise Refused("database_away", why=of_system(error)) from None
    try:
        with reached(), given_up_by_hand():
            if is_empty_database(engine):
                from storage.database.migrate import migrate  # it brings Alembic, which only who migrates needs

                engine.dispose()
                migrate(settings.database_url, settings.zone)
            yield engine
    finally:
        engine.dispose()


@contextmanager
def reached() -> Iterator[None]:
    """Refused, in our words, where the database cannot be used."""
    try:
        yield
    except SQLAlchemyError as error:
        raise Refused("database_away", why=of_database(error)) from None
