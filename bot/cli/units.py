"""`giaoban units`: the tree of units, from and to CSV."""

import csv
import sys
from argparse import Namespace

from bot.cli.common import database, now, read_text, today, words
from bot.settings import read_settings
from reporting.unit_list import COLUMNS
from services.import_units import LeftBehind, import_units
from storage.organisation import people, units


def bring(chosen: Namespace) -> None:
    """`units import FILE.csv`: all of the file, or nothing."""
    settings = read_settings()
    text = read_text(chosen.file)
    with database(settings, writes=True) as connection:
        done = import_units(connection, text, now(settings))
    print(words().plain("units_imported", n=done.named, changed=len(done.changed)))
    print("".join(f"{_hint(each)}\n" for each in done.left_behind), end="")


def _hint(left: LeftBehind) -> str:
    """That a unit's people are to be invited again, or that nobody knows what it becomes part of."""
    unit, say = left.unit, words()
    values: dict[str, object] = {"unit": unit.title, "code": unit.code, "date": unit.until}
    if not left.became:
        return say.plain("units_lost", **values)
    values |= {"now": ", ".join(each.title for each in left.became), "names": people.names(left.people)}
    return say.plain("units_held", codes=", ".join(each.code for each in left.became), **values)


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
