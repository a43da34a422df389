"""What leaders read: one subtree's figures over one period, said in a few paragraphs and kept as they were said."""

from collections.abc import Sequence

from messages.digests.content import content_of
from messages.digests.reading import ROOMS, Reading
from messages.digests.sections import SECTIONS
from reporting.digests.digest_record import Digest
from reporting.digests.evidence import Evidence
from reporting.pieces import MESSAGE, visible
from reporting.translator import Html, Translator


def digest(evidence: Evidence, words: Translator) -> Digest:
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
