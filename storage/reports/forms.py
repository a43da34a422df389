"""Published forms: the file as published, the form read from it with its calendar, from when on and until when it is in force."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from itertools import pairwise
from typing import TypeVar

from sqlalchemy import Connection, bindparam, func, insert, or_, select, update

from reporting.errors import Refused
from reporting.form_version import CANDIDATE, FormVersion
from reporting.forms import Form, Question
from reporting.tick_parts import Apart, TickPart, as_one
from reporting.working_days import WorkingDays
from reporting.xlsforms.reading import read_form
from storage.database.engines import EngineMemory
from storage.database.prepared import PreparedStatement
from storage.database.tables import metadata
from storage.schedule.calendar import said_days

S = TypeVar("S")
form, candidate = metadata.tables["form"], metadata.tables["form_candidate"]

_UP_TO = (
    select(form.c.key, form.c.version, form.c.until_on, form.c.from_on)
    .where(form.c.from_on <= bindparam("on"))
    .order_by(form.c.from_on, form.c.published_at, form.c.id)
)
_IN_FORCE = PreparedStatement(_UP_TO)
_NEWEST_FIRST = (form.c.from_on.desc(), form.c.published_at.desc(), form.c.id.desc())
_OF_KEY = PreparedStatement(_UP_TO.where(form.c.key == bindparam("key")))
_VERSION = select(form.c.file_name, form.c.source).where(
    form.c.key == bindparam("key"), form.c.version == bindparam("version")
)
_CANDIDATE = select(candidate.c.file_name, candidate.c.source).where(candidate.c.id == bindparam("id"))
_VERSIONS = select(
    form.c.key, form.c.version, form.c.from_on, form.c.until_on, form.c.published_at, form.c.file_name
).order_by(form.c.key, form.c.from_on, form.c.published_at, form.c.id)


def publish(connection: Connection, source: bytes, file_name: str, from_on: date, now: datetime) -> tuple[Form, bool]:
    """Publishes a form's file for periods from `from_on`; the form, and False if just that was published before.

    A version that stands is in force from the earlier of both days. One that was retired is so no more, if the day is not behind
    the one on which it ended; where a later one has taken the form up again, the rest between them stays. Raises BadForm with every
    problem; Refused when this version stands with another content, or is to come back after a while.
    """
    new = read_form(source, file_name)
    same = (form.c.key == new.key, form.c.version == new.version)
    row = connection.execute(select(form.c.source, form.c.from_on, form.c.until_on).where(*same)).first()
    if row is not None:
        if row.source != source:
            raise Refused("form_version_taken", form=new.key, version=new.version)
        if row.until_on is not None and from_on > row.until_on:
            raise Refused("form_version_over", form=new.key, version=new.version, until=row.until_on)
        is_retired = row.until_on is not None and row.until_on == _end(connection, new.key)
        if row.from_on <= from_on and not is_retired:
            return new, False
        connection.execute(update(form).where(*same).values(from_on=min(from_on, row.from_on)))
        if is_retired:
            _end_those_until(connection, new.key, row.until_on, None)
        return new, True
    values = {"key": new.key, "version": new.version, "file_name": file_name, "source": source}
    connection.execute(insert(form), values | {"from_on": from_on, "published_at": now})
    EngineMemory.of(connection).versions.pop((new.key, new.version), None)  # of a transaction that was rolled back
    return new, True


def retire(connection: Connection, key: str, until_on: date) -> None:
    """No version of the form is in force for periods that end on this day or later.

    That it was retired before and taken up again is not forgotten, if the day is not before that.
    """
    _end_those_until(connection, key, _end(connection, key), until_on)
    longer = or_(form.c.until_on.is_(None), form.c.until_on > until_on)
    connection.execute(update(form).where(form.c.key == key, longer).values(until_on=until_on))


def rests_of(connection: Connection, key: str) -> tuple[tuple[date, date], ...]:
    """From when until when a form was retired, and is in force again, in order."""
    return _rests([(each.version, each.until_on, each.from_on) for each in versions(connection, key)])


def _end(connection: Connection, key: str) -> date | None:
    """The day on which the form's last version ended, and with it the form."""
    newest = select(form.c.until_on).where(form.c.key == key).order_by(*_NEWEST_FIRST).limit(1)
    day: date | None = connection.execute(newest).scalar()
    return day


def _end_those_until(connection: Connection, key: str, stands: date | None, until_on: date | None) -> None:
    """The versions that end on one day, or never, end on another, or never."""
    same = (form.c.key == key, form.c.until_on.is_not_distinct_from(stands))
    connection.execute(update(form).where(*same).values(until_on=until_on))


def in_force(connection: Connection, on: date, since: date | None = None, *, apart: Apart = as_one) -> list[Form]:
    """The forms in force for a period, each in its newest version, in the order in which they were first published.

    `since`: those too that were retired later than that day; their schedules say when. `apart`: reads each.
    """
    rows: dict[str, list[tuple[str, date | None, date]]] = {}
    for key, *row in _IN_FORCE.rows(connection, on=on):
        rows.setdefault(key, []).append((row[0], row[1], row[2]))
    first = on if since is None else min(since, on)
    wanted = ((key, of) for key, of in rows.items() if (until := of[-1][1]) is None or first < until)
    found = (apart(TickPart(form=key), partial(_until, connection, key, of)) for key, of in wanted)
    return [each for each in found if each is not None]


def for_history(connection: Connection, on: date) -> list[Form]:
    """The forms by which history of a day is read: those in force on it, else the first version there was."""
    newest: dict[str, tuple[str, date | None]] = {}
    for key, name, until, from_on in _IN_FORCE.rows(connection, on=date.max):
        if key not in newest or from_on <= on:
            newest[key] = (name, until)
    return [version(connection, key, name) for key, (name, until) in newest.items() if until is None or on < until]


def published(connection: Connection, key: str, on: date) -> Form | None:
    """The version of a form that is in force for a period."""
    rows = [(name, until, began) for _, name, until, began in _OF_KEY.rows(connection, key=key, on=on)]
    if not rows or ((until := rows[-1][1]) is not None and on >= until):
        return None
    return _until(connection, key, rows)


def version(connection: Connection, key: str, version: str) -> Form:
    """A form as it stood in a version; KeyError if there is none. Read once: what is published under a version never changes.

    Only a form that counts working days is read anew when the desk has changed the calendar.
    """
    known, form = EngineMemory.of(connection).versions, _as_read(connection, key, version)
    if form.schedule.reads_calendar:
        said, calendar = said_days(connection), form.schedule.calendar
        if said != calendar.said:
            schedule = form.schedule.by(WorkingDays(calendar.holidays, said))
            form = known[key, version] = replace(form, schedule=schedule)
    return form


def _as_read(connection: Connection, key: str, version: str) -> Form:
    """The same, by whichever calendar."""
    known = EngineMemory.of(connection).versions
    form = known.get((key, version))
    if form is None:
        form = known[key, version] = _version(connection, key, version)
    return form


def versions(connection: Connection, key: str = "") -> Sequence[FormVersion]:
    """All that was ever published, by form and day; of one form if it is named."""
    wanted = _VERSIONS.where(form.c.key == key) if key else _VERSIONS
    return [FormVersion(*row) for row in connection.execute(wanted)]


def indicators_ever(connection: Connection, key: str) -> dict[str, Question]:
    """Every indicator that a form ever had, as the newest version has it that has it; those of the newest version first."""
    found: dict[str, Question] = {}
    for each in reversed(versions(connection, key)):
        found |= {q.name: q for q in version(connection, key, each.version).indicators if q.name not in found}
    return found


def source_of(connection: Connection, key: str, version: str) -> tuple[bytes, str]:
    """The file of a version as it was published, and its name. KeyError if there is none."""
    row = connection.execute(_VERSION, {"key": key, "version": version}).first()
    if row is None:
        raise KeyError(f"{key} {version}")
    return row.source, row.file_name


def _rests(rows: Sequence[tuple[str, date | None, date]]) -> tuple[tuple[date, date], ...]:
    """Between which days a form was retired, by its versions with the day on which each ended, if it did, and began."""
    pairs = ((until, again) for (_, until, _), (_, _, again) in pairwise(rows))
    return tuple((until, again) for until, again in pairs if until is not None and until < again)


def _until(connection: Connection, key: str, rows: Sequence[tuple[str, date | None, date]]) -> Form:
    """The newest version, with what was before. `rows`: the versions, oldest first, each with the days on which it ended and began."""
    name, until, _ = rows[-1]
    form, rests = version(connection, key, name), _rests(rows)
    before = [_as_read(connection, key, each[0]) for each in rows] if len(rows) > 1 else []
    began = [each[2] for each in rows]
    who = _until_when([each.reports for each in before], began)
    approval = _until_when([each.approval for each in before], began)
    if until is None and not rests and not who and not approval:
        return form
    known, mark = EngineMemory.of(connection).versions, (key, name, repr((until, rests, who, approval)))
    made = known.get(mark)
    if made is None or made.schedule.calendar != form.schedule.calendar:
        schedule = replace(form.schedule, until=until, rests=rests)
        made = known[mark] = replace(form, schedule=schedule, reports_until=who, approval_until=approval)
    return made


def _until_when(said: Sequence[S], began: Sequence[date]) -> tuple[tuple[date, S], ...]:
    """What the versions before the last say otherwise than the next, each up to the day on which that began."""
    return tuple(
        (day, before) for (before, after), day in zip(pairwise(said), began[1:], strict=False) if before != after
    )


def _version(connection: Connection, key: str, version: str) -> Form:
    if version.startswith(CANDIDATE):
        row = connection.execute(_CANDIDATE, {"id": int(version.removeprefix(CANDIDATE).partition(".")[0])}).first()
        if row is None:
            raise KeyError(f"{key} {version}")
        return replace(as_published(row.source, row.file_name), version=version)
    return as_published(*source_of(connection, key, version))


_FIRST_DAY = PreparedStatement(select(func.min(form.c.from_on)).where(form.c.key == bindparam("key")))


def first_day(connection: Connection, key: str) -> date | None:
    """The first period for which the form is published in any version."""
    day: date | None = _FIRST_DAY.rows(connection, key=key)[0][0]
    return day


def as_published(source: bytes, file_name: str) -> Form:
    """The form of a file that has been checked, as it stands or would stand when it is published."""
    return read_form(source, file_name, gate=False)
