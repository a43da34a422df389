"""What leaders read: one subtree's figures over one period, said in a few paragraphs and kept as they were said."""

from collections.abc import Sequence

from messages.digests.content import content_of
from messages.digests.reading import ROOMS, Reading
from messages.digests.sections import SECTIONS
from reporting.channel import Channel
from reporting.digests.digest_record import Digest
from reporting.digests.evidence import Evidence
from reporting.text_pieces import visible
from reporting.translator import Html, Translator


def digest(evidence: Evidence, words: Translator, channel: Channel) -> Digest:
    """The digest in one language; lists are cut, and said to be, until it fits one message of the channel."""
    reading = Reading(evidence, words)
    said: dict[str, Html] = {}
    for room in ROOMS:
        made = {section.__name__: section(reading, room) for section in SECTIONS}
        said = {name: paragraph for name, paragraph in made.items() if paragraph}
        if _fits(tuple(said.values()), channel):
            break
    while not _fits(tuple(said.values()), channel):
        said.popitem()
    paragraphs = tuple(said.values())
    return Digest(
        evidence.form.key,
        evidence.unit.id,
        evidence.period,
        evidence.now,
        paragraphs,
        content_of(reading, said),
    )


def _fits(paragraphs: Sequence[str], channel: Channel) -> bool:
    return visible("\n\n".join(paragraphs)) <= channel.text_length
