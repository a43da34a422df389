"""Record an export: figures, reports or the audit itself were written out, and by whom."""

from datetime import date, datetime

from sqlalchemy import Connection

from storage.database import audit


def record_export(
    connection: Connection,
    now: datetime,
    kind: str,
    rows: int,
    *,
    form: str = "",
    first_on: date | None = None,
    last_on: date | None = None,
    by: int | None = None,
) -> None:
    """Leaves the audit line, once it is read what is written out. `kind`: figures, reports; None for days: all that there are."""
    since, until = (day.isoformat() if day not in (None, date.min, date.max) else "" for day in (first_on, last_on))
    audit.write(connection, now, by, "export", form=form, version=kind, since=since, until=until, rows=rows)
