"""What leaders read: one subtree's figures over one period, said in a few paragraphs and kept as they were said."""

from collections.abc import Sequence

from messages.digests.content import content_of
from messages.digests.reading import ROOMS, Reading
from messages.digests.sections import SECTIONS
from reporting.channel import Channel
from reporting.digests.digest_record import Digest
from reporting.digests.evidence import Evidence
from reporting.pieces import visible
from reporting.translator import Html, Translator


def digest(evidence: Evidence, words: Translator, channel: Channel) -> Digest:
    """The digest in one language; lists are cut, and said to be, until it fits one message of the channel."""
    reading = Reading(evidence, words)
    paragraphs: tuple[Html, ...] = ()
    for room in ROOMS:
        said = (section(reading, room) for section in SECTIONS)
        paragraphs = tuple(paragraph for paragraph in said if paragraph)
        if _fits(paragraphs, channel):
            break
    while not _fits(paragraphs, channel):
        paragraphs = paragraphs[:-1]
    return Digest(
        evidence.form.key,
        evidence.unit.id,
        evidence.period,
        evidence.now,
        paragraphs,
        content_of(reading, paragraphs),
    )


def _fits(paragraphs: Sequence[str], channel: Channel) -> bool:
    return visible("\n\n".join(paragraphs)) <= channel.text_length
