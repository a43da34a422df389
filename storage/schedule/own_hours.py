"""At which hours people want to be reminded before the deadline."""

from datetime import datetime, time
from typing import Any

from sqlalchemy import Connection, Row, delete, select

from reporting.rounds.own_hours import OwnHours
from storage.database.inserting import insert_into
from storage.database.tables import metadata

own_hour = metadata.tables["own_hour"]


def all_own_hours(connection: Connection) -> dict[int, OwnHours]:
    """By person id; few have any."""
    return {row.person_id: _made(row) for row in connection.execute(select(own_hour))}


def own_hours_of(connection: Connection, person_id: int) -> OwnHours | None:
    """Those of a person; None where he goes by the form's."""
    row = connection.execute(select(own_hour).where(own_hour.c.person_id == person_id)).first()
    return _made(row) if row is not None else None


def keep_own_hours(connection: Connection, person_id: int, hours: OwnHours) -> None:
    """From now on he is reminded then."""
    minutes = [each.hour * 60 + each.minute for each in hours.hours]
    kept = {"minutes": minutes, "weekdays": sorted(hours.weekdays), "set_at": hours.set_at}
    statement = insert_into(connection, own_hour).values(person_id=person_id, **kept)
    newest = {name: statement.excluded[name] for name in kept}
    connection.execute(statement.on_conflict_do_update(index_elements=["person_id"], set_=newest))


def forget_own_hours(connection: Connection, person_id: int) -> bool:
    """He goes by the form's again; False if he did before."""
    return connection.execute(delete(own_hour).where(own_hour.c.person_id == person_id)).rowcount == 1


def _made(row: Row[Any]) -> OwnHours:
    hours = tuple(time(each // 60, each % 60) for each in row.minutes)
    set_at: datetime = row.set_at
    return OwnHours(hours, frozenset(row.weekdays), set_at)
