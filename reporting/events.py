"""What another person is to be told because of what somebody did: a use case returns it, `messages/notices.py` words it.

Whoever called the use case puts its message in the outbox, in the same transaction.
"""

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
class ApprovalWanted:
    """Reports of a form wait for approval, and `to` may give it: all that wait for him at that moment, looked at for doubts."""

    to: Person
    form: Form
    waiting: Sequence[AwaitsApproval]
    at: datetime


@dataclass(frozen=True, slots=True)
class ApprovalOverdue:
    """Reports of a form wait too long for a tier below `to`. `names`: of who is to approve them, by unit id."""

    to: Person
    form: Form
    waiting: Sequence[AwaitsApproval]
    names: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Approved:
    """The report that `to` has sent was approved by somebody else."""

    to: Person
    by: Person
    unit: Unit
    period: Period
    number: str


@dataclass(frozen=True, slots=True)
class Unapproved:
    """The approval of the report that `to` has sent was taken back, for this reason: it is not public until it is approved again."""

    to: Person
    by: Person
    form: Form
    unit: Unit
    period: date
    number: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReportReturned:
    """The report of the unit for which `to` is charged was returned: `review` says what, with which comment; `report`: as it stands.

    `by`: whoever returned it; `closes_at`: until when it can be corrected; `again`: it is the reminder.
    """

    to: Person
    by: Person
    form: Form
    unit: Unit
    report: Report
    review: Review
    closes_at: datetime
    again: bool = False


@dataclass(frozen=True, slots=True)
class Reopened:
    """A closed report of a unit is open again, until then; `to` reports for it."""

    to: Person
    by: Person
    form: Form
    unit: Unit
    period: date
    until: datetime


@dataclass(frozen=True, slots=True)
class Nudge:
    """A leader wishes the reports of these units, for which `to` is charged. `seat`: by whose duty the leader acts."""

    to: Person
    by: Person
    seat: Unit
    form: Form
    period: date
    units: Sequence[Unit]
    due_at: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class DataQueryAsked:
    """A figure of the unit for which `to` reports is doubted. `by` None: by residents; `again`: half of the time is over."""

    to: Person
    by: Person | None
    asked: AskedBack
    form: Form
    unit: Unit
    again: bool = False


@dataclass(frozen=True, slots=True)
class DataQueryEnded:
    """What became of the question of `to`. `value`: the figure as it stands; `name`: of whoever answered, «» if the clock ended it.

    `unsent`: the figure in a correction that was begun and not sent, «» where there is none.
    """

    to: Person
    asked: AskedBack
    form: Form
    unit: Unit
    state: State
    value: str
    answer: str
    name: str
    unsent: str = ""


@dataclass(frozen=True, slots=True)
class DoubtEnded:
    """What became of the figure that a resident doubted.

    `figure_now`: what the public is told of it now, where it was corrected and whoever calls can say it; else a button asks.
    """

    flag: Flag
    asked: AskedBack
    form: Form
    unit: Unit
    state: State
    figure_now: Say | None = None


@dataclass(frozen=True, slots=True)
class LeaveTaken:
    """The reporter of a unit, or who approves there, is away from `first_on` to `last_on`, both included. `to` is a deputy, or,
    `to_chair`, its chair. `deputies` report, or approve, in his place; there may be none.
    """

    to: Person
    by: Person
    unit: Unit
    first_on: date
    last_on: date
    deputies: Sequence[Person]
    to_chair: bool = False
    role: Role = "reporter"


@dataclass(frozen=True, slots=True)
class DutyHandedOver:
    """From `since` on `new` reports for the unit, in place of the people of these names; `to` may be any of them, or its chair."""

    to: Person
    new: Person
    old_names: str
    unit: Unit
    since: date


@dataclass(frozen=True, slots=True)
class LeaveEnded:
    """The reporter of a unit, or who approves there, is back before his leave was over; `to` is a deputy or the chair."""

    to: Person
    by: Person
    unit: Unit
    role: Role = "reporter"


@dataclass(frozen=True, slots=True)
class DutyEnded:
    """`person` has a duty at the unit no more; `to` is he or works with him. `reporting`: who reports there now."""

    to: Person
    person: Person
    role: Role
    unit: Unit
    reporting: Sequence[Person]


@dataclass(frozen=True, slots=True)
class ErasureAsked:
    """`by`, who has duties, asks that what is kept of him be erased; `to` keeps the bot."""

    to: Person
    by: Person


@dataclass(frozen=True, slots=True)
class CorrectedByDesk:
    """A report of the unit for which `to` is charged was corrected by the desk, for this reason. `filling`: what it says now."""

    to: Person
    by: Person
    unit: Unit
    filling: Filling
    reason: str


@dataclass(frozen=True, slots=True)
class FeedbackGiven:
    """Somebody has told the desk something; `to` keeps the bot. `by` None: a resident, of whom nobody is told who he is."""

    to: Person
    by: Person | None
    text: str


@dataclass(frozen=True, slots=True)
class DraftCarriedOver:
    """The draft that `to` had begun goes on in a new version of its form, with `kept` answers.

    `asked_again`: the questions, as they were, whose answers do not fit any more, or are asked no more.
    """

    to: Person
    form: Form
    unit: Unit
    period: date
    kept: int
    asked_again: Sequence[Question] = ()
    is_practice: bool = False


@dataclass(frozen=True, slots=True)
class DraftNotWanted:
    """The report that `to` had begun is wanted no more, and its draft is gone: its form is retired from that period on."""

    to: Person
    form: Form
    unit: Unit
    period: date


@dataclass(frozen=True, slots=True)
class IndicatorProposed:
    """Somebody with a post proposes an indicator; `to` keeps the bot."""

    to: Person
    proposal: Proposal
    by: Person
    unit: Unit


@dataclass(frozen=True, slots=True)
class ProposalDecided:
    """The desk has taken up what `to` had proposed, put it off or declined it, with a word."""

    to: Person
    proposal: Proposal
    by: Person


@dataclass(frozen=True, slots=True)
class UnitEnded:
    """The unit of `to` ends on that day and `became` others; `goes_on`: his duty is for one of these then.

    `dropped`: the periods of reports that he had begun for it and that it owes no more; `unsent`: of those that can still be sent.
    """

    to: Person
    unit: Unit
    became: Sequence[Unit]
    on: date
    goes_on: bool
    dropped: Sequence[date]
    unsent: Sequence[date]


@dataclass(frozen=True, slots=True)
class OpeningDoubted:
    """`by`, who reports for a new unit, says that its opening balances at the end of `on` are others; `to` keeps the bot."""

    to: Person
    by: Person
    form: Form
    unit: Unit
    on: date


@dataclass(frozen=True, slots=True)
class BothReported:
    """A unit has reported for a day on which former units of it have reports too, which are not counted; `to` keeps the bot."""

    to: Person
    form: Form
    unit: Unit
    former: Sequence[Unit]
    period: date


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


@dataclass(frozen=True, slots=True)
class TurnsSeen:
    """Indicators of units for which `to` answers have taken a turn, the bad ones first."""

    to: Person
    turns: Sequence[KnownTurn]


ReviewEvent = ApprovalWanted | ApprovalOverdue | Approved | Unapproved | ReportReturned
AnnouncementEvent = Announced | AcknowledgementWanted | AnnouncementRecalled | AcknowledgementsDue | AnnouncementLeft

Event = (
    ReviewEvent
    | Reopened
    | Nudge
    | DataQueryAsked
    | DataQueryEnded
    | DoubtEnded
    | LeaveTaken
    | DutyHandedOver
    | LeaveEnded
    | DutyEnded
    | ErasureAsked
    | CorrectedByDesk
    | FeedbackGiven
    | DraftCarriedOver
    | DraftNotWanted
    | IndicatorProposed
    | ProposalDecided
    | UnitEnded
    | OpeningDoubted
    | BothReported
    | AnnouncementEvent
    | TurnsSeen
)
