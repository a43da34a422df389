"""Somebody is told of an announcement, or of who has acknowledged it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from reporting.announcement import Announcement, Receipt
from reporting.people import Person
from reporting.units import Unit


@dataclass(frozen=True, slots=True)
class Announced:
    """An announcement is for `to`; `by` has sent it, by his duty at `seat`. `edits`: the id of his message, which becomes this one."""

    to: Person
    by: Person
    seat: Unit
    announcement: Announcement
    edits: str = ""


@dataclass(frozen=True, slots=True)
class AcknowledgementWanted:
    """`to` has not acknowledged an announcement of `by` yet."""

    to: Person
    by: Person
    seat: Unit
    announcement: Announcement


@dataclass(frozen=True, slots=True)
class AnnouncementRecalled:
    """An announcement that `to` had is recalled; `edits`: the channel's id of his message, «» where nobody knows it."""

    to: Person
    announcement: Announcement
    edits: str = ""


@dataclass(frozen=True, slots=True)
class AcknowledgementsDue:
    """The deadline of an announcement that `to` has sent has passed by `at`. `units`: those of the receivers, by id."""

    to: Person
    announcement: Announcement
    receipts: Sequence[Receipt]
    units: Mapping[int, Unit]
    at: datetime


@dataclass(frozen=True, slots=True)
class AnnouncementLeft:
    """An announcement that `to` had set for an hour has left, to so many people; to `lacking` more it could not be given yet."""

    to: Person
    announcement: Announcement
    count: int
    lacking: int = 0


AnnouncementEvent = Announced | AcknowledgementWanted | AnnouncementRecalled | AcknowledgementsDue | AnnouncementLeft
