"""Words by which people say that something is wrong, or is to be changed."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from reporting.questions.number_words import is_digit, is_scale
from reporting.questions.numbers import is_counted, is_none
from reporting.translator import LANGUAGES, translator
from reporting.typed_buttons import fold_typed

MOST_WORDS = 4
PHONE = 8
"""A number of so many digits is no figure put right but a telephone's."""
_MARKS = " .,!:;()«»\"'=>→"
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def speaks_of_mistake(text: str, words: str = "reason_mistake_words") -> bool:
    """Whether a text says that something is wrong, or is to be changed: «nhầm», «sai», «sửa»; «sữa» and «Sài Gòn» do not."""
    said = _words_of(text)
    return any(f" {phrase} " in f" {said} " for phrase in _phrases(words))


def is_taken_back(piece: str) -> bool:
    """Whether a piece that is no figure takes one back: «nhầm», «phải là 5», «xin lỗi, 5».

    An apology or a reason does not («xin lỗi em báo muộn», «lý do: hôm qua nhập sai»), nor does who says that nothing is wrong.
    """
    said = f" {_words_of(piece)} "
    if is_reason(piece):
        return False
    for phrase in _phrases("line_no_mistake_words"):
        said = said.replace(f" {phrase} ", " ")
    if any(f" {phrase} " in said for phrase in _phrases("line_mistake_words")):
        return True
    alone = _phrases("line_mistake_alone")
    if said.strip() in alone or any(f" {phrase} " in said for phrase in alone if not phrase.isascii()):
        return True
    excused = [phrase for phrase in _phrases("line_excuse_words") if f" {phrase} " in said]
    return bool(excused) and (any(map(str.isdigit, said)) or said.strip() in excused)


def is_reason(piece: str) -> bool:
    """Whether a piece begins as a reason: «lý do: f0 hôm qua sót»."""
    said = f"{_words_of(piece)} "
    return any(said.startswith(f"{each} ") for each in _phrases("line_reason_words"))


def may_change(words: Sequence[str]) -> bool:
    """Whether words beside a figure's name may say another number of it, or none: «còn 2», «bỏ», «lại không».

    «Hoạt động tốt», «không có triệu chứng» do not.
    """
    said = _words_of(" ".join(words)).split()
    if any(word[0].isdigit() or (is_digit(word) and not is_none(word)) for word in said):
        return True
    last = next((at for at in range(len(said), 0, -1) if said[at - 1] not in _phrases("number_after")), 0)
    if any(is_none(" ".join(said[max(0, last - size) : last])) for size in (1, 2)):
        return True
    return any(f" {phrase} " in f" {' '.join(said)} " for phrase in _phrases("line_drop_words"))


def is_unsure(piece: str) -> bool:
    """Whether a piece says of the figure before it that it is not certain, and nothing else: «chưa chắc», «số tạm tính ạ», «?»."""
    said = _words_of(piece)
    if not said:
        return "?" in piece
    phrases = sorted(_phrases("line_unsure_words"), key=len, reverse=True)
    rest = f" {said} "
    for phrase in phrases:
        rest = rest.replace(f" {phrase} ", "  ")
    return rest.strip() != said and all(word in _phrases("line_unsure_around") for word in rest.split())


def is_adjustment(piece: str) -> bool:
    """Whether a piece is a number to be taken from the figure before it, or added, and nothing else: «trùng 1 ca», «thiếu 2»."""
    words = [word for word in _words_of(piece).split() if word not in _phrases("line_adjusting_words")]
    return len(words) < len(_words_of(piece).split()) and is_other_number(" ".join(words), ())


def is_other_number(piece: str, counted: Iterable[str]) -> bool:
    """Whether a piece is a number with nothing that says of what: behind a figure it may be the right one, or its rest («1, 2 nghìn»).

    `counted`: what the figure counts.
    """
    words = [word.strip(_MARKS).casefold() for word in piece.split()]
    numbers = [word for word in words if _NUMBER.fullmatch(word)]
    if len(numbers) != 1 or len(words) > MOST_WORDS or len(numbers[0]) >= PHONE:
        return False
    said = _phrases("line_number_around") | {word for each in counted for word in each.casefold().split()}
    return all(word in said or is_counted(word) or is_scale(word) for word in words if word and word not in numbers)


def _words_of(text: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", unicodedata.normalize("NFC", text.casefold())).split())


@lru_cache
def _phrases(words: str) -> frozenset[str]:
    """The words as they are written, and without accents, as hurried people type them."""
    phrases = [each for lang in LANGUAGES for each in translator(lang).plain(words).split(";")]
    return frozenset(written for each in phrases for written in (each.strip().casefold(), fold_typed(each)))
