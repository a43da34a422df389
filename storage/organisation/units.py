"""Units: the tree as it ever was, and its import."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, select, update

from reporting.unit_list import UnitLine
from reporting.units import GroupMember, Unit, UnitTree
from storage.database.tables import metadata
from storage.figures import group_totals

unit, unit_group = metadata.tables["unit"], metadata.tables["unit_group"]


def tree(connection: Connection) -> UnitTree:
    """All units that ever were."""
    found = map(_unit, connection.execute(select(unit)).mappings())
    members = select(unit_group.c.group_id, unit_group.c.member_id, unit_group.c.since, unit_group.c.until)
    counted = [GroupMember(*row) for row in connection.execute(members.order_by(unit_group.c.id))]
    return UnitTree(sorted(found, key=lambda each: each.code_order), counted)


def put(connection: Connection, lines: Sequence[UnitLine]) -> list[str]:
    """Adds the lines' units, or changes the ones of the same code and `since`; the codes of those that are new or changed.

    `lines` are checked (`unit_list.read_units`) and stand parents first.
    """
    known = {(row["code"], row["since"]): dict(row) for row in connection.execute(select(unit)).mappings()}
    changed, regrouped = [], set[int | None]()
    for line in lines:
        parent_id = _parent(known, line)
        values: dict[str, Any] = {
            "name": line.name,
            "kind": line.kind,
            "parent_id": parent_id,
            "aliases": ";".join(line.aliases),
            "until": line.until,
        }
        row = known.get((line.code, line.since))
        if row is None:
            values |= {"code": line.code, "since": line.since}
            result = connection.execute(unit.insert().values(values))
            known[line.code, line.since] = values | {"id": (result.inserted_primary_key or [None])[0]}
        elif any(row[name] != value for name, value in values.items()):
            if any(row[name] != values[name] for name in ("parent_id", "kind", "until")):
                regrouped |= {row["parent_id"], parent_id}
            connection.execute(update(unit).where(unit.c.id == row["id"]).values(values))
            row.update(values)
        else:
            continue
        changed.append(line.code)
    group_totals.rebuild(connection, [one for one in regrouped if one is not None])
    return changed


def _parent(known: dict[tuple[str, Any], dict[str, Any]], line: UnitLine) -> int | None:
    if not line.parent:
        return None
    bearers = [row for (code, _), row in known.items() if code == line.parent]
    fitting = [row for row in bearers if row["since"] is None or line.since is None or row["since"] <= line.since]
    newest = max(fitting or bearers, key=lambda row: str(row["since"] or ""))
    return int(newest["id"])


def _unit(row: RowMapping) -> Unit:
    return Unit(
        id=row["id"],
        code=row["code"],
        name=row["name"],
        kind=row["kind"],
        parent_id=row["parent_id"],
        aliases=tuple(filter(None, row["aliases"].split(";"))),
        since=row["since"],
        until=row["until"],
    )
