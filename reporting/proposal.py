"""An indicator that somebody with a post proposes: what, why, counted in what; and what the desk says to it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

ProposalState = Literal["writing", "open", "taken", "postponed", "declined"]
Decision = Literal["taken", "postponed", "declined"]
DECISIONS: tuple[Decision, ...] = ("taken", "postponed", "declined")


@dataclass(frozen=True, slots=True)
class Proposal:
    """`unit_id`: for which it was made; `measure`: the unit of count. `word`: what the desk said, «» before it has decided."""

    id: int
    person_id: int
    unit_id: int
    what: str
    why: str
    measure: str
    state: ProposalState
    made_at: datetime
    word: str = ""

    @property
    def is_open(self) -> bool:
        """Whether the desk may still decide: what was put off is open, too."""
        return self.state in ("open", "postponed")
