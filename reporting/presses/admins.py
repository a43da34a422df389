"""The buttons of the desk: people, invitations, forms, units, what could not be said."""

from dataclasses import dataclass
from datetime import date

from reporting.press import Press


@dataclass(frozen=True)
class AskEndDuty(Press):
    """«Thôi»: whether this duty is to end."""

    verb = "unduty"
    duty_id: int


@dataclass(frozen=True)
class EndDutyPress(Press):
    """It is to end."""

    verb = "undutied"
    duty_id: int


@dataclass(frozen=True)
class RevokePress(Press):
    """«Thu hồi»: an invitation."""

    verb = "uninvite"
    invitation_id: int


@dataclass(frozen=True)
class SheetPress(Press):
    """The sheet of invitations for all units under one that have no reporter."""

    verb = "sheet"
    unit_id: int


@dataclass(frozen=True)
class SayAgain(Press):
    """A message that was not heard for sure is said once more."""

    verb = "resend"
    message_id: int


@dataclass(frozen=True)
class FormCandidatePress(Press):
    """What is to be done with the form that was sent: «try», «see», «when» (asks from which day) or «drop»."""

    verb = "form"
    candidate_id: int
    move: str


@dataclass(frozen=True)
class PublishForm(Press):
    """The form that was sent is published from this day on."""

    verb = "formon"
    candidate_id: int
    from_on: date


@dataclass(frozen=True)
class ProposalPress(Press):
    """An indicator that one is about to propose: «send», «anew» or «drop»."""

    verb = "propose"
    proposal_id: int
    move: str


@dataclass(frozen=True)
class DecideProposal(Press):
    """The desk takes up what was proposed, puts it off or declines it."""

    verb = "decide"
    proposal_id: int
    decision: str


@dataclass(frozen=True)
class ChangeUnits(Press):
    """A file of units that was shown is written (1) or dropped (0)."""

    verb = "unitfile"
    file_id: int
    is_wanted: int
