"""`giaoban figures export`: figures out."""

import sys
from argparse import Namespace
from datetime import date
from typing import TYPE_CHECKING

from bot.cli.common import check_past, database, now, today, words, written_whole
from bot.cli.exporting import FORMATS
from bot.cli.progress import Progress
from bot.settings import read_settings
from reporting.errors import Refused
from services.export_figures import count_figures, export_figures
from services.record_export import record_export

if TYPE_CHECKING:
    from services.export_as_now import ExportedAsNow


def export(chosen: Namespace) -> None:
    """`figures export`: columns date,unit,indicator,value, in the order of days, units and questions; `--units now`: and units.

    Read row by row; the file is there whole or not at all, and what is printed has been read to its end before.
    """
    settings = read_settings()
    since, until = chosen.since or date.min, chosen.until or date.max
    check_past(settings, chosen.since, chosen.until)
    form = FORMATS[chosen.format]
    if not form.is_text and not chosen.output:
        raise Refused("export_needs_file")
    with written_whole(chosen.output) as file:
        with database(settings, sees_one_moment=True) as connection, Progress("progress_export") as progress:
            days = (since, until, today(settings))
            as_now = None
            if chosen.units == "now":
                from services.export_as_now import export_figures_as_now  # it brings all the words for units and days

                as_now = export_figures_as_now(connection, *days, chosen.unit or "")
            rows = as_now.rows if as_now else export_figures(connection, *days, chosen.unit or "")
            if not (as_now or chosen.unit):
                progress.at(0, count_figures(connection, since, until))
            counted = progress.counted(rows)
            form.write(counted, file)
        with database(settings, writes=True) as connection:
            days_named = {"first_on": chosen.since, "last_on": chosen.until}
            record_export(connection, now(settings), "figures", counted.count, **days_named)
        if as_now:
            _note(as_now)


def _note(found: "ExportedAsNow") -> None:
    """What could not be added up goes to stderr, so that the file stays a file."""
    for name, count in found.not_added.items():
        print(words().plain("export_not_added", indicator=name, n=count), file=sys.stderr)
    if found.divided:
        names = ", ".join(unit.title_with_code for unit in found.divided.values())
        print(words().plain("export_divided", names=names), file=sys.stderr)
