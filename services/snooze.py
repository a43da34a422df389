"""Snooze: somebody wants to be reminded later."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from reporting.people import Person
from services.context import Context
from storage.database import audit
from storage.schedule import reminder_log, rounds, snoozes


@dataclass(frozen=True, slots=True)
class SnoozedUntil:
    """Until then the person hears of no report of his; `has_heard`: whether he was reminded of any that is open."""

    until: datetime
    has_heard: bool


def snooze_reminders(context: Context, person: Person, minutes: int) -> SnoozedUntil:
    """Nothing is said of this person's reports for so many minutes; then he is reminded of those that he was reminded of before."""
    until = context.now + timedelta(minutes=minutes)
    snoozes.snooze(context.connection, person.id, until)
    audit.write(context.connection, context.now, person.id, "snooze", until=until.isoformat(timespec="minutes"))
    opened = rounds.open_rounds(context.connection, context.now, context.zone)
    of = ((form.key, period) for form, period in opened)
    return SnoozedUntil(until, reminder_log.has_heard(context.connection, person.id, of))
