"""Digests to groups: at the form's hours, by the duty of whoever set the group up, once, whichever process ticks."""

from datetime import date, datetime
from functools import partial

from messages.digests.digest import digest
from messages.digests.digest_messages import digest_says
from reminders.context import Tick
from reminders.digests import digest_hours
from reporting.access import may
from reporting.digests.digest_record import Digest
from reporting.forms import Form
from reporting.reminder_key import ReminderKey, ReminderKind
from reporting.rounds.reminder_record import ReminderRecord
from reporting.say import Say
from reporting.tick_parts import TickPart
from reporting.translator import translator
from services.digest_evidence import digest_evidence
from storage.figures import digests
from storage.messages import group_chats
from storage.messages.group_chats import Gathering
from storage.organisation import people
from storage.schedule import reminder_log


def due_gatherings(tick: Tick) -> list[Say]:
    """The digests that groups are to get now, recorded as said. A group whose founder has lost the duty gets none."""
    groups = group_chats.every(tick.connection)
    if not groups:
        return []
    says = list[Say]()
    for form, period, at in digest_hours(tick):
        told = reminder_log.told_of(tick.connection, ReminderKind.GROUP_DIGEST, form.key, period)
        for group in groups:
            rule = ReminderKey.group_digest(at.astimezone(tick.zone).time(), group.id)
            if (group.unit_id, period, group.set_by, rule) not in told:
                part = TickPart(form=form.key, unit_id=group.unit_id, row=f"group {group.id}")
                says += tick.says(part, partial(_told, tick, group, form, period, at, rule))
    return says


def _told(tick: Tick, group: Gathering, form: Form, period: date, at: datetime, rule: ReminderKey) -> list[Say]:
    if not is_kept(tick, group):
        return []
    record = ReminderRecord(rule, form.key, group.unit_id, period, group.set_by, tick.now)
    if reminder_log.record(tick.connection, [record]) and (made := _made(tick, group, form, period, at)):
        return digest_says(made, group.to, translator(group.language))
    return []


def is_kept(tick: Tick, group: Gathering) -> bool:
    """Whether whoever set the group up still may."""
    duties = people.duties_of(tick.connection, group.set_by, tick.today)
    return may("gather", tick.tree.unit(group.unit_id), duties, tick.tree)


def _made(tick: Tick, group: Gathering, form: Form, period: date, at: datetime) -> Digest | None:
    """The very digest that leaders were sent at this hour, if there is one in the group's language; else a new one."""
    connection, tree, unit = tick.connection, tick.tree, tick.tree.unit(group.unit_id)
    for kept in digests.frozen_of(connection, form.key, [unit.id], period):
        content = kept.digest.content
        if kept.digest.as_of >= at and content.language == group.language and len(content.periods) == 1:
            return kept.digest
    if not tree.reporting(unit, form.reports_on(period), period):
        return None
    facts = digest_evidence(
        connection, form, unit, [period], tick.now, tick.zone, tree=tree, demonstration=tick.demonstration
    )
    made = digest(facts, translator(group.language), tick.roomiest([group.to]))
    digests.freeze(connection, made, [])
    return made
