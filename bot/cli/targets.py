"""`giaoban targets`: what indicators are to reach, by unit, taken in from a file, listed and given up."""

import csv
import sys
from argparse import Namespace
from collections.abc import Mapping

from bot.cli.common import database, now, read_file, today, words
from bot.settings import read_settings
from messages.leaders.target_words import target_said
from reporting.figures.indicator_targets import IndicatorTarget
from reporting.forms import Form
from reporting.harmless_cells import harmless_row
from reporting.target_list import COLUMNS, spelled_value
from reporting.unit_tables import table_text
from services.keep_targets import import_targets, known_targets, retire_target
from services.targets_held import target_on
from storage.organisation import units
from storage.reports import forms

HEAD = ("id", *COLUMNS, "ended")


def bring(chosen: Namespace) -> None:
    """`targets import FILE [--dry-run]`: all of it, or nothing; what is otherwise is told line by line."""
    settings = read_settings()
    text = table_text(chosen.file, read_file(chosen.file))
    with database(settings, writes=True) as connection:
        done = import_targets(connection, text, now(settings), settings.zone, dry_run=chosen.dry_run)
        tree = units.tree(connection)
        by_key = {form.key: form for form in forms.in_force(connection, today(settings))}
    say = words()
    for each in done.new:
        print(say.plain("targets_line", unit=tree.unit(each.unit_id).title, target=_said(each, by_key)))
    key = "targets_dry_run" if chosen.dry_run else "targets_imported"
    print(say.plain(key, n=done.lines, new=len(done.new), replaced=done.replaced))


def _said(target: IndicatorTarget, by_key: Mapping[str, Form]) -> str:
    return target_said(target, by_key.get(target.form), words())


def show(chosen: Namespace) -> None:
    """`targets list [--all]`: as CSV that can be imported, with the number that `retire` takes; `--all`: what has ended too."""
    settings = read_settings()
    with database(settings) as connection:
        found = known_targets(connection, today(settings), everything=chosen.all)
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(HEAD)
    for each in found:
        target, ended = each.target, each.given.ended_at
        change = "" if target.least_change is None else spelled_value(target.least_change)
        days = (target.since, target.until or "")
        cells = (
            each.unit.identity,
            target.indicator,
            target.bound,
            spelled_value(target.value),
            target.of,
            target.each,
        )
        out.writerow(harmless_row((target.id, *cells, *days, change, target.form, ended.date() if ended else "")))


def retire(chosen: Namespace) -> None:
    """`targets retire ID`: it holds no more, and stays in the list of all."""
    settings = read_settings()
    with database(settings, writes=True) as connection:
        target = retire_target(connection, chosen.id, now(settings))
        tree = units.tree(connection)
        unit = tree.unit(target_on(target, tree, today(settings)).unit_id)
        by_key = {form.key: form for form in forms.in_force(connection, today(settings))}
    said = _said(target, by_key)
    print(words().plain("target_retired", id=str(chosen.id), unit=unit.title, target=said))
