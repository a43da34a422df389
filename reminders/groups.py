"""Digests to groups: at the form's hours, by the duty of whoever set the group up, once, whichever process ticks."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from reminders.digests import newest_due, newest_hour
from reporting.access import may
from reporting.digests.digest import Digest, digest
from reporting.digests.saying import digest_says
from reporting.forms import Form
from reporting.rounds.quiet import QuietHours, holds_back
from reporting.rounds.told import Told
from reporting.say import Say
from reporting.units import UnitTree
from reporting.words import words_in
from storage import digests, forms, gatherings, people, said, units
from storage.gatherings import Gathering


def due_gatherings(
    connection: Connection,
    now: datetime,
    zone: ZoneInfo,
    quiet: QuietHours | None = None,
    *,
    demonstration: bool = False,
) -> list[Say]:
    """The digests that groups are to get now, recorded as said. A group whose founder has lost the duty gets none."""
    groups = gatherings.every(connection)
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
                says += digest_says(made, group.to, words_in(group.language))
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
    told = Told(f"{rule} group {group.id}", form, group.unit_id, period, group.set_by, now)
    return bool(said.record(connection, [told]))


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
    made = digest(facts, words_in(group.language))
    digests.freeze(connection, made, [])
    return made
