"""Files about forms that the bot sends: a form as a workbook, and a list that is too long for a message."""

from dataclasses import dataclass
from typing import ClassVar

from reporting.say import Drawing


@dataclass(frozen=True, slots=True)
class FormWorkbook(Drawing):
    """A published form as an .xlsx, or as a .zip with its lists. `source`: its file in base64, called `file_name`."""

    maker: ClassVar[str] = "form_workbook"
    source: str
    file_name: str
    key: str
    version: str


@dataclass(frozen=True, slots=True)
class TextLines(Drawing):
    """Lines of text."""

    maker: ClassVar[str] = "text_lines"
    lines: tuple[str, ...]
