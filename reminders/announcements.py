"""Announcements: those whose hour has come leave, who has not acknowledged is reminded once, and the sender hears at the deadline."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from messages.notices import notices_in_parts
from reminders.context import Tick
from reporting.announcement import Announcement, acknowledgement_reminder_at
from reporting.events.announcements import AcknowledgementsDue, AnnouncementLeft
from reporting.say import Say
from services.follow_announcement import bring_each_up_to_date, deadline_passed, remind_each
from services.send_announcement import ToReceiver, part_of_announcement, put_to_each, send_out
from storage.messages import announcements, outbox
from storage.organisation import people

CHANGES_LAST = timedelta(days=2)
"""So long after it is sent, edited or recalled it is looked for messages that were still being sent then, or could not be put."""


def due_announcements(tick: Tick) -> list[Say]:
    """What is to be said of announcements now, recorded as said; what leaves is put in the outbox with its receipts.

    Part by part, a receiver who cannot be told keeps no other from it, nor does the sender.
    """
    says: list[Say] = []
    for each in announcements.that_are_set(tick.connection, tick.now):
        if each.send_at is not None and not tick.holds_back(each.send_at):
            left = tick.apart(part_of_announcement(each), partial(_left, tick, each)) or []
            says += tick.says(part_of_announcement(each, each.person_id), partial(notices_in_parts, left, tick.zone))
    for each in announcements.in_hand(tick.connection, tick.now - CHANGES_LAST):
        tick.apart(part_of_announcement(each), partial(_brought_up_to_date, tick, each))
        tick.apart(part_of_announcement(each), partial(_reminded, tick, each))
        says += tick.says(part_of_announcement(each, each.person_id), partial(_ended, tick, each))
    return says


def _left(tick: Tick, of: Announcement) -> list[AnnouncementLeft]:
    sending = send_out(tick.connection, tick.tree, of, tick.now, tick.zone)
    if sending is None:
        return []
    put = put_to_each(tick.connection, sending.announcement, sending.events, partial(_put, tick), tick.parts)
    sender = people.person_of(tick.connection, of.person_id)
    return [AnnouncementLeft(sender, sending.announcement, put, len(sending.events) - put)]


def _brought_up_to_date(tick: Tick, of: Announcement) -> None:
    if not tick.is_quiet:
        bring_each_up_to_date(tick.connection, tick.tree, of, tick.today, partial(_put, tick), tick.parts)


def _reminded(tick: Tick, of: Announcement) -> None:
    """The one reminder of whoever has not acknowledged, before the deadline."""
    if not of.is_out or of.due_at is None or of.sent_at is None or of.due_at <= tick.now:
        return
    at = acknowledgement_reminder_at(of.sent_at, of.due_at, tick.zone, tick.quiet)
    if at is not None and at <= tick.now and not tick.holds_back(at):
        remind_each(tick.connection, tick.tree, of, tick.now, tick.today, partial(_put, tick), tick.parts)


def _ended(tick: Tick, of: Announcement) -> list[Say]:
    """That the deadline has passed."""
    if not of.is_out or of.due_at is None or of.due_at > tick.now or tick.holds_back(of.due_at):
        return []
    ended: AcknowledgementsDue | None = deadline_passed(tick.connection, tick.tree, of, tick.now)
    return notices_in_parts([ended], tick.zone) if ended is not None else []


def _put(tick: Tick, events: Sequence[ToReceiver]) -> list[int]:
    return outbox.put(tick.connection, notices_in_parts(events, tick.zone), tick.now, tick.channels)
