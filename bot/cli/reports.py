"""`giaoban reports export`: all that a form's reports say, as tables."""

import csv
import json
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path

from bot.cli.common import check_past, database, now, words, write_file, written_whole
from bot.settings import read_settings
from reporting.errors import Refused
from reporting.harmless_cells import harmless_row
from reporting.report_tables import Cell, ReportTable
from services.export_reports import export_reports
from services.record_export import record_export


def export(chosen: Namespace) -> None:
    """`reports export FORM`: one table of the reports, and one for each repeat, which in CSV is a file of its own beside."""
    settings = read_settings()
    check_past(settings, chosen.since, chosen.until)
    if chosen.format == "xlsx" and not chosen.output:
        raise Refused("export_needs_file")
    with database(settings) as connection:
        tables = export_reports(
            connection, chosen.form, chosen.since or date.min, chosen.until or date.max, settings.zone
        )
    with database(settings, writes=True) as connection:
        rows, days = sum(len(each.rows) for each in tables), {"first_on": chosen.since, "last_on": chosen.until}
        record_export(connection, now(settings), "reports", rows, form=chosen.form, **days)
    if chosen.format == "csv":
        _put_csv(tables, chosen.output)
        return
    content = {"json": as_json, "xlsx": as_xlsx}[chosen.format](tables)
    if chosen.output:
        write_file(chosen.output, content)
    else:
        sys.stdout.write(content.decode())


def _put_csv(tables: Sequence[ReportTable], output: str | None) -> None:
    """Printed, one after the other, or in a file each: FILE.csv and FILE-repeat.csv."""
    if output is None:
        for table in tables:
            sys.stdout.write(as_csv(table).decode())
        return
    path, said = Path(output), list[str]()
    with ExitStack() as written:  # all of them are there, or none
        for table in tables:
            to = path if table is tables[0] else path.with_name(f"{path.stem}-{table.name}{path.suffix}")
            written.enter_context(written_whole(str(to))).write(as_csv(table))
            said.append(words().plain("reports_exported", file=str(to), n=len(table.rows)))
    print("\n".join(said))


def as_csv(table: ReportTable) -> bytes:
    text = StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(table.columns)
    out.writerows(harmless_row(_text(row.get(each)) for each in table.columns) for row in table.rows)
    return text.getvalue().encode()


def as_json(tables: Sequence[ReportTable]) -> bytes:
    """An object of the tables by their names, each a list of objects; what was not said is not in them."""
    said = {
        table.name: [{name: _number(value) for name, value in row.items()} for row in table.rows] for table in tables
    }
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()


def as_xlsx(tables: Sequence[ReportTable]) -> bytes:
    """A workbook with a sheet a table, or more where its rows do not fit; no text in it is ever a formula."""
    from bot.cli.plain_workbook import SheetRows, write_workbook

    file = BytesIO()
    write_workbook(file, [SheetRows(each.name, each.columns, _cells(each)) for each in tables])
    return file.getvalue()


def _cells(table: ReportTable) -> Iterator[list[int | float | str | None]]:
    return ([_number(row.get(each)) for each in table.columns] for row in table.rows)


def _number(value: Cell) -> int | float | str | None:
    """As a sheet has it: a day as its ISO text."""
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value


def _text(value: Cell) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else f"{value:f}" if isinstance(value, Decimal) else str(value)
