"""A digest as it is said: the picture, then the text, then the workbook; and the letter or the board for whoever asks."""

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
    """The messages of a digest, in the order in which they are said; `buttons` go under the text."""
    content = digest.content
    says = [
        Say(to, _caption(content, content.title, words), photo=_drawn(digest, DigestPicture, "png", words), rank=rank),
        Say(to, digest.text, buttons, rank=rank),
    ]
    if len(content.rows) > 1:
        says.append(workbook_say(digest, to, words, rank=rank))
    return says


def workbook_say(digest: Digest, to: Address, words: Translator, *, rank: Rank = Rank.REPLY) -> Say:
    """The Excel workbook, in the shape of a daily district form."""
    content = digest.content
    return Say(
        to, _caption(content, content.title, words), document=_drawn(digest, DigestWorkbook, "xlsx", words), rank=rank
    )


def letter_say(digest: Digest, to: Address, words: Translator, *, rank: Rank = Rank.REPLY) -> Say:
    """The report as an official letter (.docx), ready to sign."""
    return Say(to, words("digest_letter_caption"), document=_drawn(digest, DigestLetter, "docx", words), rank=rank)


def board_say(digest: Digest, to: Address, words: Translator, *, rank: Rank = Rank.REPLY) -> Say:
    """The board of units by days as a picture."""
    heading = words.plain("board_heading", unit=digest.content.unit.upper())
    caption = _caption(digest.content, heading, words)
    return Say(to, caption, photo=_drawn(digest, BoardPicture, "png", words), rank=rank)


def _caption(content: DigestContent, title: str, words: Translator) -> Html:
    key = "digest_caption_demonstration" if content.demonstration else "digest_caption"
    return words(key, title=title, window=content.window, coverage=content.coverage_text)


def _drawn(digest: Digest, part: type[Part], ending: str, words: Translator) -> Drawn:
    name = words.plain("digest_file", unit=digest.content.unit, day=digest.period.isoformat())
    return Drawn(f"{name}.{ending}", drawn_from(part, digest.content))
