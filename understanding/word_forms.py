"""English words in another form, or that say the same: «infected» for «infections», «kids» for «pupils»."""

from collections.abc import Mapping

from understanding.folding import Sign, is_syllable

_ENDINGS = ("ion", "ing", "ed", "e", "y")
_SHORTEST = 4
"""So many letters are left at least when an ending is taken away: «dose» is no «dos»."""
_FEWEST_LETTERS = 3


def stem(word: str, same: Mapping[str, str]) -> str:
    """What the forms of an English word have in common: «vaccinat» of vaccinated, vaccination, vaccinating.

    `same`: words with those that they are forms of, or that say the same, where no ending tells; one with
    itself has no other form: who is «recovering» has not recovered.
    """
    if same.get(word) == word:
        return word
    one = _singular(same.get(word, word))
    one = _singular(same[one]) if one in same else one
    ending = next((each for each in _ENDINGS if one.endswith(each)), "")
    left = one.removesuffix(ending)
    if len(left) < _SHORTEST:
        return one
    is_doubled = ending in ("ing", "ed") and left[-1] == left[-2] and left[-1] not in "ls"
    return left[:-1] if is_doubled else left


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def may_be_english(sign: Sign) -> bool:
    """Whether a word is none of Vietnamese: no marks, and letters that make no syllable."""
    return sign.is_bare and len(sign.base) >= _FEWEST_LETTERS and sign.base.isalpha() and not is_syllable(sign.base)
