"""`giaoban migrate`: the database is brought up to date, each step said before it is done."""

from argparse import Namespace
from time import monotonic

from bot.cli.common import reached, words
from bot.cli.system_errors import of_system
from bot.settings import read_settings
from reporting.errors import Refused
from storage.database.migrate import MigrationStep
from storage.database.migrate import migrate as bring_up_to_date

LONG_STEP = 5.0
"""Seconds after which a migration's step says again that it goes on."""


def migrate(_: Namespace) -> None:
    """`giaoban migrate`: says each step before it is done; Ctrl-C leaves the database as it was."""
    settings, progress = read_settings(), _MigrationProgress()
    try:
        with reached():
            before, after = bring_up_to_date(
                settings.database_url, settings.zone, tell=progress.tell, glance=progress.glance
            )
    except OSError as error:
        raise Refused("database_away", why=of_system(error)) from None
    key = "migrate_nothing" if before == after else "migrate_done"
    print(words().plain(key, before=before or "—", after=after))


class _MigrationProgress:
    """A line for each step, and one more every few seconds of a long one."""

    def __init__(self) -> None:
        self._began = self._told_at = monotonic()

    def tell(self, step: MigrationStep) -> None:
        self._began = self._told_at = monotonic()
        values = {"place": step.place, "n": step.count, "revision": step.revision, "name": step.name}
        print(words().plain("migrate_step", **values), flush=True)

    def glance(self) -> None:
        if monotonic() - self._told_at >= LONG_STEP:
            self._told_at = monotonic()
            print(words().plain("migrate_goes_on", seconds=int(self._told_at - self._began)), flush=True)
