"""Digests to groups: at the form's hours, by the duty of whoever set the group up, once, whichever process ticks."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from messages.digests.digest import digest
from messages.digests.digest_messages import digest_says
from reminders.digests import newest_due, newest_hour
from reporting.access import may
from reporting.digests.digest_record import Digest
from reporting.forms import Form
from reporting.rounds.quiet_hours import QuietHours, holds_back
from reporting.rounds.reminder_record import ReminderRecord
from reporting.say import Say
from reporting.translator import translator
from reporting.units import UnitTree
from storage.figures import digests
from storage.messages import group_chats
from storage.messages.group_chats import Gathering
from storage.organisation import people, units
from storage.reports import forms
from storage.schedule import reminder_log


def due_gatherings(
    connection: Connection,
    now: datetime,
    zone: ZoneInfo,
    quiet: QuietHours | None = None,
    *,
    demonstration: bool = False,
) -> list[Say]:
    """The digests that groups are to get now, recorded as said. A group whose founder has lost the duty gets none."""
    groups = group_chats.every(connection)
    if not groups:
        return []
    tree, today, says = units.tree(connection), now.astimezone(zone).date(), list[Say]()
    for newest in forms.in_force(connection, today):
        at = newest_hour(newest.schedule.digest, now, zone)
        if at is None or newest.schedule.period == "on change" or holds_back(at, now, zone, quiet):
            continue
        period = newest_due(newest, at, zone)
        form = forms.published(connection, newest.key, period)
        for group in groups if form is not None else ():
            if not _is_due(
                connection, tree, group, newest.key, period, f"digest {at.astimezone(zone):%H:%M}", now, today
            ):
                continue
            made = _made(connection, tree, group, form or newest, period, at, now, zone, demonstration)
            if made is not None:
                says += digest_says(made, group.to, translator(group.language))
    return says


def _is_due(
    connection: Connection,
    tree: UnitTree,
    group: Gathering,
    form: str,
    period: date,
    rule: str,
    now: datetime,
    today: date,
) -> bool:
    duties = people.duties_of(connection, group.set_by, today)
    if not may("gather", tree.unit(group.unit_id), duties, tree):
        return False
    told = ReminderRecord(f"{rule} group {group.id}", form, group.unit_id, period, group.set_by, now)
    return bool(reminder_log.record(connection, [told]))


def _made(
    connection: Connection,
    tree: UnitTree,
    group: Gathering,
    form: Form,
    period: date,
    at: datetime,
    now: datetime,
    zone: ZoneInfo,
    demonstration: bool,
) -> Digest | None:
    """The very digest that leaders were sent at this hour, if there is one in the group's language; else a new one."""
    unit = tree.unit(group.unit_id)
    for kept in digests.frozen_of(connection, form.key, [unit.id], period):
        content = kept.digest.content
        if kept.digest.as_of >= at and content["language"] == group.language and len(content["periods"]) == 1:
            return kept.digest
    if not tree.reporting(unit, form.reports, period):
        return None
    facts = digests.evidence(connection, form, unit, [period], now, zone, tree=tree, demonstration=demonstration)
    made = digest(facts, translator(group.language))
    digests.freeze(connection, made, [])
    return made
