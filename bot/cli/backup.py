"""`giaoban backup`: everything into one file, whichever database it is."""

from argparse import Namespace
from pathlib import Path

from bot.cli.common import check_is_new, database, now, words
from bot.cli.progress import Progress
from bot.cli.system_errors import of_system
from bot.settings import read_settings
from reporting.errors import Refused
from storage.database import audit
from storage.database.backup_file import write_backup
from storage.database.version import newest_revision


def backup(chosen: Namespace) -> None:
    """`backup FILE`: the file (JSON lines, gzip) is there whole or not at all, and replaces none. The bot may run meanwhile."""
    settings = read_settings()
    check_is_new(chosen.file)
    try:
        with database(settings, sees_one_moment=True) as connection, Progress("progress_backup") as progress:
            count = write_backup(connection, Path(chosen.file), newest_revision(), now(settings), progress.at)
    except OSError as error:
        raise Refused("file_unwritable", file=chosen.file, why=of_system(error)) from None
    try:
        with database(settings, writes=True) as connection:
            audit.write(connection, now(settings), None, "backup", rows=count)
    except KeyboardInterrupt:  # whoever gives up finds none, and can begin anew
        Path(chosen.file).unlink(missing_ok=True)
        raise
    print(words().plain("backup_done", n=count, file=chosen.file))
