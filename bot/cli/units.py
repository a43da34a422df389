"""`giaoban units`: the tree of units, its groups and mergers, from and to files."""

import csv
import sys
from argparse import Namespace

from bot.channels import ALL_CHANNELS
from bot.cli.common import database, now, plain_text, read_file, today, words
from bot.settings import Settings, read_settings
from messages.admins.unit_words import changed_lines
from messages.notices import notices_of
from reporting import group_list
from reporting.harmless_cells import harmless_row
from reporting.unit_differences import ChangedUnits
from reporting.unit_list import COLUMNS
from reporting.unit_tables import TableKind, table_text
from services.import_units import change_units
from storage.messages import outbox
from storage.organisation import units


def bring(chosen: Namespace) -> None:
    """`units import FILE [--dry-run]`: the list of units, all of it, or nothing."""
    _change(chosen, "units")


def bring_groups(chosen: Namespace) -> None:
    """`units groups FILE [--dry-run]`: which units are counted to which group."""
    _change(chosen, "groups")


def merge(chosen: Namespace) -> None:
    """`units merge FILE [--dry-run]`: what becomes of which unit on which day."""
    _change(chosen, "mergers")


def _change(chosen: Namespace, kind: TableKind) -> None:
    """Everybody whom it concerns is told by the running bot."""
    settings = read_settings()
    text = table_text(chosen.file, read_file(chosen.file))
    with database(settings, writes=True) as connection:
        at = now(settings)
        done = change_units(connection, text, at, settings.zone, dry_run=chosen.dry_run, kind=kind)
        if not chosen.dry_run:
            said = notices_of(done.events, settings.zone)
            outbox.put(connection, said, at, ALL_CHANNELS)
    _print(done, settings, dry_run=chosen.dry_run)


def _print(done: ChangedUnits, settings: Settings, *, dry_run: bool) -> None:
    for line in changed_lines(done, words(), today(settings), at_desk=True):
        print(plain_text(line))
    print(words().plain("units_dry_run" if dry_run else "units_imported", n=done.named, changed=len(done.changed)))


def show(chosen: Namespace) -> None:
    """`units list [--groups]`: those of today, in the order of the tree, as CSV that can be imported."""
    settings = read_settings()
    with database(settings) as connection:
        tree, on = units.tree(connection), today(settings)
    out = csv.writer(sys.stdout, lineterminator="\n")
    if chosen.groups:
        out.writerow(group_list.COLUMNS)
        for group in tree.groups(on):
            aliases = ";".join(group.aliases)
            for each in (each for each in tree.memberships if each.group_id == group.id):
                member = tree.unit(each.unit_id).code
                cells = (group.code, group.name, group.kind, aliases, member, each.since or "", each.until or "")
                out.writerow(harmless_row(cells))
        return
    out.writerow(COLUMNS)
    for root in tree.roots(on):
        for unit in tree.under(root, on):
            parent = tree.unit(unit.parent_id).code if unit.parent_id is not None else ""
            names = (unit.code, unit.name, unit.kind, parent, ";".join(unit.aliases))
            out.writerow(harmless_row((*names, unit.since or "", unit.until or "")))
