"""What officials could not be told is told to the desk: once, summed up, whichever process ticks."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import partial

from sqlalchemy import Connection

from messages.admins.undelivered import told_once, unsaid_told
from reminders.context import Tick
from reporting.people import Duty, Person, Role
from reporting.rounds.reminder_record import ReminderRecord
from reporting.say import Say
from reporting.tick_parts import TickPart
from reporting.translator import translator
from reporting.undelivered import TOLD_AS, Unsaid, of_desk
from storage.messages import outbox
from storage.messages.undelivered import unsaid_since
from storage.organisation import people
from storage.schedule import reminder_log

LOOK_BACK = timedelta(days=2)
"""What could not be said longer ago is not told any more; the desk still finds it."""
DESK: tuple[Role, ...] = ("admin",)
TOGETHER = timedelta(minutes=10)
"""Nobody is told sooner than this after the last time: what comes meanwhile is summed up."""


def due_unsaid(tick: Tick) -> list[Say]:
    """What each admin is to hear now of his own subtree, recorded as said. In quiet hours nothing: it is summed up after them."""
    connection, now = tick.connection, tick.now
    found = [] if tick.is_quiet else told_once(unsaid_since(connection, now - LOOK_BACK, tick.today))
    if not found:
        return []
    first = min(each.since for each in found).astimezone(tick.zone).date()
    told = reminder_log.recorded(connection, TOLD_AS, first)
    known = {(each.person_id, each.rule) for each in told}
    lately = {each.person_id for each in told if each.at > now - TOGETHER}
    duties = _admins(people.duties(connection, tick.today, roles=DESK))

    def told_to(admin: Person) -> list[Say]:
        theirs = of_desk(found, duties[admin.id], tick.tree)
        new = [each for each in theirs if (admin.id, each.key) not in known and each.person_id != admin.id]
        news = _recorded(tick, new, admin, duties[admin.id][0].unit_id) if new else []
        return [_told(tick, news, admin)] if news else []

    admins = _reachable(connection, people.people_of(connection, duties.keys() - lately))
    says = (tick.says(TickPart(person_id=admin.id), partial(told_to, admin)) for admin in admins)
    return [say for of_admin in says for say in of_admin]


def _admins(held: Sequence[Duty]) -> dict[int, list[Duty]]:
    by_person: dict[int, list[Duty]] = {}
    for duty in held:
        by_person.setdefault(duty.person_id, []).append(duty)
    return by_person


def _reachable(connection: Connection, admins: Mapping[int, Person]) -> list[Person]:
    some = [admins[person_id] for person_id in sorted(admins)]
    channels = {each.address.channel for each in some}
    shut = {of: outbox.closed(connection, of, [each.address.address for each in some]) for of in channels}
    return [each for each in some if each.address.address not in shut[each.address.channel]]


def _recorded(tick: Tick, new: Sequence[Unsaid], admin: Person, seat: int) -> list[Unsaid]:
    """Those that nobody else has told this admin at this very moment."""
    told = [
        ReminderRecord(each.key, "", seat, each.since.astimezone(tick.zone).date(), admin.id, tick.now) for each in new
    ]
    ours = {each.rule for each in reminder_log.record(tick.connection, told)}
    return [each for each in new if each.key in ours]


def _told(tick: Tick, news: Sequence[Unsaid], admin: Person) -> Say:
    return unsaid_told(news, tick.tree, tick.channels, tick.now, admin.address, translator(admin.language))
