"""Words by which people say that something is wrong, or is to be changed."""

import re
import unicodedata
from functools import lru_cache

from reporting.translator import LANGUAGES, translator
from reporting.typed_buttons import fold_typed


def speaks_of_mistake(text: str, words: str = "reason_mistake_words") -> bool:
    """Whether a text says that something is wrong, or is to be changed: «nhầm», «sai», «sửa»; «sữa» and «Sài Gòn» do not."""
    said = _words_of(text)
    return any(f" {phrase} " in f" {said} " for phrase in _phrases(words))


def is_taken_back(piece: str) -> bool:
    """Whether a piece that is no figure takes one back: «nhầm», «phải là 5», «xin lỗi, 5».

    An apology or a reason does not («xin lỗi em báo muộn», «lý do: hôm qua nhập sai»), nor does who says that nothing is wrong.
    """
    said = f" {_words_of(piece)} "
    if any(said.startswith(f" {each} ") for each in _phrases("line_reason_words")):
        return False
    for phrase in _phrases("line_no_mistake_words"):
        said = said.replace(f" {phrase} ", " ")
    if any(f" {phrase} " in said for phrase in _phrases("line_mistake_words")):
        return True
    excused = [phrase for phrase in _phrases("line_excuse_words") if f" {phrase} " in said]
    return bool(excused) and (any(map(str.isdigit, said)) or said.strip() in excused)


def _words_of(text: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", unicodedata.normalize("NFC", text.casefold())).split())


@lru_cache
def _phrases(words: str) -> frozenset[str]:
    """The words as they are written, and without accents, as hurried people type them."""
    phrases = [each for lang in LANGUAGES for each in translator(lang).plain(words).split(";")]
    return frozenset(written for each in phrases for written in (each.strip().casefold(), fold_typed(each)))
