"""`giaoban units`: the tree of units, from and to CSV."""

import csv
import sys
from argparse import Namespace
from collections.abc import Sequence

from sqlalchemy import Connection

from bot.cli.common import database, now, read_text, today, words
from bot.settings import read_settings
from reporting.unit_list import COLUMNS, UnitLine, read_units, refuse_orphans
from storage.database import audit
from storage.organisation import people, units
from understanding.mergers import successors


def bring(chosen: Namespace) -> None:
    """`units import FILE.csv`: all of the file, or nothing."""
    settings = read_settings()
    text = read_text(chosen.file)
    with database(settings, writes=True) as connection:
        known = frozenset(unit.code for unit in units.tree(connection))
        lines = read_units(text, known)
        changed = units.put(connection, lines)
        refuse_orphans(lines, units.tree(connection))
        if changed:
            audit.write(connection, now(settings), None, "units", codes=changed[:1000], count=len(changed))
        left = _left_behind(connection, [line for line in lines if line.until and line.code in changed])
    print(words().plain("units_imported", n=len(lines), changed=len(changed)))
    print("".join(f"{hint}\n" for hint in left), end="")


def _left_behind(connection: Connection, lines: Sequence[UnitLine]) -> list[str]:
    """What units that end leave to be done: their people are to be invited again, or nobody knows what they become part of."""
    tree, say = units.tree(connection), words()
    ended = {(line.code, line.since) for line in lines}
    hints = []
    for unit in tree:
        if unit.until is None or (unit.code, unit.since) not in ended:
            continue
        became = successors(unit, tree)
        values: dict[str, object] = {"unit": unit.title, "code": unit.code, "date": unit.until}
        if not became:
            hints.append(say.plain("units_lost", **values))
            continue
        held = people.duties(connection, unit.until, [unit.id])
        names = people.names([*people.people_of(connection, {duty.person_id for duty in held}).values()])
        values |= {"now": ", ".join(each.title for each in became), "codes": ", ".join(each.code for each in became)}
        hints += [say.plain("units_held", names=names, **values)] if names else []
    return hints


def show(_: Namespace) -> None:
    """`units list`: those of today, in the order of the tree, as CSV that can be imported."""
    settings = read_settings()
    with database(settings) as connection:
        tree, on = units.tree(connection), today(settings)
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(COLUMNS)
    for root in tree.roots(on):
        for unit in tree.under(root, on):
            parent = tree.unit(unit.parent_id).code if unit.parent_id is not None else ""
            out.writerow(
                (unit.code, unit.name, unit.kind, parent, ";".join(unit.aliases), unit.since or "", unit.until or "")
            )
