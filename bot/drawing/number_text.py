"""Numbers and days as pictures and files write them."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from reporting.translator import Translator

PLACES = Decimal("0.01")
"""A picture has room for two digits after the point; the text beside it has all."""


@lru_cache(2048)
def number_text(value: float | None, words: Translator) -> str:
    """A number as a picture has it, with two digits after the point at most."""
    if value is None:
        return "–"
    return words.show(int(value) if value == int(value) else Decimal(str(value)).quantize(PLACES, ROUND_HALF_UP))


def exact_text(value: float | None, words: Translator) -> str:
    """A number as a document has it: as it is."""
    return "–" if value is None else words.show(int(value) if value == int(value) else value)


def day(on: date) -> str:
    """A period's last day under a bar: «10/11», as dates are written in both languages."""
    return f"{on:%d/%m}"
