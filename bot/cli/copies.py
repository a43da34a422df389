"""`giaoban backup` and `giaoban restore`: everything in one file, whichever database it is."""

import gzip
import zlib
from argparse import Namespace
from pathlib import Path

from bot.cli.common import database, now, words
from bot.cli.system_errors import of_system
from bot.settings import read_settings
from reporting.errors import Refused
from storage.database.backup import copy_in, copy_out
from storage.database.version import newest_revision


def backup(chosen: Namespace) -> None:
    """`backup FILE`: the file (JSON lines, gzip) is there whole or not at all, and replaces none. The bot may run meanwhile."""
    settings, count = read_settings(), -1
    path = Path(chosen.file)
    if path.exists():
        raise Refused("backup_exists", file=chosen.file)
    half = path.with_name(path.name + ".part")
    try:
        with database(settings) as connection, gzip.open(half, "wt", encoding="utf-8") as file:
            for line in copy_out(connection, newest_revision(), now(settings)):
                file.write(line + "\n")
                count += 1
        half.chmod(0o600)
        half.replace(path)
    except OSError as error:
        half.unlink(missing_ok=True)
        raise Refused("file_unwritable", file=chosen.file, why=of_system(error)) from None
    print(words().plain("backup_done", n=count, file=chosen.file))


def restore(chosen: Namespace) -> None:
    """`restore FILE`: into an empty database only."""
    settings = read_settings()
    try:
        with gzip.open(chosen.file, "rt", encoding="utf-8") as file, database(settings, writes=True) as connection:
            count = copy_in(connection, file, newest_revision(), chosen.file)
    except (gzip.BadGzipFile, EOFError, zlib.error, UnicodeDecodeError):
        raise Refused("restore_not_ours", file=chosen.file) from None
    except OSError as error:
        raise Refused("file_unreadable", file=chosen.file, why=of_system(error)) from None
    print(words().plain("restore_done", n=count, file=chosen.file))
