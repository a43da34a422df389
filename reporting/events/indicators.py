"""Somebody is told of an indicator: one that was proposed, or one that has taken a turn."""

from collections.abc import Sequence
from dataclasses import dataclass

from reporting.figures.turns import KnownTurn
from reporting.people import Person
from reporting.proposal import Proposal
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
