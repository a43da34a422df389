"""The words that mean something here: how chat shortens them, what else says the same, and which are a letter or a form away."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from understanding.folding import Sign
from understanding.word_forms import may_be_english, stem

_MORE = 2


@dataclass
class Lexicon:
    """The words that mean something here, and how chat shortens them."""

    words: set[str] = field(default_factory=set)
    short: dict[str, tuple[Sign, ...]] = field(default_factory=dict)
    joined: dict[str, tuple[Sign, ...]] = field(default_factory=dict)
    otherwise: dict[str, list[tuple[tuple[Sign, ...], tuple[Sign, ...]]]] = field(default_factory=dict)
    """What is said otherwise, «bữa ni», with what says the same, «hôm nay»: by the first word’s bare letters, the longest first."""
    same: dict[str, str] = field(default_factory=dict)
    """English words with those that they are forms of, or that say the same."""
    forms: dict[str, list[Sign]] = field(default_factory=dict)
    """The English words of the forms, by their stems."""
    form_words: set[str] = field(default_factory=set)
    """All these words."""
    english: frozenset[str] = frozenset()
    vietnamese: frozenset[str] = frozenset()
    """Words that tell the language of a text."""
    read: dict[tuple[str, bool, bool], Sequence[Any]] = field(default_factory=dict)
    """The tokens of words that were read already; none is read before all is learnt."""

    def learn(self, signs: Iterable[Sign]) -> None:
        self.words.update(sign.base for sign in signs)

    def learn_otherwise(self, pairs: Iterable[tuple[tuple[Sign, ...], tuple[Sign, ...]]]) -> None:
        for said, meant in sorted(pairs, key=lambda pair: -len(pair[0])):
            self.otherwise.setdefault(said[0].base, []).append((said, meant))

    def learn_forms(self, signs: Iterable[Sign]) -> None:
        """Learns words of the forms that are found in other forms too, where they are English."""
        for sign in signs:
            if may_be_english(sign):
                self.form_words.add(sign.base)
                alike = self.forms.setdefault(stem(sign.base, self.same), [])
                alike += [sign] if sign not in alike else []

    def in_other_forms(self, sign: Sign) -> tuple[Sign, ...]:
        """The words of the forms that an English word is another form of; none where it is one of them itself."""
        found = self.forms.get(stem(sign.base, self.same), []) if may_be_english(sign) else []
        return () if sign in found else tuple(found)

    def forget_otherwise(self, pairs: Container[tuple[str, ...]]) -> None:
        """Forgets what says something otherwise but is called so by a form here: `pairs` stand side by side in its words."""
        for first, of in self.otherwise.items():
            kept = [(said, meant) for said, meant in of if said == meant or tuple(s.base for s in said) not in pairs]
            self.otherwise[first] = kept

    def reads_english(self, pieces: Sequence[str], signs: Sequence[Sign]) -> bool:
        """Whether at least two words more of a text are English than Vietnamese."""
        english = [
            piece.lower() in self.english or (sign.base in self.form_words)
            for piece, sign in zip(pieces, signs, strict=True)
        ]
        more = sum(english) - _MORE
        return more >= 0 and more >= sum(
            sign.base in self.vietnamese and not other for sign, other in zip(signs, english, strict=True)
        )

    def alike(self) -> dict[str, set[str]]:
        """By English word of the forms all that are its forms, itself among them."""
        return {sign.base: {each.base for each in group} for group in self.forms.values() for sign in group}

    @cached_property
    def _near(self) -> dict[str, list[str]]:
        """By what is left of them without one letter, or without none, the words that are learnt when one is first looked for."""
        near: dict[str, list[str]] = {}
        for known in self.words:
            if len(known) >= 3 and known.isalpha():
                for shorter in _without_one(known):
                    near.setdefault(shorter, []).append(known)
        return near

    def near(self, word: str) -> list[str]:
        """The known words that are one letter more, less, other or swapped away from `word`; the first letter is kept."""
        found = {known for shorter in _without_one(word) for known in self._near.get(shorter, ())}
        return sorted(known for known in found if known[0] == word[0] and _one_away(word, known))


def _without_one(word: str) -> set[str]:
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def _one_away(one: str, other: str) -> bool:
    """Whether a letter more, less or other, or two swapped neighbours, make one word of the other."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    at = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    if len(one) == len(other):
        swapped = one[:at] + one[at + 1 : at + 2] + one[at : at + 1] + one[at + 2 :]
        return one[at + 1 :] == other[at + 1 :] or swapped == other
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return longer[:at] + longer[at + 1 :] == shorter
