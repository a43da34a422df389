"""`giaoban completeness`: which figures are left unknown or skipped, by unit and question."""

import csv
import json
import sys
from argparse import Namespace
from collections.abc import Iterator
from io import StringIO

from bot.cli.common import check_past, database, now, today, words, write_file
from bot.settings import read_settings
from reporting.errors import Refused
from reporting.harmless_cells import harmless_row
from reporting.rounds.completeness import Completeness
from services.read_completeness import completeness_of_forms
from storage.organisation import units

HEAD = (
    "unit",
    "name",
    "form",
    "question",
    "expected",
    "received",
    "asked",
    "answered",
    "unknown",
    "empty",
    "completeness",
)
Row = tuple[str | int | float | None, ...]


def show(chosen: Namespace) -> None:
    """`completeness [--from D] [--to D] [--unit CODE] [--form KEY] [--format table|csv|json] [-o FILE]`.

    A row a unit and question that was asked of it; a unit of which nothing has come has one row without a question.
    """
    settings = read_settings()
    until = chosen.until or today(settings)
    check_past(settings, chosen.since, chosen.until)
    with database(settings) as connection:
        tree = units.tree(connection)
        unit = tree.known(chosen.unit, until) if chosen.unit else None
        found = completeness_of_forms(connection, chosen.since, until, tree, now(settings), settings.zone, unit)
    wanted = [each for each in found if chosen.form in (None, each.form.key)]
    if not wanted:
        raise Refused("completeness_cli_none")
    rows = [row for each in wanted for row in _rows(each)]
    written = {"csv": _csv, "json": _json, "table": _table}[chosen.format](rows)
    if chosen.output:
        write_file(chosen.output, written.encode())
    else:
        sys.stdout.write(written)


def _rows(found: Completeness) -> Iterator[Row]:
    for each in found.units:
        of_unit = (each.unit.code, each.unit.title, found.form.key)
        reports = (each.rates.expected, each.rates.received)
        asked = [
            (question.name, each.counts[question.name]) for question in found.questions if question.name in each.counts
        ]
        if not asked:
            yield (*of_unit, "", *reports, 0, 0, 0, 0, None)
        for name, counts in asked:
            complete = None if counts.completeness is None else float(counts.completeness)
            yield (*of_unit, name, *reports, counts.asked, counts.answered, counts.unknown, counts.empty, complete)


def _csv(rows: list[Row]) -> str:
    text = StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(HEAD)
    out.writerows(harmless_row("" if cell is None else cell for cell in row) for row in rows)
    return text.getvalue()


def _json(rows: list[Row]) -> str:
    return json.dumps([dict(zip(HEAD, row, strict=True)) for row in rows], ensure_ascii=False, indent=1) + "\n"


def _table(rows: list[Row]) -> str:
    """The least complete first; units of which nothing has come at the end."""
    ordered = sorted(rows, key=lambda row: (row[-1] is None, row[-1] or 0))
    lines = ["\t".join("—" if cell is None else str(cell) for cell in row) for row in ordered]
    return "\n".join([words().plain("completeness_cli_head"), *lines]) + "\n"
