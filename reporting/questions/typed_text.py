"""What was typed, made plain so that it can be read, and short enough to be said back."""

import re
import unicodedata
from functools import lru_cache

from reporting.questions.typed_words import any_typed

LONGEST_ECHO = 40


def echo(text: str) -> str:
    """What was typed, short enough to be said back."""
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_ECHO else text[:LONGEST_ECHO].rstrip() + "…"


def clean(text: str) -> str:
    """Composed, in lower case, with ASCII digits and plain spaces; polite words at either end are left off."""
    text = unicodedata.normalize("NFC", "".join(map(_plain, text))).lower()
    text = " ".join(text.split())
    while (shorter := _polite().sub("", text).strip()) != text:
        text = shorter
    return text


def _plain(character: str) -> str:
    """A digit of any script, a full-width mark or an odd space as its plain twin; what cannot be seen is left out."""
    if unicodedata.category(character) == "Nd":
        return str(unicodedata.digit(character))
    if "\uff01" <= character <= "\uff5e":
        return chr(ord(character) - 0xFEE0)
    if character in "\u200b\u200c\u200d\u2060\ufeff\u00ad":
        return ""
    return {"−": "-", "–": "-", "’": "'"}.get(character, character)


@lru_cache
def _polite() -> re.Pattern[str]:
    before, after = any_typed("number_before"), any_typed("number_after")
    return re.compile(rf"^(?:{before}|=|:)\s+|\s+{after}$|[\s.!;,]+$")
