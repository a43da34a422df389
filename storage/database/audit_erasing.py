"""What residents told the desk is erased when its time is over: their audit lines stay, and so does the chain."""

from datetime import datetime

from sqlalchemy import Connection, delete, select

from storage.database.audit import lines, words


def forget_feedback(connection: Connection, before: datetime) -> int:
    """Erases the words, with their salts, that residents gave the desk before that moment; how many there were."""
    theirs = select(lines.c.id).where(lines.c.what == "feedback", lines.c.who.is_(None), lines.c.at < before)
    return connection.execute(delete(words).where(words.c.line_id.in_(theirs))).rowcount
