"""The database itself: its settings, what guards the audit, the chain's last lines, the backups."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.engine import make_url

from bot.doctor.findings import Finding, Patient, failing, warned, well
from reporting.errors import Refused
from storage.database.append_only import is_guarded
from storage.database.audit_chain import check_chain
from storage.database.backup_log import newest_backup

LINKS = 1000
"""So many of the newest audit lines are looked at; all of them by `giaoban audit verify`."""
BY_ITSELF, BY_HAND = timedelta(hours=26), timedelta(days=7)
"""So old the newest backup may be, where the program makes them and where it does not."""
SHUT = 0o077
QUIET = "log_error_verbosity"
SAYS_STATEMENTS = {
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_min_duration_sample": "-1",
    "log_transaction_sample_rate": "0",
}
"""What has PostgreSQL's log say statements that did not fail, and how it stands where none is said."""


def check_database(of: Patient) -> Finding:
    """That what is committed stays, and that nobody else can read the file."""
    if of.connection.dialect.name == "sqlite":
        return _check_sqlite(of)
    wanted = {"fsync": "on", "full_page_writes": "on", "server_encoding": "UTF8"}
    found = {name: str(of.connection.execute(text(f"show {name}")).scalar_one()) for name in wanted}
    wrong = [f"{name} = {value}" for name, value in found.items() if value != wanted[name]]
    version = str(of.connection.execute(text("show server_version")).scalar_one())
    return (
        warned("doctor_database_risky", said=", ".join(wrong)) if wrong else well("doctor_postgresql", version=version)
    )


def _check_sqlite(of: Patient) -> Finding:
    pragmas = {"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1"}
    found = {name: str(of.connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()) for name in pragmas}
    wrong = [f"{name} = {value}" for name, value in found.items() if value != pragmas[name]]
    if wrong:
        return warned("doctor_database_risky", said=", ".join(wrong))
    file = Path(make_url(of.settings.database_url).database or "")
    if file.exists() and file.stat().st_mode & SHUT:
        return warned("doctor_database_open", file=str(file))
    version = str(of.connection.exec_driver_sql("select sqlite_version()").scalar_one())
    return well("doctor_sqlite", version=version, n=file.stat().st_size // 1_000_000 if file.exists() else 0)


def check_server_log(of: Patient) -> Finding:
    """That PostgreSQL's own log quotes nobody: not the row that it refuses, nor what a statement was given that it says."""
    if of.connection.dialect.name == "sqlite":
        return well("doctor_server_log_none")
    names = (QUIET, "log_parameter_max_length", "log_parameter_max_length_on_error", *SAYS_STATEMENTS)
    stands = {name: str(of.connection.execute(text(f"show {name}")).scalar_one()) for name in names}
    quotes = [] if stands[QUIET] == "terse" else [QUIET]
    if any(stands[name] != silent for name, silent in SAYS_STATEMENTS.items()):
        quotes += [name for name in ("log_parameter_max_length",) if stands[name] != "0"]
    quotes += [name for name in ("log_parameter_max_length_on_error",) if stands[name] != "0"]
    if quotes:
        said = ", ".join(f"{name} = {stands[name]}" for name in quotes)
        return warned("doctor_server_log_quotes", said=said)
    return well("doctor_server_log_quiet")


def check_audit(of: Patient) -> Finding:
    """That the database refuses to change lines, and that the last links of the chain hold."""
    if not is_guarded(of.connection):
        return failing("doctor_audit_unguarded")
    found = check_chain(of.connection, last=LINKS)
    if found.broken is not None:
        return failing("doctor_audit_broken", number=found.broken.number)
    return well("doctor_audit_whole", n=found.links)


def check_backups(of: Patient) -> Finding:
    """That there is a backup, and that it is not old."""
    newest, is_automatic = newest_backup(of.connection), bool(of.settings.backup_folder)
    if newest is None:
        return warned("doctor_backup_never")
    at = newest.at.astimezone(of.settings.zone)
    if newest.failed:
        return failing("doctor_backup_failed", at=at, why=Refused(newest.why, **newest.values))
    old = of.now - newest.at > (BY_ITSELF if is_automatic else BY_HAND)
    return warned("doctor_backup_old", at=at) if old else well("doctor_backup_good", at=at)
