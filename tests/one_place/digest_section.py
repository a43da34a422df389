"""A digest section is added: how many units the digest is of."""

from io import BytesIO

from docx import Document

from bot.drawing import draw
from bot.telegram.channel import TELEGRAM
from messages.digests.digest import digest
from reporting.dataclass_json import as_json, of_json
from reporting.digests.content import DigestContent
from reporting.digests.drawings import DigestLetter, drawn_from
from reporting.say import Drawn
from reporting.translator import translator
from tests.one_place.additions import Addition, Put
from tests.rules.digests_made import evidence

SECTION = '''def size(reading: Reading, room: Room) -> Html | None:
    """How many units it is of."""
    return reading.words("digest_size", n=len(reading.evidence.units))


'''
ADDITION = Addition(
    "a digest section",
    (
        Put("messages/digests/sections.py", SECTION, "SECTIONS: tuple"),
        Put("messages/digests/sections.py", "    size,\n", "    states,\n    others,\n"),
        Put("messages/locale/vi/digests.po", '\nmsgid "digest_size"\nmsgstr "Bản này gồm {n} đơn vị."\n'),
        Put("messages/locale/en/digests.po", '\nmsgid "digest_size"\nmsgstr "This is of {n} units."\n'),
    ),
)


def test_the_section_is_said_kept_and_written_into_the_letter() -> None:
    for language, said in (("vi", "Bản này gồm 34 đơn vị."), ("en", "This is of 34 units.")):
        made = digest(evidence(), translator(language), TELEGRAM)
        assert said in made.paragraphs
        kept = of_json(DigestContent, as_json(made.content))
        assert kept.paragraphs == made.paragraphs
        letter = Document(BytesIO(draw(Drawn("x.docx", drawn_from(DigestLetter, kept)))))
        assert said in [paragraph.text for paragraph in letter.paragraphs]
