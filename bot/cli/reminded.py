"""`giaoban reminded`: who was reminded of which report, when; the evidence."""

import json
from argparse import Namespace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.cli.common import check_past, database, now, plain_text, text_table, today, words
from bot.settings import read_settings
from messages.leaders.reminder_evidence_words import reminded_said, word_said
from messages.reminders.reminder_words import clock
from reporting.rounds.reminder_evidence import SentReminder
from reporting.translator import Translator
from reporting.units import Unit
from storage.organisation import units
from storage.schedule import reminder_evidence
from storage.schedule.rounds_of_day import rounds_of


def reminded(chosen: Namespace) -> None:
    """`reminded [--date D] [--unit CODE] [--format table|json]`: who was reminded of which report, when, and what became of it."""
    settings = read_settings()
    check_past(settings, chosen.date)
    with database(settings) as connection:
        tree, at, zone = units.tree(connection), now(settings), settings.zone
        wanted = None
        if chosen.unit:
            on = chosen.date or today(settings)
            wanted = [each.id for each in tree.under(tree.known(chosen.unit, on), on)]
        found: list[SentReminder] = []
        for form, period in rounds_of(connection, chosen.date, at, zone):
            found += reminder_evidence.words_about(connection, form.key, period, wanted)
    if chosen.format == "json":
        rows = [_row(word, tree.unit(word.unit_id), zone) for word in found]
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    by_report: dict[tuple[str, int], list[SentReminder]] = {}
    for word in found:
        by_report.setdefault((word.form, word.unit_id), []).append(word)
    say = words()
    for (form_key, unit_id), told in by_report.items():
        sentence = plain_text(reminded_said(told, told[0].at, zone, say))
        print(
            say.plain("reminded_of", unit=tree.unit(unit_id).title, form=form_key, date=told[0].period, said=sentence)
        )
        print(text_table([_line(word, told[0].at, zone, say) for word in told]))
    if not found:
        print(say.plain("reminded_nobody"))


def _line(word: SentReminder, beside: datetime, zone: ZoneInfo, say: Translator) -> tuple[str, ...]:
    state = say.plain(f"outbox_{word.state}")
    return (
        plain_text(clock(word.heard_at, beside, zone, say)),
        word.name,
        plain_text(word_said(word, say)),
        state,
        ", ".join(rule.spelled for rule in word.rules),
    )


def _row(word: SentReminder, unit: Unit, zone: ZoneInfo) -> dict[str, object]:
    return {
        "form": word.form,
        "unit": unit.code,
        "name": unit.title,
        "period": word.period.isoformat(),
        "person": word.name,
        "to": word.to,
        "kind": "nudge" if word.is_nudge else "reminder",
        "count": word.count or None,
        "rules": [rule.spelled for rule in word.rules],
        "state": word.state,
        "planned_at": word.at.astimezone(zone).isoformat(),
        "said_at": word.said_at.astimezone(zone).isoformat() if word.said_at else None,
    }
