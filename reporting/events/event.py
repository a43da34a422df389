"""What another person is to be told because of what somebody did: a use case returns it, `messages/notices.py` words it.

Whoever called the use case puts its message in the outbox, in the same transaction. One file in this folder for each subject.
"""

from reporting.events.announcements import AnnouncementEvent
from reporting.events.drafts import DraftCarriedOver, DraftNotWanted
from reporting.events.duties import DutyEnded, DutyHandedOver, ErasureAsked, LeaveEnded, LeaveTaken
from reporting.events.feedback import FeedbackGiven
from reporting.events.indicators import IndicatorProposed, ProposalDecided, TurnsSeen
from reporting.events.queries import DataQueryAsked, DataQueryEnded, DoubtEnded, Nudge
from reporting.events.reviews import CorrectedByDesk, Reopened, ReviewEvent
from reporting.events.units import BothReported, OpeningDoubted, UnitEnded

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
