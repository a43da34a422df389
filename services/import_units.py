"""Change the units by a file: the list of units, the groups or a merger, all of it or nothing, or a dry run of it."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from reporting.errors import Refused, by_row, refuse_all
from reporting.group_list import MemberLine, above_all, member_of, read_groups
from reporting.unit_differences import ChangedUnits, LeftBehind, unit_differences
from reporting.unit_list import read_units, refuse_orphans
from reporting.unit_tables import TableKind, table_kind
from reporting.units import GroupMember, Unit, UnitTree
from services.merge_units import merge_units
from services.settle_ended import settle_ended
from services.suspend import suspend_on
from storage.database import audit
from storage.organisation import unit_groups, units
from storage.portal import due_deliveries
from understanding.mergers import goes_on_as, successors

MOST_AUDITED = 1000
"""So many codes stand in the audit line, and how many there were."""


def change_units(
    connection: Connection,
    text: str,
    now: datetime,
    zone: ZoneInfo,
    by: int | None = None,
    *,
    dry_run: bool = False,
    kind: TableKind | None = None,
) -> ChangedUnits:
    """Takes in the text of a CSV file; the same file again changes nothing. `by`: a person's id, None for the command line.

    `dry_run`: everything is done, told and undone again. Refused with everything that is wrong with the file; and where it is
    none of the lists, or not of this `kind`.
    """
    found = kind or table_kind(text)
    if found is None:
        raise Refused("units_no_list")
    with connection.begin_nested() as trial:
        done = _changed(connection, found, text, now, zone, by)
        if dry_run:
            trial.rollback()
    return done


def _changed(
    connection: Connection, kind: TableKind, text: str, now: datetime, zone: ZoneInfo, by: int | None
) -> ChangedUnits:
    before, today = units.tree(connection), now.astimezone(zone).date()
    moved: Mapping[int, Collection[int]] = {}
    match kind:
        case "units":
            named = _import_units(connection, text, before)
        case "groups":
            named = _import_groups(connection, text, before, today)
        case "mergers":
            named, moved = merge_units(connection, text, before)
    after = units.tree(connection)
    differences = tuple(unit_differences(before, after))
    changed = tuple({each.unit.id: each.unit.code for each in differences}.values())
    if changed:
        _note_moved(connection, before, after, now)
        audit.write(connection, now, by, "units", list=kind, codes=changed[:MOST_AUDITED], count=len(changed))
    ended = [each.unit for each in differences if each.change == "ended" or (each.change == "new" and each.unit.until)]
    for old in ended:
        assert old.until is not None, "it has ended"
        if (goes_on := goes_on_as(old, after, old.until)) != old:
            suspend_on(connection, old, goes_on, now, by)
    left, events = settle_ended(connection, ended, after, now, zone, moved)
    known = {unit.id for unit in ended}
    touched = {each.unit.id: each.unit for each in differences if each.unit.until and each.unit.id not in known}
    left += [LeftBehind(unit, ()) for unit in touched.values() if not successors(unit, after)]
    return ChangedUnits(named, changed, differences, tuple(left), tuple(events))


def _note_moved(connection: Connection, before: UnitTree, after: UnitTree, now: datetime) -> None:
    """Totals of which units are no more part, or have become part, are due again at portals; and what units had sent for days on which
    they are no more.
    """
    moved = [old for old in before if _place(after.unit(old.id)) != _place(old)]
    if not moved:
        return
    ids = {each.id for each in moved}
    above = {one.id for each in moved for of in (before, after) for one in list(of.above(of.unit(each.id)))[1:]}
    within = {each.id for each in after if any(one.id in ids for one in after.above(each))}
    due_deliveries.note_moved(connection, within, above, now)
    ends = {old.id: (old.until, after.unit(old.id).until) for old in moved}
    ended = {one: min(filter(None, both)) for one, both in ends.items() if both[0] != both[1]}
    due_deliveries.note_ended(connection, ended, now)


def _place(unit: Unit) -> tuple[object, ...]:
    """By what a unit counts in the totals above it."""
    return unit.parent_id, unit.kind, unit.until


def _import_units(connection: Connection, text: str, before: UnitTree) -> int:
    """How many lines there are. Refused as well where a unit would stand under one that is not there."""
    lines = read_units(text, frozenset(unit.code for unit in before))
    groups = {unit.code for unit in before if before.is_group(unit)}
    refuse_all([Refused("units_group", row=str(each.row), code=each.code) for each in lines if each.code in groups])
    units.put(connection, lines)
    refuse_orphans(lines, units.tree(connection))
    return len(lines)


def _import_groups(connection: Connection, text: str, before: UnitTree, today: date) -> int:
    """How many lines there are. Of the groups that the file names it says everything: who is not in it was never counted to them."""
    lines = read_groups(text)
    of_group: dict[str, list[MemberLine]] = {}
    for line in lines:
        of_group.setdefault(line.group, []).append(line)
    found = list[Refused]()
    for code, theirs in of_group.items():
        first, taken = theirs[0], [each for each in before if each.code == code]
        if any(not before.is_group(each) for each in taken):
            found.append(Refused("groups_code", row=str(first.row), group=code))
            continue
        members = list[tuple[MemberLine, Unit]]()
        for line in theirs:
            try:
                members.append((line, member_of(line, before, today)))
            except Refused as refused:
                found.append(refused)
        above = above_all([unit for _, unit in members], before) if members else None
        if above is None:
            found += [Refused("groups_apart", row=str(first.row), group=code)] if members else []
            continue
        group_id = unit_groups.put_group(connection, code, first.name, first.kind, first.aliases, above.id)
        unit_groups.put_members(
            connection, [GroupMember(group_id, unit.id, line.since, line.until) for line, unit in members], group_id
        )
    refuse_all(sorted(found, key=by_row))
    return len(lines)
