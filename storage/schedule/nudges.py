"""Nudges («đôn đốc»): who was told at a leader's wish, so that nobody is told again within minutes."""

from datetime import date, datetime

from sqlalchemy import Connection, select

from reporting.reminder_key import ReminderKind
from storage.database.tables import metadata

said = metadata.tables["said"]


def nudged_since(connection: Connection, form: str, period: date, since: datetime) -> set[int]:
    """The units whose people were nudged about a period after `since`."""
    about = (
        said.c.form == form,
        said.c.period == period,
        said.c.kind == ReminderKind.NUDGE.value,
        said.c.said_at > since,
    )
    return set(connection.execute(select(said.c.unit_id).where(*about)).scalars())
