"""Figures to take away as a file, of some days and of a unit with all under it."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from tempfile import TemporaryFile
from typing import IO, Any

from bot.cli.exporting import FORMATS
from bot.web.desk_page.visit import Download, Page, Visit
from reporting.errors import Refused
from services.export_figures import ExportedFigure, export_figures

TYPES = {
    "csv": "text/csv",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def _show(visit: Visit) -> Mapping[str, Any]:
    today = visit.context.today
    return {
        "roots": visit.roots("digest"),
        "formats": list(FORMATS),
        "today": today,
        "since": today - timedelta(days=7),
    }


def _export(visit: Visit) -> tuple[str, str, IO[bytes]]:
    today, kind = visit.context.today, visit.text("format") or "csv"
    if kind not in FORMATS:
        raise Refused("page_no_format", formats=", ".join(FORMATS))
    unit = visit.unit("digest")
    since, until = visit.day("since", today - timedelta(days=7)), visit.day("until", today)
    rows = export_figures(visit.connection, since, until, today, unit.code)
    name = f"figures-{unit.code}-{since:%Y%m%d}-{until:%Y%m%d}.{kind}"
    return name, TYPES[kind], figures_file(rows, kind)


def figures_file(rows: Iterable[ExportedFigure], kind: str) -> IO[bytes]:
    """The rows written into a file on the disk, which is gone when it is closed: a province's year would fill the memory."""
    file = TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    try:
        FORMATS[kind].write(rows, file)
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return file


EXPORTS = Page("/exports", "page_exports", "exports.html", _show)
EXPORT = Download("/exports/figures", _export)
