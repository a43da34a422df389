"""Why a report is late, as whoever owes it has said."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LateReason:
    """Why a report is late: a `reason` of the catalogue («power»), or «other» with the `words` that were typed."""

    reason: str
    words: str = ""
