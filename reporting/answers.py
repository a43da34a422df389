"""What a person can have answered to a question: a value, nothing, or that it is not known yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Literal


def whole_characters(typed: str) -> str:
    """What was typed, without zero bytes and half surrogates: of JSON with such a thing PostgreSQL reads nothing, for anybody."""
    return typed.replace("\x00", "").encode(errors="ignore").decode()


@dataclass(frozen=True, slots=True)
class GeoPoint:
    """A place on the earth, in degrees (WGS 84)."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Attachment:
    """A photo or a file that came by chat; `file_id` is the channel's name for it."""

    file_id: str
    file_name: str
    media_type: str
    size: int


Value = int | Decimal | str | tuple[str, ...] | date | time | datetime | GeoPoint | Attachment
"""What can be answered. A tuple holds the names of several choices; a str is a text or one choice's name."""

State = Literal["value", "empty", "unknown"]


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it stands in a draft or a report.

    `state`: «value» (a true zero included), «empty» (skipped on purpose, or not relevant), «unknown» (not known yet).
    `reason`: why a soft check that failed is right all the same. `kept`: reconfirmed as it was the period before.
    `road`: by which it came, a channel's name or a `Road`; «»: from before that was kept; None: it has just been given, and is kept
    with the road of whoever gives it.
    """

    value: Value | None = None
    state: State = "value"
    reason: str = ""
    kept: bool = False
    road: str | None = field(default=None, compare=False)

    def road_from(self, here: str) -> str:
        """Its road; of one that has just been given that of whoever gives it, `here`."""
        return here if self.road is None else self.road

    def because(self, reason: str) -> "Answer":
        return replace(self, reason=whole_characters(reason))


Answers = Mapping[str, Answer]
"""Question name to answer; a question that was not asked is not in it."""

Values = Mapping[str, Value]
"""Question name to value: what expressions read; what is empty, unknown or not asked is not in it."""


def values_of(answers: Answers) -> dict[str, Value]:
    """The values among `answers`, without those that are empty or unknown."""
    return {name: answer.value for name, answer in answers.items() if answer.value is not None}
