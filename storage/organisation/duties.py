"""Which duties are in force on a day: from `since` up to the day before `until`."""

from datetime import date

from sqlalchemy import ColumnElement, and_, bindparam, or_

from storage.database.tables import metadata

duty = metadata.tables["duty"]


def in_force(on: date | ColumnElement[date] | None = None) -> ColumnElement[bool]:
    """That a duty is in force on this day; None: on the day of the parameter `on`."""
    day = bindparam("on") if on is None else on
    return and_(duty.c.since <= day, or_(duty.c.until.is_(None), duty.c.until > day))
