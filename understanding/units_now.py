"""The units of today with the former ones under them, read off the list of units; and the words that ask for it."""

from datetime import date
from functools import lru_cache

from reporting.translator import LANGUAGES, translator
from reporting.typed_buttons import fold_typed, fold_word
from reporting.units import UnitTree
from reporting.units_as_now import UnitsAsNow
from understanding.mergers import successors_on


@lru_cache(maxsize=4)
def units_as_now(tree: UnitTree, today: date) -> UnitsAsNow:
    """Remembered for as long as the tree stands."""
    ended = [unit for unit in tree if unit.until is not None and unit.until <= today]
    became = {unit.id: tuple(each.id for each in successors_on(unit, tree, today)) for unit in ended}
    return UnitsAsNow(tree, {one: now for one, now in became.items() if now}, today)


def without_as_now(text: str) -> tuple[str, bool]:
    """A text without the words that say by which units («theo đơn vị hiện nay», «theo đơn vị cũ»), and whether it is those of today.

    The words are the catalogues', of any of our languages; without any it is the units of then.
    """
    words = text.split()
    folded = [fold_word(word) for word in words]
    for phrase, is_now in _phrases():
        if phrase[0] not in folded:
            continue
        for start in range(len(words) - len(phrase) + 1):
            if folded[start : start + len(phrase)] == list(phrase):
                return " ".join([*words[:start], *words[start + len(phrase) :]]), is_now
    return text, False


@lru_cache
def _phrases() -> list[tuple[tuple[str, ...], bool]]:
    """The longest first."""
    found = [
        (tuple(fold_typed(phrase).split()), is_now)
        for language in LANGUAGES
        for key, is_now in (("units_now_typed", True), ("units_then_typed", False))
        for phrase in translator(language).plain(key).split(";")
    ]
    return sorted(found, key=lambda each: -len(each[0]))
