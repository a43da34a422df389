"""A digest as it is said: the picture, then the text, then the workbook; and the letter or the board for whoever asks."""

from dataclasses import replace

from reporting.digests.content import DigestContent
from reporting.digests.digest_record import Digest
from reporting.digests.drawings import BoardPicture, DigestLetter, DigestPicture, DigestWorkbook, Part, drawn_from
from reporting.people import Address
from reporting.say import Button, Drawn, Rank, Say
from reporting.translator import Html, Translator

Buttons = tuple[tuple[Button, ...], ...]


def digest_says(
    digest: Digest, to: Address, words: Translator, *, rank: Rank = Rank.REMINDER, buttons: Buttons = ()
) -> list[Say]:
    """The messages of a digest, in the order in which they are said; `buttons` go under the text, which alone has the heading.

    Where one message holds all, the picture and the workbook go with the text.
    """
    content = digest.content
    covered = words.plain("digest_caption", coverage=content.coverage_text)
    says = [
        Say(
            to,
            _caption(content, covered, words),
            photo=_drawn(digest, DigestPicture, "png", words),
            rank=rank,
            beside=True,
        ),
        Say(to, digest.text, buttons, rank=rank),
    ]
    if len(content.rows) > 1:
        says.append(replace(workbook_say(digest, to, words, rank=rank), beside=True))
    return says


def workbook_say(digest: Digest, to: Address, words: Translator, *, rank: Rank = Rank.REPLY) -> Say:
    """The Excel workbook, in the shape of a daily district form."""
    said = words.plain("digest_workbook_caption")
    drawn = _drawn(digest, DigestWorkbook, "xlsx", words)
    return Say(to, _caption(digest.content, said, words), document=drawn, rank=rank)


def letter_say(digest: Digest, to: Address, words: Translator, *, by_deputy: bool = False) -> Say:
    """The report as an official letter (.docx), ready to be signed by the head or by a deputy for him."""
    drawn = _drawn(digest, DigestLetter, "docx", words)
    if by_deputy and isinstance(drawn.content, DigestLetter):
        drawn = replace(drawn, content=replace(drawn.content, by_deputy=True))
    caption = words("digest_letter_caption_deputy" if by_deputy else "digest_letter_caption")
    return Say(to, caption, document=drawn, rank=Rank.REPLY)


def board_say(digest: Digest, to: Address, words: Translator, *, rank: Rank = Rank.REPLY) -> Say:
    """The board of units by days as a picture; the text that follows has the heading."""
    covered = words.plain("digest_caption", coverage=digest.content.coverage_text)
    drawn = _drawn(digest, BoardPicture, "png", words)
    return Say(to, _caption(digest.content, covered, words), photo=drawn, rank=rank)


def _caption(content: DigestContent, said: str, words: Translator) -> Html:
    """A line under a picture or a file, and loudly that the figures are made up, where they are: each is passed on alone."""
    shown = Html(words.format(said))
    return Html(f"{shown}\n{words('digest_demonstration')}") if content.demonstration else shown


def _drawn(digest: Digest, part: type[Part], ending: str, words: Translator) -> Drawn:
    name = words.plain("digest_file", unit=digest.content.unit, day=digest.period.isoformat())
    return Drawn(f"{name}.{ending}", drawn_from(part, digest.content))
