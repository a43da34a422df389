"""Words by which people say that something is wrong, or is to be changed."""

import re
import unicodedata
from functools import lru_cache

from reporting.translator import LANGUAGES, translator
from reporting.typed_buttons import fold_typed


def speaks_of_mistake(text: str, words: str = "reason_mistake_words") -> bool:
    """Whether a text says that something is wrong, or is to be changed: «nhầm», «sai», «sửa»; «sữa» and «Sài Gòn» do not."""
    said = " ".join(re.sub(r"[\W_]+", " ", unicodedata.normalize("NFC", text.casefold())).split())
    return any(f" {phrase} " in f" {said} " for phrase in _mistakes(words))


@lru_cache
def _mistakes(words: str) -> frozenset[str]:
    """The words as they are written, and without accents, as hurried people type them."""
    phrases = [each for lang in LANGUAGES for each in translator(lang).plain(words).split(";")]
    return frozenset(written for each in phrases for written in (each.strip().casefold(), fold_typed(each)))
