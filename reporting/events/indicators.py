"""Somebody is told of an indicator: one that was proposed, or one that has taken a turn."""

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
class TurnsSeen:
    """Indicators of units for which `to` answers have taken a turn, the bad ones first."""

    to: Person
    turns: Sequence[KnownTurn]
