"""Words and names in audit lines are erased; the lines stay, with ids. The one place that knows where they stand."""

from datetime import datetime

from sqlalchemy import Connection, RowMapping, select, update

from storage.database.tables import metadata

audit = metadata.tables["audit"]
WORDS = ("name", "text", "reason", "note", "answer", "words", "chat")
"""The details of a line that are somebody's words, name or chat."""


def forget_words(connection: Connection, person_id: int) -> int:
    """Erases them in the lines of what a person did; how many lines had any."""
    return _forget(connection, audit.c.who == person_id)


def forget_feedback(connection: Connection, before: datetime) -> int:
    """Erases what residents told the desk before that moment; how many lines had any."""
    return _forget(connection, audit.c.what == "feedback", audit.c.who.is_(None), audit.c.at < before)


def _forget(connection: Connection, *of: object) -> int:
    rows = connection.execute(select(audit.c.id, audit.c.detail).where(*of)).mappings().all()  # type: ignore[arg-type]
    return sum(_blank(connection, row) for row in rows)


def _blank(connection: Connection, row: RowMapping) -> bool:
    kept = {name: value for name, value in row["detail"].items() if name not in WORDS}
    if len(kept) == len(row["detail"]):
        return False
    connection.execute(update(audit).where(audit.c.id == row["id"]).values(detail=kept))
    return True
