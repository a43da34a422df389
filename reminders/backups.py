"""A backup that failed is told to the desk, once a day."""

from datetime import timedelta

from messages.admins.backup_words import backup_failed
from reminders.context import Tick
from reporting.people import Role
from reporting.reminder_key import ReminderKey, ReminderKind
from reporting.rounds.reminder_record import ReminderRecord
from reporting.say import Say
from reporting.translator import translator
from storage.database.backup_log import newest_backup
from storage.organisation import people
from storage.schedule import reminder_log

DESK: tuple[Role, ...] = ("admin",)
LOOK_BACK = timedelta(days=1)
"""A failure of long ago is not told: either nobody makes backups any more, or a newer one failed too."""


def due_backups(tick: Tick) -> list[Say]:
    """What each admin is to hear of the newest backup, where it failed; in quiet hours nothing, it is told after them."""
    newest = None if tick.is_quiet else newest_backup(tick.connection)
    if newest is None or not newest.failed or newest.at < tick.now - LOOK_BACK:
        return []
    day = newest.at.astimezone(tick.zone).date()
    held = {duty.person_id: duty for duty in reversed(people.duties(tick.connection, tick.today, roles=DESK))}
    admins = people.people_of(tick.connection, set(held))
    says = []
    for admin in (admins[each] for each in sorted(admins)):
        key = ReminderKey(ReminderKind.BACKUP_FAILED)
        record = ReminderRecord(key, "", held[admin.id].unit_id, day, admin.id, tick.now)
        if reminder_log.record(tick.connection, [record]):
            says.append(
                backup_failed(
                    newest.at, newest.why, newest.values, tick.zone, admin.address, translator(admin.language)
                )
            )
    return says
