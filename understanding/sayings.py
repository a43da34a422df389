"""What an indicator is called, and which of those words say only how it is counted."""

from collections.abc import Iterator

from reporting.forms import Question
from understanding import language
from understanding.folding import Sign
from understanding.word_forms import may_be_english
from understanding.word_lists import word_list

CUMULATIVE = word_list("figures").words("cumulative words")
NEW = word_list("figures").words("new words")
STANDING = word_list("figures").words("standing words")


def stem_of(words: frozenset[str], kind: str) -> frozenset[str]:
    """The words of a phrase without those that only say that it is new, cumulative or standing."""
    less = {"flow": NEW | {"so"}, "total": CUMULATIVE, "stock": STANDING}.get(kind, frozenset())
    return words - less or words


def sayings(question: Question) -> Iterator[str]:
    """What an indicator is called: its aliases, and its labels whole and without what stands in brackets or after a comma."""
    yield from (alias for alias in question.aliases if alias.strip())
    for label in question.label.values():
        yield label
        plain = "".join(part.split(")")[-1] for part in label.split("("))
        for short in (plain, plain.split(",")[0], plain.removeprefix("Số "), plain.split(":")[-1]):
            if len(short.split()) >= 2:
                yield short.replace(" trong kỳ", "").replace(" trong ngày", "").replace(" in the window", "")


_PAIR = 2


def orders_of(signs: tuple[Sign, ...]) -> tuple[tuple[Sign, ...], ...]:
    """A phrase in the orders in which it is said: two English words in both, «flooded houses» and «houses flooded»."""
    is_pair = len(signs) == _PAIR and any(map(may_be_english, signs))
    if is_pair and not any(sign.base in language.CORE or sign.base.isdigit() for sign in signs):
        return signs, signs[::-1]
    return (signs,)


def is_part_of(question: Question, whole: Question) -> bool:
    """Whether a question's label is understood as a part of another's figure: «F0 mới – trong đó: …» begins with its name."""
    names = (*whole.aliases[:1], *(label.split("(", 1)[0].strip() for label in whole.label.values()))
    return any(text.startswith(name) for text in question.whole.values() for name in names if name)
