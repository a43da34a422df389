"""General words of Vietnamese and English that several rules read: kinds of places, and words that mean nothing by themselves."""

from understanding.folding import Sign
from understanding.tokens import signs_of
from understanding.word_lists import word_list
from understanding.word_sections import KINDS

Signs = tuple[Sign, ...]

KINDS_SAID: dict[str, list[Signs]] = {kind: word_list("kinds").phrases(kind) for kind in KINDS}
"""By kind of administrative unit what it is called, with abbreviations and English."""

LEVELS = word_list("kinds").numbers("levels")
"""How high a kind stands; a city may also be a province."""

IN_ENGLISH: dict[Signs, list[Signs]] = {}
"""By the words for a kind that is not administrative, what it is called in English."""
for _english, _kind in word_list("kinds").pairs("in english").items():
    IN_ENGLISH.setdefault(signs_of(_kind), []).append(signs_of(_english))

AFTER_NAME = word_list("kinds").words("after name") | {
    signs[0].base for called in IN_ENGLISH.values() for signs in called if len(signs) == 1
}
"""Kinds that English puts behind the name."""

CORE = word_list("fillers").words("function words")
"""Function words: they end a name behind its kind, and two of them side by side are no sign of an unknown name."""

NAMELIKE = word_list("fillers").words("also in names")
"""Words of CORE that names begin or end with too («Ba Vì», «Đông Anh»), where no marks tell them apart."""

COMMON: frozenset[Sign] = frozenset(
    signs[0]
    for signs in (*word_list("places").phrases("common"), *word_list("fillers").phrases("general"))
    if len(signs) == 1
)
"""Everyday syllables: a unit named so by one word is taken for named only with its kind or with its marks."""

PROVINCES: frozenset[tuple[str, ...]] = frozenset(
    tuple(sign.base for sign in signs) for signs in word_list("places").phrases("provinces")
)
"""Provinces, cities and countries that may be asked about, without marks."""

ORDINARY: frozenset[tuple[str, ...]] = PROVINCES | {
    tuple(sign.base for sign in signs) for signs in word_list("places").phrases("ordinary")
}
"""Names that are everyday words too, or a province's: without kind, capitals or a word of place before them they are asked back."""
