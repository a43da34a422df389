"""The days that the desk has added to the calendar of working days, or taken away from it."""

from datetime import date, datetime

from sqlalchemy import Connection, delete, select

from reporting.working_days import CalendarDay
from storage.database.inserting import insert_into
from storage.database.prepared import PreparedStatement
from storage.database.tables import metadata

calendar_day = metadata.tables["calendar_day"]

_SAID = PreparedStatement(select(calendar_day.c.day, calendar_day.c.is_working, calendar_day.c.name))


def said_days(connection: Connection) -> frozenset[CalendarDay]:
    """All that the desk says of single days."""
    return frozenset(CalendarDay(*row) for row in _SAID.rows(connection))


def say_day(connection: Connection, new: CalendarDay, by: int | None, now: datetime) -> None:
    """Says that a day is worked, or free, in place of what was said of it before. `by`: the person who said so."""
    values = {"is_working": new.is_working, "name": new.name, "set_by": by, "set_at": now}
    put = insert_into(connection, calendar_day).values(day=new.on, **values)
    connection.execute(put.on_conflict_do_update(index_elements=["day"], set_=values))


def unsay_day(connection: Connection, on: date) -> bool:
    """Takes away what is said of a day; False if nothing is."""
    return connection.execute(delete(calendar_day).where(calendar_day.c.day == on)).rowcount == 1
