"""`giaoban figures import`: history in."""

from argparse import Namespace

from bot.cli.common import database_engine, now, open_text, words
from bot.cli.progress import Progress
from bot.settings import read_settings
from services.import_history import Telling, import_history
from storage.database.version import check_revision


def bring(chosen: Namespace) -> None:
    """`figures import FILE.csv`: all of the file, or nothing."""
    settings = read_settings()
    with (
        open_text(chosen.file) as lines,
        database_engine(settings) as reader,
        database_engine(settings, writes=True) as writer,
        Progress("progress_figures_read") as reading,
        Progress("progress_figures_in") as taking_in,
        Progress("progress_figures_back") as taking_back,
    ):
        with reader.begin() as connection:
            check_revision(connection)
        telling = Telling(reading.at, taking_in.at, taking_back.at)
        done = import_history(reader, writer, lines, now(settings), settings.zone, telling=telling)
    print(words().plain("figures_imported", n=done.lines, changed=done.unit_days))
