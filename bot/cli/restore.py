"""`giaoban restore`: an empty database is filled from one file, whichever database it came from."""

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, func, select

from bot.cli.common import database, now, opened, reached, words
from bot.cli.progress import Progress
from bot.cli.system_errors import of_system
from bot.settings import Settings, read_settings
from reporting.errors import Refused
from storage.database import audit
from storage.database.audit_chain import check_chain
from storage.database.backup import BackupHead, backup_head, copy_in
from storage.database.backup_file import opened_backup
from storage.database.engines import writing_engine
from storage.database.migrate import FilledAt, migrate
from storage.database.tables import metadata
from storage.database.version import is_empty_database, known_revisions, newest_revision


def restore(chosen: Namespace) -> int:
    """`restore [--check] FILE`: into an empty database only, all of it or nothing; a file of an earlier release is brought up to date.

    With --check into a temporary database that is gone afterwards; status 1 where the file's audit is broken.
    """
    settings = read_settings()
    try:
        if chosen.check:
            return _check(settings, chosen.file)
        count = sum(_fill(settings, chosen.file, _written_down).values())
    except OSError as error:
        raise Refused("file_unreadable", file=chosen.file, why=of_system(error)) from None
    print(words().plain("restore_done", n=count, file=chosen.file))
    return 0


def _written_down(connection: Connection, settings: Settings, rows: int) -> None:
    audit.write(connection, now(settings), None, "restore", rows=rows)


def _check(settings: Settings, file: str) -> int:
    """Restores the file where nobody is, counts what is there, and works the audit's digests out anew."""
    say = words()
    with TemporaryDirectory(prefix="giaoban-") as folder:
        apart = settings.model_copy(update={"database_url": f"sqlite:///{Path(folder) / 'check.db'}"})
        counted = _fill(apart, file, lambda *_: None)
        with database(apart) as connection:
            found, stands = check_chain(connection), _counts(connection)
    lost = next((name for name, count in counted.items() if stands.get(name, count) < count), None)
    if lost is not None:
        raise Refused("restore_count", file=file, table=lost, found=stands[lost], count=counted[lost])
    print(say.plain("restore_checked", n=sum(counted.values()), file=file, tables=len(counted)))
    if found.broken is not None:
        why = say.plain(f"audit_broken_{found.broken.by.replace(' ', '_')}")
        number, line_id = found.broken.number, found.broken.line_id or "?"
        print(say.plain("audit_broken", number=number, id=line_id, why=why, n=found.links))
        return 1
    print(say.plain("audit_whole", n=found.links, number=found.number, digest=found.digest))
    return 0


def _fill(settings: Settings, file: str, note: Callable[[Connection, Settings, int], None]) -> dict[str, int]:
    """The rows of each table that came out of the file, in one transaction; `note` belongs to it where the file is of this release."""
    counted = dict[str, int]()
    with opened(file) as packed, opened_backup(packed, file) as lines, Progress("progress_restore") as progress:
        head = backup_head(next(lines, ""), file)

        def fill(connection: Connection) -> None:
            counted.update(copy_in(connection, head, lines, file, progress.at))

        is_older = _is_older(settings, head, file)
        if is_older:
            with reached():
                migrate(settings.database_url, settings.zone, filling=FilledAt(head.revision, fill))
        with database(settings, writes=True) as connection:
            if not is_older:
                fill(connection)
            note(connection, settings, sum(counted.values()))
    return counted


def _is_older(settings: Settings, head: BackupHead, file: str) -> bool:
    """Whether the file is of an earlier release. Refused where nobody knows it, or there is a database of this release already."""
    if head.revision == newest_revision():
        return False
    if head.revision not in known_revisions():
        raise Refused("restore_other_version", file=file, stands=head.revision, wanted=newest_revision())
    engine = writing_engine(settings.database_url)
    try:
        is_empty = is_empty_database(engine)
    finally:
        engine.dispose()
    if not is_empty:
        raise Refused("restore_older_not_empty", file=file, stands=head.revision, wanted=newest_revision())
    return True


def _counts(connection: Connection) -> dict[str, int]:
    return {
        table.name: int(connection.execute(select(func.count()).select_from(table)).scalar_one())
        for table in metadata.sorted_tables
    }
