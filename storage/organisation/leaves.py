"""Leave and hand-over: duties that stop for some days, or pass to somebody else, by their dates."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import cast

from sqlalchemy import Connection, RowMapping, and_, delete, exists, insert, or_, select, update

from reporting.people import Duty, Role
from storage.database.tables import metadata

duty = metadata.tables["duty"]
_IS_OF_DAYS = or_(duty.c.until.is_(None), duty.c.until > duty.c.since)
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
        _IS_OF_DAYS,
    )
    found: list[Duty] = []
    for row in connection.execute(held.order_by(duty.c.id)).mappings().all():
        found.append(Duty(row["person_id"], row["unit_id"], cast("Role", row["role"]), row["since"], row["until"]))
        goes_on = row["until"] is None or row["until"] > back_on
        mine = update(duty).where(duty.c.id == row["id"])
        _clear(connection, row["person_id"], row["unit_id"], row["role"], back_on)
        if row["since"] >= first_on:
            connection.execute(mine.values(since=back_on) if goes_on else mine.values(until=duty.c.since))
            continue
        connection.execute(mine.values(until=first_on))
        if goes_on:
            again = {"person_id": person_id, "unit_id": row["unit_id"], "role": row["role"]}
            connection.execute(insert(duty), again | {"since": back_on, "until": row["until"]})
    return found


def come_back(connection: Connection, person_id: int, today: date) -> list[Duty]:
    """Duties that would go on later go on today; where one goes on in several pieces, to the end of the last."""
    later = select(duty).where(duty.c.person_id == person_id, duty.c.since > today, _IS_OF_DAYS)
    pieces: dict[tuple[int, str], list[RowMapping]] = {}
    for row in connection.execute(later.order_by(duty.c.since)).mappings().all():
        pieces.setdefault((row["unit_id"], row["role"]), []).append(row)
    found = []
    for (unit_id, role), rows in pieces.items():
        _clear(connection, person_id, unit_id, role, today)
        held, until = _held(connection, person_id, unit_id, role, today), rows[-1]["until"]
        first = rows.pop(0)["id"] if held is None else held
        for row in rows:
            connection.execute(update(duty).where(duty.c.id == row["id"]).values(until=duty.c.since))
        begins = {"since": today} if held is None else {}
        connection.execute(update(duty).where(duty.c.id == first).values(until=until, **begins))
        found.append(Duty(person_id, unit_id, cast("Role", role), today, until))
    return found


def _held(connection: Connection, person_id: int, unit_id: int, role: str, on: date) -> int | None:
    """The id of the duty of this role that is in force on a day."""
    mine = (duty.c.person_id == person_id, duty.c.unit_id == unit_id, duty.c.role == role)
    in_force = select(duty.c.id).where(*mine, duty.c.since <= on, duty.c.until > on)
    return connection.execute(in_force).scalar()


def _clear(connection: Connection, person_id: int, unit_id: int, role: str, since: date) -> None:
    """Takes away a duty of no day that stands in the place of one that is to begin then."""
    mine = (duty.c.person_id == person_id, duty.c.unit_id == unit_id, duty.c.role == role)
    connection.execute(delete(duty).where(*mine, duty.c.since == since, duty.c.until == since))


def away(connection: Connection, on: date, roles: Collection[Role]) -> list[Duty]:
    """The duties of these roles that are to go on, or to begin, later, of people who do not hold them on this day."""
    held = duty.alias("held")
    same = and_(*(duty.c[name] == held.c[name] for name in ("person_id", "unit_id", "role")))
    still = exists().where(same, held.c.since <= on, or_(held.c.until.is_(None), held.c.until > on))
    later = select(duty).where(duty.c.role.in_(roles), duty.c.since > on, _IS_OF_DAYS, ~still).order_by(duty.c.id)
    rows = connection.execute(later).mappings()
    return [
        Duty(row["person_id"], row["unit_id"], cast("Role", row["role"]), row["since"], row["until"]) for row in rows
    ]


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


def ends_with(connection: Connection, held: Duty, until: date) -> None:
    """A duty that has no end, or a later one, ends then."""
    same = (duty.c.person_id == held.person_id, duty.c.unit_id == held.unit_id, duty.c.role == held.role)
    later = or_(duty.c.until.is_(None), duty.c.until > until)
    connection.execute(update(duty).where(*same, duty.c.since == held.since, later).values(until=until))
