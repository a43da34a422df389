"""Nudges («đôn đốc»): who was told at a leader's wish, so that nobody is told again within minutes."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, select, update

from reporting.rounds.reminder_record import ReminderRecord
from storage.database.tables import metadata

said = metadata.tables["said"]


def nudged_since(connection: Connection, form: str, period: date, since: datetime) -> set[int]:
    """The units whose people were nudged about a period after `since`."""
    about = (said.c.form == form, said.c.period == period, said.c.rule.startswith("nudge "), said.c.said_at > since)
    return set(connection.execute(select(said.c.unit_id).where(*about)).scalars())


_KEY = ("rule", "form", "unit_id", "period", "person_id")
_PUT = (
    update(said)
    .where(*(said.c[name] == bindparam(f"of_{name}") for name in _KEY))
    .values(outbox_id=bindparam("message"))
)


def put_in_outbox(connection: Connection, records: Iterable[ReminderRecord]) -> None:
    """What was recorded is in the outbox now, each as its `message`."""
    rows = [{**{f"of_{name}": getattr(each, name) for name in _KEY}, "message": each.message} for each in records]
    if rows:
        connection.execute(_PUT, rows)
