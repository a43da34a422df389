"""`giaoban units`: the tree of units, from and to CSV."""

import csv
import sys
from argparse import Namespace

from bot.desk.office import database, now, read_text, today, words
from bot.settings import read_settings
from reporting.unit_list import COLUMNS, read_units, refuse_orphans
from storage import audit, units


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
    print(words().plain("units_imported", n=len(lines), changed=len(changed)))


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
