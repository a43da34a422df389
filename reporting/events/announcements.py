"""Somebody is told of an announcement, or of who has acknowledged it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from reporting.announcement import Announcement, Receipt
from reporting.approvals import AwaitsApproval
from reporting.figures.flag import Flag
from reporting.figures.turns import KnownTurn
from reporting.filling.moves import Filling
from reporting.forms import Form, Question
from reporting.people import Person, Role
from reporting.period_types import Period
from reporting.proposal import Proposal
from reporting.reports import Report
from reporting.reviews import Review
from reporting.rounds.data_query import AskedBack, State
from reporting.say import Say
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
    """An announcement that `to` had set for an hour has left, to so many people."""

    to: Person
    announcement: Announcement
    count: int


AnnouncementEvent = Announced | AcknowledgementWanted | AnnouncementRecalled | AcknowledgementsDue | AnnouncementLeft
