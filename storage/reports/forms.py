"""Published forms: the file as it was published, and the form read from it, with the calendar that it goes by."""

from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import Connection, bindparam, func, insert, select

from reporting.errors import Refused
from reporting.forms import Form
from reporting.working_days import WorkingDays
from reporting.xlsforms.reading import read_form
from storage.database.engines import EngineMemory
from storage.database.prepared import PreparedStatement
from storage.database.tables import metadata
from storage.schedule.calendar import said_days

form = metadata.tables["form"]

_UP_TO = (
    select(form.c.key, form.c.version, form.c.from_on)
    .where(form.c.from_on <= bindparam("on"))
    .order_by(form.c.from_on, form.c.published_at, form.c.id)
)
_IN_FORCE = PreparedStatement(_UP_TO)
_NEWEST_FIRST = (form.c.from_on.desc(), form.c.published_at.desc(), form.c.id.desc())
_KEYED = PreparedStatement(
    _UP_TO.where(form.c.key == bindparam("key")).order_by(None).order_by(*_NEWEST_FIRST).limit(1)
)
_VERSION = select(form.c.file_name, form.c.source).where(
    form.c.key == bindparam("key"), form.c.version == bindparam("version")
)


def publish(connection: Connection, source: bytes, file_name: str, from_on: date, now: datetime) -> tuple[Form, bool]:
    """Publishes a form's file for periods from `from_on`; the form, and False if just that was published before.

    Raises BadForm with every problem; Refused when this version stands with another content.
    """
    new = read_form(source, file_name)
    same = (form.c.key == new.key, form.c.version == new.version)
    row = connection.execute(select(form.c.source, form.c.from_on).where(*same)).first()
    if row is not None:
        if row.source != source:
            raise Refused("form_version_taken", form=new.key, version=new.version)
        if row.from_on == from_on:
            return new, False
        connection.execute(form.update().where(*same).values(from_on=min(from_on, row.from_on)))
        return new, True
    values = {"key": new.key, "version": new.version, "file_name": file_name, "source": source}
    connection.execute(insert(form), values | {"from_on": from_on, "published_at": now})
    EngineMemory.of(connection).versions.pop((new.key, new.version), None)  # of a transaction that was rolled back
    return new, True


def in_force(connection: Connection, on: date) -> list[Form]:
    """The forms in force for a period, each in its newest version, in the order in which they were first published."""
    newest = {key: name for key, name, _ in _IN_FORCE.rows(connection, on=on)}
    return [version(connection, *each) for each in newest.items()]


def for_history(connection: Connection, on: date) -> list[Form]:
    """The forms by which history of a day is read: those in force on it, else the first version there was."""
    newest: dict[str, str] = {}
    for key, name, from_on in _IN_FORCE.rows(connection, on=date.max):
        if key not in newest or from_on <= on:
            newest[key] = name
    return [version(connection, *each) for each in newest.items()]


def published(connection: Connection, key: str, on: date) -> Form | None:
    """The version of a form that is in force for a period."""
    row = _KEYED.first(connection, key=key, on=on)
    return version(connection, key, row[1]) if row is not None else None


def version(connection: Connection, key: str, version: str) -> Form:
    """A form as it stood in a version; KeyError if there is none. Read once: what is published under a version never changes.

    Only a form that counts working days is read anew when the desk has changed the calendar.
    """
    known = EngineMemory.of(connection).versions
    form = known.get((key, version))
    if form is None:
        form = known[key, version] = _version(connection, key, version)
    if form.schedule.reads_calendar:
        said, calendar = said_days(connection), form.schedule.calendar
        if said != calendar.said:
            schedule = form.schedule.by(WorkingDays(calendar.holidays, said))
            form = known[key, version] = replace(form, schedule=schedule)
    return form


def _version(connection: Connection, key: str, version: str) -> Form:
    row = connection.execute(_VERSION, {"key": key, "version": version}).first()
    if row is None:
        raise KeyError(f"{key} {version}")
    return _read(row.source, row.file_name)


_FIRST_DAY = PreparedStatement(select(func.min(form.c.from_on)).where(form.c.key == bindparam("key")))


def first_day(connection: Connection, key: str) -> date | None:
    """The first period for which the form is published in any version."""
    day: date | None = _FIRST_DAY.rows(connection, key=key)[0][0]
    return day


@lru_cache(maxsize=64)
def _read(source: bytes, file_name: str) -> Form:
    return read_form(source, file_name, gate=False)
