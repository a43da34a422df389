"""Whether a number stands in a text, among whatever other words."""

from collections.abc import Iterator, Sequence

from reporting.errors import NotUnderstood
from reporting.questions.numbers import is_not_yet, read_integer

MOST_WORDS = 4
"""So many words are tried as one number."""


def holds_number(text: str) -> bool:
    """Whether a number stands in a text, in figures or in words: «8 ca thôi», «có tám ca», «thực ra không có»; «F0» is none."""
    words = [word.strip(".,;:!()«»\"'") for word in text.split()]
    words = [word for word in words if word]
    if any(word[0].isdigit() for word in words):
        return True
    return any(_is_number(words[at : at + size], at + size == len(words)) for at, size in _runs(words))


def begins_with_number(words: Sequence[str]) -> bool:
    """Whether the first of these words are a number: «hai ca», «ko»."""
    sizes = range(1, min(MOST_WORDS, len(words)) + 1)
    return any(_is_number(words[:size], size == len(words)) for size in sizes)


def _runs(words: list[str]) -> Iterator[tuple[int, int]]:
    return ((at, size) for at in range(len(words)) for size in range(1, min(MOST_WORDS, len(words) - at) + 1))


def _is_number(words: Sequence[str], is_last: bool) -> bool:
    """Whether these words are a number; «không» alone and «chưa có» only as the last words, for before others they deny them."""
    if is_not_yet(" ".join(words)):
        return is_last
    try:
        number = read_integer(" ".join(words))
    except NotUnderstood:
        return False
    return number > 0 or len(words) > 1 or is_last
