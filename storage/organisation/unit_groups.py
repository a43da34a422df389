"""Groups of units that are no tier: what each is called, and its members with their dates."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from reporting.units import GroupMember
from storage.database.tables import metadata

unit, unit_group = metadata.tables["unit"], metadata.tables["unit_group"]


def put_group(connection: Connection, code: str, name: str, kind: str, aliases: Sequence[str], above_id: int) -> int:
    """The group with this code is called so, new or not; its id. `above_id`: of the unit that stands above all its members."""
    values: dict[str, Any] = {"name": name, "kind": kind, "aliases": ";".join(aliases), "parent_id": above_id}
    known = connection.execute(select(unit.c.id).where(unit.c.code == code)).scalar()
    if known is None:
        return int(connection.execute(insert(unit).values(values | {"code": code}).returning(unit.c.id)).scalar_one())
    connection.execute(update(unit).where(unit.c.id == known).values(values))
    return int(known)


def put_members(connection: Connection, memberships: Sequence[GroupMember], group_id: int) -> None:
    """These are all members that the group has, and ever had."""
    connection.execute(delete(unit_group).where(unit_group.c.group_id == group_id))
    rows = [
        {"group_id": each.group_id, "member_id": each.unit_id, "since": each.since, "until": each.until}
        for each in memberships
    ]
    connection.execute(insert(unit_group), rows)
