"""The buttons that anybody may have."""

from dataclasses import dataclass

from reporting.press import Press


@dataclass(frozen=True)
class ChooseLanguage(Press):
    """The language in which one is spoken to."""

    verb = "language"
    language: str


@dataclass(frozen=True)
class EraseMe(Press):
    """«Xóa dữ liệu của tôi», for sure."""

    verb = "eraseme"
