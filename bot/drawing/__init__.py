"""Pictures, workbooks and letters: made from the content that a `Say` carries, in the speaker's worker thread."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from reporting.briefings.briefing_content import BriefingPicture, BriefingSheet
from reporting.dataclass_json import of_json
from reporting.digests.drawings import BoardPicture, DigestLetter, DigestPicture, DigestWorkbook
from reporting.figures.drawings import (
    BulletinPicture,
    CompletenessPicture,
    PlainTable,
    PublicTrend,
    TargetPicture,
    UnitTrend,
)
from reporting.filling.workbooks import FillingTemplate
from reporting.form_files import FormWorkbook, TextLines
from reporting.invitation_sheet import InvitationSheet
from reporting.say import Drawing, Drawn, KeptDrawing

C = TypeVar("C", bound=Drawing)


@dataclass(frozen=True, slots=True)
class Maker(Generic[C]):
    """Draws one kind of content: the file's bytes."""

    content: type[C]
    draw: Callable[[C], bytes]

    def bytes_of(self, drawing: Drawing | KeptDrawing) -> bytes:
        """Raises what `of_json` raises where a content that has waited is none of its kind."""
        content = of_json(self.content, drawing.content) if isinstance(drawing, KeptDrawing) else drawing
        assert isinstance(content, self.content)
        return self.draw(content)


def _digest(content: DigestPicture) -> bytes:
    from bot.drawing.digest import digest_picture

    return digest_picture(content).png()


def _board(content: BoardPicture) -> bytes:
    from bot.drawing.board import board_picture

    return board_picture(content).png()


def _workbook(content: DigestWorkbook) -> bytes:
    from bot.drawing.workbook import workbook

    return workbook(content)


def _letter(content: DigestLetter) -> bytes:
    from bot.drawing.letter import letter

    return letter(content)


def _trend(content: UnitTrend) -> bytes:
    from bot.drawing.trend import unit_trend_picture

    return unit_trend_picture(content).png()


def _public_trend(content: PublicTrend) -> bytes:
    from bot.drawing.public_trend import public_trend_picture

    return public_trend_picture(content).png()


def _bulletin(content: BulletinPicture) -> bytes:
    from bot.drawing.bulletin import bulletin_picture

    return bulletin_picture(content).png()


def _filling(content: FillingTemplate) -> bytes:
    from bot.drawing.filling import filling_workbook

    return filling_workbook(content)


def _form(content: FormWorkbook) -> bytes:
    from bot.drawing.form_files import form_workbook

    return form_workbook(content)


def _lines(content: TextLines) -> bytes:
    from bot.drawing.form_files import text_lines

    return text_lines(content)


def _invitations(content: InvitationSheet) -> bytes:
    from bot.drawing.invitation_sheet import invitation_pdf

    return invitation_pdf(content)


def _briefing(content: BriefingPicture) -> bytes:
    from bot.drawing.briefing import briefing_picture

    return briefing_picture(content).png()


def _briefing_sheet(content: BriefingSheet) -> bytes:
    from bot.drawing.briefing_sheet import briefing_pdf

    return briefing_pdf(content)


def _targets(content: TargetPicture) -> bytes:
    from bot.drawing.targets import targets_picture

    return targets_picture(content).png()


def _completeness(content: CompletenessPicture) -> bytes:
    from bot.drawing.completeness import completeness_picture

    return completeness_picture(content).png()


def _table(content: PlainTable) -> bytes:
    from bot.drawing.completeness import plain_table

    return plain_table(content)


def _drawn_by(content: type[C], draw: Callable[[C], bytes]) -> tuple[str, Maker[Any]]:
    return content.maker, Maker(content, draw)


MAKERS: Mapping[str, Maker[Any]] = dict(
    (
        _drawn_by(DigestPicture, _digest),
        _drawn_by(BoardPicture, _board),
        _drawn_by(DigestWorkbook, _workbook),
        _drawn_by(DigestLetter, _letter),
        _drawn_by(UnitTrend, _trend),
        _drawn_by(FillingTemplate, _filling),
        _drawn_by(PublicTrend, _public_trend),
        _drawn_by(BulletinPicture, _bulletin),
        _drawn_by(FormWorkbook, _form),
        _drawn_by(TextLines, _lines),
        _drawn_by(InvitationSheet, _invitations),
        _drawn_by(BriefingPicture, _briefing),
        _drawn_by(BriefingSheet, _briefing_sheet),
        _drawn_by(TargetPicture, _targets),
        _drawn_by(CompletenessPicture, _completeness),
        _drawn_by(PlainTable, _table),
    )
)
"""What can be drawn, by the name that a content is kept with. Each imports its library when it is first called."""


def draw(drawn: Drawn) -> bytes:
    """The file's bytes: PNG, .xlsx, .docx or .pdf. Safe in any thread. KeyError for a maker that there is not."""
    return MAKERS[drawn.maker].bytes_of(drawn.content)
