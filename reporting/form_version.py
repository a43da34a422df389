"""A form's versions as they were published, and what one goes by that is not published yet."""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

CANDIDATE = "~"
"""Begins what goes for the version of a form that is only tried out; its candidate's number stands behind it."""


@dataclass(frozen=True, slots=True)
class FormVersion:
    """In force for periods from `from_on` on, up to and without `until_on` if the form was retired, as long as none is newer."""

    key: str
    version: str
    from_on: date
    until_on: date | None
    published_at: datetime
    file_name: str


def candidate_version(candidate_id: int, source: bytes) -> str:
    """What a candidate goes by: its number alone may be another's later."""
    return f"{CANDIDATE}{candidate_id}.{sha256(source).hexdigest()[:12]}"


def is_candidate(version: str) -> bool:
    """Whether it is of a form that is only tried out."""
    return version.startswith(CANDIDATE)


@dataclass(frozen=True, slots=True)
class FormCandidate:
    """A form's file that an admin has sent: what it holds may be tried out, and published. `key`: the form's."""

    id: int
    person_id: int
    key: str
    file_name: str
    source: bytes
    sent_at: datetime

    @property
    def version(self) -> str:
        """What it goes by while it is tried out."""
        return candidate_version(self.id, self.source)
