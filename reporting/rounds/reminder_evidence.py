"""What was said of a report to whom, as evidence: the how many-th reminder it was, by whose duty, and what became of it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from reporting.receivers import Receiver
from reporting.reminder_key import ReminderKey, ReminderKind

State = Literal["new", "sending", "said", "unknown", "dead", "moot", "recorded"]
COUNTED: tuple[State, ...] = ("new", "sending", "said", "unknown")
"""The states of messages that the next reminder counts, as `times_told` does: not what could not be said, or was not."""
NUMBERED: tuple[State, ...] = ("new", "sending", "said")
"""Of one of which nobody knows whether it came it is not told that it was the second, say, though the next is the third."""


@dataclass(frozen=True, slots=True)
class SentReminder:
    """One message about a report as evidence: who got it by which rules, when, and what became of it.

    `state` is the outbox's (new, sending, said, unknown, dead); «recorded» where no message went out for these rules alone;
    «moot» where the report came before it left. `count`: the how many-th reminder it is for this person, as his own letter
    says; 0 where it is none, or did not come for sure.
    """

    form: str
    unit_id: int
    period: date
    person_id: int
    name: str
    rules: tuple[ReminderKey, ...]
    at: datetime
    said_at: datetime | None
    state: State
    count: int = 0

    @property
    def is_nudge(self) -> bool:
        """Whether it was a leader's wish, and no reminder."""
        return self.rules[0].kind is ReminderKind.NUDGE

    @property
    def to(self) -> Receiver:
        """By which duty he heard; who hears by several, by the lowest."""
        named = {rule.receiver for rule in self.rules}
        return next((each for each in Receiver if each in named), Receiver.REPORTER)

    @property
    def heard_at(self) -> datetime:
        """When it left, or else when it was put there."""
        return self.said_at or self.at


def numbered(words: Iterable[SentReminder]) -> list[SentReminder]:
    """Messages in the order of time, each reminder with its `count`: the one definition of «lần nhắc thứ n» for evidence."""
    counts: Counter[tuple[str, int, date, int]] = Counter()
    found = []
    for word in words:
        count = 0
        if not word.is_nudge and word.state in COUNTED:
            of = word.form, word.unit_id, word.period, word.person_id
            counts[of] += 1
            count = counts[of] if word.state in NUMBERED else 0
        found.append(replace(word, count=count))
    return found
