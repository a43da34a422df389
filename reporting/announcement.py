"""An announcement («thông báo»): a word to the people of some units, to whom it goes, when it leaves, and who has acknowledged it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from reporting.forms import Form
from reporting.people import ROLES
from reporting.receivers import Duties, Receiver, Seats
from reporting.rounds.moments import BEFORE_QUIET
from reporting.rounds.quiet_hours import QuietHours, awake, fell, is_quiet
from reporting.say import ChannelFile

AnnouncementState = Literal["writing", "set", "sent", "recalled"]
Whom = Literal["reporters", "chairs", "all", "missing"]
WHOM: tuple[Whom, ...] = ("reporters", "chairs", "all", "missing")
ReceiptState = Literal["new", "sending", "said", "unknown", "dead", "none"]

FARTHEST = timedelta(days=60)
"""Nobody sets an announcement, or a deadline of one, for later than this."""
REMINDED_BEFORE = timedelta(hours=1)
"""Whoever has not acknowledged is reminded so long before the deadline; where there are not two hours, at half of the time."""
LEAST_TIME = timedelta(minutes=10)
"""Where there is less time than this to the deadline nobody is reminded."""


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom it is for: `whom` of the units with these ids; «missing»: whoever owes the report of `form` and has not sent it."""

    whom: Whom
    unit_ids: tuple[int, ...]
    form: str = ""


@dataclass(frozen=True, slots=True)
class Announcement:
    """`state`: being written, *set* for `send_at`, *sent* or *recalled* (`sent_at` None: before it was sent).

    `text` is as it was typed, no HTML. `due_at`: until when it is to be acknowledged. `edition`: how often what the receivers were
    to see has changed, a recall included; `edited_at`: when its text was changed after it had been sent. `ended_at`: when its
    sender was told who has not acknowledged in time.
    """

    id: int
    person_id: int
    seat_id: int
    audience: Audience
    text: str
    file: ChannelFile | None
    state: AnnouncementState
    made_at: datetime
    send_at: datetime | None = None
    due_at: datetime | None = None
    sent_at: datetime | None = None
    edition: int = 1
    edited_at: datetime | None = None
    recalled_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def is_out(self) -> bool:
        """Whether it was sent, and not recalled."""
        return self.state == "sent"


@dataclass(frozen=True, slots=True)
class Receipt:
    """That an announcement went to a person, by his duty at `unit_id`: `put_at` into the outbox, where its message is `state`.

    `message_id`: the channel's, «» as long as it has none. `edition`: the newest that he was given, or that needed no word to him; 0:
    none could be given to him yet.
    """

    id: int
    announcement_id: int
    person_id: int
    name: str
    unit_id: int
    put_at: datetime
    state: ReceiptState
    said_at: datetime | None
    message_id: str
    edition: int
    acknowledged_at: datetime | None = None
    reminded_at: datetime | None = None


def addressed(whom: Whom, unit_ids: Iterable[int], held: Duties, form: Form | None = None) -> dict[int, int]:
    """Who is addressed, by person id the unit by whose duty: each once, however many duties he has.

    `form`: the one whose reports are missing. Where a reporter is away, the deputy is his unit's reporter, as in reminders.
    """
    found: dict[int, int] = {}
    for unit_id in unit_ids:
        for person_id, seat_id in _seats(whom, unit_id, held, form):
            found.setdefault(person_id, seat_id)
    return found


def _seats(whom: Whom, unit_id: int, held: Duties, form: Form | None) -> Seats:
    if whom == "chairs":
        return held.at(unit_id, "chair")
    if whom == "all":
        return tuple(seat for role in ROLES for seat in held.at(unit_id, role))
    return Receiver.REPORTER.hears(held, unit_id, form.by if form is not None else "reporter")


def leaves_at(wanted: datetime, zone: ZoneInfo, quiet: QuietHours | None) -> datetime:
    """When it leaves: at the moment that was wanted, or at the end of the quiet hours that this is in."""
    return awake(wanted, zone, quiet)


def acknowledgement_reminder_at(
    sent_at: datetime, due_at: datetime | None, zone: ZoneInfo, quiet: QuietHours | None
) -> datetime | None:
    """When whoever has not acknowledged is reminded, once; None: never, as there is no deadline, or no time.

    Where that falls into quiet hours it is after them, or else before they begin, if there is still a deadline to keep.
    """
    if due_at is None or due_at - sent_at < LEAST_TIME:
        return None
    at = due_at - min(REMINDED_BEFORE, (due_at - sent_at) / 2)
    if quiet is None or not is_quiet(at, zone, quiet):
        return at
    after, before = awake(at, zone, quiet), fell(at, zone, quiet) - BEFORE_QUIET
    if after < due_at:
        return after
    return before if before > sent_at else None


def not_acknowledged(receipts: Iterable[Receipt]) -> list[Receipt]:
    """Who has not acknowledged it, those whom it could not reach included."""
    return [each for each in receipts if each.acknowledged_at is None]


def to_be_reminded(receipts: Iterable[Receipt], again_before: datetime | None = None) -> list[Receipt]:
    """Who has it and has not acknowledged it. Whoever was reminded already is not, or only if that was before `again_before`."""
    return [
        each
        for each in not_acknowledged(receipts)
        if each.state == "said"
        and (each.reminded_at is None or (again_before is not None and each.reminded_at <= again_before))
    ]


def without_anybody(unit_ids: Sequence[int], given: Collection[int]) -> list[int]:
    """Those of the units where it goes to nobody."""
    return [each for each in unit_ids if each not in given]
