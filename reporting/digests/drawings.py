"""What a digest's pictures, its workbook and its letter are drawn from: each a part of the digest's content."""

from dataclasses import dataclass, fields
from typing import ClassVar, TypeVar

from reporting.digests.content import BoardRow, DigestContent, DigestFigures, DigestGroup, DigestStates, Trend
from reporting.say import Drawing
from reporting.translator import Html


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestPicture(DigestFigures, Drawing):
    """Headlines, trend, and a bar for every unit or group; where there are groups it has no rows."""

    maker: ClassVar[str] = "digest"
    groups: tuple[DigestGroup, ...]
    trend: Trend


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardPicture(DigestFigures, Drawing):
    """Units by days."""

    maker: ClassVar[str] = "board"
    board: tuple[BoardRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestWorkbook(DigestFigures, Drawing):
    """A row a unit, a column an indicator; then the days, and the groups where there are such."""

    maker: ClassVar[str] = "workbook"
    states: tuple[DigestStates, ...]
    trend: Trend
    groups: tuple[DigestGroup, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestLetter(DigestFigures, Drawing):
    """The paragraphs as an official letter, with an annex of the units. `by_deputy`: a deputy signs for the head."""

    maker: ClassVar[str] = "letter"
    states: tuple[DigestStates, ...]
    paragraphs: tuple[Html, ...]
    sections: tuple[str, ...] = ()
    by_deputy: bool = False


Part = TypeVar("Part", DigestPicture, BoardPicture, DigestWorkbook, DigestLetter)


def drawn_from(part: type[Part], content: DigestContent) -> Part:
    """What of a digest this drawing needs: a picture of a country does not carry its workbook."""
    kept = {each.name: getattr(content, each.name) for each in fields(part) if hasattr(content, each.name)}
    if part is DigestPicture and content.groups:
        kept["rows"] = ()
    return part(**kept)
