"""What a reminder, or anything else that is said once, is known by: typed, and kept by columns (kind, receiver, offset, number)."""

from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

from reporting.receivers import Receiver

MINUTE = timedelta(minutes=1)


class ReminderKind(StrEnum):
    """What was said, as the database has it; in brackets what `offset` and `number` of its key are (else 0)."""

    REMINDER = "reminder"  # a form's rule for a `receiver` (minutes after the due time)
    SNOOZE = "snooze"  # a reminder that was asked for later (number: day, hour and minute, «101530»)
    OWN_HOUR = "own_hour"  # a reminder at the person's own hour (offset: minutes after midnight)
    NUDGE = "nudge"  # at a leader's wish (number: the how many-th quarter of an hour since 1970)
    DIGEST = "digest"  # to whoever has a duty (minutes after midnight)
    GROUP_DIGEST = "group_digest"  # to a group (minutes after midnight; number: the group's id)
    CORRECTION = "correction"  # of a figure that a digest told (offset: the group that it was told, if any; number: the revision)
    APPROVAL = "approval"  # a report waits for it (offset: the step before, if any; number: the revision)
    APPROVAL_OVERDUE = "approval_overdue"  # it waits too long for it (offset, number: the same)
    RETURNED = "returned"  # a report was returned (offset: 1 the reminder; number: the step's id)
    UNSENT = "unsent"  # a correction that was begun (number: the draft's turn)
    REFUSED = "refused"  # a message that did not come (offset: how often it was tried; number: the message's id)
    SHUT_OUT = (
        "shut_out"  # a chat that cannot be reached (offset: since when, seconds since 1970; number: the person's id)
    )
    PORTAL_REFUSED = "portal_refused"  # values that a portal has refused (offset: the delivery's id; number: its turn)
    PORTAL_STOPPED = (
        "portal_stopped"  # nothing reaches a portal (offset: since when, seconds since 1970; number: its id)
    )
    BACKUP_FAILED = "backup_failed"  # the day's backup could not be made
    TURN = "turn"  # of an indicator with a target (offset: the target's id; number: which turn)
    CONTRADICTION = "contradiction"  # that figures break a rule (number: the contradiction's id)
    OTHER = "other"  # written by a release that nobody knows any more (number: the row's own, below 0)


REMINDERS = (ReminderKind.REMINDER, ReminderKind.SNOOZE, ReminderKind.OWN_HOUR)
"""What is counted as «lần nhắc thứ n»: a nudge is not."""


class ReminderKey(NamedTuple):
    """By what something is said once to a person about a report: `kind`, and what tells it from others of its kind."""

    kind: ReminderKind
    receiver: Receiver | None = None
    offset: int = 0
    number: int = 0

    @classmethod
    def reminder(cls, offset: timedelta, to: Receiver) -> "ReminderKey":
        return cls(ReminderKind.REMINDER, to, offset // MINUTE)

    @classmethod
    def snooze(cls, until: datetime) -> "ReminderKey":
        return cls(ReminderKind.SNOOZE, number=int(f"{until:%d%H%M}"))

    @classmethod
    def own_hour(cls, at: time) -> "ReminderKey":
        return cls(ReminderKind.OWN_HOUR, offset=at.hour * 60 + at.minute)

    @classmethod
    def nudge(cls, at: datetime, again_after: timedelta) -> "ReminderKey":
        """One for all nudges of a stretch of time, so that nobody is told twice in it."""
        return cls(ReminderKind.NUDGE, number=int(at.timestamp() // again_after.total_seconds()))

    @classmethod
    def digest(cls, at: time) -> "ReminderKey":
        return cls(ReminderKind.DIGEST, offset=at.hour * 60 + at.minute)

    @classmethod
    def group_digest(cls, at: time, group_id: int) -> "ReminderKey":
        return cls(ReminderKind.GROUP_DIGEST, offset=at.hour * 60 + at.minute, number=group_id)

    @classmethod
    def correction(cls, revision: int, group_id: int = 0) -> "ReminderKey":
        """`group_id`: of the group that is told, 0 where a person is."""
        return cls(ReminderKind.CORRECTION, offset=group_id, number=revision)

    @classmethod
    def of_number(cls, kind: ReminderKind, number: int) -> "ReminderKey":
        """Of the kinds that only a number tells apart: approvals, what is unsent."""
        return cls(kind, number=number)

    @classmethod
    def approval(cls, revision: int, after: int, *, is_overdue: bool = False) -> "ReminderKey":
        """`after`: the id of the step by which it has come to wait, 0 where it has just been sent."""
        kind = ReminderKind.APPROVAL_OVERDUE if is_overdue else ReminderKind.APPROVAL
        return cls(kind, offset=after, number=revision)

    @classmethod
    def returned(cls, review_id: int, *, again: bool) -> "ReminderKey":
        return cls(ReminderKind.RETURNED, offset=int(again), number=review_id)

    @classmethod
    def refused(cls, message_id: int, tries: int) -> "ReminderKey":
        return cls(ReminderKind.REFUSED, offset=tries, number=message_id)

    @classmethod
    def turn(cls, target_id: int, number: int) -> "ReminderKey":
        return cls(ReminderKind.TURN, offset=target_id, number=number)

    @classmethod
    def shut_out(cls, person_id: int, since: datetime) -> "ReminderKey":
        return cls(ReminderKind.SHUT_OUT, offset=int(since.timestamp()), number=person_id)

    @property
    def spelled(self) -> str:
        """For eyes only, as forms and the evidence have it («+60m chair», «digest 17:00»); nothing reads it again."""
        hour, minute = divmod(self.offset, 60)
        match self.kind:
            case ReminderKind.REMINDER:
                return f"{self.offset:+d}m {self.receiver or '?'}"
            case ReminderKind.SNOOZE:
                return f"snooze {self.number:06d}"
            case ReminderKind.OWN_HOUR:
                return f"own {hour:02d}:{minute:02d}"
            case ReminderKind.DIGEST:
                return f"digest {hour:02d}:{minute:02d}"
            case ReminderKind.GROUP_DIGEST:
                return f"digest {hour:02d}:{minute:02d} group {self.number}"
            case ReminderKind.REFUSED:
                return f"unsaid #{self.number} {self.offset}"
            case ReminderKind.SHUT_OUT:
                return f"unsaid {self.number} {datetime.fromtimestamp(self.offset, UTC):%y%m%d%H%M%S}"
            case ReminderKind.APPROVAL | ReminderKind.APPROVAL_OVERDUE if self.offset:
                return f"{self.kind} {self.number} after {self.offset}"
            case ReminderKind.RETURNED:
                return f"returned {self.number}{' again' if self.offset else ''}"
            case ReminderKind.PORTAL_REFUSED:
                return f"portal delivery {self.offset} turn {self.number}"
            case ReminderKind.PORTAL_STOPPED:
                return f"portal {self.number} {datetime.fromtimestamp(self.offset, UTC):%y%m%d%H%M%S}"
            case ReminderKind.TURN:
                return f"turn {self.number} of target {self.offset}"
        return f"{self.kind} {self.number}"

    @property
    def columns(self) -> dict[str, Any]:
        """As it is kept: by its columns, with its spelling beside them for whoever reads the table."""
        kept = (self.kind.value, self.receiver.value if self.receiver else "", self.offset, self.number, self.spelled)
        return dict(zip((*KEPT, "rule"), kept, strict=True))


KEPT = ("kind", "receiver", "offset", "number")
"""The columns that a key is kept by, in the order that `kept_key` takes them."""


_KINDS = {each.value: each for each in ReminderKind}


@lru_cache(maxsize=4096)
def kept_key(kind: str, receiver: str, offset: int, number: int) -> ReminderKey:
    """The key that is kept by these columns. A receiver, or a kind, that this release does not know is no reason to stop."""
    return ReminderKey(_KINDS.get(kind, ReminderKind.OTHER), Receiver.written(receiver), offset, number)
