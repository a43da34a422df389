"""A nudge («đôn đốc»): how soon again, and what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from reporting.rounds.late_reason import LateReason
from reporting.units import Unit

NUDGE_AGAIN = timedelta(minutes=15)
"""Nobody is nudged about the same report sooner than this after the last time."""


def nudge_rule(now: datetime) -> str:
    """The key under which a nudge is recorded, with its quarter of an hour: two processes record it once."""
    return f"nudge {int(now.timestamp() // NUDGE_AGAIN.total_seconds())}"


@dataclass(frozen=True, slots=True)
class Nudged:
    """The units whose people are told, those told minutes ago, and those with nobody to tell.

    `reasons`: by unit id, why its report is late, as it has said.
    """

    units: Sequence[Unit]
    recently: Sequence[Unit]
    nobody: Sequence[Unit]
    reasons: Mapping[int, LateReason]
