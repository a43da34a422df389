"""The audit: who did what, written in the transaction that did it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, insert

from storage.database.tables import metadata

_WRITE = insert(metadata.tables["audit"])


def write(
    connection: Connection,
    at: datetime,
    who: int | None,
    what: str,
    *,
    form: str = "",
    unit_id: int | None = None,
    period: date | None = None,
    **detail: Any,
) -> None:
    """One line. `who`: a person's id, None for the program or the desk's command line; `detail` is JSON."""
    line = {"at": at, "who": who, "what": what, "form": form, "unit_id": unit_id, "period": period, "detail": detail}
    connection.execute(_WRITE, line)
