"""A half-filled report: the draft is the state, and the next question is derived from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Literal

from reporting.answers import Answers

DraftState = Literal["asking", "mending", "awaiting a reason", "review", "sent"]


@dataclass(frozen=True, slots=True)
class Draft:
    """The draft of one unit's report for one period; its reporters and deputies share it.

    `at`: the question that is asked, mended, or waits for a reason. `turn` grows with every change, so that a button of an
    earlier turn is known to be stale. `pending`: what was typed where a reason is awaited and may be a figure instead; it is
    asked back, and nothing of it is taken before the answer. `correcting`: the report's number that it will replace.
    `holder_id`: the person who touched it last, at `touched_at`.
    `heard`: which message («chat/message id») answered which question («*»: several), so that an edited message can be followed.
    `practice`: the person who practises with it; 0 for a draft that counts.
    """

    id: int
    form: str
    version: str
    unit_id: int
    period: date
    answers: Answers = field(default_factory=dict)
    state: DraftState = "asking"
    at: str = ""
    turn: int = 0
    holder_id: int | None = None
    touched_at: datetime | None = None
    correcting: str = ""
    heard: Mapping[str, str] = field(default_factory=dict)
    practice: int = 0
    pending: str = ""

    @property
    def is_practice(self) -> bool:
        return self.practice != 0

    def ended(self, answers: Answers | None = None) -> "Draft":
        """Nothing of it is open any more; with these answers, if others than its own stand."""
        answers = self.answers if answers is None else answers
        return replace(self, answers=answers, state="sent", at="", turn=self.turn + 1, correcting="", pending="")
