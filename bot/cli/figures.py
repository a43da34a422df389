"""`giaoban figures` and `giaoban standing`: history in, figures out, who has reported."""

import json
import sys
from argparse import Namespace
from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection

from bot.cli.common import (
    check_past,
    database,
    database_engine,
    now,
    open_text,
    today,
    words,
    written_whole,
)
from bot.cli.exporting import FORMATS
from bot.cli.progress import Progress
from bot.settings import read_settings
from messages.leaders.standing_words import status_said
from messages.reminders.reminder_words import reason_said
from reporting.errors import Refused
from reporting.forms import Form
from reporting.rounds.standings import Row, Standing, Status, row
from reporting.translator import Translator
from services.export_figures import ExportedAsNow, export_figures, export_figures_as_now
from services.import_history import Telling, import_history
from services.record_export import record_export
from storage.database.version import check_revision
from storage.organisation import units
from storage.reports import forms
from storage.schedule import snoozes
from storage.schedule.rounds_of_day import rounds_of, standings_of_day
from storage.schedule.snoozes import GivenLateReason


def bring(chosen: Namespace) -> None:
    """`figures import FILE.csv`: all of the file, or nothing."""
    settings = read_settings()
    with (
        open_text(chosen.file) as lines,
        database_engine(settings) as reader,
        database_engine(settings, writes=True) as writer,
        Progress("progress_figures_read") as reading,
        Progress("progress_figures_in") as taking_in,
        Progress("progress_figures_back") as taking_back,
    ):
        with reader.begin() as connection:
            check_revision(connection)
        telling = Telling(reading.at, taking_in.at, taking_back.at)
        done = import_history(reader, writer, lines, now(settings), settings.zone, telling=telling)
    print(words().plain("figures_imported", n=done.lines, changed=done.unit_days))


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
            as_now = export_figures_as_now(connection, *days, chosen.unit or "") if chosen.units == "now" else None
            rows = as_now.rows if as_now else export_figures(connection, *days, chosen.unit or "")
            counted = progress.counted(rows)
            form.write(counted, file)
        with database(settings, writes=True) as connection:
            days_named = {"first_on": chosen.since, "last_on": chosen.until}
            record_export(connection, now(settings), "figures", counted.count, **days_named)
        if as_now:
            _note(as_now)


def _note(found: ExportedAsNow) -> None:
    """What could not be added up goes to stderr, so that the file stays a file."""
    for name, count in found.not_added.items():
        print(words().plain("export_not_added", indicator=name, n=count), file=sys.stderr)
    if found.divided:
        names = ", ".join(f"{unit.title} ({unit.code})" for unit in found.divided.values())
        print(words().plain("export_divided", names=names), file=sys.stderr)


def standing(chosen: Namespace) -> None:
    """`standing [--date D] [--format table|json]`: of each form the period that D lies in; «on change» the newest up to D."""
    settings, say = read_settings(), words()
    check_past(settings, chosen.date)
    rows, statuses, reasons = list[Row](), list[str](), list[str]()
    with database(settings) as connection:
        tree, at, zone = units.tree(connection), now(settings), settings.zone
        found_rounds = rounds_of(connection, chosen.date, at, zone)
        _check_begun(connection, chosen.date, found_rounds)
        for form, period in found_rounds:
            found = standings_of_day(connection, form, period, tree, at, zone)
            rows += [row(each, tree.unit(each.deadline.unit_id), zone) for each in found]
            statuses += [status_said(form, each, say) for each in found]
            given = snoozes.late_reasons(connection, form.key, period)
            reasons += [_reason(each, given.get(each.deadline.unit_id), say) for each in found]
    if chosen.format == "json":
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    print(say.plain("standing_head"))
    for line, status, reason in zip(rows, statuses, reasons, strict=True):
        of_unit = f"{line['unit']}\t{line['name']}\t{line['form']}\t{line['period']}"
        print(f"{of_unit}\t{status}\t{line['sent_at'] or ''}\t{reason}")


def _check_begun(connection: Connection, day: date | None, found: Sequence[tuple[Form, date]]) -> None:
    """Refused for a day before any form was in force."""
    began = [forms.first_day(connection, each.key) for each in forms.in_force(connection, date.max, since=date.min)]
    first = min((each for each in began if each is not None), default=None)
    if day is not None and not found and first is not None:
        from understanding.days import before_all

        raise before_all(first)


def _reason(standing: Standing, given: GivenLateReason | None, say: Translator) -> str:
    """Why a report is late or missing; «» where it is neither, or nobody has said so."""
    is_wanting = standing.is_open or standing.status is Status.LATE
    return reason_said(given.reason, given.words, say) if given is not None and is_wanting else ""
