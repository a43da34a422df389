"""Numbers and days as pictures and files write them."""

from datetime import date
from functools import lru_cache

from reporting.translator import Translator


@lru_cache(2048)
def number_text(value: float | None, words: Translator) -> str:
    """A number as people write it, with one digit after the point at most."""
    if value is None:
        return "–"
    return words.show(int(value) if value == int(value) else round(value, 1))


def day(on: date) -> str:
    """A period's last day under a bar: «10/11», as dates are written in both languages."""
    return f"{on:%d/%m}"
