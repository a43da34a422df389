"""What becomes of a message after it was said, or was not: a decision, and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

UNREACHABLE = "the chat cannot be reached"
"""How the error of a message begins that died because its chat is closed to us, and not because of what it says."""
NOT_SET = f"{UNREACHABLE}: its channel is not set"
"""The error of one to a channel on which this program does not speak."""
UNREADABLE_ROW = "what was to be said cannot be read"
"""The error of one that was written by another release, or is damaged."""

UNCERTAIN_AT_MOST = 2
"""A message whose delivery is uncertain is tried once more, then marked unknown."""


@dataclass(frozen=True, slots=True)
class Said:
    """It is there, as `message_id`."""

    message_id: str


@dataclass(frozen=True, slots=True)
class NotSent:
    """Nobody was reached: it is not there for sure, and is no attempt."""

    why: str


@dataclass(frozen=True, slots=True)
class Uncertain:
    """It may be there or not: no answer came, or one that says nothing."""

    why: str


@dataclass(frozen=True, slots=True)
class TooMany:
    """The chat wants to be left in peace for `seconds`; no attempt."""

    seconds: float
    why: str


@dataclass(frozen=True, slots=True)
class Unreachable:
    """The chat is closed to us: blocked, left, deleted, or never there."""

    why: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The group has become a supergroup with another `address`; no attempt."""

    address: str


@dataclass(frozen=True, slots=True)
class DeliveryProblem:
    """The message itself is refused, and would be refused again."""

    why: str


NAMED: Mapping[type, str] = {
    Said: "said",
    NotSent: "not_sent",
    Uncertain: "uncertain",
    TooMany: "too_many",
    Unreachable: "unreachable",
    Moved: "moved",
    DeliveryProblem: "refused",
}
"""Each outcome by the name under which it is counted."""

Outcome = Said | NotSent | Uncertain | TooMany | Unreachable | Moved | DeliveryProblem


@dataclass(frozen=True, slots=True)
class Fate:
    """The row's new state, and what follows for its chat.

    `attempt`: whether it counts as a try; `uncertain`: whether it may have been delivered without our knowing.
    `pause`: seconds in which the chat gets nothing. `closed`: what waits for the chat is cancelled. `moved_to`: its new address.
    """

    state: Literal["new", "said", "unknown", "dead"]
    attempt: bool = True
    uncertain: bool = False
    message_id: str = ""
    error: str = ""
    pause: float = 0.0
    closed: bool = False
    moved_to: str = ""


def fate(outcome: Outcome, uncertain_before: int) -> Fate:
    """What becomes of a message that was uncertain so many times before."""
    match outcome:
        case Said(message_id):
            return Fate("said", message_id=message_id)
        case NotSent(why):
            return Fate("new", attempt=False, error=why)
        case Uncertain(why):
            last = uncertain_before + 1 >= UNCERTAIN_AT_MOST
            return Fate("unknown" if last else "new", uncertain=True, error=why)
        case TooMany(seconds, why):
            return Fate("new", attempt=False, error=why, pause=seconds)
        case Unreachable(why):
            return Fate("dead", error=f"{UNREACHABLE}: {why}", closed=True)
        case Moved(address):
            return Fate("new", attempt=False, moved_to=address)
        case DeliveryProblem(why):
            return Fate("dead", error=why)
