"""Invitations: of a code only its hash, for whom it is, who made it, and how many have used it."""

from collections.abc import Collection
from datetime import datetime
from typing import cast

from sqlalchemy import Connection, RowMapping, insert, select, update

from reporting.people import Invitation, Role
from storage.database.tables import metadata
from storage.organisation.hashes import hash_of

invitation, audit = metadata.tables["invitation"], metadata.tables["audit"]
_ALL = select(invitation).order_by(invitation.c.id)


def add(
    connection: Connection,
    code: str,
    role: Role,
    unit_id: int,
    expires_at: datetime,
    uses: int,
    now: datetime,
    made_by: int | None = None,
) -> int:
    """Keeps an invitation, of its code only the hash; its id. `made_by`: a person's id, None for the desk's command line."""
    values = {
        "code_hash": hash_of(code),
        "role": role,
        "unit_id": unit_id,
        "expires_at": expires_at,
        "uses_left": uses,
        "uses": uses,
        "created_at": now,
        "made_by": made_by,
    }
    return int(connection.execute(insert(invitation).returning(invitation.c.id), values).scalar_one())


def of_code(connection: Connection, code: str) -> Invitation | None:
    """The invitation with this code, used up, revoked or expired as it may be."""
    row = connection.execute(_ALL.where(invitation.c.code_hash == hash_of(code))).mappings().first()
    return _invitation(row) if row is not None else None


def one(connection: Connection, invitation_id: int) -> Invitation | None:
    """The invitation with this id."""
    row = connection.execute(_ALL.where(invitation.c.id == invitation_id)).mappings().first()
    return _invitation(row) if row is not None else None


def made(connection: Connection, open_at: datetime | None = None) -> list[Invitation]:
    """All invitations, oldest first; `open_at`: those that can be used at that moment."""
    wanted = _ALL
    if open_at is not None:
        is_good = (invitation.c.expires_at > open_at, invitation.c.uses_left > 0, invitation.c.revoked_at.is_(None))
        wanted = wanted.where(*is_good)
    return [_invitation(row) for row in connection.execute(wanted).mappings()]


def use(connection: Connection, used: Invitation) -> bool:
    """Takes one use from an invitation; False if somebody else took the last one."""
    statement = (
        update(invitation)
        .where(invitation.c.id == used.id, invitation.c.uses_left > 0, invitation.c.revoked_at.is_(None))
        .values(uses_left=invitation.c.uses_left - 1)
    )
    return connection.execute(statement).rowcount == 1


def is_used_by(connection: Connection, used: Invitation, person_id: int) -> bool:
    """Whether the person has come in by it before; the audit knows."""
    joined = select(audit.c.detail).where(
        audit.c.unit_id == used.unit_id, audit.c.who == person_id, audit.c.what == "join"
    )
    return any(each.get("invitation") == used.id for each in connection.execute(joined).scalars())


def revoke(connection: Connection, invitation_id: int, now: datetime) -> bool:
    """From now on the invitation is good for nobody; False if it was revoked already."""
    mine = (invitation.c.id == invitation_id, invitation.c.revoked_at.is_(None))
    return connection.execute(update(invitation).where(*mine).values(revoked_at=now)).rowcount == 1


def invited_units(connection: Connection, roles: Collection[Role], open_at: datetime) -> set[int]:
    """The units for which an invitation to one of these roles can be used at that moment."""
    return {each.unit_id for each in made(connection, open_at) if each.role in roles}


def _invitation(row: RowMapping) -> Invitation:
    return Invitation(
        row["id"],
        cast("Role", row["role"]),
        row["unit_id"],
        row["expires_at"],
        row["uses_left"],
        row["uses"],
        row["created_at"],
        row["made_by"],
        row["revoked_at"],
    )
