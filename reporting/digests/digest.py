"""What leaders read: one subtree's figures over one period, said in a few paragraphs and kept as they were said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from reporting.digests.content import content_of
from reporting.digests.evidence import Evidence
from reporting.digests.reading import ROOMS, Reading
from reporting.digests.sections import SECTIONS
from reporting.pieces import MESSAGE, visible
from reporting.words import Html, Words


@dataclass(frozen=True, slots=True)
class Digest:
    """A digest of `unit_id` for the period (or span) that ends on `period`, frozen as at `as_of`.

    `paragraphs` are HTML. `content` is JSON: all that its pictures, its workbook and its letter are drawn from.
    """

    form: str
    unit_id: int
    period: date
    as_of: datetime
    paragraphs: tuple[Html, ...]
    content: Mapping[str, Any]

    @property
    def text(self) -> Html:
        """The paragraphs as one message."""
        return Html("\n\n".join(self.paragraphs))


def digest(evidence: Evidence, words: Words) -> Digest:
    """The digest in one language; lists are cut, and said to be, until it fits one message."""
    reading = Reading(evidence, words)
    paragraphs: tuple[Html, ...] = ()
    for room in ROOMS:
        said = (section(reading, room) for section in SECTIONS)
        paragraphs = tuple(paragraph for paragraph in said if paragraph)
        if _fits(paragraphs):
            break
    while not _fits(paragraphs):
        paragraphs = paragraphs[:-1]
    return Digest(
        evidence.form.key,
        evidence.unit.id,
        evidence.period,
        evidence.now,
        paragraphs,
        content_of(reading) | {"paragraphs": list(paragraphs)},
    )


def _fits(paragraphs: Sequence[str]) -> bool:
    return visible("\n\n".join(paragraphs)) <= MESSAGE
