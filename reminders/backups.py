"""A backup that failed is told to the desk, once a day."""

from datetime import timedelta
from functools import partial

from messages.admins.backup_words import backup_failed
from reminders.context import Tick
from reporting.people import Person, Role
from reporting.reminder_key import ReminderKey, ReminderKind
from reporting.rounds.reminder_record import ReminderRecord
from reporting.say import Say
from reporting.tick_parts import TickPart
from reporting.translator import translator
from storage.database.backup_log import BackupRecord, newest_backup
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
    key, says = ReminderKey(ReminderKind.BACKUP_FAILED), list[Say]()
    for admin in (admins[each] for each in sorted(admins)):
        record = ReminderRecord(key, "", held[admin.id].unit_id, day, admin.id, tick.now)
        says += tick.says(TickPart(person_id=admin.id), partial(_told, tick, newest, admin, record))
    return says


def _told(tick: Tick, newest: BackupRecord, admin: Person, record: ReminderRecord) -> list[Say]:
    if not reminder_log.record(tick.connection, [record]):
        return []
    words = translator(admin.language)
    return [backup_failed(newest.at, newest.why, newest.values, tick.zone, admin.address, words)]
