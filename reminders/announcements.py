"""Announcements: those whose hour has come leave, who has not acknowledged is reminded once, and the sender hears at the deadline."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from messages.notices import notices_of
from reminders.context import Tick
from reporting.announcement import Announcement, acknowledgement_reminder_at
from reporting.events.announcements import AnnouncementLeft
from reporting.events.event import Event
from reporting.say import Say
from reporting.tick_parts import TickPart
from services.follow_announcement import bring_up_to_date, deadline_passed, remind_of_announcement
from services.send_announcement import are_in_outbox, send_out
from storage.messages import announcements, outbox
from storage.organisation import people

CHANGES_LAST = timedelta(days=2)
"""So long after an edit or a recall it is looked for messages that were still being sent then."""


def due_announcements(tick: Tick) -> list[Say]:
    """What is to be said of announcements now, recorded as said; what leaves is put in the outbox with its receipts."""
    says: list[Say] = []
    for each in announcements.that_are_set(tick.connection, tick.now):
        if each.send_at is not None and not tick.holds_back(each.send_at):
            says += _apart(tick, each, _left)
    for each in announcements.in_hand(tick.connection, tick.now - CHANGES_LAST):
        says += _apart(tick, each, _follow_up)
    return says


def _apart(tick: Tick, of: Announcement, told: Callable[[Tick, Announcement], list[Event]]) -> list[Say]:
    return tick.says(TickPart(row=f"announcement {of.id}"), lambda: notices_of(told(tick, of), tick.zone))


def _follow_up(tick: Tick, of: Announcement) -> list[Event]:
    if of.edition > 1 and not tick.is_quiet:
        _put(tick, of, bring_up_to_date(tick.connection, tick.tree, of, tick.today))
    return _due(tick, of) if of.is_out else []


def _left(tick: Tick, of: Announcement) -> list[Event]:
    sending = send_out(tick.connection, tick.tree, of, tick.now, tick.zone)
    if sending is None:
        return []
    _put(tick, sending.announcement, sending.events)
    sender = people.person_of(tick.connection, of.person_id)
    return [AnnouncementLeft(sender, sending.announcement, len(sending.events))]


def _due(tick: Tick, of: Announcement) -> list[Event]:
    """The one reminder of whoever has not acknowledged, or that the deadline has passed."""
    if of.due_at is None or of.sent_at is None:
        return []
    if of.due_at <= tick.now:
        ended = None if tick.holds_back(of.due_at) else deadline_passed(tick.connection, tick.tree, of, tick.now)
        return [ended] if ended is not None else []
    at = acknowledgement_reminder_at(of.sent_at, of.due_at, tick.zone, tick.quiet)
    if at is None or at > tick.now or tick.holds_back(at):
        return []
    return list(remind_of_announcement(tick.connection, tick.tree, of, tick.now, tick.today))


def _put(tick: Tick, of: Announcement, events: Sequence[Event]) -> None:
    ids = outbox.put(tick.connection, notices_of(events, tick.zone), tick.now, tick.channels)
    are_in_outbox(tick.connection, of, events, ids)
