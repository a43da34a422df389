"""The typed equivalents of buttons: «gửi», «sửa 3», «quay lại» do what the button does, in any of our languages."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache

from reporting.translator import LANGUAGES, translator

VERBS = (
    "send", "edit", "back", "skip", "again", "unknown", "keep", "leave", "drop",
    "same", "quiet", "zeros", "template", "excel", "sure",
    "hold", "explain", "figure", "see", "restart", "undo",
)  # fmt: skip
MARKS = 4
"""So many marks may stand by themselves around a phrase, as if they were words: «« đổi thành » 4»."""
_NUMBERED = re.compile(r"(?P<phrase>.*?)\s*(?:#|so |number )?\s*(?P<number>\d{1,3})")


_CLOSING = " .!«»\"'"


@lru_cache(maxsize=16)  # whoever may be meant by a text folds it anew
def fold_typed(text: str) -> str:
    """Lower case without diacritics, with single spaces and no closing punctuation: «Quay lại!» is «quay lai»."""
    return " ".join(_plain(text).split()).strip(_CLOSING)


def fold_word(word: str) -> str:
    """The same of a single word, remembered, as many texts have the very same."""
    return _plain_word(word).strip(_CLOSING)


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.casefold()).replace("đ", "d")
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


_plain_word = lru_cache(maxsize=8192)(_plain)


@lru_cache(maxsize=256)
def keys_typed(language: str, *keys: str) -> Mapping[str, str]:
    """By folded phrase which of these sentences of several phrases says it, in one language."""
    words = translator(language)
    return {fold_typed(phrase): key for key in keys for phrase in words.plain(key).split(";")}


@lru_cache
def _phrases() -> dict[str, str]:
    """Folded phrase to verb, from each language's catalogue (`typed_send` and so on, several by «;»)."""
    return {
        fold_typed(phrase): verb
        for language in LANGUAGES
        for verb in VERBS
        for phrase in translator(language).plain(f"typed_{verb}").split(";")
    }


def typed_verb(text: str) -> tuple[str, int | None] | None:
    """The button that a text stands for, and the number behind it («sửa 3»); None if it stands for none."""
    folded = fold_typed(text)
    if folded in _phrases():
        return _phrases()[folded], None
    match = _NUMBERED.fullmatch(folded)
    if match and (_phrases().get(match["phrase"]) == "edit" or match["phrase"] in _of("typed_question")):
        return "edit", int(match["number"])
    return None


def change_said(text: str) -> str | None:
    """What a text says that something is to be changed to («đổi thành 4»), as it is typed behind that; None if it does not."""
    words, phrases = text.split(), _of("typed_change")
    most = min(len(words) - 1, _most_words(phrases) + MARKS)
    sizes = [size for size in range(1, most + 1) if fold_typed(" ".join(words[:size])) in phrases]
    return " ".join(words[max(sizes) :]) if sizes else None


@lru_cache
def _of(key: str) -> frozenset[str]:
    """The folded phrases of a sentence that holds several, in each language's catalogue."""
    return frozenset(fold_typed(each) for lang in LANGUAGES for each in translator(lang).plain(key).split(";"))


@lru_cache
def _longest(key: str) -> int:
    """So many words the longest of these phrases has; marks by themselves are none."""
    return max(len(phrase.split()) for phrase in _of(key))


def says_unknown(text: str) -> bool:
    """Whether a text says in other words than the button's that something is not known yet: «dạ chưa thống kê được ạ».

    Only where it can be read as nothing else: «không có» is 0, and a remark or a choice may have these very words.
    """
    phrases, around = _unknown()
    return _is_one_of(phrases, text, around)


def says_rest(text: str) -> bool:
    """Whether a text says that there is nothing of all that was not named: «còn lại không có gì ạ»."""
    return _is_one_of(_of("typed_rest") | _of("typed_zeros"), text, _unknown()[1])


def _is_one_of(phrases: frozenset[str], text: str, around: frozenset[str]) -> bool:
    """Whether a text is one of the phrases, with nothing but polite words around it."""
    words = fold_typed(text).replace(",", " ").split()
    first = next((at for at, word in enumerate(words) if word not in around), len(words))
    last = next((at for at in range(len(words), 0, -1) if words[at - 1] not in around), 0)
    most = _most_words(phrases)
    return any(
        " ".join(words[start:end]) in phrases
        for start in range(max(0, last - most), first + 1)
        for end in range(max(last, start), min(len(words), start + most) + 1)
    )


@lru_cache
def _most_words(phrases: frozenset[str]) -> int:
    """Of so many words is the longest of these phrases: in a long text no longer pieces need be looked at."""
    return max(len(phrase.split()) for phrase in phrases)


@lru_cache
def _unknown() -> tuple[frozenset[str], frozenset[str]]:
    """The phrases, and the polite words that may stand around them."""
    said = [translator(language) for language in LANGUAGES]
    phrases = frozenset(fold_typed(each) for words in said for each in words.plain("typed_not_known").split(";"))
    return phrases, frozenset(
        fold_typed(each) for words in said for each in words.plain("typed_not_known_around").split()
    )


def phrase_said(text: str, keys: Sequence[str]) -> tuple[str, str] | None:
    """Which of these sentences of several phrases a text begins with one of, and what is typed behind; None: with none.

    The longest phrase counts.
    """
    words, said = text.split(), list[str]()
    longest, counted = max(map(_longest, keys)), 0
    for word in words:
        said.append(_plain_word(word))
        counted += bool(fold_word(word))
        if counted > longest:
            break
    begun = [" ".join(filter(None, said[:size])).strip(_CLOSING) for size in range(1, len(said) + 1)]
    found = [(size, key) for size, phrase in enumerate(begun, 1) for key in keys if phrase in _of(key)]
    if not found:
        return None
    size, key = max(found)
    return key, " ".join(words[size:]).strip(" :,")
