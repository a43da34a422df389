"""Import units: the tree of units is added to or changed by a CSV file, all of it or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from reporting.people import Person
from reporting.unit_list import UnitLine, read_units, refuse_orphans
from reporting.units import Unit, UnitTree
from storage.database import audit
from storage.organisation import people, units
from storage.portal import deliveries
from understanding.mergers import successors

MOST_AUDITED = 1000
"""So many codes stand in the audit line, and how many there were."""


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """What a unit that ends leaves to be done: its `people` are to be invited again to what it `became`.

    Where nobody carries its name on, `became` and `people` are empty: what it becomes part of is not known.
    """

    unit: Unit
    became: tuple[Unit, ...]
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class ImportedUnits:
    """How many units the file names, the codes of those that are new or changed, and what they leave to be done."""

    named: int
    changed: tuple[str, ...]
    left_behind: tuple[LeftBehind, ...]


def import_units(connection: Connection, text: str, now: datetime, by: int | None = None) -> ImportedUnits:
    """Takes in the text of a CSV file; the same file again changes nothing. `by`: a person's id, None for the command line.

    Refused with everything that is wrong with the file, and where a unit would stand under one that is not there.
    """
    before = units.tree(connection)
    lines = read_units(text, frozenset(unit.code for unit in before))
    changed = units.put(connection, lines)
    tree = units.tree(connection)
    refuse_orphans(lines, tree)
    if changed:
        _note_moved(connection, before, tree, now)
        audit.write(connection, now, by, "units", codes=changed[:MOST_AUDITED], count=len(changed))
    ending = [line for line in lines if line.until and line.code in changed]
    return ImportedUnits(len(lines), tuple(changed), tuple(_left_behind(connection, ending)))


def _note_moved(connection: Connection, before: UnitTree, tree: UnitTree, now: datetime) -> None:
    """Totals of which units are no more part, or have become part, are due again at portals."""
    moved = [old for old in before if _place(tree.unit(old.id)) != _place(old)]
    if not moved:
        return
    ids = {each.id for each in moved}
    above = {one.id for each in moved for of in (before, tree) for one in list(of.above(of.unit(each.id)))[1:]}
    within = {each.id for each in tree if any(one.id in ids for one in tree.above(each))}
    deliveries.note_moved(connection, within, above, now)


def _place(unit: Unit) -> tuple[object, ...]:
    """By what a unit counts in the totals above it."""
    return unit.parent_id, unit.kind, unit.until


def _left_behind(connection: Connection, lines: Sequence[UnitLine]) -> list[LeftBehind]:
    tree = units.tree(connection)
    ended = {(line.code, line.since) for line in lines}
    left = []
    for unit in tree:
        if unit.until is None or (unit.code, unit.since) not in ended:
            continue
        became = successors(unit, tree)
        held = people.duties(connection, unit.until, [unit.id]) if became else []
        found = people.people_of(connection, {duty.person_id for duty in held}) if held else {}
        if found or not became:
            left.append(LeftBehind(unit, became, tuple(found.values())))
    return left
