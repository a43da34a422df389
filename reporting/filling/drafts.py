"""A half-filled report: the draft is the state, and the next question is derived from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from reporting.answers import Answers
from reporting.form_version import is_candidate
from reporting.forms import Form
from reporting.people import Address
from reporting.reports import Report

DraftState = Literal["asking", "mending", "awaiting a reason", "review", "sent"]


@dataclass(frozen=True)
class Draft:
    """The draft of one unit's report for one period; its reporters and deputies share it.

    `at`: the question that is asked, mended, or waits for a reason. `turn` grows with every change, so that a button of an
    earlier turn is known to be stale. `pending`: what was typed where a reason is awaited and may be a figure instead; it is
    asked back, and nothing of it is taken before the answer. `correcting`: the report's number that it will replace.
    `holder_id`: the person who touched it last, at `touched_at`.
    `heard`: which message («chat/message id») answered which question («*»: several), so that an edited message can be followed.
    `practice`: the person who practises with it; 0 for a draft that counts. `road`: by which it was begun.
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
    road: str = ""

    @classmethod
    def blank(cls, form: Form, unit_id: int, period: date) -> "Draft":
        """A draft that nobody keeps, with nothing in it: what a text could mean is read by it."""
        return cls(0, form.key, form.version, unit_id, period)

    @property
    def is_practice(self) -> bool:
        return self.practice != 0

    @property
    def is_trial(self) -> bool:
        """Whether a form that is not published yet is tried out with it."""
        return self.is_practice and is_candidate(self.version)

    def is_held_by_another(self, person_id: int) -> bool:
        """Whether somebody else touched it last."""
        return self.holder_id not in (None, person_id)

    def is_overtaken(self, newest: Report | None) -> bool:
        """Whether another report than the one that it corrects has come: two were at it at once."""
        return newest is not None and newest.number != self.correcting

    def changed(self, **fields: Any) -> "Draft":
        """The same but for these fields. Drafts are copied at every answer, and `dataclasses.replace` would set each field anew."""
        other = object.__new__(Draft)
        other.__dict__.update(self.__dict__, **fields)
        return other

    def with_answers(self, answers: Answers) -> "Draft":
        return self.changed(answers=answers)

    def correction_of(self, report: Report) -> "Draft":
        """It is filled in with what a report says, and will replace it."""
        return self.changed(answers=report.answers, correcting=report.number)

    def ended(self, answers: Answers | None = None) -> "Draft":
        """Nothing of it is open any more; with these answers, if others than its own stand."""
        answers = self.answers if answers is None else answers
        return self.changed(answers=answers, state="sent", at="", turn=self.turn + 1, correcting="", pending="")

    def emptied(self) -> "Draft":
        """It begins anew, with nothing answered: a report to practise with has come to its end."""
        return self.changed(answers={}, state="asking", at="", turn=self.turn + 1, heard={}, pending="")

    def heard_in(self, chat: Address, message_id: int, what: str) -> "Draft":
        """It remembers which question a message answered («*»: several), so that the message can be edited."""
        return self.changed(heard={**self.heard, message_key(chat, message_id): what})


def message_key(chat: Address, message_id: int) -> str:
    """What a message goes by in `heard`."""
    return f"{chat.address}/{message_id}"
