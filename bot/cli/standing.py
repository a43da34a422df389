"""`giaoban standing`: who has reported and who has not."""

import json
from argparse import Namespace
from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection

from bot.cli.common import check_past, database, now, words
from bot.settings import read_settings
from messages.leaders.standing_words import status_said
from messages.reminders.reminder_words import reason_said
from reporting.forms import Form
from reporting.rounds.standings import Row, Standing, Status, row
from reporting.translator import Translator
from storage.organisation import units
from storage.reports import forms
from storage.schedule import late_reasons
from storage.schedule.late_reasons import GivenLateReason
from storage.schedule.rounds_of_day import rounds_of, standings_of_day


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
            given = late_reasons.given(connection, form.key, period)
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
