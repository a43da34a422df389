"""Leave and hand-over: duties that stop for some days, or pass to somebody else, by their dates."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import cast

from sqlalchemy import Connection, insert, or_, select, update

from reporting.people import Duty, Role
from storage.database.tables import metadata

duty = metadata.tables["duty"]
REPORTER: tuple[Role, ...] = ("reporter",)


def leave(
    connection: Connection, person_id: int, first_on: date, last_on: date, roles: Collection[Role] = REPORTER
) -> list[Duty]:
    """Interrupts a person's duties from `first_on` to `last_on`, both included; those that were in force then."""
    back_on = last_on + timedelta(days=1)
    held = select(duty).where(
        duty.c.person_id == person_id,
        duty.c.role.in_(roles),
        duty.c.since <= last_on,
        or_(duty.c.until.is_(None), duty.c.until > first_on),
    )
    found: list[Duty] = []
    for row in connection.execute(held.order_by(duty.c.id)).mappings().all():
        found.append(Duty(row["person_id"], row["unit_id"], cast("Role", row["role"]), row["since"], row["until"]))
        goes_on = row["until"] is None or row["until"] > back_on
        mine = update(duty).where(duty.c.id == row["id"])
        if row["since"] >= first_on:
            connection.execute(mine.values(since=back_on, until=row["until"] if goes_on else back_on))
            continue
        connection.execute(mine.values(until=first_on))
        if goes_on:
            again = {"person_id": person_id, "unit_id": row["unit_id"], "role": row["role"]}
            connection.execute(insert(duty), again | {"since": back_on, "until": row["until"]})
    return found


def come_back(connection: Connection, person_id: int, today: date) -> list[Duty]:
    """Duties that would go on later go on today."""
    later = select(duty).where(duty.c.person_id == person_id, duty.c.since > today)
    found = []
    for row in connection.execute(later.order_by(duty.c.id)).mappings().all():
        connection.execute(update(duty).where(duty.c.id == row["id"]).values(since=today))
        found.append(Duty(person_id, row["unit_id"], cast("Role", row["role"]), today, row["until"]))
    return found


def end(connection: Connection, unit_id: int, role: Role, on: date) -> list[int]:
    """Ends every duty of this role at a unit with `on`; the ids of those who held it."""
    held = select(duty.c.id, duty.c.person_id).where(
        duty.c.unit_id == unit_id, duty.c.role == role, or_(duty.c.until.is_(None), duty.c.until > on)
    )
    rows = connection.execute(held.order_by(duty.c.id)).all()
    for row in rows:
        mine = update(duty).where(duty.c.id == row.id)
        connection.execute(mine.where(duty.c.since < on).values(until=on))
        connection.execute(mine.where(duty.c.since >= on).values(until=duty.c.since))
    return list(dict.fromkeys(row.person_id for row in rows))
