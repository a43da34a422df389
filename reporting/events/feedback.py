"""The desk is told what somebody says of the bot or the figures."""

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
class FeedbackGiven:
    """Somebody has told the desk something; `to` keeps the bot. `by` None: a resident, of whom nobody is told who he is."""

    to: Person
    by: Person | None
    text: str
