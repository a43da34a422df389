"""A digest as it was made, and is kept."""

from dataclasses import dataclass
from datetime import date, datetime

from reporting.digests.content import DigestContent
from reporting.translator import Html


@dataclass(frozen=True, slots=True)
class Digest:
    """A digest of `unit_id` for the period (or span) that ends on `period`, frozen as at `as_of`.

    `paragraphs` are HTML. `content`: all that its pictures, its workbook and its letter are drawn from.
    """

    form: str
    unit_id: int
    period: date
    as_of: datetime
    paragraphs: tuple[Html, ...]
    content: DigestContent

    @property
    def text(self) -> Html:
        """The paragraphs as one message."""
        return Html("\n\n".join(self.paragraphs))
