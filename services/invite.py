"""Invite: a code gives a duty to whoever brings it, to so many people and for so many days."""

from datetime import datetime, timedelta
from secrets import token_urlsafe

from sqlalchemy import Connection

from reporting.people import Role
from reporting.units import Unit
from storage.database import audit
from storage.organisation import people

RANDOM_BYTES = 18


def invite(
    connection: Connection, role: Role, unit: Unit, days: int, uses: int, now: datetime, by: int | None = None
) -> str:
    """The code, known only here and now: its hash is kept. `by`: a person's id, None for the desk's command line."""
    code = token_urlsafe(RANDOM_BYTES)
    people.invite(connection, code, role, unit.id, now + timedelta(days=days), uses, now)
    audit.write(connection, now, by, "invite", unit_id=unit.id, role=role, uses=uses)
    return code
